# SPDX-License-Identifier: GPL-3.0-or-later
"""Every use case is done, undone and done again on a school's dossier, and the tables compared.

A use case that is not in one of the three tables below fails the first test.
"""

import inspect
import io
import runpy
import shutil
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Table, text

from egn_desktop.actions.rules import Source, SourceKind
from egn_desktop.audit.queries import campaigns, gaps, view
from egn_desktop.changes import Changed
from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.base import Base
from egn_desktop.dossier.report import Finding
from egn_desktop.dossier.state import UNWATCHED
from egn_desktop.drills.rules import kinds, measures, questions
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.needs import Priority
from egn_desktop.inventory.lending.reminders import Channel
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.papers.forms import case_of
from egn_desktop.inventory.papers.queries import signed_loans
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    IncidentFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.rules import ChildName
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    IncidentKind,
    IncidentOutcome,
)
from egn_desktop.plans.attachments import AttachmentFile
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.queries import classes, review_lines
from egn_desktop.services import Services

ROOT = Path(__file__).resolve().parents[2]
golden = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "golden.py")))
TODAY = date(2026, 12, 1)
Call = Callable[[Services], object]
Tables = Mapping[str, list[Any]]

READS = {"school.identity", "audit.proposals"}


def scalar(s: Services, sql: str) -> Any:
    """Return the first value that a question finds in the school's dossier."""
    return s.dossier.rows(text(sql))[0][0]


def table(name: str, where: str = "1") -> Callable[[Services], int]:
    """Return what finds the id of a row."""
    return lambda s: scalar(s, f"SELECT min(id) FROM {name} WHERE {where}")  # noqa: S608


action, drill, lesson = table("action", "state = 'open'"), table("drill"), table("drill_lesson")
pupil = table("borrower", "kind = 'pupil' AND deleted_at IS NULL")
staff = table("borrower", "kind = 'staff' AND deleted_at IS NULL")
lent, back = table("loan", "state = 'open'"), table("loan", "state = 'returned'")
_FREE = "state = 'available' AND id NOT IN (SELECT device_id FROM loan WHERE state = 'open')"
stock, incident = table("device", _FREE), table("incident")
scenario = "pandemie"


def other_stock(s: Services) -> int:
    return table("device", f"{_FREE} AND id > {stock(s)}")(s)


def idle_pupil(s: Services) -> int:
    return scalar(
        s,
        "SELECT min(id) FROM borrower WHERE kind = 'pupil' AND deleted_at IS NULL "
        "AND id NOT IN (SELECT borrower_id FROM loan WHERE state = 'open')",
    )


def idle_staff(s: Services) -> int:
    return scalar(
        s,
        "SELECT min(id) FROM borrower WHERE kind = 'staff' AND deleted_at IS NULL "
        "AND id NOT IN (SELECT borrower_id FROM loan WHERE state = 'open')",
    )


def campaign(s: Services) -> int:
    return campaigns(s.dossier)[0].id


def question(s: Services) -> str:
    found = view(s.dossier, campaign(s))
    assert found is not None
    return next(iter(found.answers))


def gap(s: Services) -> str:
    return next(row.criterion_id for row in gaps(s.dossier, campaign(s)) if row.action is None)


def signable(s: Services) -> int:
    for loan_id, who in s.dossier.rows(
        text("SELECT id, borrower_id FROM loan WHERE state = 'open' ORDER BY id")
    ):
        if loan_id not in signed_loans(s.dossier, AGREEMENT, borrower_id=who):
            return loan_id
    raise LookupError


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(made, "PNG")
    return made.getvalue()


def attached(s: Services) -> int:
    return s.plans.attach(AttachmentFile("duerp.pdf", b"%PDF-1.7 duerp", 1))


def exchanged(s: Services) -> int:
    return s.loans.exchange(lent(s), device_id=stock(s))


