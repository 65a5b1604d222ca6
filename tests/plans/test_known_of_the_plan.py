# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit takes from the plan what was noted of it, and no answer from what was not."""

from datetime import date

import pytest

from egn_desktop.audit.answers import Origin, answer_text
from egn_desktop.audit.proposals import NoteNeededError, Proposal
from egn_desktop.dossier import Dossier
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.service import PlanService
from egn_desktop.services import Services


def proposed(services: Services, audit: int, question: str) -> Proposal | None:
    return next(iter(services.audit.proposals(audit).get(question, ())), None)


def text(proposal: Proposal | None) -> str:
    if proposal is None or proposal.answer is None:
        return ""
    return answer_text(proposal.question.criterion, proposal.answer)


def test_a_settled_version_answers_that_the_plan_is_written(
    complete: Dossier, service: PlanService
) -> None:
    services = Services.of(complete)
    audit = services.audit.start()
    # A draft proves nothing: the school may have another plan, on paper.
    assert proposed(services, audit, "gov-04") is None
    service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    found = proposed(services, audit, "gov-04")
    assert text(found) == "Oui"
    assert found is not None
    assert found.origin is Origin.PLAN
    assert "version 1 est arrêtée depuis le 20/11/2026" in found.words
    with pytest.raises(NoteNeededError, match="D’après le plan de continuité"):
        services.audit.answer(audit, "gov-04", "non")


def test_it_was_shown_and_tried_once_both_are_noted_this_school_year(
    complete: Dossier, service: PlanService
) -> None:
    services = Services.of(complete)
    audit = services.audit.start()
    number = service.adopt(body="équipe", on=date(2026, 6, 30))
    found = proposed(services, audit, "gov-05")
    assert found is not None
    assert found.answer is None
    assert "aucune présentation n’est notée ; aucun exercice n’est noté" in found.words

    service.note_milestone(
        number, MilestoneKind.PRESENTED, on=date(2026, 6, 30), body="Conseil d’école"
    )
    drill = services.drills.plan(kind="alert")
    services.drills.record(drill, held_on=date(2026, 10, 6))
    found = proposed(services, audit, "gov-05")
    assert found is not None
    assert found.answer is None
    assert "aucune présentation n’est notée ; essayé le 06/10/2026" in found.words

    service.note_milestone(
        number,
        MilestoneKind.PRESENTED,
        on=date(2026, 11, 9),
        body="Conseil d’école du 1er trimestre",
    )
    found = proposed(services, audit, "gov-05")
    assert found is not None
    assert found.answer is not None
    assert found.answer.value == (True, True)
    assert "présenté au conseil d’école le 09/11/2026" in found.words
