# SPDX-License-Identifier: GPL-3.0-or-later
"""What a joining takes over, what it leaves, and that it never does half of it."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from egn_desktop import joining
from egn_desktop.actions.queries import actions
from egn_desktop.audit.answers import Choice, known
from egn_desktop.checkup import looked_over
from egn_desktop.documents.blocks import Drawing
from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.connection import copy_whole
from egn_desktop.dossier.copies import Kind, Relation, said
from egn_desktop.dossier.copies.errors import ChangedMeanwhileError, NotJoinedError
from egn_desktop.drills.history import Histories
from egn_desktop.exports import pdf_bytes
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.papers.queries import paper_pdf, papers
from egn_desktop.inventory.people.queries.pupils import pupil
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import GuardianFields, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import IncidentKind, LoanState
from egn_desktop.plans import rules
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.queries import contacts, milestones, review_lines, taken_up, versions_listing
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.services import Services
from tests.examples import examples
from tests.torture.copies import (
    ACTS,
    check,
    erase_pupil,
    give_back,
    make_base,
    remind,
)

from .conftest import KEY, MORNING, Opened

HAND = Drawing([[(at / 50, 0.5) for at in range(50)]])


def join(here: Services, there: Path, *more: str) -> list[str]:
    """Join with what is proposed and these, and return what is said."""
    with joining.side_by_side(here.dossier, there) as found:
        return said.joined(found.join(found.comparison.proposed | set(more)))


def conflict(here: Services, there: Path) -> str:
    with joining.side_by_side(here.dossier, there) as found:
        [line] = found.comparison.conflicts
        return line.id


def test_a_second_desk_joins_in_the_evening(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as desk_a:
        for number in range(10, 15):
            desk_a.loans.lend(device_id=number, borrower_id=number)
    with open_at(there) as desk_b:
        lent = [
            desk_b.loans.lend(device_id=number, borrower_id=number + 1) for number in range(14, 21)
        ]
        for number in (1, 2, 3):
            desk_b.loans.return_device(number)
        desk_b.incidents.add_incident(
            16, IncidentFields(IncidentKind.BREAKAGE, MORNING.date(), "Écran fêlé")
        )
        signer = Signature("Le représentant légal", "Parent17", HAND)
        signed = desk_b.papers.sign(document_id=AGREEMENT, loan_ids=[lent[2]], signatures=[signer])
        pdf = paper_pdf(desk_b.dossier, signed)
    with open_at(here) as desk_a:
        with joining.side_by_side(desk_a.dossier, there) as found:
            assert said.headline(found.comparison).endswith("5 écritures ici, 12 écritures là-bas.")
            [clash] = found.comparison.conflicts
            assert "PC-014" in clash.here
            assert "PC-014" in clash.there
            told = said.joined(found.join(found.comparison.proposed))
        assert "prêts et retours 9" in told[0]
        assert "papiers signés 1" in told[0]
        assert "incidents 1" in told[0]
        open_now = loans(desk_a.dossier, state=LoanState.OPEN)
        assert len(open_now) == 2 + 5 + 6
        assert len({row.device_id for row in open_now}) == len(open_now)
        assert len(incidents(desk_a.dossier)) == 1
        [kept] = papers(desk_a.dossier)
        [loan_id] = kept.loan_ids
        assert loan(desk_a.dossier, loan_id).row.borrower_id == 17
        assert paper_pdf(desk_a.dossier, kept.id) == pdf
        printed = pdf_bytes(desk_a.dossier, "papier-signe", str(kept.id))
        assert hashlib.sha256(printed).hexdigest() == kept.digest
        assert looked_over(desk_a.dossier).ok
        with desk_a.dossier.read() as session:
            [retold] = journal.entries(session, [f"paper:{kept.id}"])
            assert f'"loans": [{loan_id}]' in (retold.details or "")
            [entry] = journal.entries(session, ["dossier"])[-1:]
            assert entry.what == "dossier.joined"
        with joining.side_by_side(desk_a.dossier, there) as found:
            assert found.comparison.relation is Relation.AHEAD
    with open_at(there) as desk_b, joining.side_by_side(desk_b.dossier, here) as found:
        assert found.comparison.relation is Relation.BEHIND
    shutil.copy(here, there)
    with open_at(there) as desk_b:
        assert len(loans(desk_b.dossier, state=LoanState.OPEN)) == 13
        assert not desk_b.dossier.remarks


def test_what_was_undone_since_is_undone_where_it_is_joined(
    here: Path, there: Path, open_at: Opened
) -> None:
    """The copy was made while the other was open: what it holds was undone there alone."""
    with open_at(here) as mine:
        mine.loans.return_device(1)
        mine.actions.add(title="Acheter un sifflet")
        mine.pupils.add_pupil(PupilInput("Kervadec", "Maëlys"))
        there.unlink()
        copy_whole(mine.dossier.raw, KEY, mine.dossier.dossier_id, there)
        for _ in range(3):
            mine.dossier.undo_stack.undo()
    with open_at(there) as theirs:
        join(theirs, here)
        assert loan(theirs.dossier, 1).row.state is LoanState.OPEN
        assert not actions(theirs.dossier)
        assert looked_over(theirs.dossier).ok
        with theirs.dossier.read() as session:
            said_of = session.connection().exec_driver_sql(
                "SELECT count(*) FROM journal WHERE details LIKE '%Kervadec%'"
            )
            assert said_of.scalar() == 0


def test_what_was_done_again_since_counts_where_it_is_joined(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(here) as mine:
        mine.loans.return_device(1)
        mine.actions.add(title="Acheter un sifflet")
        for _ in range(2):
            mine.dossier.undo_stack.undo()
        there.unlink()
        copy_whole(mine.dossier.raw, KEY, mine.dossier.dossier_id, there)
        for _ in range(2):
            mine.dossier.undo_stack.redo()
    with open_at(there) as theirs:
        join(theirs, here)
        assert loan(theirs.dossier, 1).row.state is LoanState.RETURNED
        assert [action.title for action in actions(theirs.dossier)] == ["Acheter un sifflet"]
        assert looked_over(theirs.dossier).ok


def test_who_goes_on_after_a_joining_is_joined_again(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(here) as mine:
        mine.loans.lend(device_id=10, borrower_id=10)
    with open_at(there) as theirs:
        first = theirs.loans.lend(device_id=11, borrower_id=11)
    with open_at(here) as mine:
        join(mine, there)
    with open_at(there) as theirs:
        theirs.loans.return_device(first)
        theirs.loans.lend(device_id=12, borrower_id=12)
    with open_at(here) as mine:
        with joining.side_by_side(mine.dossier, there) as found:
            assert {line.kind for line in found.comparison.lines} == {Kind.CHANGED, Kind.ADDED}
        join(mine, there)
        devices = sorted(row.device_id for row in loans(mine.dossier, state=LoanState.OPEN))
        assert devices == [1, 2, 3, 4, 5, 10, 12]
        assert looked_over(mine.dossier).ok


def test_the_others_word_on_a_clash_ends_the_loan_here(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(here) as mine:
        kept = mine.loans.lend(device_id=10, borrower_id=10)
    with open_at(there) as theirs:
        theirs.loans.lend(device_id=10, borrower_id=11)
    with open_at(here) as mine:
        join(mine, there, conflict(mine, there))
        assert loan(mine.dossier, kept).row.state is LoanState.CANCELLED
        held = [row for row in loans(mine.dossier, state=LoanState.OPEN) if row.device_id == 10]
        assert [row.borrower_id for row in held] == [11]


def test_a_pupil_added_on_both_sides_is_one(here: Path, there: Path, open_at: Opened) -> None:
    new = PupilInput("Durand", "Maël", school_class="CM2", born_on=date(2017, 3, 2))
    with open_at(here) as mine:
        mine.pupils.add_pupil(PupilInput("Autre", "Ana", school_class="CE1"))
        mael = mine.pupils.add_pupil(new)
    with open_at(there) as theirs:
        again = theirs.pupils.add_pupil(new)
        theirs.loans.lend(device_id=10, borrower_id=again)
    with open_at(here) as mine:
        told = join(mine, there)
        assert told[0] == "Repris de l’autre copie : 1 (prêts et retours 1)."
        [held] = [row for row in loans(mine.dossier, state=LoanState.OPEN) if row.device_id == 10]
        assert held.borrower_id == mael


def test_who_was_erased_does_not_come_back(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine:
        mine.privacy.erase_pupil(20)
    with open_at(there) as theirs:
        theirs.pupils.change_pupil(20, school_class="CM2")
        theirs.loans.lend(device_id=20, borrower_id=20)
    with open_at(here) as mine:
        with joining.side_by_side(mine.dossier, there) as found:
            assert {line.kind for line in found.comparison.lines} == {Kind.LEFT}
            assert "effacée ici" in found.comparison.lines[0].why
            found.join({line.id for line in found.comparison.lines})
        names = mine.dossier.raw.execute("SELECT last_name FROM borrower WHERE id = 20").fetchone()
        assert names == ("",)
        everything = str(mine.dossier.raw.execute("SELECT * FROM journal").fetchall())
        assert "Nom20" not in everything


def test_an_erasure_is_done_here_too(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(there) as theirs:
        theirs.loans.return_device(3)
        theirs.privacy.erase_pupil(3)
    with open_at(here) as mine:
        mine.pupils.change_guardian(3, 3, phone="0601020304")
        told = join(mine, there)
        assert any(words.startswith("Effacements faits là-bas") for words in told), told
        everything = str(mine.dossier.raw.execute("SELECT details FROM journal").fetchall())
        assert 'Nom3"' not in everything
        assert 'Parent3"' not in everything
        assert not mine.dossier.raw.execute("SELECT 1 FROM guardian WHERE id = 3").fetchall()
        assert looked_over(mine.dossier).ok


def test_nobody_is_erased_who_holds_a_device_here(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine:
        mine.loans.lend(device_id=10, borrower_id=20)
    with open_at(there) as theirs:
        theirs.privacy.erase_pupil(20)
    with open_at(here) as mine:
        with joining.side_by_side(mine.dossier, there) as found:
            whys = [line.why for line in found.comparison.lines if line.kind is Kind.LEFT]
            assert any("le prêt est en cours" in why for why in whys), whys
        join(mine, there)
        assert "Nom20" in pupil(mine.dossier, 20).row.name


def test_what_the_plan_took_up_comes_with_the_numbers_of_this_copy(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(there) as theirs:
        ready_to_adopt(theirs)
        theirs.plans.adopt(body="conseil d’école")
        drill_id = theirs.drills.plan(kind="alert")
        theirs.drills.record(drill_id)
        theirs.drills.add_lesson(drill_id, text="Appris là-bas", decision="Acheter un sifflet")
        (line,) = [line for line in review_lines(theirs.dossier) if line.action_id is not None]
        theirs.plans.take_up(line.key)
        theirs.plans.adopt(body="conseil d’école")
    with open_at(here) as mine:
        for number in range(3):
            mine.actions.add(title=f"Faite ici, {number}")
        join(mine, there)
        by_title = {row.title: row.id for row in actions(mine.dossier)}
        whistle = by_title["Acheter un sifflet"]
        assert whistle > 3
        (row,) = taken_up(mine.dossier)
        assert (row.action_id, row.version) == (whistle, 2)
        assert versions_listing(mine.dossier) == {whistle: [2]}
        told = Histories(mine.dossier).of(whistle)
        assert told.startswith("Plan, version 1 → exercice du 24/11/2026 → leçon n°\u00a01")
        assert looked_over(mine.dossier).ok, looked_over(mine.dossier).lines


def test_what_became_of_a_version_is_joined_and_is_one_fact_noted_twice(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(here) as mine:
        ready_to_adopt(mine)
        mine.plans.adopt(body="conseil d’école")
    shutil.copy(here, there)
    sent = {"on": date(2026, 11, 24), "body": "IEN"}
    with open_at(here) as mine:
        mine.plans.note_milestone(1, MilestoneKind.SENT, **sent)
        wrong = mine.plans.note_milestone(1, MilestoneKind.TEAM, body="équipe")
    with open_at(there) as theirs:
        for number in range(2):
            theirs.plans.note_milestone(1, MilestoneKind.PRESENTED, body=f"conseil n° {number}")
        theirs.plans.note_milestone(1, MilestoneKind.SENT, **sent)
        theirs.plans.remove_milestone(1)
    with open_at(here) as mine:
        mine.plans.remove_milestone(wrong)
        with joining.side_by_side(mine.dossier, there) as found:
            said_there = [line.there for line in found.comparison.lines]
        assert "Version 1 du plan, présentation pour avis le 24/11/2026" in said_there
        join(mine, there)
        assert sorted((step.kind, step.body) for step in milestones(mine.dossier)) == [
            (MilestoneKind.PRESENTED, "conseil n° 1"),
            (MilestoneKind.SENT, "IEN"),
        ]
        assert looked_over(mine.dossier).ok, looked_over(mine.dossier).lines


def names_kept(services: Services) -> str:
    return str(services.dossier.raw.execute("SELECT name FROM crisis_contact").fetchall())


def test_a_contact_that_was_removed_leaves_no_name(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(here) as mine:
        for name in ("Claire Morvan", "Zorglub"):
            mine.plans.add_contact(role="direction", name=name, phone="06 39 98 01 02")
    shutil.copy(here, there)
    with open_at(there) as theirs:
        theirs.plans.remove_contact(2)
        assert "Zorglub" not in names_kept(theirs)
    with open_at(here) as mine:
        join(mine, there)
        assert [contact.name for contact in contacts(mine.dossier)] == ["Claire Morvan"]
        assert "Zorglub" not in names_kept(mine)
        assert looked_over(mine.dossier).ok, looked_over(mine.dossier).lines


def test_what_differs_is_named_in_the_words_of_the_school(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(there) as theirs:
        lycée = Identity(name="Lycée Veil", levels=(LevelCount(Level.LYCEE, 20, 600),))
        theirs.school.save(lycée)
        audit = theirs.audit.start()
        theirs.audit.answer(audit, "gov-01", known(Choice.YES))
        theirs.plans.add_contact(role="mairie", name="Mme Roux", phone="06 39 98 01 02")
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        lines = " / ".join(line.there for line in found.comparison.lines)
    assert "Numérique dans le projet d’établissement" in lines
    assert "La région (astreinte), Mme Roux" in lines
    assert "école" not in lines
    assert "mairie" not in lines


def ready_to_adopt(services: Services) -> None:
    services.school.save(Identity(name="École Jules-Verne"))
    for section in rules.sections():
        if section.obligatory:
            services.plans.write_section(section.id, section.example)
    for scenario in ("inondation", "cyberattaque", "coupure"):
        services.plans.choose_scenario(scenario)
    risk = services.plans.add_risk(risk="surcharge")
    services.plans.rate_risk(risk, severity=3, likelihood=3, control=3)
    services.plans.add_contact(role="direction", name="Claire Morvan", phone="06 39 98 01 02")


def test_nothing_is_kept_of_what_does_not_fit(
    here: Path, there: Path, open_at: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at(there) as theirs:
        theirs.loans.lend(device_id=10, borrower_id=10)
        theirs.pupils.add_guardian(10, GuardianFields(last_name="Nouveau"))
    with open_at(here) as mine:
        before = mine.dossier.state()
        with joining.side_by_side(mine.dossier, there) as found:
            from egn_desktop.dossier.copies import join as engine

            whole = engine._Joining._insert

            def halfway(self: object, line: object) -> None:
                whole(self, line)  # type: ignore[arg-type]
                mine.dossier.raw.execute("INSERT INTO loan (id) VALUES (1)")

            monkeypatch.setattr(engine._Joining, "_insert", halfway)
            with pytest.raises(NotJoinedError):
                found.join(found.comparison.proposed)
        assert mine.dossier.state() == before
        assert len(loans(mine.dossier, state=LoanState.OPEN)) == 5
        assert looked_over(mine.dossier).ok


def test_a_comparison_that_is_no_longer_true_is_refused(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(there) as theirs:
        theirs.loans.lend(device_id=10, borrower_id=10)
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        mine.loans.lend(device_id=10, borrower_id=11)
        with pytest.raises(ChangedMeanwhileError):
            found.join(found.comparison.proposed)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EGN_DESKTOP_HOME", str(tmp_path_factory.mktemp("profile")))
        path = tmp_path_factory.mktemp("base") / "base.egn"
        make_base(path)
        return path


STEP = st.tuples(
    st.integers(0, 1), st.integers(0, len(ACTS) - 1), st.integers(0, 40), st.integers(0, 40)
)


@settings(
    max_examples=examples(5),
    derandomize=True,
    # Shrinking costs minutes: the torture prints the steps of a round that fails.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    # There a loan is chased and given back, and its pupil erased: the reminder comes without the
    # words of the journal that told of it.
    steps=[
        (1, ACTS.index(remind), 34, 11),
        (1, ACTS.index(give_back), 16, 1),
        (1, ACTS.index(erase_pupil), 25, 17),
    ]
)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_copies_that_diverge_in_any_order_join(
    base: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, int, int]]
) -> None:
    check(tmp_path_factory.mktemp("round"), base, steps)


def test_the_key_of_this_dossier_opens_the_backup_of_the_other(
    here: Path, there: Path, open_at: Opened
) -> None:
    with open_at(there) as theirs:
        theirs.loans.lend(device_id=10, borrower_id=10)
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        outcome = found.join(set())
        assert outcome.taken == {}
        assert outcome.left == 1
        assert len(loans(mine.dossier, state=LoanState.OPEN)) == 5
        with Dossier.open(outcome.other.path, key=KEY) as kept:
            assert len(loans(kept, state=LoanState.OPEN)) == 6