def evidence(s: Services) -> int:
    paper = s.dossier.path.with_name("facture.txt")
    paper.write_text("Facture")
    return s.audit.add_evidence(campaign(s), question(s), paper)


def photo(s: Services) -> int:
    return s.photos.add_photo(stock(s), picture())


def milestone(s: Services) -> int:
    return s.plans.note_milestone(1, MilestoneKind.SENT, body="IEN")


def own_scenario(s: Services) -> str:
    return s.plans.add_scenario(title="Rupture du barrage")


def sign(s: Services) -> int:
    loan_id = signable(s)
    case = case_of(s.dossier, act(AGREEMENT), (loan_id,), language="")
    given = Signature(case.signers[0].role, "Nadia Benali")
    return s.papers.sign(document_id=AGREEMENT, loan_ids=[loan_id], signatures=[given])


def begun_by_the_first_catalogue(s: Services) -> None:
    with s.dossier.write(Changed.AUDIT) as session:
        session.execute(text("UPDATE audit_answer SET version = '2026.1'"))


# What must be there first, for use cases that take something back: done before the comparison.
BEFORE: dict[str, Call] = {
    "school.remove_correction": lambda s: s.school.close(date(2027, 1, 4), date(2027, 1, 5)),
    "actions.reopen": lambda s: s.actions.close(action(s)),
    "audit.remove_evidence": evidence,
    "audit.erase_evidence": evidence,
    "audit.reopen": lambda s: s.audit.close(campaign(s)),
    "audit.take_new_questions": begun_by_the_first_catalogue,
    "pupils.mark_back": lambda s: s.pupils.mark_left(pupil(s)),
    "pupils.remove_leavers": lambda s: s.pupils.mark_left(idle_pupil(s)),
    "photos.caption_photo": photo,
    "photos.remove_photo": photo,
    "loans.cancel_exchange": exchanged,
    "loans.reopen_loan": lambda s: s.loans.return_device(lent(s)),
    "incidents.reopen_incident": lambda s: s.incidents.close_incident(
        table("incident", "closed_on IS NULL")(s), IncidentOutcome.NOTHING
    ),
    "privacy.take_in": lambda s: s.privacy.leave_out("special-need"),
    "plans.change_attachment": attached,
    "plans.remove_attachment": attached,
    "plans.restore_attachment": lambda s: s.plans.remove_attachment(attached(s)),
    "plans.erase_attachment": lambda s: s.plans.remove_attachment(attached(s)),
    "plans.end_crisis": lambda s: s.plans.tick(scenario, field="decision", text="Prévenir"),
    "plans.untick": lambda s: s.plans.tick(scenario, field="decision", text="Prévenir"),
    "plans.remove_scenario": own_scenario,
    "plans.restore_scenario": lambda s: s.plans.remove_scenario(own_scenario(s)),
    "plans.rename_scenario": own_scenario,
    "plans.change_class": lambda s: s.plans.add_class(name="ULIS"),
    "plans.withdraw_submission": lambda s: s.plans.submit(body="conseil d’école"),
    "plans.remove_milestone": milestone,
    "plans.take_up": lambda s: s.actions.add(
        title="Afficher le numéro", source=Source(SourceKind.DRILL)
    ),
    "plans.leave_out": lambda s: s.plans.take_up(review_lines(s.dossier)[0].key),
    "drills.restore": lambda s: s.drills.cancel(drill(s)),
}

