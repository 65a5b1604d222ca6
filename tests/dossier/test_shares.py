# SPDX-License-Identifier: GPL-3.0-or-later
"""On a share, nothing is opened but what the last writer left: what a cache shows is waited out.

An older copy stands in for what a computer remembers of the share; the real caches are tried by
``tests/torture/sshfs.py``.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from egn_desktop.dossier import Dossier, connection, guard, opening, places
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import Mark, Marks, computer_id, mark_of
from egn_desktop.dossier.model import Meta
from egn_desktop.dossier.pages import PAGE
from tests.torture import sshfs

KEY = bytes(range(32))
OPENED = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, new_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "is_shared", lambda _: True)
    monkeypatch.setattr(opening, "BETWEEN_LOOKS_S", 0.0)
    folder = tmp_path / "partage"
    folder.mkdir()
    return Path(shutil.copy(new_file, folder / "a.egn"))


def add(dossier: Dossier, key: str) -> None:
    with dossier.write() as session:
        session.add(Meta(key=key, value="x" * 50_000))


def keys(dossier: Dossier) -> list[str]:
    with dossier.read() as session:
        return sorted(session.scalars(select(Meta.key)))


@contextmanager
def another_computer(tmp_path: Path) -> Iterator[None]:
    before = os.environ["EGN_DESKTOP_HOME"]
    os.environ["EGN_DESKTOP_HOME"] = str(tmp_path / "autre poste")
    try:
        yield
    finally:
        os.environ["EGN_DESKTOP_HOME"] = before


def closed_elsewhere(path: Path, tmp_path: Path) -> bytes:
    """Have another computer write and close, and return the file as it was before."""
    before = path.read_bytes()
    with another_computer(tmp_path), Dossier.open(path, key=KEY) as theirs:
        add(theirs, "là-bas")
    return before


def killed_elsewhere(path: Path, tmp_path: Path) -> tuple[bytes, bytes]:
    """Leave what another computer leaves that dies: return its log, and an older log."""
    with another_computer(tmp_path):
        theirs = Dossier.open(path, key=KEY)
        add(theirs, "là-bas")
        older = log_of(path).read_bytes()
        add(theirs, "à l’instant")
        left = {file: file.read_bytes() for file in (path, log_of(path), mark_of(path))}
        theirs.close()
    for file, content in left.items():
        file.write_bytes(content)
    return left[log_of(path)], older


def showing(file: Path, content: bytes) -> tuple[Callable[[str], object], list[str]]:
    """Return what is to be told of the waiting: the second time, the share shows the content."""
    told: list[str] = []

    def waiting(text: str) -> None:
        told.append(text)
        if len(told) == 2:
            file.write_bytes(content)

    return waiting, told


def test_the_mark_stays_on_a_share_and_keeps_nobody_out(path: Path, tmp_path: Path) -> None:
    closed_elsewhere(path, tmp_path)
    left = Mark.decode(mark_of(path).read_bytes())
    assert left is not None
    assert not left.is_open
    assert left.state
    with Dossier.open(path, key=KEY) as dossier:
        assert keys(dossier) == ["là-bas"]
        assert not dossier.remarks


@pytest.mark.parametrize("cut", [False, True], ids=["an older file", "the end not yet seen"])
def test_what_another_computer_closed_is_waited_for(path: Path, tmp_path: Path, cut: bool) -> None:
    before = closed_elsewhere(path, tmp_path)
    closed = path.read_bytes()
    assert len(closed) > len(before)
    path.write_bytes(closed[: len(before)] if cut else before)
    waiting, told = showing(path, closed)
    with Dossier.open(path, key=KEY, waiting=waiting) as dossier:
        add(dossier, "ici")
        assert keys(dossier) == ["ici", "là-bas"]
    assert len(told) == 2
    assert "montre encore l’ancien contenu" in told[0]


@pytest.mark.parametrize("seen", ["no log", "an older log"])
def test_the_log_of_a_computer_that_died_is_waited_for(
    path: Path, tmp_path: Path, seen: str
) -> None:
    log, older = killed_elsewhere(path, tmp_path)
    log_of(path).write_bytes(older if seen == "an older log" else b"")
    waiting, told = showing(log_of(path), log)
    with Dossier.open(path, key=KEY, take_over=True, waiting=waiting) as dossier:
        assert keys(dossier) == ["là-bas", "à l’instant"]
    assert len(told) == 2


def test_what_is_never_shown_is_said_and_opens_by_a_click(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closed_elsewhere(path, tmp_path)
    path.write_bytes(before)
    monkeypatch.setattr(opening, "PATIENCE_S", 0.0)
    with pytest.raises(wrong.StaleShareError) as told:
        Dossier.open(path, key=KEY, take_over=True)
    assert told.value.can_take_over
    assert path.read_bytes() == before
    with Dossier.open(path, key=KEY, take_over=True) as dossier:
        add(dossier, "reparti")
    with Dossier.open(path, key=KEY) as dossier:
        assert keys(dossier) == ["reparti"]


def test_a_wrong_code_is_told_at_once_and_leaves_the_mark(path: Path, tmp_path: Path) -> None:
    closed_elsewhere(path, tmp_path)
    left = Mark.decode(mark_of(path).read_bytes())
    with pytest.raises(wrong.WrongSecretError):
        Dossier.open(path, key=bytes(32))
    assert Mark.decode(mark_of(path).read_bytes()) == left


def test_a_share_that_remembers_what_is_no_more_is_not_called_read_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "is_shared", lambda _: True)
    monkeypatch.setattr(connection, "_BETWEEN_TRIES_S", 0.0)
    opens, left = connection._open_to_write, [3]

    def remembered(path: Path, key: bytes) -> object:
        left[0] -= 1
        return opens(path if left[0] < 0 else path / "qui n’est plus", key)

    monkeypatch.setattr(connection, "_open_to_write", remembered)
    told: list[str] = []
    with Dossier.open(path, key=KEY, waiting=told.append) as dossier:
        add(dossier, "écrit")
        assert keys(dossier) == ["écrit"]
    assert len(told) == 3
    assert "ne se laisse pas encore écrire" in told[0]


def test_a_log_that_is_only_remembered_is_waited_out(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_elsewhere(path, tmp_path)
    remembered = [True, True, False]
    monkeypatch.setattr("egn_desktop.dossier.log.is_only_remembered", lambda _: remembered.pop(0))
    told: list[str] = []
    with Dossier.open(path, key=KEY, waiting=told.append) as dossier:
        assert keys(dossier) == ["là-bas"]
    assert len(told) == 2


def beside(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def at_the_next(
    call: str, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], *, before: bool = True
) -> None:
    """Have another computer do something just before, or just after, the next such call."""
    real = getattr(Marks, call)

    def called(marks: Marks, *given: object) -> object:
        monkeypatch.setattr(Marks, call, real)
        if before:
            deed()
            return real(marks, *given)
        came = real(marks, *given)
        deed()
        return came

    monkeypatch.setattr(Marks, call, called)


def test_a_computer_killed_while_it_had_the_mark_loses_nothing_of_it(
    path: Path, tmp_path: Path
) -> None:
    before = closed_elsewhere(path, tmp_path)
    closed = path.read_bytes()
    Marks(path).take_away()
    path.write_bytes(before)
    waiting, told = showing(path, closed)
    with Dossier.open(path, key=KEY, waiting=waiting) as dossier:
        assert keys(dossier) == ["là-bas"]
    assert len(told) == 2
    assert beside(path) == {path.name, mark_of(path).name}


def test_a_computer_killed_while_it_took_over_is_not_taken_for_the_owner(
    path: Path, tmp_path: Path
) -> None:
    killed_elsewhere(path, tmp_path)
    Marks(path).take_away()
    before = beside(path)
    with pytest.raises(wrong.OpenElsewhereError):
        Dossier.open(path, key=KEY)
    assert mark_of(path).exists()
    assert len(beside(path)) == len(before)
    with Dossier.open(path, key=KEY, take_over=True) as dossier:
        assert keys(dossier) == ["là-bas", "à l’instant"]
    assert beside(path) == {path.name, mark_of(path).name}


def test_of_two_that_open_at_one_instant_the_first_waits_and_the_other_is_told(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is away just when the faster looks: that is no mark that was never there."""
    before = closed_elsewhere(path, tmp_path)
    closed = path.read_bytes()
    path.write_bytes(before)
    waiting, told = showing(path, closed)
    faster: list[Dossier] = []
    monkeypatch.setattr(guard, "hold", lambda _: None)  # no lock reaches the other computer

    def open_faster() -> None:
        with another_computer(tmp_path):
            faster.append(Dossier.open(path, key=KEY, waiting=waiting))

    at_the_next("take_away", monkeypatch, open_faster, before=False)
    with pytest.raises(wrong.OpenElsewhereError):
        Dossier.open(path, key=KEY)
    assert len(told) == 2
    add(faster[0], "suite")
    assert keys(faster[0]) == ["là-bas", "suite"]
    faster[0].close()
    assert beside(path) == {path.name, mark_of(path).name}


