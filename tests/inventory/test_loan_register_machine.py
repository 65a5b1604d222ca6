# SPDX-License-Identifier: GPL-3.0-or-later
"""Any sequence of use cases keeps the register true."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.undo import Step
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.incidents import OUTCOMES
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.lending.queries.wiping import ToWipe, to_wipe
from egn_desktop.inventory.register.loans import LoanDetail, loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    LoanState,
    Retirement,
)
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device, stock
from egn_desktop.services import Services
from tests.examples import examples

TODAY = date(2026, 11, 24)
KIT = ("chargeur", "housse")
DEVICES, PUPILS = st.integers(1, 3), st.integers(1, 2)
CONDITIONS = st.sampled_from(Condition)
PARTS = st.sets(st.sampled_from(KIT))
GONE = (LoanState.RETURNED, LoanState.EXCHANGED)
ENDS = {LoanState.LOST: IncidentKind.LOSS, LoanState.STOLEN: IncidentKind.THEFT}


@dataclass
class Picture:
    """What a user sees of the register; taken once after each step."""

    loans: dict[int, LoanDetail] = field(default_factory=dict[int, LoanDetail])
    devices: dict[int, DeviceDetail] = field(default_factory=dict[int, DeviceDetail])
    incidents: list[IncidentRow] = field(default_factory=list[IncidentRow])
    to_wipe: list[ToWipe] = field(default_factory=list[ToWipe])

    def of_device(self, device_id: int) -> list[LoanDetail]:
        return [loan for loan in self.loans.values() if loan.row.device_id == device_id]

    def available(self, pupil: int) -> set[int]:
        """Return the devices that can be lent to somebody."""
        return {
            key
            for key, device in self.devices.items()
            if device.row.state is DeviceState.AVAILABLE
            or (device.row.state is DeviceState.RESERVED and device.row.reserved_for == pupil)
        }


@dataclass
class Mark:
    """What was seen once a step was the last of the undo stack; ``open`` as the machine has it."""

    step: Step | None
    open: dict[int, int]
    seen: Picture


class Register(RuleBasedStateMachine):
    """Three devices and two pupils; what is refused must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.dossier = Dossier.create(
            Path(self.folder.name) / "a.egn",
            key=bytes(32),
            clock=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC),
        )
        self.services = Services.of(self.dossier)
        for number in range(3):
            self.services.devices.add_device(
                DeviceInput(f"D{number}", DeviceKind.LAPTOP, accessories=KIT)
            )
        for name in ("Benali", "Traoré"):
            self.services.pupils.add_pupil(PupilInput(name, "Jo"))
        self.open: dict[int, int] = {}
        self.history = 0
        self.dossier.undo_stack.clear()
        self.seen = self.look()
        self.marks = [Mark(None, {}, self.seen)]

    def teardown(self) -> None:
        assert first_broken_link(self.dossier) is None
        self.dossier.close()
        self.folder.cleanup()

    def look(self) -> Picture:
        """Return all that a user sees of the register."""
        rows = sorted(loans(self.dossier), key=lambda row: row.id)
        return Picture(
            loans={row.id: loan(self.dossier, row.id) for row in rows},
            devices={key: self.look_at(key) for key in (1, 2, 3)},
            incidents=list(incidents(self.dossier)),
            to_wipe=list(to_wipe(self.dossier)),
        )

    def look_at(self, device_id: int) -> DeviceDetail:
        found = device(self.dossier, device_id)
        if found.row.state is not DeviceState.LENT:
            return found
        # A reservation ends with the loan that it waited for, and an end undone leaves the device
        # as it was handed over: both whatever was noted of it while it was out.
        row = replace(
            found.row,
            condition=Condition.GOOD,
            reserved_for=None,
            reserved_name="",
            reserved_note="",
        )
        return replace(found, row=row)

    def refused(self, work: Callable[[], object]) -> bool:
        """Tell whether a use case was refused; then nothing may have changed."""
        try:
            work()
        except UserError:
            assert self.look() == self.seen
            return True
        return False

    def draw_open(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.open)), "device")

    @rule(device=DEVICES, pupil=PUPILS)
    def lend(self, device: int, pupil: int) -> None:
        available = self.seen.available(pupil)
        made: list[int] = []
        refused = self.refused(
            lambda: made.append(self.services.loans.lend(device_id=device, borrower_id=pupil))
        )
        assert refused is (device not in available)
        if made:
            self.open[device] = made[0]

    @precondition(lambda self: self.dossier.undo_stack.last)
    @rule()
    def undo(self) -> None:
        """Take back what was done last: all is as it was seen before."""
        stack = self.dossier.undo_stack
        stack.undo()
        marked = [mark.step for mark in self.marks]
        while stack.last not in marked:  # what a rule did in two steps was seen after the second
            stack.undo()
        while self.marks[-1].step is not stack.last:
            self.marks.pop()
        self.open = dict(self.marks[-1].open)
        assert self.look() == self.marks[-1].seen

    @precondition(lambda self: self.open)
    @rule(due_on=st.dates(date(2026, 11, 20), date(2027, 7, 2)), data=st.data())
    def renew(self, due_on: date, data: st.DataObject) -> None:
        loan_id = self.open[self.draw_open(data)]
        lent_on = self.seen.loans[loan_id].row.lent_on
        refused = self.refused(lambda: self.services.loans.renew(loan_id, due_on=due_on))
        assert refused is (due_on < lent_on)
        if not refused:
            assert loan(self.dossier, loan_id).row.due_on == due_on

    @precondition(lambda self: self.open)
    @rule(condition=CONDITIONS, parts=PARTS, data=st.data())
    def take_back(self, condition: Condition, parts: set[str], data: st.DataObject) -> None:
        loan_id = self.open.pop(self.draw_open(data))
        before = self.seen.loans[loan_id]
        self.services.loans.return_device(loan_id, condition=condition, accessories=parts)
        after = loan(self.dossier, loan_id)
        out = set(before.still_out)
        assert set(after.still_out) == out - parts

    @rule(parts=PARTS, data=st.data())
    def return_accessories(self, parts: set[str], data: st.DataObject) -> None:
        if not self.seen.loans:
            return
        row = self.seen.loans[data.draw(st.sampled_from(sorted(self.seen.loans)), "loan")]
        wrong = not parts or not parts <= set(row.still_out)
        assert (
            self.refused(lambda: self.services.loans.return_accessories(row.row.id, parts)) is wrong
        )
        if not wrong:
            after = loan(self.dossier, row.row.id)
            assert set(after.still_out) == set(row.still_out) - parts
            assert after.row == row.row

    @rule(parts=PARTS, data=st.data())
    def return_accessories_by_mistake(self, parts: set[str], data: st.DataObject) -> None:
        if not self.seen.loans:
            return
        loan_id = data.draw(st.sampled_from(sorted(self.seen.loans)), "loan")
        if parts and parts <= set(self.seen.loans[loan_id].still_out):
            self.services.loans.return_accessories(loan_id, parts)
            self.dossier.undo_stack.undo()
            assert self.look() == self.seen

    @precondition(lambda self: self.open)
    @rule(device=DEVICES, condition=CONDITIONS, parts=PARTS, data=st.data())
    def exchange(
        self, device: int, condition: Condition, parts: set[str], data: st.DataObject
    ) -> None:
        given_back = self.draw_open(data)
        old = self.open[given_back]
        borrower_id = self.seen.loans[old].row.borrower_id
        made: list[int] = []
        refused = self.refused(
            lambda: made.append(
                self.services.loans.exchange(
                    old, device_id=device, condition=condition, accessories=parts
                )
            )
        )
        assert refused is (device not in self.seen.available(borrower_id))
        if made:
            del self.open[given_back]
            self.open[device] = made[0]
            was, now = loan(self.dossier, old), loan(self.dossier, made[0])
            assert (was.row.state, was.replaced_by) == (LoanState.EXCHANGED, made[0])
            assert now.row.borrower_id == was.row.borrower_id
            assert now.row.due_on == max(was.row.due_on, TODAY)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def cancel_exchange(self, data: st.DataObject) -> None:
        device = self.draw_open(data)
        old = self.seen.loans[self.open[device]].replaces_id
        if self.refused(lambda: self.services.loans.cancel_exchange(self.open[device])):
            return
        assert old is not None
        del self.open[device]
        self.open[self.seen.loans[old].row.device_id] = old

    @precondition(lambda self: self.open)
    @rule(device=DEVICES, data=st.data())
    def exchange_by_mistake(self, device: int, data: st.DataObject) -> None:
        old = self.open[self.draw_open(data)]
        try:
            made = self.services.loans.exchange(old, device_id=device)
        except UserError:
            return
        self.services.loans.cancel_exchange(made)
        assert self.look() == self.seen

    @precondition(lambda self: self.open)
    @rule(stolen=st.booleans(), data=st.data())
    def lose(self, stolen: bool, data: st.DataObject) -> None:
        device = self.draw_open(data)
        self.services.loans.declare_missing(self.open.pop(device), stolen=stolen)

    @rule(data=st.data())
    def reopen_loan(self, data: st.DataObject) -> None:
        ended = sorted(set(self.seen.loans) - set(self.open.values()))
        if not ended:
            return
        loan = self.seen.loans[data.draw(st.sampled_from(ended), "loan")]
        row = loan.row
        if self.refused(lambda: self.services.loans.reopen_loan(row.id)):
            state = self.seen.devices[row.device_id].row.state
            later = [found.row.id for found in self.seen.of_device(row.device_id)]
            moved_on = state in (DeviceState.RETIRED, DeviceState.RESERVED)
            assert loan.replaced_by is not None or moved_on or max(later) > row.id
        else:
            self.open[row.device_id] = row.id

    @precondition(lambda self: self.open)
    @rule(condition=CONDITIONS, parts=PARTS, lost=st.booleans(), data=st.data())
    def end_by_mistake(
        self, condition: Condition, parts: set[str], lost: bool, data: st.DataObject
    ) -> None:
        loan_id = self.open[self.draw_open(data)]
        if lost:
            self.services.loans.declare_missing(loan_id)
        else:
            self.services.loans.return_device(loan_id, condition=condition, accessories=parts)
        self.services.loans.reopen_loan(loan_id)
        assert self.look() == self.seen

    @rule(device=DEVICES, kind=st.sampled_from(IncidentKind))
    def note_incident(self, device: int, kind: IncidentKind) -> None:
        given = IncidentFields(kind, TODAY)
        missing = kind in (IncidentKind.LOSS, IncidentKind.THEFT)
        refused = self.refused(lambda: self.services.incidents.add_incident(device, given))
        assert refused is (missing and device in self.open)

    @rule(data=st.data())
    def close_incident(self, data: st.DataObject) -> None:
        followed = [incident for incident in self.seen.incidents if incident.is_open]
        if not followed:
            return
        row = data.draw(st.sampled_from(followed), "incident")
        outcome = data.draw(st.sampled_from(OUTCOMES[row.kind]), "outcome")
        self.services.incidents.close_incident(row.id, outcome)
        if data.draw(st.booleans(), "by mistake"):
            self.dossier.undo_stack.undo()
            assert self.look() == self.seen

    @rule(device=DEVICES, kind=st.sampled_from([IncidentKind.BREAKAGE, IncidentKind.THEFT]))
    def note_incident_by_mistake(self, device: int, kind: IncidentKind) -> None:
        row = self.seen.devices[device].row
        if row.state is not DeviceState.LENT:
            self.services.incidents.add_incident(device, IncidentFields(kind, TODAY))
            self.dossier.undo_stack.undo()
            assert self.look() == self.seen

    @rule(device=DEVICES, state=st.sampled_from(DeviceState), pupil=PUPILS)
    def set_state(self, device: int, state: DeviceState, pupil: int) -> None:
        more: dict[str, object] = {}
        if state is DeviceState.RESERVED:
            more["reserved_for"] = pupil
        elif state is DeviceState.RETIRED:
            more["retired_as"] = Retirement.RECYCLED
        refused = self.refused(
            lambda: self.services.devices.change_device(device, state=state, **more)
        )
        is_broken = self.seen.devices[device].row.condition is Condition.BROKEN
        wrong = state is DeviceState.LENT or (state is DeviceState.RESERVED and is_broken)
        assert not refused or wrong or device in self.open

    @rule(device=DEVICES, condition=CONDITIONS)
    def set_condition(self, device: int, condition: Condition) -> None:
        self.services.devices.change_device(device, condition=condition)

    @invariant()
    def the_register_is_true(self) -> None:
        self.seen = self.look()
        last = self.dossier.undo_stack.last
        if last is not self.marks[-1].step:
            self.marks.append(Mark(last, dict(self.open), self.seen))
        self.check_places()
        self.check_kits()
        self.check_ends()
        self.check_exchanges()

    def check_places(self) -> None:
        """Check that a device is in one place, that a loan closes once, that stock adds up."""
        ended = {key for key, loan in self.seen.loans.items() if loan.row.ended_on is not None}
        open_loans = {
            loan.row.device_id: key for key, loan in self.seen.loans.items() if key not in ended
        }
        assert open_loans == self.open
        for row in self.seen.loans.values():
            assert (row.row.ended_on is None) is (row.row.state is LoanState.OPEN)
        for key, found in self.seen.devices.items():
            assert (found.row.state is DeviceState.LENT) is (key in self.open)
            is_broken = found.row.condition is Condition.BROKEN
            assert not (is_broken and found.row.state is DeviceState.AVAILABLE)
        figures = stock(self.dossier)
        kept = figures.lent + figures.available + figures.reserved
        assert figures.total == kept + figures.in_repair + figures.lost
        assert figures.total + figures.retired == 3

    def check_kits(self) -> None:
        """Check that what is present is missing in no ended loan."""
        for key, found in self.seen.devices.items():
            absent = {
                name
                for seen in self.seen.of_device(key)
                if seen.row.state in GONE
                for name in seen.still_out
            }
            assert {
                accessory.name for accessory in found.accessories if not accessory.present
            } == absent

    def check_ends(self) -> None:
        """Check that each loss has its incident, and that only what is back is wiped."""
        for key, detail in self.seen.loans.items():
            kinds = {found.kind for found in self.seen.incidents if found.loan_id == key}
            state = detail.row.state
            if state in ENDS:
                assert ENDS[state] in kinds
            elif state is LoanState.OPEN:
                assert not kinds & set(ENDS.values()), "undone with the end that opened it"
            assert (detail.wiped is None) is (state not in GONE)

    def check_exchanges(self) -> None:
        """Check that an exchange links two loans."""
        for key, detail in self.seen.loans.items():
            assert (detail.row.state is LoanState.EXCHANGED) is (detail.replaced_by is not None)
            if detail.replaces_id is not None:
                assert self.seen.loans[detail.replaces_id].replaced_by == key

    @invariant()
    def history_never_shrinks(self) -> None:
        with self.dossier.read() as session:
            count = session.connection().exec_driver_sql("SELECT count(*) FROM journal").scalar()
        assert (count or 0) >= self.history
        self.history = count or 0


TestRegister = Register.TestCase
TestRegister.settings = settings(max_examples=examples(12), stateful_step_count=20)