# Each can be undone, and done again.
UNDONE: dict[str, Call] = {
    "school.save": lambda s: s.school.save(replace(s.school.identity(), town="Le Puy", levels=())),
    "school.close": lambda s: s.school.close(date(2027, 1, 4), date(2027, 1, 5), "Neige"),
    "school.reopen": lambda s: s.school.reopen(date(2026, 12, 21), date(2026, 12, 22)),
    "school.remove_correction": lambda s: s.school.remove_correction(
        table("calendar_correction")(s)
    ),
    "actions.add": lambda s: s.actions.add(title="Acheter un sifflet", cost_cents=1_250),
    "actions.change": lambda s: s.actions.change(action(s), title="Acheter", due_on=None),
    "actions.close": lambda s: s.actions.close(action(s)),
    "actions.drop": lambda s: s.actions.drop(action(s)),
    "actions.reopen": lambda s: s.actions.reopen(table("action", "state = 'done'")(s)),
    "audit.start": lambda s: s.audit.start(2031),
    "audit.answer": lambda s: s.audit.answer(campaign(s), question(s), "?", note="À voir"),
    "audit.answer_many": lambda s: s.audit.answer_many(campaign(s), {question(s): None}),
    "audit.clear": lambda s: s.audit.clear(campaign(s), question(s)),
    "audit.take_known": lambda s: s.audit.take_known(campaign(s)),
    "audit.close": lambda s: s.audit.close(campaign(s)),
    "audit.reopen": lambda s: s.audit.reopen(campaign(s)),
    "audit.take_new_questions": lambda s: s.audit.take_new_questions(campaign(s)),
    "audit.create_action": lambda s: s.audit.create_action(campaign(s), gap(s)),
    "audit.add_evidence": evidence,
    "audit.remove_evidence": lambda s: s.audit.remove_evidence(table("audit_evidence")(s)),
    "pupils.add_pupil": lambda s: s.pupils.add_pupil(
        PupilInput("Martin", "Léa", guardians=(GuardianFields(last_name="Martin"),))
    ),
    "pupils.change_pupil": lambda s: s.pupils.change_pupil(pupil(s), first_name="Zoé"),
    "pupils.add_guardian": lambda s: s.pupils.add_guardian(
        pupil(s), GuardianFields(last_name="Roux")
    ),
    "pupils.change_guardian": lambda s: s.pupils.change_guardian(
        *s.dossier.rows(text("SELECT pupil_id, guardian_id FROM pupil_guardian"))[0], phone="0611"
    ),
    "pupils.remove_guardian": lambda s: s.pupils.remove_guardian(
        *s.dossier.rows(text("SELECT pupil_id, guardian_id FROM pupil_guardian"))[0]
    ),
    "pupils.remove_pupil": lambda s: s.pupils.remove_pupil(idle_pupil(s)),
    "pupils.mark_left": lambda s: s.pupils.mark_left(pupil(s)),
    "pupils.mark_back": lambda s: s.pupils.mark_back(table("borrower", "left_on IS NOT NULL")(s)),
    "pupils.remove_leavers": lambda s: s.pupils.remove_leavers(),
    "pupils.import_pupils": lambda s: s.pupils.import_pupils(
        [
            PupilInput("Martin", "Léa", guardians=(GuardianFields(last_name="Martin"),)),
            PupilInput(
                scalar(s, f"SELECT last_name FROM borrower WHERE id = {pupil(s)}"),  # noqa: S608
                scalar(s, f"SELECT first_name FROM borrower WHERE id = {pupil(s)}"),  # noqa: S608
                school_class="CM9",
            ),
        ],
        mark_left=True,
    ),
    "pupils.import_guardians": lambda s: s.pupils.import_guardians(
        [
            (
                GuardianFields(last_name="Roux", phone="0611"),
                [
                    ChildName(
                        scalar(s, f"SELECT last_name FROM borrower WHERE id = {pupil(s)}"),  # noqa: S608
                        "",
                        scalar(s, f"SELECT first_name FROM borrower WHERE id = {pupil(s)}"),  # noqa: S608
                        "",
                    )
                ],
            )
        ]
    ),
    "staff.add_staff": lambda s: s.staff.add_staff(StaffFields("Roux", "Paul")),
    "staff.change_staff": lambda s: s.staff.change_staff(staff(s), phone="0611"),
    "staff.import_staff": lambda s: s.staff.import_staff([StaffFields("Roux", "Paul")]),
    "staff.remove_staff": lambda s: s.staff.remove_staff(idle_staff(s)),
    "devices.add_device": lambda s: s.devices.add_device(
        DeviceInput("Z-1", DeviceKind.LAPTOP, accessories=("chargeur", "housse"))
    ),
    "devices.change_device": lambda s: s.devices.change_device(
        stock(s), place="Salle 4", accessories=["souris"], condition=Condition.BROKEN
    ),
    "devices.remove_device": lambda s: s.devices.remove_device(stock(s)),
    "devices.import_devices": lambda s: s.devices.import_devices(
        [DeviceInput("Z-1", DeviceKind.LAPTOP, accessories=("chargeur",))]
    ),
    "photos.add_photo": photo,
    "photos.caption_photo": lambda s: s.photos.caption_photo(table("photo")(s), "Angle"),
    "photos.remove_photo": lambda s: s.photos.remove_photo(table("photo")(s)),
    "loans.lend": lambda s: s.loans.lend(
        device_id=stock(s), borrower_id=pupil(s), condition=Condition.WORN, due_on=date(2027, 7, 2)
    ),
    "loans.lend_together": lambda s: s.loans.lend_together(
        [(pupil(s), stock(s)), (idle_pupil(s), other_stock(s))], due_on=date(2027, 7, 2)
    ),
    "loans.renew": lambda s: s.loans.renew(lent(s), due_on=date(2027, 6, 1)),
    "loans.return_device": lambda s: s.loans.return_device(
        lent(s), condition=Condition.BROKEN, accessories=()
    ),
    "loans.return_accessories": lambda s: s.loans.return_accessories(*_still_out(s)),
    "loans.declare_missing": lambda s: s.loans.declare_missing(lent(s), stolen=True),
    "loans.reopen_loan": lambda s: s.loans.reopen_loan(
        scalar(s, "SELECT id FROM loan WHERE state = 'returned' ORDER BY ended_on DESC, id DESC")
    ),
    "loans.wipe": lambda s: s.loans.wipe(_wipeable(s), _other_steps(s)),
    "loans.exchange": exchanged,
    "loans.cancel_exchange": lambda s: s.loans.cancel_exchange(
        table("loan", "replaces_id IS NOT NULL AND state = 'open'")(s)
    ),
    "incidents.add_incident": lambda s: s.incidents.add_incident(
        stock(s), IncidentFields(IncidentKind.LOSS, TODAY)
    ),
    "incidents.change_incident": lambda s: s.incidents.change_incident(
        incident(s), description="Écran fendu", cost_cents=1_200
    ),
    "incidents.close_incident": lambda s: s.incidents.close_incident(
        table("incident", "closed_on IS NULL")(s), IncidentOutcome.NOTHING
    ),
    "incidents.reopen_incident": lambda s: s.incidents.reopen_incident(
        table("incident", "closed_on IS NOT NULL AND deleted_at IS NULL")(s)
    ),
    "incidents.remove_incident": lambda s: s.incidents.remove_incident(incident(s)),
    "needs.note_need": lambda s: s.needs.note_need(pupil(s), ["no-device"]),
    "needs.decide_priority": lambda s: s.needs.decide_priority(
        scalar(s, "SELECT min(pupil_id) FROM pupil_need"), Priority.FIRST, "Vu avec la famille"
    ),
    "reminders.record_reminders": lambda s: s.reminders.record_reminders(
        [table("loan", f"state = 'open' AND due_on < '{TODAY}'")(s)], Channel.PHONE
    ),
    "papers.sign": sign,
    "privacy.set_retention": lambda s: s.privacy.set_retention("prets", 4),
    "plans.note_milestone": milestone,
    "plans.remove_milestone": lambda s: s.plans.remove_milestone(table("plan_milestone")(s)),
    "privacy.take_in": lambda s: s.privacy.take_in("special-need"),
    "plans.write_section": lambda s: s.plans.write_section("objet", "Texte", done=True),
    "plans.finish_section": lambda s: s.plans.finish_section(
        scalar(s, "SELECT section FROM plan_section WHERE done AND text <> ''"), done=False
    ),
    "plans.choose_scenario": lambda s: s.plans.choose_scenario("inondation"),
    "plans.edit_scenario": lambda s: s.plans.edit_scenario(scenario, "decision", "Le préfet"),
    "plans.set_circumstances": lambda s: s.plans.set_circumstances(scenario, network=False),
    "plans.add_scenario": own_scenario,
    "plans.rename_scenario": lambda s: s.plans.rename_scenario("ecole-1", title="Crue"),
    "plans.remove_scenario": lambda s: s.plans.remove_scenario("ecole-1"),
    "plans.restore_scenario": lambda s: s.plans.restore_scenario("ecole-1"),
    "plans.add_class": lambda s: s.plans.add_class(name="ULIS", pupils=8),
    "plans.change_class": lambda s: s.plans.change_class(
        table("plan_class", "name = 'ULIS'")(s), packs=3
    ),
    "plans.write_class": lambda s: s.plans.write_class(classes(s.dossier)[0].key, packs=99),
    "plans.remove_class": lambda s: s.plans.remove_class(classes(s.dossier)[0].key),
    "plans.add_risk": lambda s: s.plans.add_risk(title="Chute", situations="Sol mouillé"),
    "plans.change_risk": lambda s: s.plans.change_risk(table("risk_line")(s), title="Chute"),
    "plans.rate_risk": lambda s: s.plans.rate_risk(
        table("risk_line")(s), severity=1, likelihood=1, control=1
    ),
    "plans.remove_risk": lambda s: s.plans.remove_risk(table("risk_line")(s)),
    "plans.plan_measure": lambda s: s.plans.plan_measure(table("risk_line")(s), title="Écran"),
    "plans.add_contact": lambda s: s.plans.add_contact(role="mairie", phone="0465"),
    "plans.change_contact": lambda s: s.plans.change_contact(
        table("crisis_contact")(s), phone="0465"
    ),
    "plans.check_contact": lambda s: s.plans.check_contact(table("crisis_contact")(s)),
    "plans.remove_contact": lambda s: s.plans.remove_contact(table("crisis_contact")(s)),
    "plans.submit": lambda s: s.plans.submit(body="conseil d’école"),
    "plans.withdraw_submission": lambda s: s.plans.withdraw_submission(),
    "plans.attach": attached,
    "plans.change_attachment": lambda s: s.plans.change_attachment(
        scalar(s, "SELECT max(id) FROM attachment"), title="DUERP 2024"
    ),
    "plans.remove_attachment": lambda s: s.plans.remove_attachment(
        scalar(s, "SELECT max(id) FROM attachment")
    ),
    "plans.restore_attachment": lambda s: s.plans.restore_attachment(
        scalar(s, "SELECT max(id) FROM attachment")
    ),
    "plans.take_up": lambda s: s.plans.take_up(review_lines(s.dossier)[0].key),
    "plans.leave_out": lambda s: s.plans.leave_out(table("plan_taken_up")(s)),
    "plans.tick": lambda s: s.plans.tick(scenario, field="decision", text="Prévenir"),
    "plans.note_in_crisis": lambda s: s.plans.note_in_crisis(scenario, "Coupure à 8 h"),
    "plans.untick": lambda s: s.plans.untick(scalar(s, "SELECT max(id) FROM crisis_entry")),
    "plans.end_crisis": lambda s: s.plans.end_crisis(scenario),
    "drills.plan": lambda s: s.drills.plan(kind="tabletop", planned_on=date(2027, 1, 8)),
    "drills.change": lambda s: s.drills.change(drill(s), aim="Joindre chacun"),
    "drills.prepare": lambda s: s.drills.prepare(
        s.drills.plan(kind="tabletop"), kinds()["tabletop"].preparation[0].id
    ),
    "drills.record": lambda s: s.drills.record(
        drill(s),
        participants={"Direction": "Mme Nguyen"},
        course="Tout s’est bien passé",
        measures={next(iter(measures())).id: 0.1},
        debrief={next(iter(questions())).id: "Oui"},
    ),
    "drills.cancel": lambda s: s.drills.cancel(drill(s), reason="Neige"),
    "drills.restore": lambda s: s.drills.restore(drill(s)),
    "drills.add_lesson": lambda s: s.drills.add_lesson(drill(s), text="Imprimer l’annuaire"),
    "drills.remove_lesson": lambda s: s.drills.remove_lesson(lesson(s)),
}

