# SPDX-License-Identifier: GPL-3.0-or-later
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import content
from egn_desktop.plans import catalogue, rules, wording
from egn_desktop.plans.catalogue import Rating
from egn_desktop.plans.rules import SectionState
from egn_desktop.school.queries import Identity
from egn_desktop.school.rules import Level

TODAY = date(2026, 11, 24)
ratings = st.builds(
    Rating, severity=st.integers(1, 4), likelihood=st.integers(1, 4), control=st.integers(1, 3)
)

SCENARIOS = [
    "pandemie",
    "intemperies",
    "inondation",
    "canicule",
    "batiment",
    "cyberattaque",
    "coupure",
    "pollution",
    "absence-massive",
    "surete",
    "violences-urbaines",
    "evacuation-longue",
]


def test_the_twelve_scenarios_are_there_and_complete() -> None:
    assert [scenario.id for scenario in rules.scenarios()] == SCENARIOS
    for known in rules.scenarios():
        assert len(known.short) <= 22, known.id
        for field, text in wording.proposed_texts(known).items():
            assert text.strip(), (known.id, field)
        for acts in (
            known.first_hour,
            known.first_day,
            known.first_week,
            known.targets,
            known.calls,
        ):
            assert len(acts) >= 3, known.id
        assert len(known.first_hour) <= 6, "a reflex card holds on one page"


def test_a_message_to_families_names_only_what_the_dossier_can_fill_in() -> None:
    for scenario in rules.scenarios():
        assert set(re.findall(r"\{(.*?)\}", scenario.message)) <= {
            "école",
            "direction",
            "téléphone",
            "lieu",
        }
        filled = wording.message(scenario.message, Identity(name="École A", phone="04 65 71 00 43"))
        assert "{" not in filled
        assert "École A" in filled


def test_every_figure_and_fact_that_a_section_names_exists() -> None:
    figures = {entry.id for entry in catalogue.figure_entries()}
    sections = {section.id for section in rules.sections()}
    for section in rules.sections():
        assert set(section.figures) <= figures, section.id
        assert section.why
        assert section.guidance
        assert section.example
    for fact in catalogue.facts():
        assert set(fact.sections) <= sections | {"risks"}, fact.id
        assert not content.source(fact).is_own_proposal, fact.id
    for entry in catalogue.figure_entries():
        assert bool(entry.criterion) != bool(entry.takes), entry.id


def test_a_proposed_risk_names_the_work_units_that_the_school_has() -> None:
    units = rules.risks()["agressions"].work_units
    assert rules.work_units_for(units, []) == units
    school = rules.work_units_for(units, [Level.ELEMENTAIRE])
    assert school == ("Direction", "Enseignants", "AESH", "ATSEM et agents")
    college = rules.work_units_for(units, [Level.COLLEGE])
    assert college == (
        *("Direction", "Enseignants", "AESH", "Agents"),
        *("Administratif", "Vie scolaire"),
    )
    for risk in rules.risks():
        for level in Level:
            assert rules.work_units_for(risk.work_units, [level]), (risk.id, level)


def test_the_example_is_one_that_a_school_of_this_level_could_have_written() -> None:
    classes = rules.sections()["classes"]
    young, lower, upper = (
        classes.example_for(rules.pedagogy_for(levels))
        for levels in ([Level.MATERNELLE], [Level.COLLEGE], [Level.COLLEGE, Level.LYCEE_PRO])
    )
    assert "Petite section" in young
    assert "6e et 5e" in lower
    assert "ateliers" in upper
    for levels in ([], [Level.ELEMENTAIRE], [Level.MATERNELLE, Level.ELEMENTAIRE]):
        assert classes.example_for(rules.pedagogy_for(levels)) == classes.example
    for section in rules.sections():
        assert set(section.examples) <= set(wording.LEVEL_GROUPS), section.id
        for level in (Level.COLLEGE, Level.LYCEE):
            said = section.example_for(rules.pedagogy_for([level])).lower()
            assert not re.search(r"conseil des maîtres|directrice|atsem|maternelle", said), (
                section.id
            )


def test_scenarios_risks_and_scale_are_marked_as_our_own_proposals() -> None:
    own = (rules.scenarios(), rules.risks(), catalogue.steps(), catalogue.priorities())
    assert all(content.source(risk).is_own_proposal for listed in own for risk in listed)


