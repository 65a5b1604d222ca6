# SPDX-License-Identifier: GPL-3.0-or-later
"""Any sequence of use cases keeps the register true."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from egn_desktop.dossier import Dossier, journal
from egn_desktop.errors import UserError
from egn_desktop.inventory.queries import devices, loans, stock
from egn_desktop.inventory.rules import DeviceInput, PupilInput
from egn_desktop.inventory.service import InventoryService
from egn_desktop.inventory.terms import Condition, DeviceKind, DeviceState, LoanState

DEVICES, PUPILS = st.integers(1, 3), st.integers(1, 2)
CONDITIONS = st.sampled_from(Condition)


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
        self.service = InventoryService(self.dossier)
        for number in range(3):
            self.service.add_device(
                DeviceInput(f"D{number}", DeviceKind.LAPTOP, accessories=("chargeur",))
            )
        for name in ("Benali", "Traoré"):
            self.service.add_pupil(PupilInput(name, "Jo"))
        self.open: dict[int, int] = {}
        self.history = 0

    def teardown(self) -> None:
        with self.dossier.read() as session:
            assert journal.first_broken_link(session) is None
        self.dossier.close()
        self.folder.cleanup()

    @rule(device=DEVICES, pupil=PUPILS)
    def lend(self, device: int, pupil: int) -> None:
        available = {one.id for one in devices(self.dossier, state=DeviceState.AVAILABLE)}
        try:
            self.open[device] = self.service.lend(device_id=device, borrower_id=pupil)
        except UserError:
            assert device not in available
        else:
            assert device in available

    @precondition(lambda self: self.open)
    @rule(condition=CONDITIONS, keep=st.booleans(), data=st.data())
    def take_back(self, condition: Condition, keep: bool, data: st.DataObject) -> None:
        device = data.draw(st.sampled_from(sorted(self.open)))
        accessories = ["chargeur"] if keep else []
        self.service.return_device(
            self.open.pop(device), condition=condition, accessories=accessories
        )

    @precondition(lambda self: self.open)
    @rule(stolen=st.booleans(), data=st.data())
    def lose(self, stolen: bool, data: st.DataObject) -> None:
        device = data.draw(st.sampled_from(sorted(self.open)))
        self.service.declare_missing(self.open.pop(device), stolen=stolen)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def undo_lend(self, data: st.DataObject) -> None:
        device = data.draw(st.sampled_from(sorted(self.open)))
        self.service.undo_lend(self.open.pop(device))

    @rule(data=st.data())
    def undo_return(self, data: st.DataObject) -> None:
        ended = [row for row in loans(self.dossier) if row.state is not LoanState.OPEN]
        if not ended:
            return
        row = data.draw(st.sampled_from(ended))
        try:
            self.service.undo_return(row.id)
        except UserError:
            assert row.device_id in self.open
        else:
            self.open[row.device_id] = row.id

    @rule(device=DEVICES, state=st.sampled_from(DeviceState))
    def set_state(self, device: int, state: DeviceState) -> None:
        try:
            self.service.change_device(device, state=state)
        except UserError:
            assert state is DeviceState.LENT or device in self.open

    @rule(device=DEVICES, condition=CONDITIONS)
    def set_condition(self, device: int, condition: Condition) -> None:
        self.service.change_device(device, condition=condition)

    @invariant()
    def a_device_is_in_one_place(self) -> None:
        open_loans = loans(self.dossier, state=LoanState.OPEN)
        assert {row.device_id: row.id for row in open_loans} == self.open
        lent = devices(self.dossier, state=DeviceState.LENT)
        assert {row.id for row in lent} == set(self.open)

    @invariant()
    def the_stock_adds_up(self) -> None:
        found = stock(self.dossier)
        kept = found.lent + found.available + found.reserved
        assert found.total == kept + found.in_repair + found.lost
        assert found.total + found.retired == 3

    @invariant()
    def a_broken_device_is_never_available(self) -> None:
        for row in devices(self.dossier, state=DeviceState.AVAILABLE):
            assert row.condition is not Condition.BROKEN

    @invariant()
    def history_never_shrinks(self) -> None:
        with self.dossier.read() as session:
            count = session.connection().exec_driver_sql("SELECT count(*) FROM journal").scalar()
        assert (count or 0) >= self.history
        self.history = count or 0


TestRegister = Register.TestCase
TestRegister.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
