# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from typing import Any

import pytest

from egn_desktop.cli import lending, people, stock
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        subcommands = SubCommands(self.parser)
        for room in (people, stock, lending):
            room.register(subcommands)

    def __call__(self, command: str, *options: str) -> None:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    services = Services.of(dossier)
    services.devices.import_devices(
        [
            DeviceInput("YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook", accessories=("chargeur",)),
            DeviceInput("YSS-0002", DeviceKind.TABLET, "Samsung", "Tab A7"),
        ]
    )
    services.pupils.import_pupils(
        [
            PupilInput("BENALI", "Inès", school_class="CM2 M. Colin"),
            PupilInput("MARTIN", "Léa", born_on=date(2016, 1, 1), school_class="CP Mme Joly"),
            PupilInput("MARTIN", "Léa", born_on=date(2017, 1, 1), school_class="CM2 M. Colin"),
        ]
    )
    return Cli(dossier)


def test_a_device_is_lent_listed_and_returned(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("lend", "--device", "yss-0001", "--to", "Benali ines", "--due", "27/11/2026")
    assert "HP ProBook · YSS-0001, à BENALI Inès, jusqu’au 27/11/2026" in capsys.readouterr().out
    cli("loans")
    line = "Cette semaine · pour le 27/11/2026 · BENALI Inès · CM2 M. Colin · HP ProBook · YSS-0001"
    assert line in capsys.readouterr().out
    cli("return", "--device", "YSS-0001", "--condition", "broken", "--missing", "Chargeur")
    assert "rendu par BENALI Inès" in capsys.readouterr().out
    ended = loan(dossier, 1)
    assert (ended.condition_in, ended.accessories) == (Condition.BROKEN, {"chargeur": False})
    assert device(dossier, 1).row.state is DeviceState.IN_REPAIR
    cli("loans")
    assert capsys.readouterr().out == "Aucun prêt.\n"
    cli("loans", "--all", "--search", "benali")
    assert "Rendu" in capsys.readouterr().out


def test_a_loan_without_a_day_lasts_the_school_year(cli: Cli, dossier: Dossier) -> None:
    cli("lend", "--device", "YSS-0002", "--to", "MARTIN Léa", "--class", "cp")
    row = loan(dossier, 1).row
    assert (row.due_on, row.school_class) == (date(2027, 7, 2), "CP Mme Joly")


def test_an_ambiguous_name_lists_the_choices(cli: Cli) -> None:
    with pytest.raises(UserError, match="Plusieurs personnes") as refusal:
        cli("lend", "--device", "YSS-0001", "--to", "Martin Léa")
    assert "CP Mme Joly" in refusal.value.todo
    assert "CM2 M. Colin" in refusal.value.todo
    with pytest.raises(UserError, match="exactement") as refusal:
        cli("lend", "--device", "YSS", "--to", "Benali Inès")
    assert "YSS-0001 (HP ProBook)" in refusal.value.todo


def test_what_is_not_there_is_told(cli: Cli) -> None:
    with pytest.raises(UserError, match="« Dupont Jo »"):
        cli("lend", "--device", "YSS-0001", "--to", "Dupont Jo")
    with pytest.raises(UserError, match="« ZZZ »") as refusal:
        cli("return", "--device", "ZZZ")
    assert "YSS-0001" in refusal.value.todo
    with pytest.raises(UserError, match="pas prêté : disponible"):
        cli("return", "--device", "YSS-0001")
    cli("lend", "--device", "YSS-0001", "--to", "Benali Inès")
    with pytest.raises(UserError, match="accessoires"):
        cli("return", "--device", "YSS-0001", "--missing", "souris")


def test_devices_and_pupils_are_listed(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli("devices", "--search", "tablette")
    assert capsys.readouterr().out == "YSS-0002 · Samsung Tab A7 · Disponible\n"
    cli("lend", "--device", "YSS-0001", "--to", "Benali Inès")
    capsys.readouterr()
    cli("pupils", "--search", "cm2 ines")
    assert capsys.readouterr().out == "BENALI Inès · CM2 M. Colin · 1 prêt\n"


def test_a_closed_day_is_told_and_not_refused(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    SchoolService(dossier).save(Identity(holiday_zone="A"))
    cli("lend", "--device", "YSS-0001", "--to", "Benali ines", "--due", "25/12/2026")
    assert "À noter : C’est un jour férié (Noël). Réouverture le lundi 4 janvier 2027." in (
        capsys.readouterr().out
    )
    assert loan(dossier, 1).row.due_on == date(2026, 12, 25)
    cli("renew", "--device", "YSS-0001")
    assert capsys.readouterr().out == "Prêt n° 1 prolongé jusqu’au 02/07/2027.\n"
    with pytest.raises(UserError, match="n’est pas prêté"):
        cli("renew", "--device", "YSS-0002")