def test_of_two_that_take_over_at_once_the_first_goes_on(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_elsewhere(path, tmp_path)
    first: list[Dossier] = []
    monkeypatch.setattr(guard, "hold", lambda _: None)  # no lock reaches the other computer

    def take_over_first() -> None:
        with another_computer(tmp_path):
            first.append(Dossier.open(path, key=KEY, take_over=True))
            add(first[0], "repris")

    at_the_next("take_away", monkeypatch, take_over_first)
    with pytest.raises(wrong.OpenElsewhereError):
        Dossier.open(path, key=KEY, take_over=True)
    add(first[0], "suite")
    first[0].close()
    assert beside(path) == {path.name, mark_of(path).name}
    with Dossier.open(path, key=KEY) as dossier:
        assert keys(dossier) == ["là-bas", "repris", "suite", "à l’instant"]


def test_an_older_mark_put_back_over_a_newer_is_mended_before_the_change_is_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "avant")
        older = mark_of(path).read_bytes()
        at_the_next("write", monkeypatch, lambda: mark_of(path).write_bytes(older), before=False)
        add(dossier, "après")
        assert mark_of(path).read_bytes() != older
        told = Mark.decode(mark_of(path).read_bytes())
        standing = dossier.state()
        assert told is not None
        assert standing is not None
        assert told.state == standing.token


