# SPDX-License-Identifier: GPL-3.0-or-later
"""Two years of the same school: what got better, which gaps closed, what is not comparable."""

from dataclasses import replace

import msgspec
import pytest

from egn_desktop.audit.comparison import (
    ComparedRow,
    Comparison,
    GapMove,
    Verdict,
    campaign_of_year,
    compare,
    compare_campaigns,
    evolution,
    evolution_until,
    with_previous,
)
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from tests.audit.conftest import PRIMARY, read

LAST = {
    "elv-01:M": "2/50",
    "elv-01:E": "22/140",
    "res-01": "18",
    "res-06": "n",
    "res-05": "jamais",
    "ens-01": "8/10",
    "ens-03": "OON",
    "mnt-02": "21",
    "sal-07": "?",
    "fam-02": "o",
    "res-09": "sans objet: pas de Wi-Fi",
    "ecr-01": "3/40",
}
THIS = LAST | {
    "elv-01:M": "4/50",
    "res-01": "30",
    "res-06": "o",
    "res-05": "10/11/2026",
    "ens-01": "7/10",
    "mnt-02": "8",
    "sal-07": "2/4",
    "fam-02": "n",
}


@pytest.fixture
def years(school: Dossier, service: AuditService) -> Comparison:
    """Last year's audit, closed, and this year's."""
    first = service.start(2025)
    service.answer_many(first, LAST)
    service.close(first)
    service.answer_many(service.start(2026), THIS)
    found = with_previous(school, read(school))
    assert found is not None
    return found


def row(found: Comparison, key: str) -> ComparedRow:
    return next(row for row in found.rows if row.key == key)


@pytest.mark.parametrize(
    ("key", "verdict", "gap"),
    [
        ("elv-01:E", Verdict.SAME, GapMove.NONE),
        ("res-01", Verdict.BETTER, GapMove.CLOSED),
        ("res-06", Verdict.BETTER, GapMove.CLOSED),
        ("res-05", Verdict.BETTER, GapMove.CLOSED),
        ("ens-01", Verdict.WORSE, GapMove.REMAINS),
        ("ens-03", Verdict.SAME, GapMove.REMAINS),
        ("fam-02", Verdict.WORSE, GapMove.OPENED),
        ("res-09", Verdict.SAME, GapMove.NONE),
        ("sal-07", Verdict.UNCLEAR, GapMove.NONE),
        ("ecr-01", Verdict.UNCLEAR, GapMove.NONE),
        ("ent-01", Verdict.UNCLEAR, GapMove.NONE),
    ],
)
def test_each_question_says_what_became_of_it(
    years: Comparison, key: str, verdict: Verdict, gap: GapMove
) -> None:
    found = row(years, key)
    assert (found.verdict, found.gap) == (verdict, gap)


def test_less_is_better_where_the_criterion_says_so(years: Comparison) -> None:
    found = row(years, "mnt-02")
    assert found.verdict is Verdict.BETTER
    assert (found.before, found.after) == ("21\u202fjours", "8\u202fjours")
    assert row(years, "ent-01").before == "Sans réponse"
    assert row(years, "sal-07").before == "Je ne sais pas"


def test_the_order_of_the_years_does_not_matter(years: Comparison, school: Dossier) -> None:
    before, after = years.before.campaign.id, years.after.campaign.id
    assert compare_campaigns(school, after, before) == compare_campaigns(school, before, after)
    with pytest.raises(UserError, match="différents"):
        compare_campaigns(school, after, after)
    assert with_previous(school, read(school, before)) is None


def test_another_catalogue_and_other_levels_compare_safely(years: Comparison) -> None:
    frame = years.after.frame
    asked = {criterion.id: criterion for criterion in frame.criteria}
    newer = msgspec.structs.replace(asked["res-01"], kind="count", unit="ligne")
    added = msgspec.structs.replace(asked["res-06"], id="res-99", title="Nouvelle question")
    criteria = [newer if criterion.id == "res-01" else criterion for criterion in frame.criteria]
    criteria = [*(criterion for criterion in criteria if criterion.id != "res-06"), added]
    changed = msgspec.structs.replace(frame, version="2027.1", criteria=tuple(criteria))
    found = compare(years.before, replace(years.after, frame=changed))
    assert row(found, "res-01").verdict is Verdict.UNCLEAR
    assert row(found, "res-99").verdict is Verdict.NEW
    assert row(found, "res-06").verdict is Verdict.GONE
    assert row(found, "res-06").after == ""
    assert not found.same_frame


def test_a_level_that_left_is_no_longer_asked_and_the_other_is_found_again(
    years: Comparison, school: Dossier
) -> None:
    levels = (LevelCount(Level.ELEMENTAIRE, 6, 140),)
    SchoolService(school).save(replace(PRIMARY, levels=levels))
    AuditService(school).answer(years.after.campaign.id, "elv-01", "44/140")
    found = with_previous(school, read(school))
    assert found is not None
    assert row(found, "elv-01").verdict is Verdict.BETTER
    assert row(found, "elv-01:M").verdict is Verdict.GONE


def test_the_evolution_has_every_year_in_order(years: Comparison, school: Dossier) -> None:
    found = evolution(school)
    assert [campaign.campaign.first_year for campaign in found.campaigns] == [2025, 2026]
    assert [campaign.overall for campaign in found.campaigns] == [
        years.before.result.score,
        years.after.result.score,
    ]
    assert {domain.id for domain in found.domains} >= set(found.campaigns[-1].domains)
    assert len(evolution_until(school, 2025).campaigns) == 1


def test_a_year_is_found_by_its_name(years: Comparison, school: Dossier) -> None:
    assert campaign_of_year(school, "2025-2026").id == years.before.campaign.id
    with pytest.raises(UserError, match="2019") as refused:
        campaign_of_year(school, "2019-2020")
    assert "2026-2027, 2025-2026" in refused.value.todo
