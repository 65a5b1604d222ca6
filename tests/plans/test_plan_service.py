# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
from datetime import date

import pytest

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import SourceKind
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.plans import rules, wording
from egn_desktop.plans.model import PlanVersion
from egn_desktop.plans.queries import (
    changes,
    contacts,
    content,
    crises,
    missing,
    open_crisis,
    proposed_risks_taken,
    risk_lines,
    scenario,
    scenarios,
    sections,
    summary,
    todos,
    version_content,
    version_pdf,
    versions,
)
from egn_desktop.plans.rules import SectionState
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.todo import Urgency


def journaled(dossier: Dossier, subject: str) -> list[str]:
    with dossier.read() as session:
        assert first_broken_link(dossier) is None
        rows = session.connection().exec_driver_sql(
            "SELECT what FROM journal WHERE subject = ? ORDER BY id", (subject,)
        )
        return [row[0] for row in rows]


def state_of(dossier: Dossier, section: str) -> SectionState:
    return next(row.state for row in sections(dossier) if row.section.id == section)


def test_a_section_is_kept_as_typed_and_its_state_follows(
    dossier: Dossier, service: PlanService
) -> None:
    told: list[frozenset[Changed]] = []
    dossier.listen(told.append)
    service.write_section("objet", "  Le plan\n- un ")
    assert told == [frozenset({Changed.PLAN})]
    row = next(row for row in sections(dossier) if row.section.id == "objet")
    assert row.text == "  Le plan\n- un "
    assert row.state is SectionState.STARTED
    service.finish_section("objet")
    assert state_of(dossier, "objet") is SectionState.DONE
    service.write_section("objet", "Autre texte")
    assert state_of(dossier, "objet") is SectionState.DONE
    service.write_section("objet", "")
    assert state_of(dossier, "objet") is SectionState.EMPTY


def test_an_empty_section_cannot_be_finished(service: PlanService) -> None:
    with pytest.raises(UserError, match="est vide"):
        service.finish_section("objet")
    with pytest.raises(UserError, match="Partie inconnue"):
        service.write_section("météo", "Beau")


def test_a_scenario_left_out_keeps_its_own_words(dossier: Dossier, service: PlanService) -> None:
    service.choose_scenario("canicule")
    service.edit_scenario("canicule", "first_hour", "Fermer les volets\nAppeler la mairie")
    service.choose_scenario("canicule", chosen=False)
    assert not scenarios(dossier, chosen=True)
    service.choose_scenario("canicule")
    (row,) = scenarios(dossier, chosen=True)
    assert wording.lines(row.texts["first_hour"]) == ["Fermer les volets", "Appeler la mairie"]
    assert row.own == {"first_hour"}
    assert row.texts["trigger"] == rules.scenarios()["canicule"].trigger


def test_the_proposals_words_undo_an_edit(dossier: Dossier, service: PlanService) -> None:
    proposed = wording.proposed_texts(rules.scenarios()["canicule"])["families"]
    service.edit_scenario("canicule", "families", "Autre")
    service.edit_scenario("canicule", "families", proposed)
    assert scenario(dossier, "canicule").own == frozenset()
    with pytest.raises(UserError, match="Rubrique inconnue"):
        service.edit_scenario("canicule", "recette", "")
    with pytest.raises(UserError, match="Scénario inconnu"):
        service.choose_scenario("météorite")


def test_a_proposed_risk_brings_its_words_and_waits_for_a_rating(
    dossier: Dossier, service: PlanService
) -> None:
    line = service.add_risk(risk="ecrans")
    (row,) = risk_lines(dossier)
    assert row.title == rules.risks()["ecrans"].title
    assert row.work_units.startswith("Enseignants, AESH")
    assert len(wording.lines(row.to_take)) == len(rules.risks()["ecrans"].to_take)
    assert row.rating is None
    assert proposed_risks_taken(dossier) == {"ecrans"}
    service.rate_risk(line, severity=1, likelihood=4, control=2)
    rated = risk_lines(dossier)[0]
    assert rated.rating is not None
    assert rated.rating.score == 8


def test_risk_lines_stand_by_rating_and_each_change_is_journaled(
    dossier: Dossier, service: PlanService
) -> None:
    low = service.add_risk(risk="charges")
    high = service.add_risk(title="Chute dans l’escalier", situations="Sol mouillé")
    service.add_risk(risk="ecrans")
    service.rate_risk(low, severity=1, likelihood=1, control=1)
    service.rate_risk(high, severity=4, likelihood=3, control=2)
    service.rate_risk(high, severity=4, likelihood=3, control=2)
    assert [row.id for row in risk_lines(dossier)][:2] == [str(high), str(low)]
    service.change_risk(high, title="Chute")
    service.remove_risk(high)
    assert str(high) not in [row.id for row in risk_lines(dossier)]
    dossier.undo_stack.undo()
    assert risk_lines(dossier)[0].title == "Chute"
    assert journaled(dossier, f"risk:{high}") == [
        "risk.added",
        "risk.rated",
        "risk.changed",
        "risk.removed",
    ]


