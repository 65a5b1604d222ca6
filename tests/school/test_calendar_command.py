# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from egn_desktop.cli.calendar import register
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity
from egn_desktop.services import Services


def test_the_calendar_is_shown_and_corrected(
    dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    services = Services.of(dossier)
    services.school.save(Identity(holiday_zone="A", postcode="67000"))
    parser = FrenchParser()
    register(SubCommands(parser))

    def cli(*options: str) -> str:
        parsed = parser.parse_args(["calendar", "ecole.egn", *options])
        parsed.run(services, parsed)
        return capsys.readouterr().out

    shown = cli()
    assert "Vacances de Noël : du 19/12/2026 au 03/01/2027" in shown
    assert "Toussaint" not in shown.splitlines()[0], "what is over is not shown"
    assert "Jour férié : vendredi 26 mars 2027 (le Vendredi saint)" in shown
    assert "inconnu au-delà du 31/08/2028" in shown
    closed = cli("--close", "19/03/2027", "19/03/2027", "--name", "Travaux")
    assert "Fermeture n° 1 : le 19/03/2027 (Travaux)" in closed
    assert "Ouverture n° 2 : du 21/12/2026 au 23/12/2026" in cli(
        "--open", "21/12/2026", "23/12/2026"
    )
    left = cli("--remove", "1")
    assert "Fermeture" not in left
    assert "Ouverture n° 2" in left
