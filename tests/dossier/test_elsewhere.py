# SPDX-License-Identifier: GPL-3.0-or-later
"""The second place: written when it is there, known again elsewhere, asked for when it is not."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop.dossier import Dossier, backup, elsewhere, erased, finding, life
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.todos import todos
from egn_desktop.errors import ExitCode
from egn_desktop.todo import Urgency

KEY = bytes(range(32))
NAME = "Maëlys Kervadec-Le Bihan"
START = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "clé"
    place.mkdir()
    return place


def there(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.rglob("*.egn"))


def test_closing_brings_the_backup_to_the_stick_and_none_when_it_is_away(
    dossier: Dossier, write_name: Callable[[Dossier], None], stick: Path
) -> None:
    elsewhere.choose(dossier, stick)
    write_name(dossier)
    away = stick.with_name("débranchée")
    stick.rename(away)
    dossier.clock = lambda: START + timedelta(hours=1)
    assert life.close_dossier(dossier) is None
    assert there(away) == []

    # Plugged in again, and nothing changed since: what it lacks is brought all the same.
    away.rename(stick)
    with Dossier.open(dossier.path, key=KEY, clock=dossier.clock) as again:
        assert life.close_dossier(again) is None
    [here] = backup.list_backups(dossier.dossier_id)
    assert there(stick) == [here.path.name]
    [name] = stick.rglob("*.egn")
    with Dossier.open(name, key=KEY) as copy:
        assert copy.rows(text("SELECT name FROM school"))[0].name == NAME


def test_the_stick_is_known_by_its_mark_whatever_its_letter(
    dossier: Dossier,
    write_name: Callable[[Dossier], None],
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    write_name(dossier)
    backup.back_up(dossier)
    (stick / "école").mkdir()
    place = elsewhere.choose(dossier, stick / "école")
    other_letter = tmp_path / "F"
    stick.rename(other_letter)
    # Another stick in its place, with the same folders, is not it.
    shutil.copytree(other_letter, stick)
    index = elsewhere.Shelf(Path(place.folder)).index
    index.place = "another"
    elsewhere.Shelf(Path(place.folder)).write(index)
    monkeypatch.setattr(elsewhere, "_drives", lambda: iter([tmp_path / "absent", other_letter]))
    assert elsewhere.bring(dossier)
    assert there(stick) == []
    assert len(there(other_letter)) == 1
    now = elsewhere.second_place(dossier.dossier_id)
    assert now
    assert Path(now.folder).is_relative_to(other_letter)


def test_a_place_that_is_full_or_refuses_is_told_and_costs_nothing(
    dossier: Dossier,
    write_name: Callable[[Dossier], None],
    small_disk: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    disk = small_disk("200k")
    elsewhere.choose(dossier, disk)
    write_name(dossier)
    trouble = life.close_dossier(dossier)
    assert isinstance(trouble, wrong.SecondPlaceError)
    assert trouble.exit_code == ExitCode.DISK_FULL
    assert len(backup.list_backups(dossier.dossier_id)) == 1
    assert [path.name for path in disk.rglob("*") if path.is_file()] == ["index.json"]
    (tmp_path / "file").write_text("x")
    with (
        Dossier.open(dossier.path, key=KEY) as again,
        pytest.raises(wrong.SecondPlaceError, match="refuse"),
    ):
        elsewhere.choose(again, tmp_path / "file")


def test_the_home_page_asks_for_a_place_then_for_its_stick_more_and_more(
    dossier: Dossier, write_name: Callable[[Dossier], None], stick: Path
) -> None:
    def asked(days: int) -> tuple[Urgency, str] | None:
        dossier.clock = lambda: START + timedelta(days=days)
        lines = [todo for todo in todos(dossier) if todo.target == "backups"]
        return (lines[0].urgency, lines[0].text) if lines else None

    assert asked(0) is None
    write_name(dossier)
    backup.back_up(dossier)
    urgency, line = asked(0) or (None, "")
    assert urgency is Urgency.START
    assert "toutes sur cet ordinateur" in line
    assert (asked(40) or (None,))[0] is Urgency.SOON
    assert (asked(70) or (None,))[0] is Urgency.NOW

    dossier.clock = lambda: START
    elsewhere.choose(dossier, stick)
    elsewhere.bring(dossier)
    assert asked(30) is None
    urgency, line = asked(40) or (None, "")
    assert urgency is Urgency.SOON
    assert "« clé » depuis 40 jours" in line
    assert (asked(70) or (None,))[0] is Urgency.NOW
    elsewhere.bring(dossier)
    assert asked(71) is None
    elsewhere.give_up(dossier)
    assert asked(71)


def test_after_an_erasure_the_last_day_is_known_and_the_backups_can_be_redone(
    dossier: Dossier, write_name: Callable[[Dossier], None], stick: Path
) -> None:
    write_name(dossier)
    elsewhere.choose(dossier, stick)
    old = backup.back_up(dossier)
    elsewhere.bring(dossier)
    assert not erased.holding(dossier)
    dossier.clock = lambda: START + timedelta(days=3)
    write_name(dossier)
    erased.note_erasure(dossier)
    held = erased.holding(dossier)
    assert held.backups == [old]
    assert held.last_day == START.date() + timedelta(days=365)
    assert held.place == str(stick)

    away = stick.with_name("débranchée")
    stick.rename(away)
    assert erased.redo(dossier) == 1
    [fresh] = backup.list_backups(dossier.dossier_id)
    assert fresh.number > old.number
    assert not erased.holding(dossier)
    # The stick holds the name until it is seen again.
    assert there(away) == [old.path.name]
    away.rename(stick)
    elsewhere.bring(dossier)
    assert there(stick) == [fresh.path.name]


def test_redoing_drops_nothing_when_no_fresh_backup_can_be_made(
    dossier: Dossier, write_name: Callable[[Dossier], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_name(dossier)
    old = backup.back_up(dossier)
    write_name(dossier)
    erased.note_erasure(dossier)

    def refused(*_: object) -> None:
        raise wrong.BackupFailedError

    monkeypatch.setattr(backup, "back_up", refused)
    with pytest.raises(wrong.BackupFailedError):
        erased.redo(dossier)
    assert backup.list_backups(dossier.dossier_id) == [old]


def test_a_theft_leaves_the_stick_and_the_sheet_and_that_is_enough(
    tmp_path: Path,
    stick: Path,
    write_name: Callable[[Dossier], None],
    phrase: str,
) -> None:
    """All of the first computer is gone; the second knows nothing but the stick and the code."""
    first = tmp_path / "ecole.egn"
    dossier = life.create_dossier(first, new_passphrase=phrase)
    write_name(dossier)
    code = life.recovery_code(dossier)
    elsewhere.choose(dossier, stick)
    assert life.close_dossier(dossier) is None
    first.unlink()
    shutil.rmtree(tmp_path / "profile")

    [found] = finding.backups_in(stick)
    assert found.name == "ecole.egn"
    restored = backup.restore(found.backups[0].path, tmp_path / found.name)
    with life.open_dossier(restored, secret=code) as again:
        assert again.rows(text("SELECT name FROM school"))[0].name == NAME
        assert life.recovery_code(again) == code
