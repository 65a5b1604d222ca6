# SPDX-License-Identifier: GPL-3.0-or-later
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState
from egn_desktop.actions.service import ActionService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier, undo, verify
from egn_desktop.dossier.base import Base
from egn_desktop.dossier.compaction import compact
from egn_desktop.dossier.connection import connect
from egn_desktop.dossier.errors import (
    ChangedSinceError,
    NothingToRedoError,
    NothingToUndoError,
    NotTheLastError,
)
from egn_desktop.dossier.rekey import change_secret
from egn_desktop.inventory.people.service.pupils import PupilService
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService

_TABLES = ("attachment", "drill_result", "drill")
KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


def held(dossier: Dossier) -> list[object]:
    return [dossier.rows(select(Base.metadata.tables[name])) for name in _TABLES]


def titles(dossier: Dossier) -> list[str]:
    return [row.title for row in actions(dossier)]


def test_undo_and_redo_give_back_what_was_there(dossier: Dossier) -> None:
    service = ActionService(dossier)
    action = service.add(title="Acheter un sifflet", due_on=date(2026, 12, 1))
    service.change(action, title="Acheter deux sifflets", due_on=None)
    service.close(action)
    stack = dossier.undo_stack

    assert stack.undo() == "action faite « Acheter deux sifflets »"
    assert actions(dossier)[0].state is ActionState.OPEN
    assert stack.undo() == "modification de l’action « Acheter un sifflet »"
    assert (actions(dossier)[0].title, actions(dossier)[0].due_on) == (
        "Acheter un sifflet",
        date(2026, 12, 1),
    )
    assert stack.undo() == "ajout de l’action « Acheter un sifflet »"
    assert titles(dossier) == []
    with pytest.raises(NothingToUndoError):
        stack.undo()

    assert [stack.redo(), stack.redo(), stack.redo()][-1].startswith("action faite")
    row = actions(dossier)[0]
    assert (row.id, row.title, row.due_on, row.state) == (
        action,
        "Acheter deux sifflets",
        None,
        ActionState.DONE,
    )
    with pytest.raises(NothingToRedoError):
        stack.redo()


def test_an_undo_tells_the_same_kinds_and_is_journalled(dossier: Dossier) -> None:
    ActionService(dossier).add(title="Acheter un sifflet")
    heard: list[frozenset[Changed]] = []
    dossier.listen(heard.append)

    dossier.undo_stack.undo()
    dossier.undo_stack.redo()

    assert heard == [frozenset({Changed.ACTIONS})] * 2
    with dossier.read() as session:
        said = session.execute(text("SELECT what, subject, details FROM journal ORDER BY id")).all()
    assert [row.what for row in said] == ["action.added", "undone", "redone"]
    assert said[1].details == '{"after": {"entries": [[1, 1]]}, "before": {}}'


def test_what_never_was_is_named_nowhere_until_it_is_done_again(dossier: Dossier) -> None:
    """No row leads an erasure to what the journal would say of somebody added by mistake."""
    names = "SELECT count(*) FROM journal WHERE details LIKE '%Kervadec%'"
    PupilService(dossier).add_pupil(PupilInput("Kervadec", "Maëlys"))
    assert dossier.rows(text(names))[0][0] == 1
    dossier.undo_stack.undo()
    assert dossier.rows(text(names))[0][0] == 0
    assert not verify.journal_problems(dossier)
    dossier.undo_stack.redo()
    assert dossier.rows(text(names))[0][0] == 1
    assert not verify.journal_problems(dossier)


@pytest.mark.tampers
def test_a_blank_that_nothing_explains_is_told_beside_an_undone_one(dossier: Dossier) -> None:
    service = ActionService(dossier)
    service.add(title="Acheter un sifflet")
    service.add(title="Changer la pile")
    dossier.undo_stack.undo()
    with dossier.write() as session:
        session.execute(text("UPDATE journal SET details = NULL, salt = NULL WHERE id = 1"))
    assert verify.journal_problems(dossier) == [
        "L’écriture n° 1 a perdu ses détails sans qu’un effacement le dise."
    ]


def test_something_new_forgets_what_was_undone(dossier: Dossier) -> None:
    service = ActionService(dossier)
    service.add(title="Acheter un sifflet")
    dossier.undo_stack.undo()
    service.add(title="Acheter un mégaphone")
    with pytest.raises(NothingToRedoError):
        dossier.undo_stack.redo()


