# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, date, datetime

import msgspec
import pytest
from sqlalchemy import update

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.audit.answers import Choice, known, unknown
from egn_desktop.audit.catalogue import Nature, Question, criteria
from egn_desktop.audit.model import CampaignAnswer
from egn_desktop.audit.queries import (
    answer_texts,
    audits,
    campaigns,
    gaps,
    known_count,
    new_questions,
    summary,
    todos,
    view,
)
from egn_desktop.audit.service import AuditService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, LevelCount, identity
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.todo import Urgency
from tests.audit.conftest import read
from tests.conftest import KEY

EVERYTHING_MET = {"elv-01:M": "6/50", "elv-01:E": "20/140", "res-06": "o", "gov-02": "12/10/2026"}


def test_an_audit_needs_to_know_the_levels(dossier: Dossier, service: AuditService) -> None:
    with pytest.raises(UserError) as refused:
        service.start()
    assert "niveaux" in refused.value.todo
    assert summary(dossier) is None
    assert view(dossier) is None
    assert answer_texts(dossier) == {}


def test_one_audit_a_school_year(school: Dossier, service: AuditService) -> None:
    service.start()
    with pytest.raises(UserError, match="2026-2027"):
        service.start()
    service.start(2025)
    assert [row.school_year for row in campaigns(school)] == ["2026-2027", "2025-2026"]
    assert read(school).campaign.first_year == 2026


def test_answers_are_read_back_as_they_were_given(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "elv-01:M", "3/50", note="deux en panne")
    service.answer(campaign, "ens-03", "ONO")
    service.answer(campaign, "res-01", "?")
    service.answer(campaign, "res-06", "sans objet")
    service.answer(campaign, "ent-01", known(Choice.PARTLY))
    audit = read(school)
    assert audit.answers["elv-01:M"].note == "deux en panne"
    assert audit.answered == 4
    assert [question.key for question in audit.to_find_out] == ["res-01"]
    assert audit.progress("eleves") == (1, 8)
    assert audit.answered_at["ens-03"] == datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
    assert answer_texts(school) == {
        "elv-01": "Maternelle\u202f: 6 pour 100 élèves (3 sur 50)",
        "ens-03": "Manque\u202f: une connexion à Internet",
        "res-01": "Je ne sais pas",
        "res-06": "Sans objet",
        "ent-01": "En partie",
    }


def test_an_answer_changed_keeps_its_note_and_a_cleared_one_is_gone(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "res-01", "12", note="mesuré à 10 h")
    service.answer(campaign, "res-01", "18")
    assert read(school).answers["res-01"].note == "mesuré à 10 h"
    service.answer(campaign, "res-01", "18", note="")
    assert read(school).answers["res-01"].note == ""
    service.clear(campaign, "res-01")
    assert not read(school).answers


