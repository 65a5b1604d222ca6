# SPDX-License-Identifier: GPL-3.0-or-later
from typing import Any

import pytest

from egn_desktop.cli import lending, people
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.staff import staff_members
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.services import Services


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does, and returns what they say."""

    def __init__(self, dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        self.capsys = capsys
        subcommands = SubCommands(self.parser)
        lending.register(subcommands)
        people.register(subcommands)

    def __call__(self, command: str, *options: str) -> str:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)
        return self.capsys.readouterr().out


@pytest.fixture
def cli(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(dossier, capsys)


def test_staff_are_added_corrected_listed_and_taken_out(cli: Cli, dossier: Dossier) -> None:
    assert "--add" in cli("staff")
    said = cli("staff", "--add", "LE GOFF Élise", "--duty", "AESH", "--email", "elise@exemple.fr")
    assert "LE GOFF Élise" in said
    assert cli("staff") == "LE GOFF Élise · AESH · elise@exemple.fr\n"
    cli("staff", "--change", "elise le goff", "--phone", "0639980001")
    assert staff_members(dossier)[0].phone == "06 39 98 00 01"
    assert "n’est plus dans la liste" in cli("staff", "--remove", "Le Goff Élise")
    assert not staff_members(dossier)


def test_what_the_staff_command_cannot_do_is_said(cli: Cli) -> None:
    cli("staff", "--add", "ROUX Claire")
    for options, words in (
        (("--add", "Roux Claire"), "ne se distinguent pas"),
        (("--add", "ROUX Claire"), "déjà dans la liste"),
        (("--change", "Petit Jo", "--duty", "x"), "Personne ne s’appelle"),
        (("--add", "PETIT Jo", "--email", "jo"), "adresse électronique"),
        (("--duty", "AESH"), "--add ou --change"),
    ):
        with pytest.raises(UserError, match=words):
            cli("staff", *options)


def test_a_device_is_lent_to_a_teacher_by_name(cli: Cli, dossier: Dossier) -> None:
    services = Services.of(dossier)
    for number in ("YSS-0001", "YSS-0002"):
        services.devices.add_device(DeviceInput(number, DeviceKind.LAPTOP, "HP", "ProBook"))
    services.pupils.add_pupil(PupilInput("Roux", "Claire", school_class="CM2"))
    cli("staff", "--add", "ROUX Claire", "--duty", "Enseignante")
    with pytest.raises(UserError, match="Plusieurs personnes") as refused:
        cli("lend", "--device", "YSS-0001", "--to", "Claire Roux")
    assert "Enseignante" in refused.value.todo
    said = cli("lend", "--device", "YSS-0001", "--to", "Claire Roux", "--class", "enseignante")
    assert "HP ProBook · YSS-0001, à ROUX Claire" in said
    assert loan(dossier, 1).row.borrower_kind is BorrowerKind.STAFF
    assert "ROUX Claire · Personnel · HP ProBook" in cli("loans")
    assert "1 prêt" in cli("staff")
    assert "ROUX Claire" not in cli("pupils")
    with pytest.raises(UserError, match="Personne ne s’appelle"):
        cli("lend", "--device", "YSS-0002", "--to", "Dupont Jo")
