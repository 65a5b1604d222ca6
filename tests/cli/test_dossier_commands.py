# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's life from the command line, its secret in the variable."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from egn_desktop.cli import run_command
from egn_desktop.dossier import Dossier, keys, life, opening, places, recovery
from egn_desktop.dossier.backup import list_backups
from egn_desktop.dossier.erased import note_erasure
from egn_desktop.dossier.mark import Mark, mark_of
from egn_desktop.dossier.secret_notes import is_sheet_printed
from egn_desktop.dossier.store import dossier_id
from egn_desktop.errors import ExitCode
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService

PHRASE = "quatre chevaux gris au bord du lac"
NEW_PHRASE = "lampe corbeau tiroir mardi"
KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., str]


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ACCEPTED", {})
    monkeypatch.delenv("EGN_DESKTOP_SECRET", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object, code: ExitCode = ExitCode.OK) -> str:
        exit_code = run_command([str(argument) for argument in arguments])
        output = capsys.readouterr()
        assert exit_code == code, output.out + output.err
        return output.out + output.err

    return run


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setenv("EGN_DESKTOP_SECRET", text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier that the code of ``KEY`` opens."""
    path = tmp_path / "ecole.egn"
    with Dossier.create(path, key=KEY) as dossier:
        SchoolService(dossier).save(Identity(name="École du Lac"))
    return path


def test_new_protects_with_the_passphrase_of_the_variable(
    run: Run, secret: Callable[[str], None], tmp_path: Path
) -> None:
    secret(PHRASE)
    said = run("new", tmp_path / "a.egn")
    assert "Le dossier est créé" in said
    assert PHRASE not in said
    assert "Le dossier est sain" in run("verify", tmp_path / "a.egn")
    assert "existe déjà" in run("new", tmp_path / "a.egn", code=ExitCode.REFUSED)


def test_new_without_keyring_or_passphrase_makes_nothing(run: Run, tmp_path: Path) -> None:
    assert "pas de trousseau" in run("new", tmp_path / "a.egn", code=ExitCode.NO_KEYRING)
    assert "nouvelle phrase" in run(
        "new", tmp_path / "a.egn", "--passphrase", code=ExitCode.REFUSED
    )
    assert not (tmp_path / "a.egn").exists()


def test_backup_list_restore(
    run: Run, secret: Callable[[str], None], path: Path, tmp_path: Path
) -> None:
    secret(recovery.code_of(KEY))
    assert "Aucune sauvegarde" in run("backup", path, "--list")
    said = run("backup", path)
    (made,) = list_backups(dossier_id(path))
    assert str(made.path) in said
    assert "Sauvegarde ordinaire" in run("backup", path, "--list")
    assert str(made.path) in run("restore")
    restored = tmp_path / "restauré.egn"
    assert "--to" in run("restore", made.path, code=ExitCode.REFUSED)
    assert "Le dossier est sain" in run("restore", made.path, "--to", restored)
    before = restored.read_bytes()
    assert "existe déjà" in run("restore", made.path, "--to", restored, code=ExitCode.REFUSED)
    assert restored.read_bytes() == before


def test_a_command_that_changes_something_leaves_a_backup(
    run: Run, secret: Callable[[str], None], path: Path
) -> None:
    secret(recovery.code_of(KEY))
    run("drill", path)
    assert list_backups(dossier_id(path)) == []
    run("drill-plan", path, "--kind", "alert", "--on", "18/12/2026")
    assert len(list_backups(dossier_id(path))) == 1


def test_backups_that_leave_and_come_back_without_the_computer(
    run: Run,
    secret: Callable[[str], None],
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret(recovery.code_of(KEY))
    stick = tmp_path / "clé"
    stick.mkdir()
    assert f"Copiée aussi dans : {stick}" in run("backup", path, "--second", stick)
    assert f"Second emplacement : {stick}" in run("backup", path, "--list")
    run("drill-plan", path, "--kind", "alert", "--on", "18/12/2026")
    assert len(list(stick.rglob("*.egn"))) == 2
    said = run("backup", path, "--to", tmp_path)
    assert "Copie faite et vérifiée" in said
    assert Path(said.strip().partition(" : ")[2]).is_file()

    # The computer is gone.
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "other"))
    said = run("restore", "--from", stick)
    assert path.name in said
    assert "écriture n°" in said
    restored = tmp_path / "retrouvé.egn"
    assert "Le dossier est sain" in run("restore", "--from", stick, "--to", restored)
    assert "18/12/2026" in run("drill", restored)
    (tmp_path / "vide").mkdir()
    other = tmp_path / "b.egn"
    said = run("restore", "--from", tmp_path / "vide", "--to", other, code=ExitCode.REFUSED)
    assert "aucune sauvegarde" in said
    assert not other.exists()


def test_redo_after_an_erasure(run: Run, secret: Callable[[str], None], path: Path) -> None:
    secret(recovery.code_of(KEY))
    run("backup", path)
    assert "0 sauvegarde supprimée" in run("backup", path, "--redo")
    with Dossier.open(path, key=KEY) as dossier, dossier.write():
        pass
    with Dossier.open(path, key=KEY) as dossier:
        note_erasure(dossier)
    assert "1 sauvegarde supprimée" in run("backup", path, "--redo").replace("\xa0", " ")
    assert len(list_backups(dossier_id(path))) == 1


def test_the_sheet_is_noted_as_safe(run: Run, secret: Callable[[str], None], path: Path) -> None:
    secret(recovery.code_of(KEY))
    assert "en lieu sûr" in run("recovery-sheet", path, "--noted")
    with Dossier.open(path, key=KEY) as dossier:
        assert is_sheet_printed(dossier)


def test_recovery_sheet(
    run: Run, secret: Callable[[str], None], path: Path, tmp_path: Path
) -> None:
    secret(recovery.code_of(KEY))
    said = run("recovery-sheet", path, "--to", tmp_path / "fiche.pdf")
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    assert recovery.groups_of(KEY)[0] not in said


def test_change_secret(
    run: Run, secret: Callable[[str], None], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret(recovery.code_of(KEY))
    monkeypatch.setenv("EGN_DESKTOP_NEW_SECRET", "1234")
    assert "trop courte" in run("change-secret", path, "--passphrase", code=ExitCode.REFUSED)
    monkeypatch.setenv("EGN_DESKTOP_NEW_SECRET", NEW_PHRASE)
    said = run("change-secret", path, "--passphrase")
    assert NEW_PHRASE not in said
    assert "Ses sauvegardes ont suivi" in said
    run("verify", path, code=ExitCode.WRONG_SECRET)
    secret(NEW_PHRASE)
    run("verify", path)
    assert "trousseau" in run("change-secret", path, code=ExitCode.NO_KEYRING)


def test_each_trouble_has_its_exit_code(
    run: Run, secret: Callable[[str], None], path: Path, tmp_path: Path
) -> None:
    run("verify", path, code=ExitCode.NO_KEYRING)
    secret(recovery.code_of(bytes(32)))
    run("verify", path, code=ExitCode.WRONG_SECRET)
    groups = list(recovery.groups_of(KEY))
    groups[2] = "22222"
    secret("-".join(groups))
    assert "Le groupe 3 est mal recopié" in run("verify", path, code=ExitCode.WRONG_SECRET)
    secret(recovery.code_of(KEY))
    run("verify", tmp_path / "absent.egn", code=ExitCode.NOT_A_DOSSIER)
    (tmp_path / "autre.egn").write_text("Bonjour")
    run("verify", tmp_path / "autre.egn", code=ExitCode.NOT_A_DOSSIER)
    content = bytearray(path.read_bytes())
    content[-100] ^= 0xFF  # in the last page, which opening does not read
    (tmp_path / "abime.egn").write_bytes(content)
    assert "INCORRECT" in run("verify", tmp_path / "abime.egn", code=ExitCode.DAMAGED)


@pytest.mark.parametrize(
    "command", ["new", "verify", "backup", "restore", "recovery-sheet", "change-secret"]
)
def test_help_is_in_french_and_takes_no_secret(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_command([command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("Utilisation : ")
    for word in ("usage:", "options:", "show this", "--secret", "--key", "--code"):
        assert word not in said


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of the POSIX kind")
def test_the_secret_is_asked_on_a_terminal_and_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.egn"
    life.create_dossier(path, new_passphrase=PHRASE).close()
    import pty

    ours, theirs = pty.openpty()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "EGN_DESKTOP_SECRET"},
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    asking = subprocess.Popen(
        [sys.executable, "-m", "egn_desktop", "verify", str(path)],
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    said = b""
    for answer in ("pas la bonne", PHRASE):
        while said.count(b"phrase de passe :") < (2 if answer == PHRASE else 1):
            said += os.read(ours, 1000)
        os.write(ours, f"{answer}\n".encode())
    while True:
        try:
            said += os.read(ours, 1000)
        except OSError:
            break
    assert asking.wait(timeout=30) == ExitCode.OK
    text = said.decode()
    assert "n’ouvre pas le dossier" in text
    assert "Le dossier est sain" in text
    assert PHRASE not in text


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough_is_no_fault(path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "egn_desktop", "export", str(path), "--list"],
        cwd=ROOT,
        env={**os.environ, "EGN_DESKTOP_SECRET": recovery.code_of(KEY)},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.OK, b"")


def test_a_clock_that_is_behind_needs_a_word(
    run: Run, secret: Callable[[str], None], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret(recovery.code_of(KEY))
    now = life.local_now()
    monkeypatch.setattr(
        life.open_dossier, "__kwdefaults__",
        life.open_dossier.__kwdefaults__ | {"clock": lambda: now.replace(year=2015)},
    )  # fmt: skip
    said = run("school", path, "--town", "Annecy", code=ExitCode.CLOCK)
    assert "L’horloge de l’ordinateur indique le" in said
    assert "2015" in said
    assert "Annecy" not in run("school", path)
    run("school", path, "--town", "Annecy", "--clock-is-right")
    assert "Annecy" in run("school", path)


def test_verify_holds_the_journal_against_a_paper(
    run: Run, secret: Callable[[str], None], path: Path
) -> None:
    secret(recovery.code_of(KEY))
    with Dossier.open(path, key=KEY) as dossier:
        stamp = dossier.journal_stamp()
    printed = f"{stamp.entries} écritures, empreinte {stamp.fingerprint}"
    assert "est bien passé par l’état que dit le papier" in run("verify", path, "--paper", printed)
    other = f"{stamp.entries + 3} écritures, empreinte {stamp.fingerprint}"
    said = run("verify", path, "--paper", other, code=ExitCode.DAMAGED)
    assert f"le journal n’en a que {stamp.entries}" in said
    assert "n’est pas ce qu’un papier dit" in run(
        "verify", path, "--paper", "rien", code=ExitCode.REFUSED
    )


def test_a_dossier_left_open_elsewhere_says_who_and_is_taken_over_by_an_option(
    path: Path, run: Run, secret: Callable[[str], None]
) -> None:
    secret(recovery.code_of(KEY))
    theirs = Mark("0" * 16, "autre", "PC-DIRECTION", "martin", datetime.now().astimezone())
    mark_of(path).write_bytes(theirs.encode())
    refused = run("verify", path, code=ExitCode.ALREADY_OPEN)
    assert "ouvert par martin sur l’ordinateur « PC-DIRECTION »" in refused
    assert "--take-over" in refused
    assert Mark.decode(mark_of(path).read_bytes())
    assert "ouvert par" not in run("verify", path, "--take-over")
    assert not mark_of(path).exists()


def test_what_a_share_does_not_show_yet_is_said_while_it_is_waited_for(
    path: Path, run: Run, secret: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret(recovery.code_of(KEY))
    monkeypatch.setattr(places, "is_shared", lambda _: True)
    monkeypatch.setattr(opening, "BETWEEN_LOOKS_S", 0.0)
    monkeypatch.setattr(opening, "PATIENCE_S", 0.5)
    older = path.read_bytes()
    with Dossier.open(path, key=KEY) as dossier:
        SchoolService(dossier).save(Identity(name="École du Port"))
    path.write_bytes(older)
    at_once = mark_of(path).stat().st_mtime + 60
    os.utime(mark_of(path), (at_once, at_once))
    told = run("verify", path, code=ExitCode.PLACE_LOST)
    assert "montre encore l’ancien contenu" in told
    assert "ne montre pas les dernières modifications" in told
    assert "--take-over" in told
    run("verify", path, "--take-over")
