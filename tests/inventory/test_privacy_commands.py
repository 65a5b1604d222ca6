# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, datetime
from typing import Any

import pytest

from egn_desktop.cli import privacy as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.services import Services


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = Services.of(dossier)
        self.parser = FrenchParser(prog="egn-desktop")
        commands.register(SubCommands(self.parser))

    def __call__(self, command: str, *options: str) -> None:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    return Cli(dossier)


def test_limits_are_shown_and_set(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli("retention")
    shown = capsys.readouterr().out
    assert "prets=1 · Prêts terminés, jusqu’à la fin de l’année scolaire suivante" in shown
    assert "Aucune donnée" in shown
    cli("retention", "--set", "prets=2")
    assert "prets=2 (par défaut : 1)" in capsys.readouterr().out
    for wrong in ("prets", "prets=", "prets=-1", "prets=9", "tout=1"):
        with pytest.raises(UserError):
            cli("retention", "--set", wrong)


def test_nothing_is_erased_until_asked(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    services = cli.services
    services.pupils.remove_pupil(
        services.pupils.add_pupil(PupilInput("Haddad", "Rose", school_class="CE2"))
    )
    dossier.clock = lambda: datetime(2027, 9, 1, 8, tzinfo=UTC)
    cli("retention")
    shown = capsys.readouterr().out
    assert "Haddad Rose · Nom, prénom, nom d’usage, date de naissance, INE, classe" in shown
    assert "--erase" in shown
    cli("retention", "--erase")
    assert "effacées définitivement pour 1 personne." in capsys.readouterr().out
    cli("retention")
    assert "Aucune donnée" in capsys.readouterr().out
