# SPDX-License-Identifier: GPL-3.0-or-later
"""On a share, nothing is opened but what the last writer left: what a cache shows is waited out.

An older copy stands in for what a computer remembers of the share; the real caches are tried by
``tests/torture/sshfs.py``.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from egn_desktop.dossier import Dossier, opening, places
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.model import Meta
from egn_desktop.dossier.presence import Mark, mark_of

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path, new_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "is_shared", lambda _: True)
    monkeypatch.setattr(opening, "BETWEEN_LOOKS_S", 0.0)
    folder = tmp_path / "partage"
    folder.mkdir()
    return Path(shutil.copy(new_file, folder / "a.egn"))


def add(dossier: Dossier, key: str) -> None:
    with dossier.write() as session:
        session.add(Meta(key=key, value="x" * 5000))


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
