# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from egn_desktop.actions.queries import actions
from egn_desktop.actions.service import ActionService
from egn_desktop.cli import actions as action_commands
from egn_desktop.cli import drills as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drill, drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.drills.service import DrillService
from egn_desktop.errors import UserError


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = SimpleNamespace(
            dossier=dossier, drills=DrillService(dossier), actions=ActionService(dossier)
        )
        self.parser = FrenchParser(prog="egn-desktop")
        subcommands = SubCommands(self.parser)
        for module in (commands, action_commands):
            module.register(subcommands)

    def __call__(self, command: str, *options: str) -> None:
        parsed = self.parser.parse_args([command, "ecole.egn", *options])
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    return Cli(dossier)


def test_a_drill_in_the_holidays_is_planned_with_a_word(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("drill-plan", "--kind", "alert", "--on", "25/12/2026")
    told = capsys.readouterr().out
    assert "À noter\u202f: C’est un jour férié (Noël). Réouverture le" in told
    assert [drill.planned_on for drill in drills(dossier)] == [date(2026, 12, 25)]


def test_a_drill_is_planned_recorded_and_listed(
    cli: Cli, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("drill-plan", "--kind", "tabletop", "--scenario", "cyberattaque", "--on", "18/12/2026")
    assert "n° 1" in capsys.readouterr().out
    cli("drill-plan", "--kind", "alert")
    course = tmp_path / "deroulement.txt"
    course.write_text("7 h : appel.\n7 h 12 : au complet.", encoding="utf-8-sig")
    cli(
        "drill-record",
        *("--id", "2", "--on", "06/10/2026", "--course", f"@{course}"),
        *("--measure", "families_2h=94,5", "--measure", "cell_minutes=12"),
        *("--participants", "Direction=Mme Nguyen", "--debrief", "worked=La chaîne"),
        *("--lesson", "Imprimer l’annuaire|Mme Joly|15/12/2026", "--lesson", "Refaire en mars"),
    )
    detail = drill(dossier, 2)
    assert detail.row.held_on == date(2026, 10, 6)
    assert detail.course == "7 h : appel.\n7 h 12 : au complet."
    assert {m.measure.id: m.value for m in detail.measures if m.value is not None} == {
        "families_2h": 94.5,
        "cell_minutes": 12,
    }
    assert detail.participants == {"Direction": "Mme Nguyen"}
    assert detail.answers == {"worked": "La chaîne"}
    assert [(action.title, action.responsible, action.due_on) for action in actions(dossier)] == [
        ("Imprimer l’annuaire", "Mme Joly", date(2026, 12, 15)),
        ("Refaire en mars", "", None),
    ]
    capsys.readouterr()
    cli("drill")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("1\u202f: 18/12/2026 · Exercice sur table")
    assert "94,5\u202f% des familles jointes en 2\u202fh" in second
    cli("actions")
    assert "À faire · pour le 15/12/2026 · Imprimer l’annuaire" in capsys.readouterr().out


def test_a_wrong_lesson_or_measure_keeps_nothing(cli: Cli, dossier: Dossier) -> None:
    cli("drill-plan", "--kind", "alert")
    for options in (
        ("--measure", "families_2h=beaucoup"),
        ("--measure", "families_2h=94", "--lesson", "Imprimer|Mme Joly|demain"),
        ("--measure", "families_2h=94", "--lesson", " |Mme Joly|"),
        ("--course", "@/nulle/part.txt"),
    ):
        with pytest.raises(UserError):
            cli("drill-record", "--id", "1", *options)
    (row,) = drills(dossier)
    assert row.state is DrillState.PLANNED
    assert not actions(dossier)


def test_a_wrong_date_is_said_in_french(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli("drill-plan", "--kind", "alert", "--on", "2026-18-12")
    assert "n’est pas une date JJ/MM/AAAA" in capsys.readouterr().err


def test_an_empty_dossier_says_what_to_do(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli("drill")
    assert "drill-plan" in capsys.readouterr().out
    cli("actions")
    assert "Aucune action" in capsys.readouterr().out
