# SPDX-License-Identifier: GPL-3.0-or-later
"""What opens in the panel of the loans page: the table from each target to its panel."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Slot

from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans import targets
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.lending.exchange_panel import ExchangePanel
from egn_desktop.ui.pages.loans.lending.incident_panel import IncidentPanel, NewIncidentPanel
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.lending.needs_together import LentTogetherPanel, TogetherPanel
from egn_desktop.ui.pages.loans.lending.register_panel import RegisterPanel
from egn_desktop.ui.pages.loans.lending.reminder_panel import AllRemindersPanel, ReminderPanel
from egn_desktop.ui.pages.loans.lending.wiping_panel import WipingPanel
from egn_desktop.ui.pages.loans.papers.handover_panel import HandoverPanel
from egn_desktop.ui.pages.loans.papers.signed_panel import SignedPanel
from egn_desktop.ui.pages.loans.papers.signer_block import KeptSignature
from egn_desktop.ui.pages.loans.people.pupil_panel import PupilPanel
from egn_desktop.ui.pages.loans.people.staff_panel import StaffPanel
from egn_desktop.ui.pages.loans.stock.device_panel import DevicePanel
from egn_desktop.ui.pages.loans.stock.labels_panel import LabelsPanel

if TYPE_CHECKING:
    from egn_desktop.ui.imports import ImportPanel

_T = TypeVar("_T", bound=targets.Target)


class Opening(QObject):
    """Opens panels on its page; keeps the school's signature for the session."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.context = page.context
        self.kept_signature = KeptSignature()

    @Slot(object)
    def go(self, target: targets.Target) -> None:
        """Open what a target is of, in place of what is open."""
        if isinstance(target, targets.Away):
            self.leave()
            return
        panel = OPENED[type(target)](self, target)
        self._page.open_panel(panel, panel.heading)
        if not isinstance(panel, Panel):
            return
        panel.go.connect(self.go)
        if panel.awaits_scan:
            self._page.find()
        else:
            panel.take_focus()

    @Slot()
    def leave(self) -> None:
        """Close the panel and await the next scan."""
        self._page.close_panel()
        self._page.find()

    def follow(self) -> None:
        """Keep the panel true when something changed elsewhere."""
        if isinstance(self._page.panel, Panel):
            self._page.panel.follow()

    def enter(self) -> None:
        """Do what Enter means after a scan."""
        panel = self._page.panel
        if isinstance(panel, Panel) and panel.on_enter is not None:
            panel.on_enter.click()


def _borrower(at: Opening, to: targets.Borrower) -> Panel:
    panel = StaffPanel if to.kind is BorrowerKind.STAFF else PupilPanel
    return panel(at.context, to.id)


def _sign(at: Opening, to: targets.Sign) -> Panel:
    # Named here alone: the window starts without what documents are made of.
    from egn_desktop.ui.pages.loans.papers.signing import SigningPanel

    return SigningPanel(at.context, to, at.kept_signature)


def _import(at: Opening, to: targets.Import) -> "ImportPanel":
    from egn_desktop.ui.imports import ImportPanel

    panel = ImportPanel(at.context, to.kind)
    panel.left.connect(at.leave)
    return panel


def _opens(
    target: type[_T], panel: Callable[[Opening, _T], "Panel | ImportPanel"]
) -> tuple[type[targets.Target], Callable[[Opening, Any], "Panel | ImportPanel"]]:
    """Return a line of the table, in which a panel is only handed what its target has."""
    return target, panel


OPENED: Final = dict(
    (
        _opens(targets.Lend, lambda at, to: LendPanel(at.context, to.device_id, to.borrower_id)),
        _opens(targets.LendTogether, lambda at, _: TogetherPanel(at.context)),
        _opens(targets.LentTogether, lambda at, to: LentTogetherPanel(at.context, to.count)),
        _opens(targets.Loan, lambda at, to: LoanPanel(at.context, to)),
        _opens(targets.Exchange, lambda at, to: ExchangePanel(at.context, to.loan_id)),
        _opens(targets.Remind, lambda at, to: ReminderPanel(at.context, to.loan_id)),
        _opens(targets.RemindAll, lambda at, _: AllRemindersPanel(at.context)),
        _opens(targets.Borrower, _borrower),
        _opens(targets.Device, lambda at, to: DevicePanel(at.context, to.id)),
        _opens(targets.Incident, lambda at, to: IncidentPanel(at.context, to.id)),
        _opens(targets.NoteIncident, lambda at, to: NewIncidentPanel(at.context, to.device_id)),
        _opens(targets.ToWipe, lambda at, _: WipingPanel(at.context)),
        _opens(targets.PrintLabels, lambda at, to: LabelsPanel(at.context, to.chosen)),
        _opens(targets.PrintRegister, lambda at, _: RegisterPanel(at.context)),
        _opens(targets.Import, _import),
        _opens(targets.HandOver, lambda at, to: HandoverPanel(at.context, to.day)),
        _opens(targets.Sign, _sign),
        _opens(targets.Signed, lambda at, to: SignedPanel(at.context, to.paper_id, to.day)),
    )
)
"""From each target to what makes its panel; another panel is one more line here."""
