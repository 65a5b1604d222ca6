# SPDX-License-Identifier: GPL-3.0-or-later
from typing import Any

import pytest

from egn_desktop.cli import lending
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import incident
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.services import Services


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does, and returns what they say."""

    def __init__(self, dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        self.capsys = capsys
        subcommands = SubCommands(self.parser)
        lending.register(subcommands)

    def __call__(self, command: str, *options: str) -> str:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)
        return self.capsys.readouterr().out


@pytest.fixture
def cli(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Two laptops; Inès has the first."""
    services = Services.of(dossier)
    for number in (1, 2):
        kit = ("chargeur", "housse")
        services.devices.add_device(
            DeviceInput(f"A-{number}", DeviceKind.LAPTOP, "HP", accessories=kit)
        )
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    services.loans.lend(device_id=1, borrower_id=1)
    return Cli(dossier, capsys)


def test_a_part_of_the_kit_comes_back_by_itself(cli: Cli, dossier: Dossier) -> None:
    said = cli("return", "--device", "a-1", "--only", "Housse")
    assert said == "Rendu par Benali Inès : Housse.\nReste à rendre : chargeur.\n"
    assert loan(dossier, 1).row.state is LoanState.OPEN
    cli("return", "--device", "A-1", "--missing", "chargeur")
    said = cli("return", "--device", "A-1", "--only", "chargeur")
    assert "Rien d’autre n’est à rendre" in said
    assert [accessory.present for accessory in device(dossier, 1).accessories] == [True, True]
    with pytest.raises(UserError, match="n’a jamais été prêté"):
        cli("return", "--device", "A-2", "--only", "chargeur")


def test_a_broken_device_is_exchanged(cli: Cli, dossier: Dossier) -> None:
    said = cli(
        *("exchange", "--device", "A-1", "--for", "A-2"),
        *("--missing", "HOUSSE", "--note", "Écran fendu"),
    )
    assert "Rendu : HP · A-1, par Benali Inès.\nPrêt n° 2 : HP · A-2" in said
    assert "Incident n° 1 : casse ou panne." in said
    assert loan(dossier, 1).still_out == ("housse",)
    assert device(dossier, 1).row.state is DeviceState.IN_REPAIR
    with pytest.raises(UserError, match="n’est pas prêté"):
        cli("exchange", "--device", "A-1", "--for", "A-2")
    with pytest.raises(UserError, match="n’est pas à rendre") as refused:
        cli("exchange", "--device", "A-2", "--for", "A-1", "--missing", "souris")
    assert refused.value.todo == "À rendre : chargeur, housse."


def test_a_device_is_wiped_before_it_is_lent_again(cli: Cli) -> None:
    assert cli("wipe") == "Aucun matériel rendu n’est à effacer.\n"
    cli("return", "--device", "A-1")
    assert cli("wipe").startswith("HP · A-1 · à faire : comptes déconnectés (accounts), ")
    with pytest.raises(UserError, match="Il manque le matériel"):
        cli("wipe", "--all")
    left = cli("wipe", "--device", "A-1", "--done", "accounts", "--done", "reset")
    assert "accounts" not in left
    assert "(files)" in left
    assert cli("wipe", "--device", "A-1", "--all") == "HP · A-1 est effacé.\n"


def test_an_incident_is_noted_followed_and_closed(cli: Cli, dossier: Dossier) -> None:
    assert cli("incidents") == "Aucun incident à suivre.\n"
    said = cli("incident", "--device", "A-2", "--kind", "theft", "--on", "20/11/2026")
    assert said.startswith("N° 1 · Vol · HP · A-2 · le 20/11/2026 · Ouvert depuis 4")
    said = cli("incident", "--number", "1", "--report", "2026/0451", "--cost", "280,50 €")
    assert "plainte n° 2026/0451 · 280,50" in said
    assert "2026/0451" in cli("incidents", "--search", "0451")
    assert device(dossier, 2).row.state is DeviceState.STOLEN
    assert cli("incident", "--number", "1", "--close", "found").endswith("Retrouvé\n")
    assert device(dossier, 2).row.state is DeviceState.AVAILABLE
    assert cli("incidents") == "Aucun incident à suivre.\n"
    assert "Retrouvé" in cli("incidents", "--all")
    cli("incident", "--number", "1", "--reopen")
    assert incident(dossier, 1).is_open
    assert cli("incident", "--number", "1", "--remove") == "Incident n° 1 retiré.\n"
    assert cli("incidents", "--all") == "Aucun incident.\n"


def test_an_incident_is_closed_as_it_is_noted(cli: Cli, dossier: Dossier) -> None:
    cli("incident", "--device", "A-1", "--kind", "other", "--close", "nothing")
    assert not incident(dossier, 1).is_open
    assert incident(dossier, 1).loan_id == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--device", "A-2"], "Il manque ce qui est arrivé"),
        (["--device", "A-1", "--kind", "loss"], "se déclare sur le prêt"),
        (["--number", "7", "--close", "found"], "pas d’incident n° 7"),
        (["--number", "7", "--kind", "loss"], "ne change pas de nature"),
    ],
)
def test_a_refusal_says_why(cli: Cli, options: list[str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        cli("incident", *options)


def test_an_amount_is_written_in_french(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli("incident", "--number", "1", "--cost", "cher")
    assert "« cher » n’est pas un montant en euros" in capsys.readouterr().err
