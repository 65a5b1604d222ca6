# SPDX-License-Identifier: GPL-3.0-or-later
"""The trial of the program on this computer: it says what works, and leaves nothing behind."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from egn_desktop import features, paths
from egn_desktop.cli import run_command
from egn_desktop.dossier import keys
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.support import machine, self_test

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ACCEPTED", {})


def test_everything_is_tried_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "temporaire"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    profile = os.environ[paths.BASE_DIR_VARIABLE]
    assert run_command(["self-test"]) == ExitCode.OK
    said = capsys.readouterr().out
    for title, _ in self_test.steps():
        assert f"{title} : " in said
    assert "Trousseau : non vérifié. Cet ordinateur n’a pas de trousseau" in said
    assert said.splitlines()[-1] == self_test.WORKS
    assert os.environ[paths.BASE_DIR_VARIABLE] == profile
    assert not list(place.iterdir())
    assert not paths.is_there(Path(profile, "sauvegardes"))


def test_what_fails_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = [step for step in self_test.steps() if step[0] in ("Contenu", "Modules", "Polices")]
    monkeypatch.setattr(self_test, "steps", lambda: iter(tried))
    monkeypatch.setattr(paths, "guide", lambda: tmp_path)
    page, command = "egn_desktop.ui.pages.lost:LostPage", "egn_desktop.cli.support"
    lost = features.Feature("lost", "Perdue", "home", page, commands=(command,))
    monkeypatch.setattr(features, "FEATURES", (lost,))
    assert run_command(["self-test"]) == ExitCode.REFUSED
    said = capsys.readouterr()
    assert "Contenu : INCORRECT. Il manque des fichiers du logiciel (mode d’emploi)" in said.out
    assert "Modules : INCORRECT. ModuleNotFoundError : No module named" in said.out
    assert "Polices : correct." in said.out
    assert self_test.FAILS in said.err


def test_the_keyring_must_give_back_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(keys, "keep", kept.__setitem__)
    monkeypatch.setattr(keys, "find", lambda name: (kept[name],))
    monkeypatch.setattr(keys, "forget", kept.pop)
    assert "garde un secret" in self_test._keyring()
    assert not kept
    monkeypatch.setattr(keys, "find", lambda _: ())
    with pytest.raises(UserError, match="n’a pas rendu"):
        self_test._keyring()


def test_every_package_that_the_program_asks_for_is_named() -> None:
    asked = (ROOT / "requirements" / "app.in").read_text(encoding="utf-8").splitlines()
    assert [line.partition(">")[0] for line in asked] == list(machine.PACKAGES)
    assert all(machine.packages().values())


def test_it_runs_in_a_process_of_its_own_and_ends_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    echo = [sys.executable, "-c", "import sys; print('é ’', *sys.argv[1:])"]
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    monkeypatch.setattr(paths, "own_command", lambda: echo)
    assert self_test.run_apart(lambda: None) == "é ’ self-test"

    def stopped() -> None:
        raise UserError("Interrompu.")

    for_ever = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    monkeypatch.setattr(paths, "own_command", lambda: for_ever)
    with pytest.raises(UserError, match="Interrompu"):
        self_test.run_apart(stopped)


def test_a_program_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "own_command", lambda: ["/no/such/program"])
    with pytest.raises(UserError, match="n’a pas pu démarrer"):
        self_test.run_apart(lambda: None)
