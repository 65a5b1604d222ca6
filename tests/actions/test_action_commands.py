# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from egn_desktop.actions.rules import Source, SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.cli import actions as command
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier


def run(dossier: Dossier, *arguments: str) -> None:
    parser = FrenchParser(prog="egn-desktop")
    command.register(SubCommands(parser))
    parsed = parser.parse_args(["actions", "ecole.egn", *arguments])
    parsed.run(SimpleNamespace(dossier=dossier), parsed)


@pytest.fixture
def listed(dossier: Dossier) -> Dossier:
    service = ActionService(dossier)
    service.add(title="Acheter", responsible="Mme Aubry", due_on=date(2026, 11, 1), cost="300 €")
    service.add(title="Vérifier", source=Source(SourceKind.DRILL), responsible="M. Roux")
    service.close(service.add(title="Afficher", responsible="Mme Aubry"))
    return dossier


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ([], [1, 2, 3]),
        (["--late"], [1]),
        (["--state", "open"], [1, 2]),
        (["--state", "done"], [3]),
        (["--source", "drill"], [2]),
        (["--responsible", "Mme Aubry"], [1, 3]),
        (["--responsible", "Mme Aubry", "--state", "open", "--source", "drill"], []),
    ],
)
def test_the_list_is_filtered(
    listed: Dossier, arguments: list[str], numbers: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run(listed, *arguments)
    told = capsys.readouterr().out.splitlines()
    assert [line.split("\u202f: ")[0] for line in told] == ([str(n) for n in numbers] or told[:1])
    if not numbers:
        assert told == ["Aucune action."]


def test_a_line_says_all(listed: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
    run(listed, "--late")
    assert capsys.readouterr().out == (
        "1\u202f: En retard · pour le 01/11/2026 · Acheter · Mme Aubry · Autre · 300 €\n"
    )


def test_what_is_filtered_is_written_for_a_spreadsheet(listed: Dossier, tmp_path: Path) -> None:
    ods, csv = tmp_path / "actions.ods", tmp_path / "actions.csv"
    run(listed, "--late", "--ods", str(ods), "--csv", str(csv))
    _, only = CalamineWorkbook.from_path(str(ods)).get_sheet_by_index(0).to_python()
    assert only[1] == "Acheter"
    header, line = csv.read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith("N°;Action;État;Échéance")
    assert "01/11/2026" in line