def test_a_mark_taken_away_for_good_comes_back_with_the_state(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "avant")
        Marks(path).take_away()
        add(dossier, "après")
        assert len(beside(path)) == 3, "the file, its log and the mark"


def test_one_that_was_taken_over_does_not_put_its_mark_back(path: Path, tmp_path: Path) -> None:
    """It wakes just when a third computer has taken the second's mark away."""
    asleep = Dossier.open(path, key=KEY)
    add(asleep, "avant")
    Marks(path).take_away().unlink()
    with another_computer(tmp_path):
        second = Mark("0" * 16, computer_id(), "PC-2", "martin", OPENED, "f" * 16)
    Marks(path).make(second)
    taken = Marks(path).take_away()
    with pytest.raises(wrong.TakenOverError):
        add(asleep, "après")
    asleep.close()
    assert not mark_of(path).exists()
    assert Mark.decode(taken.read_bytes()) == second


def test_a_change_that_no_mark_tells_of_is_not_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The share dies between the commit and the mark."""
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "avant")

    def dead(*_: object) -> None:
        raise OSError(errno.EIO, "the share is gone")

    with monkeypatch.context() as patched:
        patched.setattr(Marks, "write", dead)
        real = dossier._file.written

        def written() -> None:
            patched.setattr(Marks, "read", dead)
            real()

        dossier._file.written = written
        with pytest.raises(wrong.PlaceLostError):
            add(dossier, "après")
    dossier.close()


@pytest.mark.parametrize("harm", ["an older file", "a damaged file"])
def test_what_was_left_long_ago_is_told_at_once(path: Path, tmp_path: Path, harm: str) -> None:
    before = closed_elsewhere(path, tmp_path)
    if harm == "an older file":
        path.write_bytes(before)
    else:
        content = path.read_bytes()
        path.write_bytes(content[: 2 * PAGE] + bytes(len(content) - 2 * PAGE))
    old = mark_of(path).stat().st_mtime - opening.PATIENCE_S - 5
    os.utime(mark_of(path), (old, old))
    for _ in range(2):
        with pytest.raises((wrong.StaleShareError, wrong.DamagedError)) as refused:
            Dossier.open(path, key=KEY, waiting=pytest.fail)
        assert isinstance(refused.value, wrong.DamagedError) == (harm == "a damaged file")
    assert beside(path) == {path.name, mark_of(path).name}


def test_what_another_computer_wrote_in_the_same_second_is_seen(tmp_path: Path) -> None:
    """sshfs goes on showing a file's content while its size and its second are the same."""
    reason = sshfs.missing()
    if reason is not None:
        pytest.skip(reason)
    served = tmp_path / "servi"
    served.mkdir()
    with sshfs.mounted(tmp_path, served, sshfs.CACHES["long caches"]) as mounts:
        marks = Marks(mounts["A"] / "a.egn")
        mine = Mark("1" * 16, "ici", "PC-1", "martin", OPENED)
        marks.make(mine)
        assert marks.read() == marks.read()
        there = mark_of(served / "a.egn")
        stood = there.stat()
        theirs = replace(mine, token="2" * 16, computer="PC-2")
        other = served / "autre"
        other.write_bytes(theirs.encode())
        os.utime(other, ns=(stood.st_atime_ns, stood.st_mtime_ns))
        other.replace(there)
        found = marks.read()
        assert found is not None
        assert found.token == theirs.token
