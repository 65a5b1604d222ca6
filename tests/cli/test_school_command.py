# SPDX-License-Identifier: GPL-3.0-or-later
"""``school`` fills in and shows who is who, the owners and the sites."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.cli import run_command
from egn_desktop.dossier import Dossier, recovery
from egn_desktop.errors import ExitCode
from egn_desktop.school.queries import identity
from egn_desktop.school.rules import Level
from egn_desktop.school.who import Contract, EquipmentOwner, HeadGender, Site
from egn_desktop.school.words import Owner

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier that the code of ``KEY`` opens."""
    monkeypatch.setenv("EGN_DESKTOP_SECRET", recovery.code_of(KEY))
    path = tmp_path / "ecole.egn"
    Dossier.create(path, key=KEY).close()
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*arguments: object, code: ExitCode = ExitCode.OK) -> str:
        with suppress(SystemExit):  # argparse leaves so at what it does not understand
            assert run_command([str(argument) for argument in arguments]) == code
        output = capsys.readouterr()
        return output.out + output.err

    return run


def test_who_is_who_is_given_and_shown(path: Path, run: Callable[..., str]) -> None:
    run("school", path, "--level", "C=12/300", "--name", "Collège Barnier")
    said = run(
        *("school", path, "--head-gender", "f", "--dpo", "Mme Diallo"),
        *("--owner", "departement;Département du Rhône;M. Ba, président;12/09/2026;CP 45 ; b"),
        *("--owner", "etat"),
        *("--site", "Annexe;;Vorey;CL;Région"),
        *("--council-accord", "12/10/2026;n° 14"),
    )
    for words in (
        "Collège Barnier, représenté par la principale",
        "Département · Département du Rhône · M. Ba, président · accord du 12/09/2026 · CP 45 ; b",
        "État · accord à noter",
        "Annexe · Vorey · Collège, Lycée général et technologique · Région",
        "12/10/2026 · n° 14",
    ):
        assert words in said
    run("school", path, "--contract", "prive")
    with Dossier.open(path, key=KEY) as dossier:
        kept = identity(dossier)
    assert (kept.contract, kept.head_gender) == (Contract.PRIVATE, HeadGender.FEMININE)
    assert kept.owners[0] == EquipmentOwner(
        Owner.DEPARTEMENT,
        *("Département du Rhône", "M. Ba, président"),
        accord_on=date(2026, 9, 12),
        accord_reference="CP 45 ; b",
    )
    assert kept.sites == (
        Site("Annexe", town="Vorey", levels=(Level.COLLEGE, Level.LYCEE), owner="Région"),
    )


@pytest.mark.parametrize(
    ("option", "text", "why"),
    [
        ("--owner", "voisin;M. Ba", "n’est pas une nature de propriétaire"),
        ("--owner", "commune;A;B;hier", "n’est pas une date"),
        ("--site", "Annexe;;Vorey;Z", "lettres M, E, C, L et P"),
        ("--council-accord", "demain", "n’est pas une date"),
    ],
)
def test_what_is_not_understood_is_said(
    path: Path, run: Callable[..., str], option: str, text: str, why: str
) -> None:
    assert why in run("school", path, option, text)