def test_a_rating_off_the_scale_is_refused(dossier: Dossier, service: PlanService) -> None:
    line = service.add_risk(risk="ecrans")
    with pytest.raises(UserError, match="gravité"):
        service.rate_risk(line, severity=5, likelihood=1, control=1)
    assert risk_lines(dossier)[0].rating is None
    with pytest.raises(UserError, match="Risque inconnu"):
        service.add_risk(risk="météorite")
    with pytest.raises(UserError, match="intitulé"):
        service.add_risk(title="  ")


def test_a_measure_joins_the_one_list_of_actions(dossier: Dossier, service: PlanService) -> None:
    line = service.add_risk(risk="ecrans")
    service.plan_measure(line, title="Prêter un écran", due_on=date(2026, 12, 15))
    (action,) = actions(dossier, source_kind=SourceKind.RISK)
    assert (action.title, action.source.ref) == ("Prêter un écran", f"risk:{line}")


def test_the_crisis_cell_comes_before_the_partners(dossier: Dossier, service: PlanService) -> None:
    service.add_contact(role="Voisin", name="M. Roux", phone="06 39 98 00 01")
    service.add_contact(role="mairie", phone="04 65 71 00 00")
    head = service.add_contact(role="direction", name="Claire Morvan", phone="06 39 98 00 02")
    assert [contact.role for contact in contacts(dossier)] == [
        "Direction",
        "La mairie (astreinte)",
        "Voisin",
    ]
    service.check_contact(head)
    assert contacts(dossier)[0].checked_on == date(2026, 11, 24)
    service.remove_contact(head)
    assert len(contacts(dossier)) == 2
    dossier.undo_stack.undo()
    assert len(contacts(dossier)) == 3
    with pytest.raises(UserError, match="nom ou un numéro"):
        service.add_contact(role="ien")


def test_an_incomplete_plan_is_not_adopted(dossier: Dossier, service: PlanService) -> None:
    with pytest.raises(UserError, match="ne peut pas encore") as refusal:
        service.adopt(body="conseil d’école")
    assert "Objet et champ du plan" in refusal.value.todo
    assert "Aucun scénario" in refusal.value.todo
    assert not versions(dossier)
    assert any(gap.place == "section:objet" for gap in missing(dossier))


def test_adoption_freezes_texts_figures_and_bytes(complete: Dossier, service: PlanService) -> None:
    number = service.adopt(
        body="conseil d’école", on=date(2026, 11, 20), participants="Mme Joly, la mairie"
    )
    assert number == 1
    (version,) = versions(complete)
    pdf = version_pdf(complete, 1)
    assert pdf.startswith(b"%PDF")
    assert version.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (version.adopted_on, version.body) == (date(2026, 11, 20), "conseil d’école")
    SchoolService(complete).save(Identity(name="École Marie-Curie", teachers=3))
    service.write_section("objet", "Un autre objet")
    frozen = version_content(complete, 1)
    teachers = frozen.figure("teachers")
    assert teachers is not None
    assert teachers.value == "10"
    assert frozen.school.name == "École Jules-Verne"
    assert frozen.sections[1].text == rules.sections()["objet"].example
    assert version_pdf(complete, 1) == pdf
    assert journaled(complete, "plan:1") == ["plan.adopted"]


def test_the_draft_goes_on_and_its_changes_are_counted(
    complete: Dossier, service: PlanService
) -> None:
    assert summary(complete).changes_since == 0
    service.adopt(body="conseil d’école")
    assert summary(complete).changes_since == 0
    (contact,) = contacts(complete)
    service.check_contact(int(contact.id))
    assert summary(complete).changes_since == 0, "a number that was tried changes no plan"
    service.write_section("objet", "Un autre objet")
    service.choose_scenario("canicule")
    service.choose_scenario("coupure", chosen=False)
    service.change_contact(int(contact.id), phone="06 39 98 09 09")
    service.remove_risk(int(risk_lines(complete)[0].id))
    found = {(change.kind, change.id): change.how for change in changes(complete)}
    assert found[("section", "objet")] == "changed"
    assert found[("scenario", "canicule")] == "added"
    assert found[("scenario", "coupure")] == "removed"
    assert found[("contact", contact.id)] == "changed"
    assert list(found.values()).count("removed") == 2
    assert summary(complete).changes_since == len(found) == 5


