# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from egn_desktop.actions.queries import actions
from egn_desktop.actions.service import ActionService
from egn_desktop.audit.answers import Counts
from egn_desktop.audit.model import CampaignAnswer
from egn_desktop.audit.queries import view
from egn_desktop.audit.service import AuditService
from egn_desktop.cli import audit as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services
from tests.audit.conftest import read
from tests.plans.test_attachments import acting_pdf


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = SimpleNamespace(
            dossier=dossier, audit=AuditService(dossier), actions=ActionService(dossier)
        )
        self.parser = FrenchParser(prog="egn-desktop")
        commands.register(SubCommands(self.parser))

    def __call__(self, command: str, *options: str) -> None:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(school: Dossier) -> Cli:
    return Cli(school)


def test_answers_start_the_audit_and_are_told_with_its_gaps(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("audit-answer", "--set", "ens-01=8/10", "--set", "res-01=?", "--set", "res-06=n")
    assert capsys.readouterr().out == "3 réponses enregistrées.\n"
    cli("audit")
    said = capsys.readouterr().out
    for expected in (
        "État des lieux 2026-2027, en cours\u202f: 2 réponses sur",
        "Ensemble\u202f: ",
        "2 écarts\u202f:",
        "ens-01 Ordinateur individuel des enseignants · attendu\u202f: 100\u202f%",
        "constaté\u202f: 80\u202f% (8 sur 10) · État",
        "À trouver\u202f: res-01",
    ):
        assert expected in said, expected
    assert said.index("res-06") < said.index("ens-01 Ordinateur")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_file_of_answers_is_read_as_spreadsheets_write_it(
    cli: Cli, school: Dossier, tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "reponses.csv"
    lines = [
        ("identifiant", "réponse", "note"),
        ("elv-01:M", "6/50", "relevé à la rentrée"),
        ("ent-01", "en partie", ""),
        ("", "", ""),
    ]
    file.write_text("\n".join(separator.join(line) for line in lines), encoding=encoding)
    cli("audit-answer", "--file", str(file), "--set", "elv-01:M=7/50")
    audit = read(school)
    assert audit.answers["elv-01:M"].value == Counts(7, 50)
    assert audit.answers["elv-01:M"].note == "relevé à la rentrée"
    assert audit.answered == 2


def test_a_wrong_answer_starts_nothing(cli: Cli, school: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "reponses.csv"
    file.write_text("res-01;\n", encoding="utf-8")
    for options in (
        ("--set", "res-01=30", "--set", "gov-02=bientôt"),
        ("--set", "zzz-01=30"),
        ("--file", str(file)),
        ("--file", str(tmp_path / "absent.csv")),
        (),
    ):
        with pytest.raises(UserError):
            cli("audit-answer", *options)
    assert view(school) is None


def test_an_audit_is_closed_and_reopened(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("audit-answer", "--set", "res-01=30", "--close")
    assert "est clos" in capsys.readouterr().out
    with pytest.raises(UserError, match="clos"):
        cli("audit-answer", "--set", "res-01=40")
    cli("audit-answer", "--set", "res-01=40", "--reopen")
    assert read(school).answers["res-01"].value == 40
    cli("audit")
    assert "en cours" in capsys.readouterr().out


def test_a_gap_becomes_an_action(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="Aucun état des lieux"):
        cli("audit-action", "--criterion", "res-01")
    cli("audit-answer", "--set", "res-01=12")
    cli("audit-action", "--criterion", "res-01", "--responsible", "Mme Joly", "--on", "01/03/2027")
    (row,) = actions(school)
    assert (row.responsible, row.provider) == ("Mme Joly", "co")
    capsys.readouterr()
    cli("audit")
    assert "action prévue" in capsys.readouterr().out


def test_the_questions_tell_how_to_answer(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("audit")
    assert "audit-answer" in capsys.readouterr().out
    cli("audit-answer", "--set", "ens-03=OON")
    capsys.readouterr()
    cli("audit", "--questions")
    said = capsys.readouterr().out
    assert "elv-01:M\u202f: Maternelle" in said
    assert "[3 fois O ou N, par exemple OOO]" in said
    assert "    Manque\u202f: une imprimante" in said


def test_what_the_inventory_knows_is_taken_on_demand(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    services = Services.of(school)
    cli.services.audit = services.audit
    for at in range(3):
        services.devices.add_device(DeviceInput(f"C-{at}", DeviceKind.HOTSPOT))
    cli("audit-answer", "--set", "mnt-03=0/3", "--take-known")
    said = capsys.readouterr().out
    assert "1 réponse enregistrée.\nRéponses prises dans l’inventaire\u202f: 2\n" in said
    assert "  elv-06 · D’après l’inventaire\u202f: 1,6 pour 100 élèves (3 sur 190)." in said
    assert read(school).answers["elv-06"].value == Counts(3, 190)
    with pytest.raises(UserError, match="D’après l’inventaire, c’est"):
        cli("audit-answer", "--set", "elv-06=2/190")
    cli("audit-answer", "--set", "elv-06=2/190", "--note", "elv-06=un forfait est fini")
    assert read(school).answers["elv-06"].note == "un forfait est fini"
    capsys.readouterr()
    cli("audit-answer", "--take-known")
    assert capsys.readouterr().out == "Réponses prises dans l’inventaire\u202f: 0\n"
    cli("audit", "--questions")
    assert "    → D’après l’inventaire\u202f: 1,6 pour 100 élèves" in capsys.readouterr().out


@pytest.mark.tampers
def test_the_questions_of_a_newer_program_are_asked_on_demand(
    cli: Cli, school: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("audit-answer", "--set", "res-01=12")
    with school.write() as session:
        session.execute(update(CampaignAnswer).values(version="2026.1"))
    with pytest.raises(UserError, match="dat-07"):
        cli("audit-answer", "--set", "dat-07=oui")
    capsys.readouterr()
    cli("audit-answer", "--new-questions", "--set", "dat-07=oui")
    said = capsys.readouterr().out
    assert "Nouvelle question\u202f: dat-07 · Charte d’usage du numérique signée" in said
    assert "1 réponse enregistrée." in said
    assert read(school).answers.keys() == {"res-01", "dat-07"}


def test_evidence_that_would_do_something_is_kept_only_when_told(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "relevé.pdf"
    source.write_bytes(acting_pdf())
    cli("audit-answer", "--set", "res-01=12")
    with pytest.raises(UserError, match="du code JavaScript") as refused:
        cli("audit-evidence", "--add", f"res-01={source}")
    assert "--with-actions" in refused.value.todo
    capsys.readouterr()
    cli("audit-evidence")
    assert capsys.readouterr().out.endswith("Aucune pièce jointe.\n")
    cli("audit-evidence", "--add", f"res-01={source}", "--with-actions")
    assert "Pièce n° 1 gardée" in capsys.readouterr().out


def test_evidence_is_kept_listed_written_back_and_erased(
    cli: Cli, school: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, copy = tmp_path / "relevé.pdf", tmp_path / "copie.pdf"
    source.write_bytes(b"%PDF-1.7 " + b"x" * 2000)
    with pytest.raises(UserError, match="Aucun état des lieux"):
        cli("audit-evidence")
    cli("audit-answer", "--set", "res-01=12")
    cli("audit-evidence")
    assert capsys.readouterr().out.endswith("Aucune pièce jointe.\n")
    cli("audit-evidence", "--add", f"res-01={source}")
    cli("audit-evidence")
    assert "n° 1 · res-01 · relevé.pdf · 2\u202fko" in capsys.readouterr().out
    cli("audit-evidence", "--save", f"1={copy}")
    assert copy.read_bytes() == source.read_bytes()
    with pytest.raises(UserError, match="existe déjà"):
        cli("audit-evidence", "--save", f"1={copy}")
    cli("audit-evidence", "--remove", "1")
    with pytest.raises(UserError, match="n° 1"):
        cli("audit-evidence", "--save", f"1={tmp_path / 'encore.pdf'}")
    cli("audit-evidence", "--add", f"res-01={source}")
    cli("audit-answer", "--close")
    cli("audit-evidence", "--all")
    assert "· res-01 · relevé.pdf" in capsys.readouterr().out
    with pytest.raises(UserError, match="clos"):
        cli("audit-evidence", "--remove", "1")
    cli("audit-evidence", "--erase", "1")
    cli("audit-evidence", "--all")
    assert capsys.readouterr().out.endswith("Aucune pièce jointe.\n")