# What is nobody's doing: it leaves nothing to undo, and stands in no way.
ASIDE: dict[str, Call] = {
    "audit.remember_place": lambda s: s.audit.remember_place(campaign(s), question(s)),
}

# For good: the window asks first, and says so.
FOR_GOOD: dict[str, Call] = {
    "audit.erase_evidence": lambda s: s.audit.erase_evidence(table("audit_evidence")(s)),
    "papers.withdraw_paper": lambda s: s.papers.withdraw_paper(table("signed_paper")(s)),
    "privacy.erase_due": lambda s: s.privacy.erase_due(),
    "privacy.erase_pupil": lambda s: s.privacy.erase_pupil(idle_pupil(s)),
    "privacy.erase_staff": lambda s: s.privacy.erase_staff(idle_staff(s)),
    "privacy.leave_out": lambda s: s.privacy.leave_out("special-need"),
    "privacy.forget_need": lambda s: s.privacy.forget_need(
        scalar(s, "SELECT min(pupil_id) FROM pupil_need")
    ),
    "plans.adopt": lambda s: s.plans.adopt(body="conseil d’école"),
    "plans.erase_attachment": lambda s: s.plans.erase_attachment(
        scalar(s, "SELECT max(id) FROM attachment")
    ),
}


def _still_out(s: Services) -> tuple[int, list[str]]:
    rows = s.dossier.rows(
        text(
            "SELECT loan_id, name FROM loan_accessory JOIN loan ON loan.id = loan_id "
            "WHERE state = 'open' AND returned IS NULL"
        )
    )
    return rows[0][0], [rows[0][1]]


