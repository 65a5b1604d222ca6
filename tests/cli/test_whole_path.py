# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole product from the command line, on files in the real formats."""

from pathlib import Path

import pytest

from egn_desktop.cli import run_command
from egn_desktop.errors import ExitCode

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PHRASE = "quatre chevaux gris au bord du lac"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("EGN_DESKTOP_SECRET", PHRASE)

    def run(*arguments: object, code: int = ExitCode.OK) -> str:
        exit_code = run_command([str(argument) for argument in arguments])
        output = capsys.readouterr()
        assert exit_code == code, output.out + output.err
        return output.out + output.err

    return run
