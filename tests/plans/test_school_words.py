# SPDX-License-Identifier: GPL-3.0-or-later
"""Proposals speak of a school or of an establishment, each by its own name."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from egn_desktop import content
from egn_desktop.actions.service import ActionService
from egn_desktop.documents.blocks import Document
from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules as drill_rules
from egn_desktop.drills.queries import drilled_scenarios
from egn_desktop.drills.service import DrillService
from egn_desktop.exports import available
from egn_desktop.features import resolve
from egn_desktop.plans import rules, wording
from egn_desktop.plans.catalogue import channels, figure_entries, roles
from egn_desktop.plans.queries import contacts, missing, scenarios, sections, version_content
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.words import ANY_SCHOOL, Owner, SchoolKind

DOCUMENTS = (
    *("plan-de-continuite", "fiche-reflexe", "dossier-de-crise", "annuaire-de-crise"),
    *("compte-rendu-exercice", "programme-des-exercices", "plan-d-actions", "journal-de-crise"),
)
MESSAGES = ("message", "sms")
ESTABLISHMENT = SchoolKind(is_first_degree=False, owner=Owner.REGION)
SCHOOL = re.compile(r"\b(?:l|d|cette |notre |une )’?écoles?\b", re.IGNORECASE)
APPLICATION = "Faits établissement"
"""The ministry’s own name of an application that écoles use too."""
INSPECTOR = re.compile(r"\bIEN\b|circonscription|ATSEM|directrice|conseil des maîtres")


def words(value: Any) -> Iterator[str]:
    """Yield every text of a struct, a document or a list of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for said in value.values():
            yield from words(said)
    elif isinstance(value, msgspec.Struct):
        yield from words(msgspec.structs.asdict(value))
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words(getattr(value, name))
    elif isinstance(value, Iterable):
        for part in value:
            yield from words(part)


def first_degree_words(texts: Iterable[str]) -> list[str]:
    """Return the texts that only a school would say."""
    return [text for text in texts if SCHOOL.search(text) or INSPECTOR.search(text)]


def proposals(school: SchoolKind) -> dict[str, content.Catalogue[Any]]:
    return {
        "sections": rules.sections(school),
        "scenarios": rules.scenarios(school),
        "risks": rules.risks(school),
        "roles": roles(school),
    }


@pytest.fixture
def lycee(dossier: Dossier) -> Dossier:
    """A lycée with all that a plan, a crisis and a drill are made of, all of it proposed."""
    levels = (LevelCount(Level.LYCEE, 20, 600), LevelCount(Level.LYCEE_PRO, 8, 180))
    SchoolService(dossier).save(Identity(name="Lycée Simone-Veil", phone="04 6", levels=levels))
    plans, drills = PlanService(dossier), DrillService(dossier)
    for row in sections(dossier):
        plans.write_section(row.section.id, row.section.example_for(["lycee"]), done=True)
    for scenario in rules.scenarios():
        plans.choose_scenario(scenario.id)
    for risk in rules.risks():
        line = plans.add_risk(risk=risk.id)
        plans.rate_risk(line, severity=3, likelihood=3, control=3)
    for role in roles():
        plans.add_contact(role=role.id, name="Claire Morvan", phone="06 39 98 01 02")
    plans.note_in_crisis("intemperies", "Cellule réunie")
    for script in drill_rules.scripts():
        played = drills.plan(
            kind=script.kind, script=script.id, scenario=next(iter(script.scenarios), "")
        )
        drills.record(played, held_on=date(2026, 10, 6), course="Bien.", measures={}, debrief={})
        drills.add_lesson(played, text="Sept numéros sont faux", decision="Vérifier")
    ActionService(dossier).add(title="Vérifier les numéros")
    return dossier