@pytest.mark.tampers
def test_what_an_undo_would_lose_is_refused(dossier: Dossier) -> None:
    service = ActionService(dossier)
    service.add(title="Changer la pile")
    first = service.add(title="Acheter un sifflet")
    with dossier.write(Changed.ACTIONS) as session:
        session.execute(text("UPDATE action SET responsible = 'Léa' WHERE id = :id"), {"id": first})

    with pytest.raises(ChangedSinceError) as refused:
        dossier.undo_stack.undo()

    assert "ajout de l’action « Acheter un sifflet »" in refused.value.what
    assert len(titles(dossier)) == 2
    # It could never be: what was done before it is next.
    assert dossier.undo_stack.undo() == "ajout de l’action « Changer la pile »"


def test_what_a_later_row_refers_to_is_refused(dossier: Dossier) -> None:
    SchoolService(dossier).save(Identity(name="École"))
    with dossier.write(Changed.SCHOOL) as session:
        session.execute(
            text(
                "INSERT INTO school_level (school_id, level, position, classes, pupils) "
                "VALUES (1, 'E', 0, 1, 24)"
            )
        )
    with pytest.raises(ChangedSinceError):
        dossier.undo_stack.undo()
    assert SchoolService(dossier).identity().name == "École"


@pytest.mark.tampers
def test_a_write_aside_stands_in_no_way(dossier: Dossier) -> None:
    service = ActionService(dossier)
    action = service.add(title="Acheter un sifflet")
    service.close(action)
    with dossier.write(aside=True) as session:
        session.execute(text("UPDATE action SET responsible = 'Léa'"))

    dossier.undo_stack.undo()

    row = actions(dossier)[0]
    assert (row.state, row.responsible) == (ActionState.OPEN, "Léa")
    dossier.undo_stack.undo()
    dossier.undo_stack.redo()
    assert actions(dossier)[0].responsible == "Léa"


def test_a_rolled_back_write_leaves_no_step(dossier: Dossier) -> None:
    with suppress(LookupError), dossier.write(undo="essai") as session:
        session.execute(text("INSERT INTO meta VALUES ('x', 'y')"))
        raise LookupError
    assert dossier.undo_stack.last is None


def test_a_write_that_changes_nothing_leaves_no_step(dossier: Dossier) -> None:
    with dossier.write(undo="rien"):
        pass
    assert dossier.undo_stack.last is None


def test_what_was_journalled_of_a_state_that_stood_already_goes_with_it(dossier: Dossier) -> None:
    """Or the journal would go on saying what was undone; the fixture looks it over."""
    service = ActionService(dossier)
    action = service.add(title="Acheter un sifflet")
    service.close(action)
    service.close(action)
    dossier.undo_stack.undo()
    assert actions(dossier)[0].state is ActionState.OPEN
    service.reopen(action)
    with pytest.raises(NothingToRedoError):
        dossier.undo_stack.redo()


def test_the_outer_words_hold(dossier: Dossier) -> None:
    service = ActionService(dossier)
    with dossier.write(undo="deux actions"):
        service.add(title="Acheter un sifflet")
        service.close(service.add(title="Changer la pile"))
    assert dossier.undo_stack.undo() == "deux actions"
    assert titles(dossier) == []
    with dossier.write():
        service.add(title="Acheter un sifflet")
    assert dossier.undo_stack.last is None


def test_only_the_last_is_undone_when_one_is_meant(dossier: Dossier) -> None:
    service = ActionService(dossier)
    service.add(title="Acheter un sifflet")
    meant = dossier.undo_stack.last
    service.add(title="Changer la pile")
    with pytest.raises(NotTheLastError) as refused:
        dossier.undo_stack.undo(meant)
    assert "Changer la pile" in refused.value.todo
    assert len(titles(dossier)) == 2


@pytest.mark.tampers
def test_what_is_typed_without_a_pause_is_one_step(new_file: Path, tmp_path: Path) -> None:
    at = NOW

    def clock() -> datetime:
        return at

    path = Path(shutil.copy(new_file, tmp_path))
    with Dossier.open(path, key=KEY, clock=clock) as dossier:
        service = ActionService(dossier)
        action = service.add(title="A")

        def put(title: str) -> None:
            with dossier.write(undo="texte", typed=True) as session:
                session.execute(text("UPDATE action SET title = :title"), {"title": title})

        put("Ac")
        put("Ach")
        at = NOW + timedelta(seconds=30)
        put("Acheter")
        at += undo.PAUSE
        put("Acheter un sifflet")

        found: list[str] = []
        for _ in range(2):
            dossier.undo_stack.undo()
            found += titles(dossier)
        assert found == ["Acheter", "A"]
        dossier.undo_stack.redo()
        assert titles(dossier) == ["Acheter"]
        assert action == actions(dossier)[0].id