def _wipeable(s: Services) -> int:
    return scalar(
        s,
        "SELECT max(loan.id) FROM loan JOIN device ON device.id = device_id "
        "WHERE wiped IS NOT NULL AND device.kind = 'laptop'",
    )


def _other_steps(s: Services) -> list[str]:
    from egn_desktop.inventory.register import wiping

    known = [step.id for step in wiping.steps_for(DeviceKind.LAPTOP)]
    done = scalar(s, f"SELECT wiped FROM loan WHERE id = {_wipeable(s)}").split()  # noqa: S608
    return [] if done else known[:1]


def clock() -> datetime:
    """The time of all that is done here, the bringing to this schema included."""
    return datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration school as the first version left it, brought to this one's schema."""
    path = golden.copy("0001-demonstration", tmp_path_factory.mktemp("school"))
    Dossier.open(path, key=golden.KEY, clock=clock).close()
    return path


@contextmanager
def opened(school: Path, folder: Path) -> Iterator[Services]:
    """Open a copy of the school that a test may change."""
    path = Path(shutil.copy(school, folder))
    with Dossier.open(path, key=golden.KEY, clock=clock) as dossier:
        yield Services.of(dossier)


@pytest.fixture
def services(school: Path, tmp_path: Path) -> Iterator[Services]:
    with opened(school, tmp_path) as services:
        yield services


