# SPDX-License-Identifier: GPL-3.0-or-later
"""The child that reads what somebody else made: what it is given, and all the ways it may end."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from egn_desktop.documents import images
from egn_desktop.documents.pdf import received
from egn_desktop.errors import UserError
from egn_desktop.exchange.columns import recogniser
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.reading import read_table, table_here
from egn_desktop.sandbox import given, limits, parent
from egn_desktop.sandbox.readers import COMMAND
from egn_desktop.sandbox.watch import watched

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PUPILS = recogniser(ImportKind.PUPILS)
LIST = SAMPLES / "onde_eleves.csv"

pytestmark = pytest.mark.child


class Stopped(Exception):
    pass


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The children that were started."""
    started: list[subprocess.Popen[bytes]] = []
    start = parent._started

    def keep() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(parent, "_started", keep)
    return started


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has another program stand where the child should."""

    def run(code: str) -> None:
        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )

        monkeypatch.setattr(parent, "_started", start)

    return run


def refused() -> UserError:
    with pytest.raises(UserError) as caught:
        read_table(LIST, PUPILS)
    assert "« onde_eleves.csv »" in caught.value.what
    assert caught.value.kept == "Rien n’a été modifié."
    assert caught.value.todo
    return caught.value


def test_a_child_reads_what_this_process_would(children: list[subprocess.Popen[bytes]]) -> None:
    assert read_table(LIST, PUPILS) == table_here(LIST, LIST.read_bytes(), PUPILS)
    assert len(children) == 1
    assert children[0].poll() is not None


def test_what_the_child_refuses_is_told_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "cantine\udce9.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UserError, match=r"« cantine\?.csv » est un document PDF") as caught:
        read_table(path, PUPILS)
    assert "csv, xlsx ou ods" in caught.value.todo


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_a_child_that_dies_is_told_and_harms_nobody(
    instead: Callable[[str], None], end: signal.Signals
) -> None:
    instead(f"import os; os.write(1, b'!'); os.kill(os.getpid(), {int(end)})")
    assert "s’est arrêtée d’un coup" in refused().what


@pytest.mark.parametrize(
    "said",
    [
        "",
        "!",
        "!{",
        '!{"answer": {"name": 1}}\n',
        '!{"answer": {"name": "", "header": ["a"], "rows": [{"line": "x", "cells": []}]}}\n',
        "![]\n",
        '!{"refused": ["a"]}\n',
        "!{}\n",
        '!{"answer": ' + "[" * 100_000 + "\n",
    ],
)
def test_a_child_that_lies_is_not_believed(instead: Callable[[str], None], said: str) -> None:
    instead(f"import os; os.write(1, {said!r}.encode())")
    assert "s’est arrêtée d’un coup" in refused().what


def test_a_reply_without_end_is_cut(
    instead: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST_REPLY", 100_000)
    instead("import os\nwhile True: os.write(1, b'!' * 65536)")
    assert "s’est arrêtée d’un coup" in refused().what


def test_a_child_that_takes_too_long_is_ended(
    instead: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0)
    instead("import os, time; os.write(1, b'!'); time.sleep(600)")
    assert "elle durait plus de 0 secondes" in refused().what


def test_a_program_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(UserError, match="n’a pas pu démarrer"):
        read_table(LIST, PUPILS)


def test_what_is_no_more_wanted_ends_its_child(children: list[subprocess.Popen[bytes]]) -> None:
    def check() -> None:
        if children:
            raise Stopped

    with watched(check), pytest.raises(Stopped):
        read_table(LIST, PUPILS)
    assert children[0].poll() is not None, "it is over when the reading is"


def test_memory_without_end_is_refused_in_words() -> None:
    content = bytes(limits.MEMORY)
    about = {"path": "/a.csv", "words": []}
    with pytest.raises(UserError, match="plus de mémoire que l’application n’en accorde"):
        parent.ask("table", content, dict, about, name="a.csv")


def test_a_child_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGN_DESKTOP_SECRET", "phrase de passe")
    monkeypatch.setenv("EGN_DESKTOP_NEW_SECRET", "une autre")
    program = tmp_path / "egn-desktop"
    program.write_text("#!/bin/sh\nenv\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    environment, _ = parent._started().communicate()
    assert b"PATH=" in environment
    assert b"EGN_DESKTOP" not in environment


def test_a_child_loads_neither_window_nor_database() -> None:
    code = (
        "import sys, egn_desktop.sandbox.child, egn_desktop.exchange.reading\n"
        "import egn_desktop.documents.pdf.reading, egn_desktop.documents.images\n"
        "heavy = {'PySide6', 'sqlalchemy', 'sqlcipher3', 'reportlab', 'keyring', 'alembic'}\n"
        "sys.exit(f'loaded {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_frozen_program_starts_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "egn-desktop"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m egn_desktop "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert len(read_table(LIST, PUPILS).rows) == 190


def test_nobody_reads_of_the_hidden_command(capsys: pytest.CaptureFixture[str]) -> None:
    from egn_desktop.app import main

    with pytest.raises(SystemExit):
        main(["--help"])
    assert COMMAND not in capsys.readouterr().out


def test_a_photo_and_a_paper_are_read_by_a_child(
    children: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    from io import BytesIO

    import pikepdf
    from PIL import Image

    taken, written = BytesIO(), BytesIO()
    Image.new("RGB", (60, 40), "red").save(taken, "PNG")
    made = images.photo(taken.getvalue(), "a.png")
    assert (made.width, made.height) == (60, 40)
    assert made == images.photo_here(taken.getvalue(), "a.png")
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(written)
    assert received.looked_at(written.getvalue(), "a.pdf") == received.Look(1)
    assert received.examined(written.getvalue(), "a.pdf").state is received.SealState.FOREIGN
    assert len(children) == 3


# Files that the user chose


def test_only_files_are_read_and_no_more_than_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(3_000_000))
    assert len(given.read(path, 3_000_000)) == 3_000_000
    with pytest.raises(given.TooLarge):
        given.read(path, 2_999_999)
    os.mkfifo(tmp_path / "tube")
    for odd in (tmp_path, tmp_path / "tube", Path("/dev/zero"), tmp_path / "absent"):
        with pytest.raises(OSError):  # noqa: PT011
            given.read(odd, 100)


def test_a_slow_reading_can_be_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x")

    def check() -> None:
        raise Stopped

    with watched(check), pytest.raises(Stopped):
        given.read(path, 100)


# Windows


class Kernel:
    """Stands for kernel32, and remembers what it was told."""

    def __init__(self, *, refuses: str = "") -> None:
        self.told: list[tuple[Any, ...]] = []
        for name, answer in (
            ("CreateJobObjectW", 7), ("SetInformationJobObject", 1),
            ("AssignProcessToJobObject", 1), ("GetCurrentProcess", 3), ("SetErrorMode", 0),
        ):  # fmt: skip
            setattr(self, name, self._function(name, 0 if name == refuses else answer))

    def _function(self, name: str, answer: int) -> Callable[..., int]:
        def called(*values: Any) -> int:
            if name == "SetInformationJobObject":
                size = values[3]
                values = (*values[:2], ctypes.string_at(values[2], size), size)
            self.told.append((name, *values))
            return answer

        return called


def test_on_windows_a_job_holds_memory_and_time() -> None:
    kernel = Kernel()
    limits.limit_by_job(kernel)
    told = {name: values for name, *values in kernel.told}
    job, kind, content, size = told["SetInformationJobObject"]
    assert (job, kind) == (7, 9)
    # As the headers of 64-bit Windows lay it out.
    assert (size, limits.JobLimits.process_memory.offset) == (144, 112)
    found = limits.JobLimits.from_buffer_copy(content)
    assert found.basic.flags == 0x2 | 0x100 | 0x400
    assert found.process_memory == 512 * 1024**2
    assert found.basic.process_time == 10 * 10_000_000
    assert told["AssignProcessToJobObject"] == [7, 3]


@pytest.mark.parametrize(
    "name", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_a_refusal_of_windows_is_known(name: str) -> None:
    with pytest.raises(OSError, match=r"job|limits"):
        limits.limit_by_job(Kernel(refuses=name))
