# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from egn_desktop.cli import lending, people, stock, tables
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.lists import LISTS
from egn_desktop.exchange.reading import table_here
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        subcommands = SubCommands(self.parser)
        for commands in (people, stock, lending, tables):
            commands.register(subcommands)

    def __call__(self, command: str, *options: str) -> None:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    services = Services.of(dossier)
    device = services.devices.add_device(
        DeviceInput("YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook 11", owner="+Région")
    )
    pupil = services.pupils.add_pupil(
        PupilInput("Martin", "Léa", born_on=date(2016, 1, 2), school_class="CM2 A")
    )
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CP"))
    services.loans.lend(device_id=device, borrower_id=pupil, due_on=date(2026, 12, 4))
    return Cli(dossier)


def read(path: Path) -> list[dict[str, str]]:
    table = table_here(path, path.read_bytes(), len)
    return [dict(zip(table.header, row.cells, strict=False)) for row in table.rows]


def test_a_list_is_written_as_each_kind(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix in ("csv", "ods", "xlsx"):
        path = tmp_path / f"prets.{suffix}"
        cli("table", "loans", f"--{suffix}", str(path))
        (row,) = read(path)
        assert (row["Emprunteur"], row["N°"], row["Appareil"]) == (
            "Martin Léa",
            "YSS-0001",
            "HP ProBook 11",
        )
        assert row["À rendre le"] == ("04/12/2026" if suffix == "csv" else "2026-12-04")
        told = capsys.readouterr().out.replace("\u202f", " ")
        assert f"Écrit : {path}, 1 ligne" in told
        assert "n’est pas chiffré" in told


def test_a_formula_is_written_as_text(cli: Cli, tmp_path: Path) -> None:
    cli("table", "devices", "--csv", str(tmp_path / "parc.csv"))
    (row,) = read(tmp_path / "parc.csv")
    assert row["Propriétaire"] == "'+Région"


def test_a_search_narrows_the_list_and_forgives_typing_errors(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "eleves.csv"
    cli("table", "pupils", "--search", "martim", "--csv", str(path))
    assert [row["Nom"] for row in read(path)] == ["Martin"]
    told = capsys.readouterr().out.replace("\u202f", " ")
    assert "Aucun résultat pour « martim » : résultats pour « martin »." in told


def test_the_lists_of_the_screen_forgive_typing_errors_too(
    cli: Cli, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, words, line in (
        ("pupils", "bneali", "Benali Inès · CP"),
        ("loans", "martni", "Martin Léa"),
        ("devices", "probok", "HP ProBook 11"),
    ):
        cli(command, "--search", words)
        told = capsys.readouterr().out
        assert "résultats pour" in told
        assert line in told
    cli("devices", "--search", "yss-0009")
    assert "résultats pour" not in capsys.readouterr().out


@pytest.mark.parametrize("name", tables.NAMES)
def test_every_list_is_written(cli: Cli, tmp_path: Path, name: str) -> None:
    (listing,) = (listing for listing in LISTS if listing.id == name)
    path = tmp_path / "liste.csv"
    cli("table", name, "--csv", str(path))
    first = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.split(";") == listing.titles


def test_the_file_to_write_is_asked_for(cli: Cli) -> None:
    with pytest.raises(UserError, match="au moins un fichier"):
        cli("table", "loans")


def test_every_list_of_the_table_has_its_name() -> None:
    assert [listing.id for listing in LISTS] == list(tables.NAMES)
