# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import Source, SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.drills.history import Histories
from egn_desktop.errors import UserError
from egn_desktop.plans import rules, wording
from egn_desktop.plans.catalogue import channels
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.queries import (
    classes,
    contacts,
    milestones,
    risk_lines,
    scenario,
    scenarios,
    sections,
    submission,
    version_pdf,
    versions,
)
from egn_desktop.plans.recognition import recognised
from egn_desktop.plans.rules import SectionState, ToolStatus, VersionState
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.plan import PlanPage
from egn_desktop.ui.pages.plan.adoption import AdoptionPanel
from egn_desktop.ui.pages.plan.class_panel import ClassPanel
from egn_desktop.ui.pages.plan.contacts import ContactPanel
from egn_desktop.ui.pages.plan.markup import insert_table, toggle_bold, toggle_list
from egn_desktop.ui.pages.plan.milestones import MilestonesPart
from egn_desktop.ui.pages.plan.page import CLASSES, CONTACTS, RISKS, SCENARIOS, VERSIONS
from egn_desktop.ui.pages.plan.review import ReviewPanel
from egn_desktop.ui.pages.plan.risk_copy import CopyPanel
from egn_desktop.ui.pages.plan.risk_panel import RiskPanel
from egn_desktop.ui.pages.plan.risks import AddRiskPanel
from egn_desktop.ui.pages.plan.scenarios import OwnScenarioPanel
from egn_desktop.ui.pages.plan.versions import VersionPanel

Show = Callable[[QWidget], None]


@pytest.fixture
def page(context: Context, show: Show) -> PlanPage:
    """The page on a school whose plan is still to be written."""
    context.services.school.save(
        Identity(
            name="École Jules-Verne",
            head="Claire Morvan",
            phone="04 65 71 00 43",
            teachers=10,
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
        )
    )
    made = PlanPage(context)
    made.resize(1064, 720)
    show(made)
    return made


@pytest.fixture
def said(context: Context) -> list[tuple[str, Callable[[], object] | None]]:
    """What the foot of the window was told, with its way back."""
    found: list[tuple[str, Callable[[], object] | None]] = []
    context.said.connect(lambda text, undo: found.append((text, undo)))
    return found


def text_of(dossier: Dossier, section: str) -> str:
    return next(row.text for row in sections(dossier) if row.section.id == section)


def press(widget: QWidget, words: str, at: int = 0) -> None:
    """Press the button with these words."""
    found = [button for button in widget.findChildren(QPushButton) if button.text() == words]
    found[at].click()


def complete(page: PlanPage) -> None:
    plans = page.services.plans
    for section in rules.sections():
        if section.obligatory:
            plans.write_section(section.id, section.example)
    for text in ("inondation", "cyberattaque", "coupure"):
        plans.choose_scenario(text)
    line = plans.add_risk(risk="surcharge")
    plans.rate_risk(line, severity=2, likelihood=3, control=2)


def test_the_page_says_where_the_plan_stands(page: PlanPage) -> None:
    assert page._title.text() == "Plan de continuité"
    assert "Aucune version arrêtée" in page._state.text()
    assert "points à compléter" in page._state.text()


def test_what_is_typed_is_kept_a_little_later(page: PlanPage, qtbot: QtBot) -> None:
    page.go_to("section:objet")
    editor = page.writing.editor
    with qtbot.waitSignal(editor.saved):
        qtbot.keyClicks(editor, "Ce plan dit comment")
    dossier = page.services.dossier
    assert text_of(dossier, "objet") == "Ce plan dit comment"
    assert page.writing._saved.text() == "Enregistré à 08:12"
    assert page.writing._chip.text() == SectionState.STARTED.label


