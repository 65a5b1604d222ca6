# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans.catalogue import Rating
from egn_desktop.plans.comparison import compare, readable
from egn_desktop.plans.queries import comparison, submission, summary, version_content, versions
from egn_desktop.plans.rules import VersionState
from egn_desktop.plans.service import PlanService
from egn_desktop.plans.snapshot import (
    ActionPart,
    AttachmentPart,
    CapacityPart,
    ClassPart,
    ContactPart,
    FigurePart,
    PlanContent,
    RiskPart,
    ScenarioPart,
    SchoolPart,
    SectionPart,
)

ids = st.sampled_from("abc")
words = st.text("xy \n", max_size=4)
days = st.sampled_from([date(2026, 9, 1), date(2026, 11, 24)])
numbers = st.none() | st.integers(0, 3)


def parts(kind: type, /, **fields: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.builds(kind, **fields), max_size=4).map(tuple)


plans = st.builds(
    PlanContent,
    taken_on=days,
    content_version=st.sampled_from(["2026.1", "2027.1"]),
    school=st.builds(SchoolPart, name=words),
    sections=parts(SectionPart, id=ids, title=ids, text=words, figures=st.just(())),
    scenarios=parts(
        ScenarioPart,
        id=ids,
        title=ids,
        summary=words,
        texts=st.dictionaries(st.sampled_from(["trigger", "message"]), words),
        source=st.just("egn-desktop"),
    ),
    classes=parts(ClassPart, id=ids, name=ids, school_class=st.just(""), packs=numbers),
    capacities=parts(
        CapacityPart,
        scenario=ids,
        assumed=words,
        verdict=words,
        tone=st.just("good"),
        lines=st.just(()),
    ),
    risks=parts(
        RiskPart,
        id=ids,
        title=ids,
        family=words,
        work_units=words,
        situations=words,
        in_place=words,
        to_take=words,
        rating=st.none() | st.just(Rating(severity=1, likelihood=2, control=3)),
    ),
    contacts=parts(
        ContactPart,
        id=ids,
        group=st.just("cell"),
        role=ids,
        duty=words,
        name=words,
        deputy=words,
        phone=words,
        deputy_phone=words,
        checked_on=st.none() | days,
    ),
    figures=parts(FigurePart, id=ids, label=ids, value=words),
    actions=parts(
        ActionPart,
        title=ids,
        source=words,
        responsible=words,
        due_on=st.none() | days,
        state=words,
        is_late=st.booleans(),
    ),
    attachments=parts(
        AttachmentPart,
        id=ids,
        title=ids,
        kind=words,
        dated_on=st.none() | days,
        pages=st.integers(1, 3),
        sha256=ids,
    ),
)


@given(plans, plans)
def test_a_difference_applied_to_the_first_plan_gives_the_second(
    before: PlanContent, after: PlanContent
) -> None:
    found = compare(before, after)
    assert found.applied_to(before) == after
    assert bool(found) == (before != after)


@given(plans, plans)
def test_a_difference_can_always_be_read(before: PlanContent, after: PlanContent) -> None:
    assert not readable(before, before)
    for group in readable(before, after):
        assert group.title
        for change in group.changes:
            assert change.how in {"ajout", "modification", "retrait"}


def test_versions_are_compared_with_each_other_and_with_the_draft(
    complete: Dossier, service: PlanService
) -> None:
    service.adopt(body="conseil d’école")
    service.edit_scenario("inondation", "families", "Un mot dans le cahier")
    service.rate_risk(1, severity=1, likelihood=1, control=1)
    (scenarios, risks, *_) = comparison(complete, 1, None)
    (change,) = scenarios.changes
    assert (change.title, change.how) == ("Inondation", "modification")
    assert [(text.label, text.added) for text in change.texts] == [
        ("Familles", ("Un mot dans le cahier",))
    ]
    (line,) = risks.changes
    assert line.texts[0].removed == ("27 (3 × 3 × 3)",)
    service.adopt(body="conseil d’école")
    first, second = version_content(complete, 1), version_content(complete, 2)
    assert compare(first, second).applied_to(first) == second
    assert compare(second, first).applied_to(second) == first
    with pytest.raises(UserError, match="pas de version 7"):
        comparison(complete, 7, None)


def test_a_version_is_drafted_submitted_adopted_and_superseded(
    complete: Dossier, service: PlanService
) -> None:
    assert submission(complete) is None
    service.submit(body="conseil d’école")
    service.write_section("suivi", "Deux appels par semaine")
    found = submission(complete)
    assert found is not None
    assert (found.submitted_on, found.body, found.changes) == (
        date(2026, 11, 24),
        "conseil d’école",
        1,
    )
    service.withdraw_submission()
    assert submission(complete) is None
    service.submit(body="conseil d’école")
    service.adopt(body="conseil d’école")
    assert submission(complete) is None
    assert [row.state for row in versions(complete)] == [VersionState.ADOPTED]
    service.adopt(body="conseil d’école")
    assert [row.state for row in versions(complete)] == [
        VersionState.ADOPTED,
        VersionState.SUPERSEDED,
    ]
    assert summary(complete).version == 2


def test_an_incomplete_plan_is_not_submitted(dossier: Dossier, service: PlanService) -> None:
    with pytest.raises(UserError, match="ne peut pas encore"):
        service.submit(body="conseil d’école")
    assert submission(dossier) is None
