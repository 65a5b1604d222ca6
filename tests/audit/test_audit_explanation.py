# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from egn_desktop.audit.explanation import explain
from egn_desktop.audit.rules import mean
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from tests.audit.conftest import read
from tests.audit.test_audit_comparison import THIS


@pytest.fixture
def answered(school: Dossier, service: AuditService, campaign: int) -> Dossier:
    service.answer_many(campaign, THIS)
    return school


def test_the_parts_add_up_to_the_scores(answered: Dossier) -> None:
    audit = read(answered)
    domains = explain(audit)
    assert sum(domain.share for domain in domains) == pytest.approx(1)
    for area in domains:
        low = sum(part.score.low * part.share for part in area.parts)
        high = sum(part.score.high * part.share for part in area.parts)
        assert (low, high) == pytest.approx((area.score.low, area.score.high))
    parts = [part for domain in domains for part in domain.parts]
    overall = audit.result.score
    assert overall is not None
    low = sum(part.score.low * part.overall_share for part in parts)
    assert low == pytest.approx(overall.low)
    assert mean(part.score for part in parts) == pytest.approx(overall)


def test_unknown_parts_are_marked_and_lead_to_their_question(answered: Dossier) -> None:
    (network,) = [parts for parts in explain(read(answered)) if parts.domain.id == "reseau"]
    parts = {part.id: part for part in network.parts}
    # What does not apply leaves the score, and is said to.
    assert "res-09" not in parts
    assert network.left_out == 1
    assert parts["res-01"].is_known
    assert parts["res-01"].points == "12,5 sur 12,5"
    assert not parts["res-07"].is_known
    assert parts["res-07"].points == "0–12,5 sur 12,5"
    assert parts["res-07"].question == "res-07"


def test_a_criterion_half_known_leads_to_its_missing_level(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "elv-01:M", "4/50")
    (pupils,) = [parts for parts in explain(read(school)) if parts.domain.id == "eleves"]
    (part,) = [part for part in pupils.parts if part.id == "elv-01"]
    assert (part.is_known, part.question) == (False, "elv-01:E")