def test_every_proposed_risk_says_who_and_what_and_rates_itself() -> None:
    assert len(rules.risks()) == 13
    for risk in rules.risks():
        assert risk.work_units
        assert risk.in_place
        assert risk.to_take
        proposed = risk.proposed
        assert (
            rules.rating_problem(proposed.severity, proposed.likelihood, proposed.control) is None
        )


@given(ratings, ratings)
def test_a_rating_that_is_nowhere_lower_never_asks_for_less(rating: Rating, other: Rating) -> None:
    worse = Rating(
        severity=max(rating.severity, other.severity),
        likelihood=max(rating.likelihood, other.likelihood),
        control=max(rating.control, other.control),
    )
    assert worse.score >= rating.score
    order = [priority.id for priority in catalogue.priorities()]
    assert order.index(rules.priority(worse).id) <= order.index(rules.priority(rating).id)


@given(ratings)
def test_every_rating_has_a_priority(rating: Rating) -> None:
    asked = rules.priority(rating)
    assert asked.at_least <= rating.score
    assert all(
        rating.score < priority.at_least
        for priority in catalogue.priorities()
        if priority.at_least > asked.at_least
    )


def test_a_value_off_the_scale_is_said_in_french() -> None:
    assert "gravité va de 1 à 4" in (rules.rating_problem(5, 1, 1) or "")
    assert "fréquence" in (rules.rating_problem(1, 0, 1) or "")
    assert "maîtrise va de 1 à 3" in (rules.rating_problem(1, 1, 4) or "")
    assert rules.rating_problem(4, 4, 3) is None


@pytest.mark.parametrize(
    ("text", "done", "looked_at", "state"),
    [
        ("  \n", True, TODAY, SectionState.EMPTY),
        ("Écrit", False, TODAY, SectionState.STARTED),
        ("Écrit", True, TODAY - timedelta(days=365), SectionState.DONE),
        ("Écrit", True, TODAY - timedelta(days=366), SectionState.TO_REVIEW),
        ("Écrit", True, None, SectionState.TO_REVIEW),
    ],
)
def test_the_state_of_a_section(
    text: str, done: bool, looked_at: date | None, state: SectionState
) -> None:
    assert rules.section_state(text, done=done, looked_at=looked_at, today=TODAY) is state


def lacking(**given_: object) -> list[rules.Missing]:
    texts = {section.id: "écrit" for section in rules.sections() if section.obligatory}
    whole: dict = {
        "texts": texts,
        "chosen": ["pandemie", "coupure", "canicule"],
        "rated_risks": 1,
        "unrated_risks": 0,
        "reachable_contacts": 1,
        "school_named": True,
        "the_school": "l’école",
    }
    return list(rules.missing_before_adoption(**(whole | given_)))


def test_a_complete_plan_lacks_nothing() -> None:
    assert lacking() == []


@pytest.mark.parametrize(
    ("given_", "place", "blocks"),
    [
        ({"school_named": False}, "school", True),
        ({"chosen": []}, "scenarios", True),
        ({"chosen": ["pandemie", "pandemie"]}, "scenarios", False),
        ({"rated_risks": 0}, "risks", True),
        ({"unrated_risks": 2}, "risks", False),
        ({"reachable_contacts": 0}, "contacts", False),
    ],
)
def test_what_is_missing_says_where_and_whether_it_blocks(
    given_: dict, place: str, blocks: bool
) -> None:
    (text,) = lacking(**given_)
    assert (text.place, text.blocks) == (place, blocks)


def test_each_obligatory_section_blocks_while_it_is_empty() -> None:
    obligatory = [section.id for section in rules.sections() if section.obligatory]
    found = lacking(texts=dict.fromkeys(obligatory, " "))
    assert [gap.place for gap in found] == [f"section:{gap}" for gap in obligatory]
    assert all(text.blocks for text in found)


def test_versions_are_numbered_from_one() -> None:
    assert [rules.next_version(last) for last in (None, 1, 41)] == [1, 2, 42]


def test_a_school_sees_the_groups_of_its_own_levels() -> None:
    assert rules.pedagogy_for([]) == wording.LEVEL_GROUPS
    assert rules.pedagogy_for([Level.ELEMENTAIRE, Level.MATERNELLE]) == (
        "maternelle",
        "elementaire",
    )
    assert rules.pedagogy_for([Level.LYCEE_PRO, Level.LYCEE]) == ("lycee",)