def test_an_establishment_reads_no_words_of_a_school_in_any_document(lycee: Dossier) -> None:
    PlanService(lycee).adopt(body="conseil d’administration")
    PlanService(lycee).write_section("objet", "Un nouveau projet")
    printed: dict[str, list[str]] = {}
    for offer in (offer for offer in available() if offer.id in DOCUMENTS):
        for subject in offer.subjects(lycee):
            made = resolve(offer.maker)(lycee, subject.key)
            if isinstance(made, Document):
                printed[f"{offer.id} {subject.key}"] = list(words(made))
    assert {name.split()[0] for name in printed} == set(DOCUMENTS)
    for name, texts in printed.items():
        assert not first_degree_words(texts), name
    assert sum("l’établissement" in " ".join(texts) for texts in printed.values()) > 10
    assert not first_degree_words(words(version_content(lycee, 1)))


def test_an_establishment_is_proposed_nothing_that_only_a_school_would_say(lycee: Dossier) -> None:
    for row in sections(lycee):
        section = row.section
        said = (
            section.why,
            *section.guidance,
            section.example_for(["lycee"]),
            section.example_for(["college"]),
        )
        assert not first_degree_words(said), section.id
    for name in ("scenarios", "roles"):
        assert not first_degree_words(words(proposals(ESTABLISHMENT)[name])), name
    assert not first_degree_words(words(contacts(lycee)))
    shown = (row.scenario for row in scenarios(lycee))
    assert not first_degree_words(words([*shown, *drilled_scenarios(lycee).values()]))
    everyone = (
        *(channels(ESTABLISHMENT), figure_entries(ESTABLISHMENT)),
        *(drill_rules.kinds(ESTABLISHMENT), drill_rules.scripts(ESTABLISHMENT)),
        *(drill_rules.measures(ESTABLISHMENT), drill_rules.questions(ESTABLISHMENT)),
        drill_rules.due_exercises(ESTABLISHMENT),
    )
    for catalogue in everyone:
        texts = [text for text in words(catalogue) if "école ou collège voisin" not in text]
        assert not first_degree_words(texts)


def test_an_establishment_without_a_name_is_told_so_in_its_own_words(dossier: Dossier) -> None:
    SchoolService(dossier).save(Identity(levels=(LevelCount(Level.COLLEGE),)))
    lacking = [gap.what for gap in missing(dossier)]
    assert "Le nom de l’établissement n’est pas renseigné." in lacking


def test_a_school_reads_no_words_of_an_establishment(dossier: Dossier) -> None:
    for name in ("risks", "roles"):
        said = " ".join(words(proposals(ANY_SCHOOL)[name])).replace(APPLICATION, "")
        assert "établissement" not in said
    for section in rules.sections():
        own = (
            section.why,
            *section.guidance,
            section.example,
            section.examples.get("maternelle", ""),
        )
        assert "établissement" not in " ".join(own)
    for row in scenarios(dossier):
        texts = {key: said for key, said in row.texts.items() if key not in ("college", "lycee")}
        said = " ".join((row.scenario.title, row.scenario.summary, *texts.values()))
        assert "établissement" not in said.replace(APPLICATION, "")
        assert "rectorat" not in said


def test_what_nobody_has_said_of_the_school_reads_as_a_school() -> None:
    assert rules.scenarios() is not rules.scenarios(ESTABLISHMENT)
    named = {key: " ".join(words(proposal)) for key, proposal in proposals(ANY_SCHOOL).items()}
    assert "l’école" in named["scenarios"]
    assert "l’école" in named["sections"]
    assert "au nom de l’école" in named["roles"]
    assert [scenario.id for scenario in rules.scenarios()] == [
        scenario.id for scenario in rules.scenarios(ESTABLISHMENT)
    ]


@pytest.mark.parametrize("school", [ANY_SCHOOL, ESTABLISHMENT])
def test_only_messages_keep_words_to_fill_in(school: SchoolKind) -> None:
    for name, catalogue in proposals(school).items():
        for entry in catalogue:
            left = set(re.findall(r"\{(.*?)\}", " ".join(words(entry))))
            allowed = wording.OF_MESSAGES if name == "scenarios" else frozenset[str]()
            assert left <= allowed, (name, entry.id)
    for scenario in rules.scenarios(school):
        said = wording.proposed_texts(scenario)
        assert not [key for key in said if "{" in said[key] and key not in MESSAGES]