def test_one_wrong_answer_keeps_none_and_tells_each(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    with pytest.raises(UserError) as refused:
        service.answer_many(
            campaign, {"res-01": "30", "gov-02": "demain", "elv-01": "3/50", "cmp-03": "o"}
        )
    assert [line.split("\u202f")[0] for line in refused.value.what.splitlines()] == [
        *("gov-02", "elv-01", "cmp-03"),
    ]
    assert not read(school).answers


def test_the_place_is_kept_in_the_dossier(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    assert read(school).place == ""
    service.remember_place(campaign, "res-05")
    path = school.path
    school.close()
    with Dossier.open(path, key=KEY) as again:
        assert read(again).place == "res-05"


def test_a_closed_audit_no_longer_changes(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    with pytest.raises(UserError, match="Aucune question"):
        service.close(campaign)
    service.answer_many(campaign, EVERYTHING_MET | {"res-01": "12"})
    before = read(school)
    service.close(campaign)
    with pytest.raises(UserError, match="clos"):
        service.answer(campaign, "res-01", "60")
    with pytest.raises(UserError, match="clos"):
        service.close(campaign)
    SchoolService(school).save(Identity(name="Lycée", levels=(LevelCount(Level.LYCEE, 20, 600),)))
    after = read(school)
    assert after.result == before.result
    assert after.frame.levels == (Level.MATERNELLE, Level.ELEMENTAIRE)
    assert after.questions == before.questions
    assert after.campaign.closed_on == date(2026, 11, 24)


def begun_by(dossier: Dossier, version: str) -> None:
    """Have the answers look as a version of the program kept them whose catalogue was that one."""
    with dossier.write() as session:
        session.execute(update(CampaignAnswer).values(version=version))


def test_a_new_catalogue_leaves_the_closed_audit_as_it_was(
    school: Dossier, service: AuditService, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answer_many(campaign, EVERYTHING_MET)
    service.close(campaign)
    before = read(school)
    newer = msgspec.structs.replace(before.frame, version="2027.1", criteria=())
    monkeypatch.setattr(audits, "shipped_frame", lambda *_, **__: newer)
    after = read(school)
    assert (after.frame, after.result) == (before.frame, before.result)


@pytest.mark.tampers
def test_an_audit_begun_by_an_earlier_catalogue_keeps_what_it_was_asked(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, EVERYTHING_MET | {"elv-02": "en partie"})
    begun_by(school, "2026.1")
    audit = read(school)
    assert audit.frame.version == "2026.1"
    later = {criterion.id for criterion in criteria() if criterion.since == "2026.2"}
    assert len(later) >= 10
    assert not later & {criterion.id for criterion in audit.frame.asked}
    # What it asks is judged by what the texts are known to say today.
    assert audit.answers["elv-02"].value is Choice.PARTLY
    (gap,) = audit.result.gaps
    assert (gap.criterion.id, gap.line.threshold.nature) == ("elv-02", Nature.PROPOSAL)
    service.answer(campaign, "res-07", "oui")
    assert read(school).frame.version == "2026.1"
    with pytest.raises(UserError, match="question inconnue"):
        service.answer(campaign, "dat-07", "oui")
    service.close(campaign)
    service.reopen(campaign)
    assert read(school).frame.version == "2026.1"


@pytest.mark.tampers
def test_new_questions_are_asked_when_the_head_takes_them(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, EVERYTHING_MET)
    assert not new_questions(school, read(school))
    with pytest.raises(UserError, match="déjà toutes"):
        service.take_new_questions(campaign)
    begun_by(school, "2026.1")
    before = read(school)
    gained = service.take_new_questions(campaign)
    assert "dat-07" in {question.key for question in gained}
    after = read(school)
    assert after.answers == before.answers
    assert {question.key for question in after.questions} == {
        question.key for question in (*before.questions, *gained)
    }
    service.answer(campaign, "dat-07", "oui")
    service.close(campaign)
    assert not new_questions(school, read(school))
    with pytest.raises(UserError, match="clos"):
        service.take_new_questions(campaign)


def test_a_closed_audit_is_judged_on_the_day_of_its_closing(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "gov-02", "12/10/2026")
    service.close(campaign)
    school.clock = lambda: datetime(2028, 3, 1, 9, tzinfo=UTC)
    assert not read(school).result.gaps
    service.reopen(campaign)
    (gap,) = read(school).result.gaps
    assert gap.line.criterion.id == "gov-02"


def test_only_the_latest_audit_can_be_reopened(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "res-01", "12")
    service.close(campaign)
    service.reopen(campaign)
    service.answer(campaign, "res-01", "30")
    service.close(campaign)
    service.start(2027)
    with pytest.raises(UserError, match="plus récent"):
        service.reopen(campaign)
    assert read(school, campaign).is_closed


def test_the_life_of_an_audit_is_in_the_journal(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer(campaign, "res-01", "12")
    service.close(campaign)
    service.reopen(campaign)
    with school.read() as session:
        assert first_broken_link(school) is None
        rows = session.connection().exec_driver_sql(
            "SELECT what FROM journal WHERE subject = ? ORDER BY id", (f"audit:{campaign}",)
        )
        what = [row.what for row in rows]
    assert what == ["audit.started", "audit.closed", "audit.reopened"]


def test_a_gap_becomes_one_action(school: Dossier, service: AuditService, campaign: int) -> None:
    told: list[frozenset[Changed]] = []
    service.answer_many(campaign, {"res-01": "12", "res-02": "12/190"})
    school.listen(told.append)
    action_id = service.create_action(campaign, "res-01", due_on=date(2027, 3, 1))
    assert told[-1] == {Changed.AUDIT, Changed.ACTIONS}
    (row,) = actions(school, source_kind=SourceKind.AUDIT)
    assert (row.source.ref, row.provider) == ("res-01", "co")
    assert row.title == criteria()["res-01"].action
    assert row.due_on == date(2027, 3, 1)
    made = {gap.criterion_id: gap.action for gap in gaps(school)}
    assert made["res-01"] is not None
    assert made["res-02"] is None
    with pytest.raises(UserError, match="déjà prévue"):
        service.create_action(campaign, "res-01")
    ActionService(school).drop(action_id)
    service.create_action(campaign, "res-01", title="Demander la fibre", provider="st")
    assert len(actions(school, source_kind=SourceKind.AUDIT)) == 2


def test_what_is_met_unknown_or_not_there_makes_no_action(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, {"res-01": "60", "res-03": "?"})
    for criterion in ("res-01", "res-03", "res-04", "res-99"):
        with pytest.raises(UserError, match="pas d’écart"):
            service.create_action(campaign, criterion)
    assert not actions(school)


def test_gaps_say_what_is_expected_found_and_who_provides(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, {"elv-01:E": "7/140", "res-06": "n", "mnt-03": "6/60"})
    by_id = {row.criterion_id: row for row in gaps(school)}
    assert list(by_id) == ["res-06", "elv-01", "mnt-03"]
    computers = by_id["elv-01"]
    assert computers.level == "Élémentaire"
    assert computers.expected == "au moins 14 pour 100 élèves"
    assert computers.found == "5 pour 100 élèves (7 sur 140)"
    assert computers.provider == "Commune ou intercommunalité"
    assert by_id["mnt-03"].expected == "au plus 5\u202f%"
    assert by_id["res-06"].level == ""


def test_the_summary_holds_ranges_and_counts(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, {"fam-01": "190/190", "fam-02": "o", "res-01": "15"})
    found = summary(school)
    assert found is not None
    assert (found.school_year, found.closed, found.answered, found.gaps) == (
        *("2026-2027", False, 3, 1),
    )
    assert found.total == len(read(school).questions)
    families = next(domain for domain in found.domains if domain.domain == "familles")
    assert (families.low, families.high) == (pytest.approx(2 / 3), 1)
    assert families.text == "67–100\u202f%"
    assert 0 < found.low < found.high < 1


def test_the_identity_proposes_the_second_count(school: Dossier) -> None:
    who = identity(school)
    computers = criteria()["elv-01"]
    assert known_count(who, Question(computers, Level.MATERNELLE)) == 50
    assert known_count(who, Question(criteria()["res-02"])) == 190
    assert known_count(who, Question(criteria()["sal-01"])) == 6
    assert known_count(who, Question(criteria()["ens-01"])) == 10
    assert known_count(who, Question(criteria()["mnt-03"])) is None
    assert known_count(Identity(levels=(LevelCount(Level.COLLEGE),)), Question(computers)) is None


def test_the_home_page_hears_what_to_do_next(school: Dossier, service: AuditService) -> None:
    (start,) = todos(school)
    assert (start.urgency, start.action, start.page) == (Urgency.START, "Commencer", "audit")
    campaign = service.start()
    service.answer(campaign, "res-06", "n")
    going_on, duty = todos(school)
    assert going_on.action == "Continuer"
    assert "environ" in going_on.text
    assert (duty.urgency, duty.text) == (
        Urgency.NOW,
        "1 obligation légale à satisfaire, sans action prévue",
    )
    service.create_action(campaign, "res-06")
    left = [question.key for question in read(school).questions if question.key != "res-06"]
    service.answer_many(campaign, {key: unknown() for key in left})
    (to_find_out,) = todos(school)
    assert "je ne sais pas" in to_find_out.text
    service.answer_many(campaign, dict.fromkeys(left, "sans objet: essai"))
    (to_close,) = todos(school)
    assert to_close.action == "Clore"
    service.close(campaign)
    assert not todos(school)
    school.clock = lambda: datetime(2027, 8, 20, 8, tzinfo=UTC)
    (coming,) = todos(school)
    assert coming.text == "Faire l’état des lieux de l’année à venir, 2027-2028"
    school.clock = lambda: datetime(2027, 9, 6, 8, tzinfo=UTC)
    (again,) = todos(school)
    assert again.text == "Faire l’état des lieux 2027-2028"


def test_gaps_without_action_are_told_until_they_have_one(
    school: Dossier, service: AuditService, campaign: int
) -> None:
    service.answer_many(campaign, {"fam-01": "100/190", "gov-01": "n"})
    service.close(campaign)
    (todo,) = todos(school)
    assert todo.text.startswith("1 écart prioritaire")
    service.create_action(campaign, "fam-01")
    assert not todos(school)


def test_an_unknown_audit_is_refused(school: Dossier, service: AuditService) -> None:
    for call in (service.close, service.reopen):
        with pytest.raises(UserError, match="n° 7"):
            call(7)
    with pytest.raises(UserError, match="n° 7"):
        service.answer(7, "res-01", "12")
