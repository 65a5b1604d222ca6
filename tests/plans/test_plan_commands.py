# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from egn_desktop.cli import plans as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans.queries import (
    contacts,
    risk_lines,
    scenario,
    scenarios,
    sections,
    submission,
    versions,
)
from egn_desktop.plans.rules import SectionState
from egn_desktop.plans.service import PlanService


class Cli:
    """Runs the commands on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = SimpleNamespace(dossier=dossier, plans=PlanService(dossier))
        self.parser = FrenchParser(prog="egn-desktop")
        commands.register(SubCommands(self.parser))

    def __call__(self, *arguments: str) -> None:
        parsed = self.parser.parse_args(arguments)
        parsed.run(self.services, parsed)


@pytest.fixture
def cli(dossier: Dossier) -> Cli:
    return Cli(dossier)


def test_a_section_is_written_from_a_file_and_shown(
    cli: Cli, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "objet.txt"
    text.write_text("Ce plan dit comment\n- enseigner", encoding="utf-8-sig")
    cli("plan-write", "ecole.egn", "--section", "objet", "--text", f"@{text}", "--done")
    row = next(row for row in sections(dossier) if row.section.id == "objet")
    assert row.text == "Ce plan dit comment\n- enseigner"
    assert row.state is SectionState.DONE
    capsys.readouterr()
    cli("plan", "ecole.egn")
    shown = capsys.readouterr().out
    assert "Aucune version arrêtée." in shown
    assert "Objet et champ du plan (terminée, obligatoire)" in shown
    assert "Il manque" in shown
    with pytest.raises(UserError, match="ne peut pas être lu"):
        cli("plan-write", "ecole.egn", "--section", "objet", "--text", "@/nulle/part")


def test_scenarios_are_chosen_left_and_adapted(cli: Cli, dossier: Dossier) -> None:
    cli("plan-scenario", "ecole.egn", "--choose", "canicule")
    cli("plan-scenario", "ecole.egn", "--choose", "coupure")
    cli("plan-scenario", "ecole.egn", "--leave", "coupure")
    assert [row.scenario.id for row in scenarios(dossier, chosen=True)] == ["canicule"]
    cli("plan-scenario", "ecole.egn", "--edit", "canicule", "--field", "families", "--text", "Mot")
    assert scenario(dossier, "canicule").texts["families"] == "Mot"
    with pytest.raises(UserError, match="--field"):
        cli("plan-scenario", "ecole.egn", "--edit", "canicule")


def test_a_risk_is_added_rated_and_removed(cli: Cli, dossier: Dossier) -> None:
    rating = ("--severity", "3", "--likelihood", "2", "--control", "2")
    cli("plan-risk", "ecole.egn", "--id", "surcharge", *rating)
    cli("plan-risk", "ecole.egn", "--title", "Chute dans l’escalier")
    first, second = risk_lines(dossier)
    assert first.rating is not None
    assert first.rating.score == 12
    assert second.rating is None
    cli("plan-risk", "ecole.egn", "--line", second.id, "--remove")
    assert len(risk_lines(dossier)) == 1
    with pytest.raises(UserError, match="--control"):
        cli("plan-risk", "ecole.egn", "--line", first.id, "--severity", "1")


def test_a_refused_rating_leaves_no_line(cli: Cli, dossier: Dossier) -> None:
    with pytest.raises(UserError, match="gravité"):
        cli(
            *("plan-risk", "ecole.egn", "--id", "ecrans"),
            *("--severity", "9", "--likelihood", "1", "--control", "1"),
        )
    assert not risk_lines(dossier)


def test_a_version_is_adopted_and_listed(
    complete: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Cli(complete)
    cli("plan-contact", "ecole.egn", "--role", "ien", "--name", "Mme Garnier", "--phone", "17")
    assert len(contacts(complete)) == 2
    cli("plan-adopt", "ecole.egn", "--body", "conseil d’école", "--on", "20/11/2026")
    (version,) = versions(complete)
    assert version.adopted_on == date(2026, 11, 20)
    capsys.readouterr()
    cli("plan-versions", "ecole.egn")
    assert version.sha256 in capsys.readouterr().out


def test_two_versions_are_listed_and_compared(
    cli: Cli, complete: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("Le premier objet", "Le second objet"):
        cli("plan-write", "ecole.egn", "--section", "objet", "--text", text)
        cli("plan-submit", "ecole.egn", "--body", "conseil d’école")
        cli("plan-adopt", "ecole.egn", "--body", "conseil d’école")
    capsys.readouterr()
    cli("plan-compare", "ecole.egn", "--before", "1", "--after", "2")
    told = capsys.readouterr().out
    assert "- Le premier objet" in told
    assert "+ Le second objet" in told
    cli("plan-versions", "ecole.egn")
    told = capsys.readouterr().out
    assert "En vigueur" in told
    assert "Remplacée" in told


def test_a_submission_is_taken_back(
    cli: Cli, complete: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("plan-submit", "ecole.egn", "--body", "conseil d’école")
    assert submission(complete) is not None
    cli("plan-submit", "ecole.egn", "--withdraw")
    assert submission(complete) is None
    with pytest.raises(UserError, match="Indiquez à qui"):
        cli("plan-submit", "ecole.egn")


def test_what_became_of_a_version_is_noted_shown_and_taken_back(
    cli: Cli, complete: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="aucune version"):
        cli("plan-note", "ecole.egn", "--what", "sent", "--body", "IEN")
    cli("plan-adopt", "ecole.egn", "--body", "conseil d’école", "--on", "20/11/2026")
    shown = capsys.readouterr().out
    assert "À revoir\u202f: «\u202fSurcharge de travail en crise\u202f»" in shown
    assert "Version 1 arrêtée." in shown
    cli("plan-note", "ecole.egn", "--what", "annexed", "--body", "IA-DASEN", "--on", "23/11/2026")
    cli("plan-versions", "ecole.egn")
    assert "n° 1\u202f: Annexée au DUERP le 23/11/2026 (IA-DASEN)" in capsys.readouterr().out
    cli("plan", "ecole.egn")
    assert "Annexée au DUERP le 23/11/2026" in capsys.readouterr().out
    cli("plan-note", "ecole.egn", "--remove", "1")
    cli("plan-versions", "ecole.egn")
    assert "Annexée" not in capsys.readouterr().out.partition("retiré")[2]


def test_the_public_tools_of_the_school_are_listed(
    cli: Cli, complete: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("plan-tools", "ecole.egn")
    shown = capsys.readouterr().out
    assert "Tchap\tService de l’État\tPersonnels" in shown
    assert "ONDE" in shown
    assert "Pix" not in shown


def test_an_empty_dossier_has_no_version(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli("plan-versions", "ecole.egn")
    assert "Aucune version du plan." in capsys.readouterr().out
    with pytest.raises(UserError, match="ne peut pas encore"):
        cli("plan-adopt", "ecole.egn", "--body", "conseil d’école")


def test_a_message_is_shown_in_a_language(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli("plan-message", "ecole.egn", "--scenario", "coupure")
    shown = capsys.readouterr().out
    assert "SMS (" in shown
    assert "n’a plus d’électricité" in shown
    cli(
        "plan-message",
        "ecole.egn",
        "--scenario",
        "coupure",
        "--language",
        "uk",
        "--channel",
        "mail",
    )
    shown = capsys.readouterr().out
    assert shown.startswith("Courriel ou ENT\nТема: ")
    assert "SMS" not in shown
    with pytest.raises(UserError, match="ne sont pas traduits en « xx »"):
        cli("plan-message", "ecole.egn", "--scenario", "coupure", "--language", "xx")
    cli("plan-scenario", "ecole.egn", "--edit", "coupure", "--field", "sms", "--text", "Coupure")
    with pytest.raises(UserError, match="dans vos mots"):
        cli("plan-message", "ecole.egn", "--scenario", "coupure", "--language", "tr")


def test_classes_are_described_and_what_is_lacking_is_shown(
    cli: Cli, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = ("--pupils", "20", "--without-device", "3", "--without-connection", "0")
    cli("plan-class", "ecole.egn", "--name", "CM1", "--teacher", "M. Colin", *numbers)
    cli("plan-capacity", "ecole.egn", "--scenario", "pandemie")
    shown = capsys.readouterr().out
    assert "Il manque 3 appareils. Besoins ou pochettes à préciser" in shown
    assert "manque 3" in shown
    cli("plan-class", "ecole.egn", "--name", "CM1", "--packs", "3", "--without-device", "?")
    cli("plan-class", "ecole.egn")
    assert "CM1\tM. Colin\t\t3 prêtes sur 20" in capsys.readouterr().out
    cli("plan-capacity", "ecole.egn")
    assert "manque 3" not in capsys.readouterr().out
    cli("plan-class", "ecole.egn", "--name", "CM1", "--remove")
    with pytest.raises(UserError, match="Il n’y a pas de classe"):
        cli("plan-class", "ecole.egn", "--name", "CM1", "--remove")


def test_a_scenario_of_the_school_is_added_adapted_and_removed(
    cli: Cli, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("plan-scenario", "ecole.egn", "--add", "Rupture du barrage")
    assert "ecole-1" in capsys.readouterr().out
    cli("plan-scenario", "ecole.egn", "--edit", "ecole-1", "--network", "non")
    assert not scenario(dossier, "ecole-1").circumstances.network
    cli("plan-scenario", "ecole.egn", "--remove", "ecole-1")
    assert not scenarios(dossier, chosen=True)
    cli("plan-scenario", "ecole.egn", "--restore", "ecole-1")
    assert [row.scenario.title for row in scenarios(dossier, chosen=True)] == ["Rupture du barrage"]
    with pytest.raises(UserError, match="--field et --text"):
        cli("plan-scenario", "ecole.egn", "--edit", "ecole-1")


def test_the_risk_lines_are_written_for_a_spreadsheet(
    cli: Cli,
    complete: Dossier,
    service: PlanService,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    service.add_risk(title="=1+1", situations="Élèves à accueillir ; locaux")
    csv, ods = tmp_path / "risques.csv", tmp_path / "risques.ods"
    cli("plan-risks-export", "ecole.egn", "--csv", str(csv), "--ods", str(ods))
    text = csv.read_text(encoding="utf-8-sig")
    header, first, own = text.splitlines()
    assert header.startswith("Risque;Famille;Unités de travail")
    assert first.endswith(";3;3;3;27;Priorité 1")
    assert own.startswith("'=1+1;")
    sheet = CalamineWorkbook.from_path(str(ods)).get_sheet_by_name("Risques").to_python()
    assert [row[0] for row in sheet][1:] == [risk_lines(complete)[0].title, "=1+1"]
    assert sheet[1][-2:] == [27.0, "Priorité 1"]
    with pytest.raises(UserError, match="au moins un fichier"):
        cli("plan-risks-export", "ecole.egn")
    capsys.readouterr()
    cli("plan-risks-export", "ecole.egn", "--fields")
    assert "Situations :\nÉlèves à accueillir ; locaux" in capsys.readouterr().out
