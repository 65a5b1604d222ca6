# SPDX-License-Identifier: GPL-3.0-or-later
"""``compare`` and ``join``."""

from collections.abc import Callable
from pathlib import Path

import pytest

from egn_desktop.cli import run_command
from egn_desktop.dossier import Dossier, keys, recovery
from egn_desktop.errors import ExitCode
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.terms import LoanState
from tests.conftest import KEY

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(keys, "ACCEPTED", {})
    monkeypatch.setenv("EGN_DESKTOP_SECRET", recovery.code_of(KEY))

    def run(*arguments: object, code: ExitCode = ExitCode.OK) -> str:
        exit_code = run_command([str(argument) for argument in arguments])
        output = capsys.readouterr()
        assert exit_code == code, output.out + output.err
        return output.out + output.err

    return run


def open_loans(path: Path) -> set[tuple[int, int]]:
    with Dossier.open(path, key=KEY) as opened:
        found = loans(opened, state=LoanState.OPEN)
        return {(row.device_id, row.borrower_id) for row in found}


def test_two_copies_are_compared_then_joined(run: Run, copies: tuple[Path, Path]) -> None:
    here, there = copies
    told = run("compare", here, there)
    assert "1 écriture ici, 2 écritures là-bas" in told
    assert "À décider (1)" in told
    assert "[loan:1]" in told
    assert "À reprendre (1)" in told
    assert "Repris de l’autre copie : 1" in run("join", here, there)
    assert open_loans(here) == {(1, 1), (3, 3)}
    assert "contient tout ce que contient l’autre" in run("join", here, there)
    assert "contient tout ce que contient celle-ci" in run("compare", there, here)


def test_lines_are_chosen(run: Run, copies: tuple[Path, Path]) -> None:
    here, there = copies
    assert "ligne « loan:99 »" in run(
        "join", here, there, "--take", "loan:99", code=ExitCode.REFUSED
    )
    run("join", here, there, "--take", "loan:1")
    assert open_loans(here) == {(1, 2)}


def test_nothing_is_taken(run: Run, copies: tuple[Path, Path]) -> None:
    here, there = copies
    assert "Rien n’a été repris" in run("join", here, there, "--take", "none")
    assert open_loans(here) == {(1, 1)}
