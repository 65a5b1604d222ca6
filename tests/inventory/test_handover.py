# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.cli import lending as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.needs import waiting_for_class
from egn_desktop.inventory.papers.offers import handovers
from egn_desktop.inventory.papers.report.handover import agreements, delivery_sheet
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, LoanState
from egn_desktop.services import Services

NAMES = (("Benali", "Inès"), ("Traoré", "Noé"), ("Haddad", "Rose"), ("Roy", "Max"))
DUE = date(2027, 7, 2)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """A class of four, Noé without anything at home, and three laptops with a charger."""
    made = Services.of(dossier)
    for number in (1, 2, 3):
        made.devices.add_device(
            DeviceInput(
                f"YSS-000{number}", DeviceKind.LAPTOP, "HP", "ProBook", accessories=("chargeur",)
            )
        )
    for last, first in NAMES:
        made.pupils.add_pupil(PupilInput(last, first, school_class="CM2 M. Colin"))
    made.needs.note_need(2, ["no-device"])
    return made


def printed(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, its lines joined."""
    file = folder / "lu.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    pages = done.stdout.replace("\u202f", " ").split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def test_a_class_is_served_by_priority_then_name(dossier: Dossier, services: Services) -> None:
    rows = waiting_for_class(dossier, "CM2 M. Colin")
    assert [row.name for row in rows] == ["Traoré Noé", "Benali Inès", "Haddad Rose", "Roy Max"]
    services.loans.lend(device_id=1, borrower_id=1)
    assert "Benali Inès" not in {row.name for row in waiting_for_class(dossier, "CM2 M. Colin")}


def test_one_print_holds_all_agreements_and_one_sheet_is_signed(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    assert not handovers(dossier)
    services.loans.lend_together([(2, 1), (1, 2), (3, 3)], due_on=DUE)
    (subject,) = handovers(dossier)
    assert (subject.key, subject.label) == ("2026-11-24", "24/11/2026, 3 prêts")
    pages = printed(render(agreements(dossier, subject.key)), tmp_path)
    assert len(pages) <= 1 + 2 * 3
    for last, first in NAMES[:3]:
        (begin,) = (page for page in pages if f"Convention de prêt : {last} {first}" in page)
        assert "En quelques mots" in begin
    assert sum("Lu et approuvé" in page for page in pages) == 3
    sheet = " ".join(printed(render(delivery_sheet(dossier, subject.key)), tmp_path))
    for words in ("Traoré Noé", "HP ProBook · YSS-0001, chargeur", "Signature", "CM2 M. Colin"):
        assert words in sheet
    assert "Roy Max" not in sheet
    with pytest.raises(UserError, match="Aucun prêt en cours ne date du 01/09/2026"):
        delivery_sheet(dossier, "2026-09-01")


def test_the_command_proposes_then_lends(
    dossier: Dossier, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))

    def run(*words: str) -> str:
        options = parser.parse_args(["lend-together", "ecole.egn", *words])
        options.run(services, options)
        return capsys.readouterr().out.replace("\u202f", " ")

    text = run("--class", "cm2 m colin")
    assert text.startswith("Traoré Noé · ordinateur ou tablette · YSS-0001 (HP ProBook)\n")
    assert "Roy Max · ordinateur ou tablette · plus rien en stock" in text
    assert "ajoutez --lend" in text
    assert not loans(dossier)
    assert "1 appareil prêté." in run("--lend", "--due", "18/12/2026")
    (row,) = loans(dossier, state=LoanState.OPEN)
    assert (row.borrower_name, row.due_on) == ("Traoré Noé", date(2026, 12, 18))
    assert "Rien à prêter." in run()
    with pytest.raises(UserError) as refused:
        run("--class", "CE1")
    assert refused.value.todo == "Au choix : CM2 M. Colin."
