# SPDX-License-Identifier: GPL-3.0-or-later
"""``import --pupils`` in September: doubts, those who left, and ``leavers``."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.cli import imports, people
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services

Run = Callable[..., str]
BORN = date(2016, 3, 4)
LIST = (
    "Nom;Prénom;Date naissance;Classe\nHADDAD;Inès;04/03/2016;CM2\nTRAORÉ;Noé;12/11/2015;CM2\n"
    "NOËL;Zoé;03/07/2015;CM2\n"
)


@pytest.fixture
def run(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a dossier of three pupils; Rose has a laptop."""
    services = Services.of(dossier)
    services.pupils.add_pupil(PupilInput("Benali", "Inès", born_on=BORN, school_class="CM1"))
    services.pupils.add_pupil(
        PupilInput("Traoré", "Noé", born_on=date(2015, 11, 12), school_class="CM1")
    )
    rose = services.pupils.add_pupil(PupilInput("Noël", "Rose", born_on=date(2014, 7, 3)))
    laptop = services.devices.add_device(DeviceInput("YSS-1", DeviceKind.LAPTOP, "HP", "ProBook"))
    services.loans.lend(device_id=laptop, borrower_id=rose)
    parser = FrenchParser(prog="egn-desktop")
    subcommands = SubCommands(parser)
    imports.register(subcommands)
    people.register(subcommands)

    def run(command: str, *options: object) -> str:
        parsed = parser.parse_args([command, "ecole.egn", *map(str, options)])
        parsed.run(services, parsed)
        return capsys.readouterr().out

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "eleves.csv"
    path.write_text(LIST, "utf-8")
    return path


def names(dossier: Dossier) -> list[str]:
    return [row.name for row in pupils(dossier)]


def test_a_doubt_is_listed_and_stops_the_import(
    run: Run, file: Path, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="--doubts=ask"):
        run("import", "--pupils", file)
    said = capsys.readouterr().out
    assert "ligne 2 : HADDAD Inès, né(e) le 04/03/2016, CM2" in said
    assert "un autre nom : Benali Inès, né(e) le 04/03/2016, CM1" in said
    assert len(pupils(dossier)) == 3
    assert "1 élève est peut-être déjà dans le dossier" in run(
        "import", "--pupils", file, "--preview"
    )


@pytest.mark.parametrize(("choice", "expected"), [("same", "Haddad Inès"), ("new", "Benali Inès")])
def test_a_doubt_is_settled_by_the_option(
    run: Run, file: Path, dossier: Dossier, choice: str, expected: str
) -> None:
    run("import", "--pupils", file, f"--doubts={choice}")
    assert expected.casefold() in map(str.casefold, names(dossier))
    assert len(pupils(dossier)) == (4 if choice == "same" else 5)


def test_a_doubt_is_asked(
    run: Run, file: Path, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(("oui", "9", "1"))
    monkeypatch.setattr("builtins.input", lambda _words: next(said))
    out = run("import", "--pupils", file, "--doubts=ask")
    assert "1 : c’est Benali Inès" in out
    assert "HADDAD Inès" in names(dossier)
    assert next(said, None) is None


def test_nobody_at_the_keyboard_stops_the_import(
    run: Run, file: Path, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_words: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(UserError, match="Personne ne répond"):
        run("import", "--pupils", file, "--doubts=ask")
    assert len(pupils(dossier)) == 3


def test_a_whole_list_marks_who_left_and_leavers_shows_them(
    run: Run, file: Path, dossier: Dossier
) -> None:
    out = run("import", "--pupils", file, "--doubts=same", "--whole")
    assert "1 élève du dossier n’est pas dans cette liste" in out
    assert "Noël Rose a HP ProBook · YSS-1" in out
    assert "1 marqué comme parti" in out
    assert run("leavers").strip() == "Noël Rose · parti le 24/11/2026 · 1 appareil"
    run("leavers", "--add", "Traoré Noé")
    assert "Traoré" in (out := run("leavers")).title()
    assert out.splitlines()[0].startswith("Noël Rose")
    assert "1 élève retiré de la liste." in run("leavers", "--remove")
    assert len(pupils(dossier)) == 3
    assert "Aucun élève parti" in run("leavers", "--back", "Noël Rose")


def test_a_list_that_covers_the_school_proposes_to_mark_who_left(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "eleves.csv"
    path.write_text("\n".join(LIST.replace("HADDAD", "BENALI").splitlines()[:3]), "utf-8")
    out = run("import", "--pupils", path)
    assert "--whole les marque comme partis" in out
    assert "Aucun élève parti" in run("leavers")
    with pytest.raises(UserError, match="--whole"):
        run("import", "--devices", path, "--whole")