@pytest.mark.tampers
def test_bulk_statements_blobs_and_figures_come_back_as_they_were(dossier: Dossier) -> None:
    with dossier.write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "INSERT INTO attachment (id, kind, title, pages, size, pdf, sha256, added_at) VALUES "
            "(1, 'other', 'l''été\n', 1, 4, x'00ff2700', 'a', '2026-11-24T08:12:00+00:00'), "
            "(2, 'other', 'B', 1, 4, x'', 'b', '2026-11-24T08:12:00+00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO drill (id, kind, scenario, script, aim, state, created_at) VALUES "
            "(1, 'alert', '', '', '', 'held', '2026-11-24T08:12:00+00:00')"
        )
        connection.exec_driver_sql("INSERT INTO drill_result VALUES (1, 'x', 0.1)")
    before = held(dossier)
    with dossier.write(undo="tout") as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE attachment SET title = upper(title), pages = 7")
        connection.exec_driver_sql("DELETE FROM attachment")
        connection.exec_driver_sql("UPDATE drill_result SET value = 1.0")
        connection.exec_driver_sql("UPDATE drill_result SET value = 0.3")
        connection.exec_driver_sql("DELETE FROM drill_result")
        connection.exec_driver_sql("DELETE FROM drill")
    after = held(dossier)

    dossier.undo_stack.undo()
    assert held(dossier) == before
    dossier.undo_stack.redo()
    assert held(dossier) == after


def test_a_row_put_back_is_still_the_one_that_was_made_then(dossier: Dossier) -> None:
    """Or two copies would take it for another that bears the same number."""
    SchoolService(dossier).close(date(2026, 12, 1), date(2026, 12, 2))
    made = "SELECT made FROM touched WHERE table_name = 'calendar_correction'"
    before = dossier.rows(text(made))
    SchoolService(dossier).remove_correction(1)
    dossier.undo_stack.undo()
    assert dossier.rows(text(made)) == before


def _erase(dossier: Dossier) -> None:
    compact(dossier)


def _other_secret(dossier: Dossier) -> None:
    change_secret(dossier, new_passphrase="quatre chevaux gris au bord du lac")


@pytest.mark.parametrize("empty", [_erase, _other_secret])
def test_an_erasure_and_another_secret_leave_nothing_to_undo(
    dossier: Dossier, empty: Callable[[Dossier], None]
) -> None:
    service = ActionService(dossier)
    service.add(title="Acheter un sifflet")
    service.add(title="Changer la pile")
    dossier.undo_stack.undo()
    empty(dossier)
    assert (dossier.undo_stack.last, dossier.undo_stack.next) == (None, None)
    service.add(title="Acheter un mégaphone")
    dossier.undo_stack.undo()
    assert titles(dossier) == ["Acheter un sifflet"]


def test_the_oldest_steps_give_way(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "STEPS_KEPT", 2)
    service = ActionService(dossier)
    for title in "ABC":
        service.add(title=title)
    dossier.undo_stack.undo()
    dossier.undo_stack.undo()
    assert titles(dossier) == ["A"]
    assert dossier.undo_stack.last is None

    monkeypatch.setattr(undo, "BYTES_KEPT", 2_000)
    service.change(1, title="D" * 1_500)
    service.change(1, title="E" * 1_500)
    service.change(1, title="F")
    dossier.undo_stack.undo()
    # However large, the last one is always kept.
    assert dossier.undo_stack.last is None
    assert titles(dossier) == ["E" * 1_500]


def test_no_page_on_a_disk_holds_what_is_kept_for_undo(dossier: Dossier) -> None:
    """The triggers are temporary, and SQLCipher must keep what is so in memory."""
    compiled = {row[0] for row in dossier.raw.execute("PRAGMA compile_options")}
    assert compiled & {"TEMP_STORE=2", "TEMP_STORE=3"}
    assert dossier.raw.execute("PRAGMA temp_store").fetchone() == (0,)
    ActionService(dossier).add(title="Acheter un sifflet")
    tables = "SELECT count(*) FROM temp.sqlite_master WHERE type = 'table'"
    assert dossier.raw.execute(tables).fetchone() == (0,)


def test_the_file_itself_names_nothing_of_the_images(dossier: Dossier) -> None:
    """Another program, or an older version, can write it: what calls the camera is not in it."""
    ActionService(dossier).add(title="Acheter un sifflet")
    dossier.close()
    with closing(connect(dossier.path, KEY)) as plain:
        plain.execute("UPDATE action SET title = 'Changer la pile' WHERE id = 0")
        found = plain.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        assert found.fetchone() == (0,)
