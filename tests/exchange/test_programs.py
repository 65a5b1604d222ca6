# SPDX-License-Identifier: GPL-3.0-or-later
import csv
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.cli import stock
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.nameless import Nameless
from egn_desktop.exchange.preview import read as read_list
from egn_desktop.exchange.programs import PROGRAMS, Program, write_stock
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, Retirement
from egn_desktop.services import Services

SNIPE_IT, GLPI = PROGRAMS
# What Snipe-IT 8 maps to a field of an asset by itself, in English, folded.
SNIPE_TITLES = {
    "asset tag", "category", "manufacturer", "model name", "serial number", "status", "location",
    "company", "purchase date", "purchase cost", "warranty months", "checkout date",
    "expected checkin date", "asset notes", "checkout type", "full name",
}  # fmt: skip
NAMES = ("Benali", "Inès", "Aubry", "Léa", "Martin", "Colin")


@pytest.fixture
def school(dossier: Dossier) -> Services:
    services = Services.of(dossier)
    services.staff.add_staff(StaffFields("Aubry", "Claire"))
    pupil = services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CP"))
    services.pupils.add_pupil(PupilInput("Martin", "Léa", school_class="CM2"))
    lent = services.devices.add_device(
        DeviceInput(
            "YSS-0001",
            DeviceKind.LAPTOP,
            "HP",
            "ProBook 11",
            serial_number="5CD1",
            place="CE1 Mme Aubry",
            owner="Mairie d’Exemple",
            acquired_on=date(2025, 9, 25),
            value_cents=38_900,
            warranty_until=date(2028, 9, 25),
            notes="rayé par Inès Benali",
        )
    )
    services.loans.lend(device_id=lent, borrower_id=pupil, due_on=date(2026, 12, 4))
    services.devices.add_device(
        DeviceInput("YSS-0002", DeviceKind.TABLET, "Apple", place="Chez Léa MARTIN", owner="=1+1")
    )
    waiting = services.devices.add_device(DeviceInput("YSS-0003", place="Salle Aubry"))
    services.devices.change_device(
        waiting, state=DeviceState.RESERVED, reserved_note="pour Léa Martin"
    )
    gone = services.devices.add_device(DeviceInput("YSS-0004", place="Salle 3", owner="M. Colin"))
    services.devices.change_device(
        gone,
        state=DeviceState.RETIRED,
        retired_as=Retirement.DONATED,
        retired_on=date(2026, 10, 5),
    )
    return services


def read(path: Path, program: Program) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=program.delimiter))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.id)
def test_nobody_is_named(school: Services, tmp_path: Path, program: Program) -> None:
    written = write_stock(school.dossier, program, tmp_path / "parc.csv", names=False)
    text = (tmp_path / "parc.csv").read_text(encoding="utf-8")
    assert [name for name in NAMES if name.lower() in text.lower()] == []
    assert (written.devices, written.texts_changed) == (4, 4)
    assert "sans le nom qui s’y trouvait" in written.told


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.id)
def test_names_are_a_choice(school: Services, tmp_path: Path, program: Program) -> None:
    write_stock(school.dossier, program, tmp_path / "parc.csv", names=True)
    lent, at_home, waiting, _ = read(tmp_path / "parc.csv", program)
    assert "Benali Inès" in lent.values()
    assert lent["Remarques"] == "rayé par Inès Benali"
    assert "Chez Léa MARTIN" in at_home.values()
    assert waiting["Remarques"] == "pour Léa Martin"
    assert "nominatif" in program.file_name(date(2026, 11, 24), names=True)


def test_snipe_it_finds_its_columns_and_its_dates(school: Services, tmp_path: Path) -> None:
    write_stock(school.dossier, SNIPE_IT, tmp_path / "parc.csv", names=True)
    lent, at_home, _, gone = read(tmp_path / "parc.csv", SNIPE_IT)
    assert {title.lower() for title in lent} - {"remarques"} == SNIPE_TITLES
    assert (lent["Purchase Date"], lent["Expected Checkin Date"]) == ("2025-09-25", "2026-12-04")
    assert (lent["Checkout Date"], lent["Checkout Type"]) == ("2026-11-24", "User")
    assert (lent["Purchase Cost"], lent["Warranty Months"]) == ("389.00", "36")
    assert (lent["Status"], gone["Status"]) == ("Ready to Deploy", "Archived")
    assert lent["Asset Notes"] == "Bon état, prêté le 24/11/2026, retour prévu le 04/12/2026"
    assert gone["Asset Notes"] == "Bon état, donné le 05/10/2026"
    assert at_home["Company"] == "'=1+1", "nothing runs as a formula"


def test_glpi_gets_quoted_cells_and_french_dates(school: Services, tmp_path: Path) -> None:
    path = tmp_path / "parc.csv"
    write_stock(school.dossier, GLPI, path, names=False)
    first = path.read_bytes().split(b"\r\n")[0].decode("utf-8-sig")
    assert first.startswith('"Nom";"Statut";"Fabricant";"Numéro de série";"Numéro d\'inventaire"')
    lent, *_ = read(path, GLPI)
    assert (lent["Statut"], lent["Lieu"]) == ("Prêté", "CE1")
    assert (lent["Date d'achat"], lent["Retour prévu le"]) == ("25/09/2025", "04/12/2026")


def test_what_glpi_is_given_is_read_back_by_the_import(school: Services, tmp_path: Path) -> None:
    path = tmp_path / "parc.csv"
    write_stock(school.dossier, GLPI, path, names=False)
    found = read_list(path, ImportKind.DEVICES)
    first = found.accepted[0].input
    assert (first.asset_number, first.serial_number) == ("YSS-0001", "5CD1")
    assert (first.brand, first.model, first.kind) == ("HP", "ProBook 11", DeviceKind.LAPTOP)
    assert (first.place, first.acquired_on) == ("CE1", date(2025, 9, 25))
    assert (first.value_cents, first.warranty_until) == (38_900, date(2028, 9, 25))


def test_a_place_keeps_what_names_nobody(school: Services) -> None:
    said = Nameless(school.dossier)
    for text, kept in (
        ("Salle de Mme Aubry", "Salle"),
        ("Armoire (M. Colin)", "Armoire"),
        ("Salle informatique, 2e étage", "Salle informatique, 2e étage"),
        ("Bâtiment Martin", "Bâtiment Martin"),
        ("MARTIN Léa", ""),
        ("bureau aubry", ""),
        ("Maternelle", "Maternelle"),
    ):
        assert said(text) == kept, text


def test_without_devices_nothing_is_written(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="aucun matériel"):
        write_stock(dossier, GLPI, tmp_path / "parc.csv", names=False)
    assert not (tmp_path / "parc.csv").exists()


def test_the_command_says_who_may_receive_names(
    school: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = FrenchParser(prog="egn-desktop")
    stock.register(SubCommands(parser))

    def run(*options: str) -> str:
        parsed = parser.parse_args(["inventory-export", "ecole.egn", *options])
        parsed.run(school, parsed)
        return capsys.readouterr().out

    path = str(tmp_path / "parc.csv")
    said = run("--for", "glpi", "--to", path)
    assert "4 appareils" in said.replace("\u202f", " ").replace("\xa0", " ")
    assert "Peuvent le recevoir" not in said
    said = run("--for", "snipe-it", "--to", path, "--names")
    assert "propriétaire du matériel" in said
    assert "effacez-le" in said