def test_a_second_version_leaves_the_first_as_it_was(
    complete: Dossier, service: PlanService
) -> None:
    service.adopt(body="conseil d’école", on=date(2026, 10, 1))
    first = version_pdf(complete, 1)
    service.write_section("objet", "Un autre objet")
    assert service.adopt(body="conseil d’école", on=date(2026, 11, 20)) == 2
    assert [version.number for version in versions(complete)] == [2, 1]
    assert version_pdf(complete, 1) == first
    assert version_pdf(complete, 2) != first
    assert content(complete).sections[1].text == "Un autre objet"
    assert summary(complete).version == 2


def test_adoption_refuses_days_that_make_no_sense(complete: Dossier, service: PlanService) -> None:
    with pytest.raises(UserError, match="à venir"):
        service.adopt(body="conseil d’école", on=date(2026, 11, 25))
    with pytest.raises(UserError, match="à qui"):
        service.submit(body=" ")
    service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    with pytest.raises(UserError, match="version 1 est du 20/11/2026"):
        service.adopt(body="conseil d’école", on=date(2026, 11, 19))


def test_nothing_changes_or_deletes_an_adopted_version(
    complete: Dossier, service: PlanService
) -> None:
    service.adopt(body="conseil d’école")
    pdf = version_pdf(complete, 1)
    with pytest.raises(RuntimeError, match="adopted"), complete.write() as session:
        session.get_one(PlanVersion, 1).body = "personne"
    with pytest.raises(RuntimeError, match="adopted"), complete.write() as session:
        session.delete(session.get_one(PlanVersion, 1))
    assert version_pdf(complete, 1) == pdf
    assert versions(complete)[0].body == "conseil d’école"


def test_a_crisis_keeps_each_act_with_its_time(dossier: Dossier, service: PlanService) -> None:
    assert open_crisis(dossier, "coupure") is None
    first = service.tick("coupure", field="first_hour", text="Appeler la mairie")
    assert service.tick("coupure", field="first_hour", text="Appeler la mairie") == first
    service.note_in_crisis("coupure", "Le courant revient à midi")
    log = open_crisis(dossier, "coupure")
    assert log is not None
    assert [(entry.field, entry.text) for entry in log.entries] == [
        ("first_hour", "Appeler la mairie"),
        ("note", "Le courant revient à midi"),
    ]
    assert all(entry.at == dossier.now() for entry in log.entries)
    service.untick(first)
    log = open_crisis(dossier, "coupure")
    assert log is not None
    assert [entry.field for entry in log.entries] == ["note"]
    assert journaled(dossier, f"crisis:{log.id}") == [
        "crisis.started",
        "crisis.ticked",
        "crisis.ticked",
        "crisis.unticked",
    ]


def test_an_ended_crisis_stays_and_the_next_one_starts_afresh(
    dossier: Dossier, service: PlanService
) -> None:
    service.tick("coupure", field="first_hour", text="Appeler la mairie")
    service.end_crisis("coupure")
    assert open_crisis(dossier, "coupure") is None
    service.tick("coupure", field="first_hour", text="Appeler la mairie")
    assert [len(crisis.entries) for crisis in crises(dossier)] == [1, 1]
    with pytest.raises(UserError, match="Scénario inconnu"):
        service.tick("météorite", field="first_hour", text="Courir")
    with pytest.raises(UserError, match="vide"):
        service.note_in_crisis("coupure", " ")


def test_the_home_page_leads_from_the_first_line_to_adoption(
    dossier: Dossier, service: PlanService
) -> None:
    (todo,) = todos(dossier)
    assert todo.urgency is Urgency.START
    service.write_section("objet", "Le plan")
    (todo,) = todos(dossier)
    assert (todo.urgency, todo.action) == (Urgency.SOON, "Continuer")


def test_a_complete_plan_waits_for_adoption_then_for_nothing(
    complete: Dossier, service: PlanService
) -> None:
    (todo,) = todos(complete)
    assert (todo.urgency, todo.action) == (Urgency.NOW, "Arrêter la version")
    service.adopt(body="conseil d’école", on=date(2025, 11, 23))
    (todo,) = todos(complete)
    assert todo.urgency is Urgency.LATE
    assert "23/11/2025" in todo.text
    service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    assert todos(complete) == ()
    service.add_contact(role="ien", name="Mme Garnier", phone="04 65 71 00 01")
    (todo,) = todos(complete)
    assert "1 numéro à vérifier" in todo.text
