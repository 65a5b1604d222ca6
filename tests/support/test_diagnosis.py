# SPDX-License-Identifier: GPL-3.0-or-later
"""The file for somebody who helps: what there is, in numbers, and nobody's name."""

import getpass
import re
import shutil
import socket
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop import VERSION, paths
from egn_desktop.cli import run_command
from egn_desktop.dossier import Dossier, backup, keys, recovery
from egn_desktop.errors import ExitCode
from egn_desktop.settings import MachineSettings
from egn_desktop.support import diagnosis
from egn_desktop.ui.bugs import BugHandler

KEY = bytes(range(32))
COLUMNS = (
    "SELECT last_name FROM borrower",
    "SELECT name FROM school",
    "SELECT town FROM school",
    "SELECT head FROM school",
)


def written(tmp_path: Path, dossier: Dossier | None = None) -> str:
    target = tmp_path / "diagnostic.txt"
    diagnosis.write(target, dossier)
    return target.read_text(encoding="utf-8")


def test_it_says_what_helps(tmp_path: Path, dossier: Dossier) -> None:
    backup.back_up(dossier)
    MachineSettings.load().remember(dossier.path)
    said = written(tmp_path, dossier)
    for words in (
        f"EGN Desktop {VERSION}",
        "sqlcipher3 0.",
        "Verrouillage : 10 minutes",
        "Dossier récent 1 : 0,",
        "emplacement de cet ordinateur",
        "Sauvegardes du dossier 1 : 1 sauvegarde, 0,",
        "Table borrower : 0",
        "Vide : aucun défaut n’a été noté.",
    ):
        assert words in said, said


def test_it_names_nobody_and_no_place(tmp_path: Path, demo: Dossier) -> None:
    folder = tmp_path / "Claire Morvan" / "École Jules-Verne"
    folder.mkdir(parents=True)
    recent = Path(shutil.copy(demo.path, folder / "École Jules-Verne.egn"))
    settings = MachineSettings.load()
    settings.columns = {"Élèves de Nguyen": {"Classe de Mme Morvan": True}}
    settings.remember(recent)
    settings.remember(folder / "perdu.egn")
    said = written(tmp_path, demo)
    names = {name for query in COLUMNS for (name,) in demo.rows(text(query)) if name}
    assert len(names) > 40
    names |= {"Morvan", "Nguyen", "Jules-Verne", "perdu", tmp_path.name, socket.gethostname()}
    user = getpass.getuser()
    # On some machines that is the name of a folder of every system.
    names |= {user} - {"root"}
    found = [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]
    assert not found
    assert str(tmp_path) not in said
    assert "Dossier récent 1 : introuvable" in said
    assert "Dossier récent 2 : " in said


def test_the_last_faults_are_there_and_what_else_is_in_the_log_is_not(tmp_path: Path) -> None:
    handler = BugHandler(lambda _: None)
    try:
        raise KeyError("Zoé Nguyen")
    except KeyError:
        handler.handle(*sys.exc_info())
    with paths.technical_log().open("a", encoding="utf-8") as log:
        log.write("Zoé Nguyen a rappelé lundi\n")
    said = written(tmp_path)
    assert f"EGN Desktop {VERSION}, Python " in said.partition("Fin du journal technique")[2]
    assert "  builtins.KeyError" in said
    assert "Nguyen" not in said
    assert said.count("laissée de côté") == 1


def test_the_command_counts_what_a_dossier_holds(
    tmp_path: Path,
    new_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(keys, "ACCEPTED", {})
    monkeypatch.setenv("EGN_DESKTOP_SECRET", recovery.code_of(KEY))
    target = tmp_path / "diagnostic.txt"
    assert run_command(["diagnose", str(target)]) == ExitCode.OK
    assert capsys.readouterr().out.strip() == str(target)
    assert "Table " not in target.read_text(encoding="utf-8")
    dossier = shutil.copy(new_file, tmp_path)
    assert run_command(["diagnose", str(target), "--dossier", str(dossier)]) == ExitCode.OK
    assert "Table loan : 0" in target.read_text(encoding="utf-8")


def test_a_place_that_refuses_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["diagnose", str(tmp_path)]) != ExitCode.OK
    assert capsys.readouterr().err