def test_nothing_typed_is_lost_by_going_elsewhere(page: PlanPage, qtbot: QtBot) -> None:
    dossier = page.services.dossier
    page.go_to("section:objet")
    qtbot.keyClicks(page.writing.editor, "Un")
    page.writing._list.choose("suivi")
    assert text_of(dossier, "objet") == "Un"
    qtbot.keyClicks(page.writing.editor, "Deux")
    page._segments.set_index(SCENARIOS)
    assert text_of(dossier, "suivi") == "Deux"
    page.go_to("section:personnels")
    qtbot.keyClicks(page.writing.editor, "Trois")
    page.hide()
    assert text_of(dossier, "personnels") == "Trois"


def test_a_change_from_elsewhere_never_takes_away_what_is_being_typed(
    page: PlanPage, qtbot: QtBot
) -> None:
    page.go_to("section:objet")
    editor = page.writing.editor
    page.services.plans.write_section("objet", "Écrit ailleurs")
    assert editor.toPlainText() == "Écrit ailleurs"
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " et ici")
    page.services.plans.choose_scenario("canicule")
    assert editor.toPlainText() == "Écrit ailleurs et ici"
    editor.flush()
    assert text_of(page.services.dossier, "objet") == "Écrit ailleurs et ici"


def test_a_text_that_could_not_be_kept_stays_and_is_tried_again(
    page: PlanPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.go_to("section:objet")
    editor = page.writing.editor
    told: list[UserError] = []
    page.context.failed.connect(told.append)

    def full(_plans: object, _section: str, _text: str) -> None:
        raise UserError("Le disque est plein.")

    with monkeypatch.context() as broken:
        broken.setattr(type(page.services.plans), "write_section", full)
        qtbot.keyClicks(editor, "Un texte")
        editor.flush()
    assert [words.what for words in told] == ["Le disque est plein."]
    assert editor.is_unsaved
    assert editor.toPlainText() == "Un texte"
    editor.flush()
    assert text_of(page.services.dossier, "objet") == "Un texte"


def test_the_example_and_the_figures_come_into_the_text(page: PlanPage) -> None:
    page.go_to("section:classes")
    help_ = page.writing._help
    press(help_, "Reprendre l’exemple")
    dossier = page.services.dossier
    assert text_of(dossier, "classes") == rules.sections()["classes"].example
    press(help_, "Insérer")
    assert text_of(dossier, "classes").endswith("122")


def test_the_ways_to_reach_families_come_into_the_communication_section(page: PlanPage) -> None:
    page.go_to("section:communication")
    for at in range(2):
        press(page.writing._help, "Insérer", at)
    first, second = list(channels())[:2]
    text = text_of(page.services.dossier, "communication")
    assert text.splitlines() == [
        f"- **{first.title}** : {first.good}",
        f"- **{second.title}** : {second.good}",
    ]


def test_no_break_spaces_that_the_editor_cannot_tell_are_no_change(page: PlanPage) -> None:
    page.services.plans.write_section("objet", "190\u00a0élèves\u202f: tous")
    page.go_to("section:objet")
    assert not page.writing.editor.is_unsaved
    page.hide()
    assert text_of(page.services.dossier, "objet") == "190\u00a0élèves\u202f: tous"


def test_a_section_is_marked_finished_and_taken_up_again(page: PlanPage) -> None:
    page.go_to("section:objet")
    assert not page.writing._done.isEnabled()
    page.services.plans.write_section("objet", "Le plan")
    page.writing._done.click()
    assert page.writing._chip.text() == SectionState.DONE.label
    page.writing._done.click()
    assert page.writing._chip.text() == SectionState.STARTED.label


def test_bold_and_lists_are_put_on_and_taken_off(qtbot: QtBot, qapp: QApplication) -> None:
    editor = QPlainTextEdit("un\ndeux")
    qtbot.addWidget(editor)
    editor.selectAll()
    toggle_list(editor)
    assert editor.toPlainText() == "- un\n- deux"
    editor.selectAll()
    toggle_list(editor)
    assert editor.toPlainText() == "un\ndeux"
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    toggle_bold(editor)
    assert editor.toPlainText() == "**un**\ndeux"


def test_a_table_is_started_and_grows_row_by_row(qtbot: QtBot, qapp: QApplication) -> None:
    editor = QPlainTextEdit("Nos activités.")
    qtbot.addWidget(editor)
    insert_table(editor, ("Quoi", "Qui"))
    editor.insertPlainText("Enseigner")
    insert_table(editor, ("Quoi", "Qui"))
    editor.insertPlainText("Payer")
    assert editor.toPlainText() == "Nos activités.\n| Quoi | Qui |\n| Enseigner |  |\n| Payer |  |"


def test_a_scenario_is_chosen_adapted_and_put_back(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    page._segments.set_index(SCENARIOS)
    view, dossier = page.scenarios, page.services.dossier
    view._list.choose("canicule")
    view.editor._chosen.click()
    assert [row.scenario.id for row in scenarios(dossier, chosen=True)] == ["canicule"]
    families = view.editor.fields["families"]
    families.text.setPlainText("Un mot dans le cahier")
    families.text.flush()
    assert scenario(dossier, "canicule").own == {"families"}
    assert families._back.isVisible()
    families._back.click()
    proposed = wording.proposed_texts(rules.scenarios()["canicule"])["families"]
    assert families.text.toPlainText() == proposed
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert families.text.toPlainText() == "Un mot dans le cahier"


def test_the_space_bar_takes_a_scenario_in_and_out(page: PlanPage, qtbot: QtBot) -> None:
    page._segments.set_index(SCENARIOS)
    listed, dossier = page.scenarios._list, page.services.dossier
    listed.choose("coupure")
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert [row.scenario.id for row in scenarios(dossier, chosen=True)] == ["coupure"]
    assert page.scenarios.editor._chosen.isChecked()
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert not scenarios(dossier, chosen=True)


def test_a_class_is_described_and_the_scenarios_say_what_is_lacking(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    page._segments.set_index(CLASSES)
    page.new()
    panel, dossier = page.panel, page.services.dossier
    assert isinstance(panel, ClassPanel)
    for name, value in (("name", "CM1"), ("pupils", 20), ("without_device", 3)):
        panel.form.set_value(name, value)
    press(panel, "Ajouter")
    (row,) = classes(dossier)
    assert (row.name, row.without_device) == ("CM1", 3)
    page.classes._open(row)
    opened = page.panel
    assert isinstance(opened, ClassPanel)
    opened.form.set_value("without_connection", 0)
    opened._changed("without_connection", 0)
    page._segments.set_index(SCENARIOS)
    page.scenarios._list.choose("pandemie")
    card = page.scenarios.editor.capacity
    assert "Il manque 3 appareils." in card.verdict.text()
    card.checks["network"].click()
    assert not scenario(dossier, "pandemie").circumstances.network
    assert "appareils" not in card.verdict.text()
    press(card, "Besoins des classes")
    assert page._segments.index() == CLASSES
    page.classes._open(classes(dossier)[0])
    assert page.panel is not None
    press(page.panel, "Retirer du plan")
    assert not classes(dossier)
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert [row.name for row in page.classes.table.rows()] == ["CM1"]


def test_a_scenario_of_the_school_is_added_written_renamed_and_removed(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    page._segments.set_index(SCENARIOS)
    page.new()
    panel, dossier = page.panel, page.services.dossier
    assert isinstance(panel, OwnScenarioPanel)
    panel.form.set_value("title", "Rupture du barrage")
    press(panel, "Ajouter")
    editor = page.scenarios.editor
    assert editor._title.text() == "Rupture du barrage"
    editor.fields["first_hour"].text.setPlainText("Monter au stade")
    editor.flush()
    assert scenario(dossier, "ecole-1").texts["first_hour"] == "Monter au stade"
    editor._own.click()
    assert isinstance(page.panel, OwnScenarioPanel)
    page.panel._changed("title", "Crue de l’Orval")
    assert editor._title.text() == "Crue de l’Orval"
    press(page.panel, "Retirer ce scénario")
    assert len(scenarios(dossier)) == len(rules.scenarios())
    assert editor._title.text() != "Crue de l’Orval"
    undo = said[-1][1]
    assert undo is not None
    undo()
    page.scenarios._list.choose("ecole-1")
    assert editor.fields["first_hour"].text.toPlainText() == "Monter au stade"


def test_only_the_schools_own_levels_are_asked_for(page: PlanPage) -> None:
    page._segments.set_index(SCENARIOS)
    fields = page.scenarios.editor.fields
    assert not fields["elementaire"].isHidden()
    assert fields["college"].isHidden()
    assert fields["lycee"].isHidden()


def test_a_risk_is_added_rated_and_its_measure_becomes_an_action(page: PlanPage) -> None:
    page._segments.set_index(RISKS)
    page.new()
    assert isinstance(page.panel, AddRiskPanel)
    press(page.panel, "Ajouter")
    panel, dossier = page.panel, page.services.dossier
    assert isinstance(panel, RiskPanel)
    first = next(iter(rules.risks()))
    assert risk_lines(dossier)[0].title == first.title
    assert page.risks.table.rows()[0].rating is None
    for axis, value in (("severity", 3), ("likelihood", 3), ("control", 3)):
        panel._rating.set_value(axis, value)
    panel._rated("control", 3)
    rating = risk_lines(dossier)[0].rating
    assert rating is not None
    assert rating.score == 27
    assert panel._chip.text() == "27 · Priorité 1"
    panel._measure.set_value("title", "Fixer des horaires de réponse")
    press(panel, "Ajouter aux actions")
    assert [action.title for action in actions(dossier)] == ["Fixer des horaires de réponse"]


def test_a_removed_risk_comes_back(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    page.services.plans.add_risk(risk="ecrans")
    page._segments.set_index(RISKS)
    page.risks.table.select(lambda _row: True)
    press(page.risks, "Retirer")
    assert not risk_lines(page.services.dossier)
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert len(page.risks.table.rows()) == 1


@pytest.mark.parametrize("name", ["risques.csv", "risques.ods", "risques.xlsx"])
def test_the_risk_lines_are_exported(
    page: PlanPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: list[tuple[str, Callable[[], object] | None]],
    name: str,
) -> None:
    page.services.plans.add_risk(risk="ecrans")
    page._segments.set_index(RISKS)
    monkeypatch.setattr(page.context, "ask_save_file", lambda *_: tmp_path / name)
    press(page.risks, "Exporter")
    assert (tmp_path / name).stat().st_size > 100
    assert name in said[-1][0]


def test_a_risk_line_is_copied_field_by_field(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    plans = page.services.plans
    plans.add_risk(title="Bruit", in_place="- Casques\n- Pauses")
    plans.add_risk(title="Écrans")
    page._segments.set_index(RISKS)
    press(page.risks, "Copier")
    panel = page.panel
    assert isinstance(panel, CopyPanel)
    names = [button.accessibleName().replace("\u202f", " ") for button in panel.buttons]
    assert names == ["Copier : Risque", "Copier : Mesures en place"]
    panel.buttons[1].click()
    assert QApplication.clipboard().text() == "Casques\nPauses"
    assert "Mesures en place" in said[-1][0]
    assert not panel.previous.isEnabled()
    panel.next.click()
    panel.buttons[0].click()
    assert QApplication.clipboard().text() == "Écrans"
    assert not panel.next.isEnabled()


def test_somebody_to_call_is_added_checked_and_removed(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    page._segments.set_index(CONTACTS)
    page.new()
    panel = page.panel
    assert isinstance(panel, ContactPanel)
    for name, value in (
        ("role", "mairie"),
        ("name", "M. Roux"),
        ("phone", "04 65 71 00 00"),
        ("called_by", "Mme Aubry"),
    ):
        panel._form.set_value(name, value)
    press(panel, "Ajouter")
    dossier = page.services.dossier
    (contact,) = contacts(dossier)
    assert contact.called_by == "Mme Aubry"
    assert (contact.name, contact.phone) == ("M. Roux", "04 65 71 00 00")
    page.contacts._open(contact)
    opened = page.panel
    assert opened is not None
    press(opened, "Numéro vérifié aujourd’hui")
    assert contacts(dossier)[0].checked_on == dossier.today()
    press(opened, "Retirer de l’annuaire")
    assert not contacts(dossier)
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert len(page.contacts.table.rows()) == 1


def test_the_adoption_panel_leads_to_what_is_missing(page: PlanPage) -> None:
    page._segments.set_index(VERSIONS)
    page.ask_adoption()
    assert isinstance(page.panel, AdoptionPanel)
    press(page.panel, "Y aller")
    assert page.panel is None
    assert page.writing._title.text() == "Objet et champ du plan"
    assert page.writing.editor.isVisible()


def adopt(page: PlanPage, qtbot: QtBot, number: int) -> None:
    page.ask_adoption()
    panel = page.panel
    assert isinstance(panel, AdoptionPanel)
    with qtbot.waitSignal(panel.adopted):
        press(panel, f"Arrêter la version {number}")


def test_a_plan_is_adopted_changed_and_adopted_again(page: PlanPage, qtbot: QtBot) -> None:
    complete(page)
    adopt(page, qtbot, 1)
    dossier = page.services.dossier
    assert page.panel is None
    assert page._segments.index() == VERSIONS
    assert [row.number for row in page.versions.table.rows()] == [1]
    assert "à jour" in page._state.text()
    first = version_pdf(dossier, 1)
    page.go_to("section:objet")
    page.writing.editor.setPlainText("Un autre objet")
    page.writing.editor.flush()
    assert "1 changement depuis" in page._state.text()
    adopt(page, qtbot, 2)
    assert [row.number for row in versions(dossier)] == [2, 1]
    assert version_pdf(dossier, 1) == first
    assert versions(dossier)[0].body == "conseil d’école"
    second = version_pdf(dossier, 2)
    for number, pdf in ((1, first), (2, second)):
        found = recognised(pdf, "plan.pdf", dossier)
        assert found.is_good
        assert f"version {number}, arrêtée" in found.headline
        alone = recognised(pdf, "plan.pdf")
        assert alone.is_good
        assert f"Version {number} arrêtée" in alone.said
        tampered = pdf[: len(pdf) // 2] + bytes([pdf[len(pdf) // 2] ^ 1]) + pdf[len(pdf) // 2 + 1 :]
        for asked in (dossier, None):
            assert "modifié" in recognised(tampered, "plan.pdf", asked).headline


def test_two_versions_and_the_draft_are_compared(page: PlanPage) -> None:
    complete(page)
    plans = page.services.plans
    plans.write_section("objet", "Un objet\nun but")
    plans.adopt(body="conseil d’école")
    plans.write_section("objet", "Un autre objet\nun but")
    plans.adopt(body="conseil d’école")
    plans.write_section("suivi", "Deux appels")
    page._segments.set_index(VERSIONS)
    shown = page.versions.comparison
    assert "+  Deux appels" in shown.text()
    assert "Un autre objet" not in shown.text()
    shown.before.setCurrentIndex(1)
    shown.after.setCurrentIndex(1)
    assert "−  Un objet\n+  Un autre objet" in shown.text()
    assert "un but" not in shown.text()
    shown.before.setCurrentIndex(0)
    assert "disent la même chose" in shown.text()
    assert [row.state for row in page.versions.table.rows()] == [
        VersionState.ADOPTED,
        VersionState.SUPERSEDED,
    ]


def test_a_plan_is_submitted_and_taken_back(page: PlanPage) -> None:
    complete(page)
    page.ask_adoption()
    assert page.panel is not None
    press(page.panel, "Noter comme soumise")
    assert "soumis le 24/11/2026 (conseil d’école)" in page._state.text()
    page.ask_adoption()
    assert page.panel is not None
    press(page.panel, "Retirer la soumission")
    assert submission(page.services.dossier) is None
    assert "soumis" not in page._state.text()


def test_the_yearly_review_is_taken_into_the_draft(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    complete(page)
    page.services.plans.adopt(body="conseil d’école")
    page.services.actions.add(title="Afficher le numéro", source=Source(SourceKind.DRILL))
    page.arrive("review")
    panel, dossier = page.panel, page.services.dossier
    assert isinstance(panel, ReviewPanel)
    assert page.versions._review.text() == "Revue annuelle (1)"
    press(panel, "Reprendre")
    assert "- Afficher le numéro" in text_of(dossier, "amelioration")
    assert page.versions._review.text() == "Revue annuelle"
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert "Afficher" not in text_of(dossier, "amelioration")
    panel.reload()
    press(panel, "Reprendre")
    shown = [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]
    assert "Repris dans le projet" in shown
    assert Histories(dossier).of(1) in shown
    press(panel, "Ne plus reprendre")
    assert "Afficher" not in text_of(dossier, "amelioration")
    press(panel, "Y aller")
    assert page.writing._title.text() == rules.sections()["amelioration"].title


def test_the_home_page_sends_to_a_place(page: PlanPage) -> None:
    page.arrive("contacts")
    assert page._segments.index() == CONTACTS
    page.arrive("adoption")
    assert isinstance(page.panel, AdoptionPanel)


def test_what_an_inspector_would_question_leads_to_its_line(page: PlanPage) -> None:
    complete(page)
    page.ask_adoption()
    panel = page.panel
    assert isinstance(panel, AdoptionPanel)
    shown = [label.text() for label in panel.findChildren(QLabel)]
    assert "Ce qu’une inspection relèverait" in shown
    assert any("aucune action n’est décidée" in text for text in shown)
    press(panel, "Y aller")
    assert page._segments.index() == RISKS
    assert isinstance(page.panel, RiskPanel)


def test_what_became_of_a_version_is_noted_and_taken_back(
    page: PlanPage, said: list[tuple[str, Callable[[], object] | None]]
) -> None:
    complete(page)
    page.services.plans.adopt(body="conseil d’école")
    page.arrive("milestones")
    panel = page.panel
    assert isinstance(panel, VersionPanel)
    part = panel.findChild(MilestonesPart)
    assert part is not None
    part.form.field("kind").write(MilestoneKind.ANNEXED)
    part._edited("kind", MilestoneKind.ANNEXED)
    assert part.form.value("body") == "IA-DASEN"
    press(part, "Noter")
    dossier = page.services.dossier
    assert [milestone.text for milestone in milestones(dossier)] == [
        "Annexée au DUERP le 24/11/2026 (IA-DASEN)"
    ]
    press(part, "Retirer")
    assert not milestones(dossier)
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert milestones(dossier)


def test_a_class_takes_a_public_tool_by_a_click(page: PlanPage) -> None:
    page.services.plans.add_class(name="CE1", pupils=20)
    page._segments.set_index(CLASSES)
    page.classes.table.opened.emit(page.classes.table.rows()[0])
    assert page.panel is not None
    press(page.panel, "apps.education.fr")
    (school_class,) = classes(page.services.dossier)
    assert (school_class.tool, school_class.tool_status) == (
        "apps.education.fr",
        ToolStatus.RECOMMENDED,
    )


def test_the_tools_of_the_state_are_proposed_beside_the_rules_on_data(page: PlanPage) -> None:
    page.go_to("section:donnees")
    names = [label.text() for label in page.writing._help.findChildren(QLabel)]
    assert {"ÉduConnect", "Tchap", "CNED «\u202fMa classe à la maison\u202f»"} <= set(names)
    assert "ONDE" in names
    assert "Pix" not in names
