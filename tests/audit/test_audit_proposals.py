# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from egn_desktop.audit.answers import Choice, Counts, Origin, Standing, unknown
from egn_desktop.audit.proposals import Fact, NoteNeededError
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from tests.audit.conftest import read


@dataclass(frozen=True)
class Known:
    words: str = "Compté en salle."
    part: int | None = None
    whole: int | None = None
    answer: str = ""
    source: str = "inventory"


FACTS: Mapping[str, Fact] = {
    "pupil_devices": Known(part=46),
    "mobile_pack": Known(answer="en partie"),
    "recent_devices": Known(part=34, whole=58),
    "loan_stock": Known(part=38),
    "hotspots": Known(part=5),
    "projection": Known(part=9),
    "broken_devices": Known(part=0, whole=0),
    "last_listed": Known("Inscrit le 12/10/2026."),
}


@pytest.fixture
def service(dossier: Dossier) -> AuditService:
    """The service of a school whose inventory is filled."""
    return AuditService(dossier, known=lambda _: FACTS)


def texts(service: AuditService, campaign: int) -> dict[str, list[str]]:
    return {
        key: [proposal.words for proposal in found]
        for key, found in service.proposals(campaign).items()
    }


def test_the_inventory_proposes_with_its_origin(service: AuditService, campaign: int) -> None:
    found = {key: proposal for key, (proposal,) in service.proposals(campaign).items()}
    answered = {key: proposal.answer.value for key, proposal in found.items() if proposal.answer}
    assert answered == {
        "elv-02": Choice.PARTLY,
        "elv-03": Counts(34, 58),
        "elv-06": Counts(5, 190),
        # Nine of them for six elementary classes are one in each, no more.
        "sal-01": Counts(6, 6),
    }
    assert {proposal.origin for proposal in found.values()} == {Origin.INVENTORY}
    assert found["elv-03"].words == (
        "D’après l’inventaire\u202f: 58,6\u202f% (34 sur 58). Compté en salle."
    )
    # What only helps to answer is told, and cannot be taken.
    hints = sorted(key for key, proposal in found.items() if proposal.answer is None)
    assert hints == ["elv-01:E", "elv-01:M", "elv-04", "mnt-03", "mnt-04"]
    assert found["mnt-04"].words == "D’après l’inventaire\u202f: Inscrit le 12/10/2026."


def test_a_school_of_one_level_is_counted_for_it(dossier: Dossier, service: AuditService) -> None:
    SchoolService(dossier).save(Identity(levels=(LevelCount(Level.ELEMENTAIRE, 6, 140),)))
    (proposal,) = service.proposals(service.start())["elv-01"]
    assert proposal.answer is not None
    assert proposal.answer.value == Counts(46, 140)


def test_what_is_known_is_taken_once_and_says_so(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "elv-02", "?")
    taken = service.take_known(campaign)
    assert [proposal.question.key for proposal in taken] == ["elv-03", "elv-06", "sal-01"]
    audit = read(school)
    assert audit.answers["elv-03"].origin is Origin.INVENTORY
    assert audit.answers["elv-02"].standing is Standing.UNKNOWN
    assert not service.take_known(campaign)
    service.answer(campaign, "elv-03", "34/58")
    assert read(school).answers["elv-03"].origin is Origin.TYPED


def test_another_answer_than_the_inventory_s_says_why(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    with pytest.raises(NoteNeededError, match="34 sur 58") as refused:
        service.answer(campaign, "elv-03", "30/58")
    assert "note" in refused.value.what
    with pytest.raises(NoteNeededError):
        service.answer(campaign, "elv-03", "30/58", note="  ")
    assert not read(school).answers
    service.answer(campaign, "elv-03", "30/58", note="Quatre sont aux enseignants")
    assert read(school).answers["elv-03"].value == Counts(30, 58)
    # The note kept explains the next answer too; without it there is none.
    service.answer(campaign, "elv-03", "29/58")
    with pytest.raises(NoteNeededError):
        service.answer(campaign, "elv-03", "29/58", note="")
    before = read(school).answers["elv-03"]
    service.clear(campaign, "elv-03")
    school.undo_stack.undo()
    assert read(school).answers["elv-03"] == before


def test_the_same_figure_needs_no_reason(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    for same in ("34/58", "58,6 %", "17/29", "?", "sans objet: travaux"):
        service.answer(campaign, "elv-03", same)
    service.answer(campaign, "elv-04", "10/30")
    assert read(school).answers["elv-03"].reason == "travaux"


def test_last_year_is_proposed_and_never_taken_silently(
    school: Dossier, service: AuditService
) -> None:
    before = service.start(2025)
    service.answer_many(
        before,
        {"res-01": "12", "res-06": "n", "sal-07": "sans objet: au nord", "res-03": unknown()},
        notes={"res-01": "à 10 h"},
    )
    service.close(before)
    now = service.start()
    assert not read(school).answers
    found = {
        key: proposal
        for key, given in service.proposals(now).items()
        for proposal in given
        if proposal.origin is Origin.LAST_AUDIT
    }
    assert {key: proposal.words for key, proposal in found.items()} == {
        "res-01": "En 2025-2026\u202f: 12\u202fMbit/s.",
        "res-06": "En 2025-2026\u202f: Non.",
        "sal-07": "En 2025-2026\u202f: Sans objet (au nord).",
    }
    service.answer(now, "res-01", found["res-01"].answer)
    kept = read(school).answers["res-01"]
    assert (kept.value, kept.note, kept.origin) == (12, "", Origin.LAST_AUDIT)
    assert "res-01" not in service.proposals(now)
    service.take_known(now)
    assert "res-06" not in read(school).answers
    service.close(now)
    assert not service.proposals(now)
    with pytest.raises(UserError, match="clos"):
        service.take_known(now)


def test_an_answer_that_no_longer_fits_is_not_proposed(
    school: Dossier, service: AuditService
) -> None:
    school.clock = lambda: datetime(2027, 1, 5, 8, tzinfo=UTC)
    before = service.start(2025)
    service.answer_many(before, {"gov-02": "04/01/2027", "elv-01:M": "4/48"})
    # The day is still to come, and the school has no nursery any more.
    school.clock = lambda: datetime(2026, 11, 24, 8, tzinfo=UTC)
    school.ask_clock = lambda _: True  # the test went forth and comes back
    SchoolService(school).save(Identity(levels=(LevelCount(Level.ELEMENTAIRE, 6, 140),)))
    assert not {"gov-02", "elv-01:M"} & set(texts(service, service.start()))


def test_the_questionnaires_are_named_where_they_are_what_is_known(school: Dossier) -> None:
    facts = {
        "surveyed_pupils": Known(part=190, source="needs"),
        "loan_stock": Known(answer="sans objet", source="needs"),
    }
    service = AuditService(school, known=lambda _: facts)
    campaign = service.start()
    found = {key: proposal for key, (proposal,) in service.proposals(campaign).items()}
    assert found["fam-01"].words.startswith("D’après les questionnaires sur les besoins\u202f: 100")
    service.take_known(campaign)
    answers = read(school).answers
    assert answers["fam-01"].origin is Origin.NEEDS
    assert answers["elv-04"].reason == "Tous les élèves ont un appareil à la maison."