@pytest.fixture(scope="module")
def lasting(school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One dossier for all tests that leave it as it was: undo is what they are about."""
    with opened(school, tmp_path_factory.mktemp("lasting")) as services:
        yield services


def held(dossier: Dossier) -> Tables:
    """Return the rows of every table but the dossier's own books, as SQLite holds them."""
    return {
        name: dossier.rows(text(f'SELECT * FROM "{name}" ORDER BY {_key(found)}'))  # noqa: S608
        for name, found in Base.metadata.tables.items()
        if name not in UNWATCHED
    }


def _key(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.primary_key.columns)


def altered(dossier: Dossier) -> list[str]:
    checks = looked_over(dossier).checks
    return [check.detail for check in checks if check.finding is Finding.ALTERED]


def differing(tables: Tables, other: Tables) -> set[str]:
    return {name for name in tables if tables[name] != other[name]}


def public(service: type) -> Iterator[str]:
    for name, _ in inspect.getmembers(service, inspect.isfunction):
        if not name.startswith("_"):
            yield name


def test_no_use_case_is_missing() -> None:
    found = {
        f"{name}.{method}"
        for name, service in typing.get_type_hints(Services).items()
        if name != "dossier"
        for method in public(service)
    }
    assert found == READS | UNDONE.keys() | ASIDE.keys() | FOR_GOOD.keys()


@pytest.mark.parametrize("name", UNDONE)
def test_it_is_undone_and_done_again(lasting: Services, name: str) -> None:
    dossier = lasting.dossier
    # What the test before has left; were its rows not as at first, it would have failed.
    while dossier.undo_stack.last is not None:
        assert dossier.undo_stack.undo()
    if name in BEFORE:
        BEFORE[name](lasting)
    before, last = held(dossier), dossier.undo_stack.last
    UNDONE[name](lasting)
    after, steps = held(dossier), 0
    assert differing(before, after)
    # Some of these calls prepare what they need by another use case.
    while dossier.undo_stack.last is not last:
        words = dossier.undo_stack.undo()
        assert words
        steps += 1
    assert differing(before, held(dossier)) == set()
    assert not altered(dossier)
    for _ in range(steps):
        dossier.undo_stack.redo()
    assert differing(after, held(dossier)) == set()
    assert not altered(dossier)


@pytest.mark.parametrize("name", ASIDE)
def test_what_is_nobodys_doing_stands_in_no_way(services: Services, name: str) -> None:
    dossier = services.dossier
    before = held(dossier)
    services.audit.close(campaign(services))
    services.audit.reopen(campaign(services))
    ASIDE[name](services)
    assert dossier.undo_stack.undo() == "réouverture de l’état des lieux"
    assert dossier.undo_stack.undo() == "clôture de l’état des lieux"
    assert differing(before, held(dossier)) <= {"audit_campaign"}


@pytest.mark.parametrize("name", FOR_GOOD)
def test_what_is_for_good_is_not_offered(services: Services, name: str) -> None:
    dossier = services.dossier
    if name in BEFORE:
        BEFORE[name](services)
    before, last = held(dossier), dossier.undo_stack.last
    FOR_GOOD[name](services)
    assert differing(before, held(dossier)) or name == "privacy.erase_due"
    assert dossier.undo_stack.last in (None, last)


def test_a_whole_day_is_undone_step_by_step(services: Services) -> None:
    """One use case after the other, as far as what the others left lets it: then all the way."""
    dossier, done = services.dossier, 0
    before = held(dossier)
    for name, work in UNDONE.items():
        if name == "privacy.take_in":  # what must be there first is for good
            continue
        with suppress(UserError, LookupError, StopIteration, TypeError):
            BEFORE.get(name, work)(services)
            work(services)
            done += 1
    after = held(dossier)
    assert done > len(UNDONE) * 0.7
    while dossier.undo_stack.last is not None:
        dossier.undo_stack.undo()
    assert differing(before, held(dossier)) == set()
    assert not altered(dossier)
    while dossier.undo_stack.next is not None:
        dossier.undo_stack.redo()
    assert differing(after, held(dossier)) == set()
    assert not altered(dossier)
