# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.cli.stock import devices as commands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.terms import DeviceState, Retirement
from egn_desktop.inventory.stock.queries.devices import device, devices
from egn_desktop.inventory.stock.queries.photos import photos
from egn_desktop.services import Services


class Cli:
    """Runs ``device`` on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        commands.register(SubCommands(self.parser))

    def __call__(self, *options: str) -> None:
        parsed = self.parser.parse_args(["device", "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    made = Cli(dossier)
    made(
        *("--add", "--device", "YSS-0001", "--kind", "laptop", "--brand", "Lenovo"),
        *("--owner", "Ordi Solidaire", "--owner-kind", "association", "--acquired-by", "donated"),
        *("--acquired", "12/09/2023", "--refurbished", "oui", "--warranty", "12/09/2025"),
        *("--funding", "Plan de relance", "--maintained-by", "Mairie"),
        *("--accessory", "chargeur", "--accessory", "clé 4G n° 8933150319"),
    )
    return made


def test_a_device_is_added_and_its_sheet_is_read(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("--device", "YSS-0001")
    said = capsys.readouterr().out
    for line in (
        "Lenovo (YSS-0001)",
        "Situation : Disponible",
        "Propriétaire : Ordi Solidaire (association)",
        "Acquis : Don le 12/09/2023",
        "Âge : 3 ans 2 mois",
        "Origine : Reconditionné",
        "Garantie : a expiré le 12/09/2025",
        "Entretenu par : Mairie",
        "avec : clé 4G n° 8933150319",
    ):
        assert line in said
    cli("--device", "YSS-0001", "--warranty", "12/09/2027", "--place", "Salle 4")
    said = capsys.readouterr().out
    assert "Garantie : jusqu’au 12/09/2027" in said
    assert "Emplacement : Salle 4" in said
    assert len(devices(dossier)) == 1


def test_it_is_reserved_then_retired(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    Services.of(dossier).pupils.add_pupil(PupilInput("Benali", "Inès"))
    cli("--device", "YSS-0001", "--reserve-for", "ines benali", "--reserve-note", "dès lundi")
    assert "Situation : Réservé : Benali Inès, dès lundi" in capsys.readouterr().out
    cli("--device", "YSS-0001", "--retire", "recycled", "--retired-on", "20/11/2026")
    assert "Situation : Sorti du parc : recyclé le 20/11/2026" in capsys.readouterr().out
    row = devices(dossier)[0]
    assert (row.state, row.retired_as) == (DeviceState.RETIRED, Retirement.RECYCLED)
    cli("--device", "YSS-0001", "--state", "available")
    assert devices(dossier)[0].retired_on is None


def test_photos_are_added_and_one_refused_changes_nothing(
    cli: Cli, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "dos.png", tmp_path / "notes.txt"
    Image.new("RGB", (40, 30), "red").save(good)
    bad.write_text("rien")
    with pytest.raises(UserError, match=r"notes\.txt"):
        cli("--device", "YSS-0001", "--place", "Salle 4", "--photo", str(good), "--photo", str(bad))
    found = device(dossier, 1)
    assert found.row.place == ""
    assert not photos(dossier, 1)
    cli("--device", "YSS-0001", "--photo", str(good), "--caption", "Dos")
    assert "1 photo" in capsys.readouterr().out
    assert photos(dossier, 1)[0].caption == "Dos"


def test_what_is_not_clear_is_refused(cli: Cli) -> None:
    with pytest.raises(UserError, match="va avec --retire"):
        cli("--device", "YSS-0001", "--retired-on", "20/11/2026")
    with pytest.raises(UserError, match="Personne ne s’appelle"):
        cli("--device", "YSS-0001", "--reserve-for", "Personne")
    with pytest.raises(UserError, match="Aucun matériel ne porte"):
        cli("--device", "YSS-0009")
    with pytest.raises(UserError, match="déjà celui d’un autre"):
        cli("--add", "--device", "yss-0001")
