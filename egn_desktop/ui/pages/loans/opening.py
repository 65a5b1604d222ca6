# SPDX-License-Identifier: GPL-3.0-or-later
"""What opens in the panel of the loans page, and what leads from one panel to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from egn_desktop.inventory.people.queries.borrowers import borrower, borrower_kind
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import DeviceRow, device
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans.borrower_panel import BorrowerPanel
from egn_desktop.ui.pages.loans.device_panel import DevicePanel
from egn_desktop.ui.pages.loans.labels_panel import LabelsPanel
from egn_desktop.ui.pages.loans.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.loan_life import LoanLife
from egn_desktop.ui.pages.loans.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.needs_together import LentTogetherPanel, TogetherPanel
from egn_desktop.ui.pages.loans.pupil_panel import PupilPanel
from egn_desktop.ui.pages.loans.register_panel import RegisterPanel
from egn_desktop.ui.pages.loans.reminder_panel import AllRemindersPanel, ReminderPanel
from egn_desktop.ui.pages.loans.signing_flow import SigningFlow
from egn_desktop.ui.pages.loans.staff_panel import StaffPanel


class Opening(QObject):
    """Opens panels on its page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._loan_id = 0
        self.life = LoanLife(page)
        self.life.loan_wanted.connect(self.loan)
        self.life.device_wanted.connect(self.device)
        self.life.exchanged.connect(self._lent)
        self.life.left.connect(self._done)
        self._signing = SigningFlow(page)
        self._signing.loan_wanted.connect(self.loan)

    def follow(self) -> None:
        """Keep the panel true when a loan changed elsewhere: undone, renewed, returned."""
        panel = self._page.panel
        if isinstance(panel, LoanPanel) and not panel.is_current:
            self.loan(self._loan_id)
        self._signing.follow()
        self.life.follow()

    def lend(self, *, device_id: int | None = None, borrower_id: int | None = None) -> None:
        """Begin a loan."""
        panel = LendPanel(self._context, device_id=device_id, borrower_id=borrower_id)
        panel.lent.connect(self._lent)
        self._page.open_panel(panel, "Nouveau prêt")
        panel.take_focus()

    @Slot()
    def lend_together(self) -> None:
        """Begin many loans at once: for the waiting list, or a class."""
        panel = TogetherPanel(self._context)
        panel.lent.connect(self._lent_together)
        self._page.open_panel(panel, "Prêter à plusieurs")

    @Slot(int)
    def loan(self, loan_id: int) -> None:
        """Show a loan, to be returned if it is open."""
        self._show_loan(LoanPanel(self._context, loan_id), loan_id)

    def scanned_loan(self, loan_id: int) -> None:
        """Show a loan that was scanned: Enter notes its return, the next scan opens another."""
        self.loan(loan_id)
        if isinstance(self._page.panel, LoanPanel):
            self._page.panel.offer_enter()
        self._page.find()

    def enter(self) -> None:
        """Do what Enter means after a scan."""
        panel = self._page.panel
        if isinstance(panel, LoanPanel) and panel.on_enter is not None:
            panel.on_enter.click()

    @Slot(int)
    def reminder(self, loan_id: int) -> None:
        """Remind the family of a late loan, or the member of staff."""
        panel = ReminderPanel(self._context, loan_id)
        panel.done.connect(self.loan)
        self._page.open_panel(panel, "Relancer")

    @Slot()
    def reminders(self) -> None:
        """Remind all who are late."""
        panel = AllRemindersPanel(self._context)
        panel.loan_wanted.connect(self.reminder)
        panel.done.connect(self._done)
        self._page.open_panel(panel, "Relancer tous les retards")

    @Slot(int)
    def device(self, device_id: int) -> None:
        """Show a device."""
        row = device(self._context.services.dossier, device_id).row
        self._show_device(DevicePanel(self._context, device_id), f"{row.name} · {row.code}")

    @Slot(int)
    def borrower(self, borrower_id: int) -> None:
        """Show who has a loan, a pupil or somebody of the staff."""
        if borrower_kind(self._context.services.dossier, borrower_id) is BorrowerKind.STAFF:
            self.staff(borrower_id)
        else:
            self.pupil(borrower_id)

    @Slot(int)
    def pupil(self, pupil_id: int) -> None:
        """Show a pupil."""
        self._show_borrower(PupilPanel(self._context, pupil_id), self._name(pupil_id))

    @Slot(int)
    def staff(self, staff_id: int) -> None:
        """Show somebody of the staff."""
        self._show_borrower(StaffPanel(self._context, staff_id), self._name(staff_id))

    def labels(self, chosen: Sequence[DeviceRow]) -> None:
        """Print labels for the chosen devices; for all when none is."""
        panel = LabelsPanel(self._context, chosen)
        panel.done.connect(self._done)
        self._page.open_panel(panel, "Étiquettes")

    @Slot()
    def register(self) -> None:
        """Print the register of some days, by class or otherwise."""
        self._page.open_panel(RegisterPanel(self._context), "Registre des prêts")

    @Slot()
    def add_device(self) -> None:
        """Begin a device."""
        self._show_device(DevicePanel(self._context), "Nouvel appareil")

    @Slot()
    def add_pupil(self) -> None:
        """Begin a pupil."""
        self._show_borrower(PupilPanel(self._context), "Nouvel élève")

    @Slot()
    def add_staff(self) -> None:
        """Begin somebody of the staff."""
        self._show_borrower(StaffPanel(self._context), "Nouvelle personne")

    @Slot()
    def import_devices(self) -> None:
        """Import a list of devices."""
        self._import("devices")

    @Slot()
    def import_pupils(self) -> None:
        """Import a list of pupils."""
        self._import("pupils")

    @Slot()
    def import_guardians(self) -> None:
        """Import the legal representatives."""
        self._import("guardians")

    @Slot()
    def import_staff(self) -> None:
        """Import a list of the staff."""
        self._import("staff")

    def _import(self, kind: str) -> None:
        from egn_desktop.ui.imports import ImportPanel

        panel = ImportPanel(self._context, kind)
        panel.left.connect(self._done)
        self._page.open_panel(panel, panel.heading)

    def _name(self, borrower_id: int) -> str:
        return borrower(self._context.services.dossier, borrower_id).name

    def _show_loan(self, panel: LoanPanel, loan_id: int) -> None:
        self._loan_id = loan_id
        exits = panel.exits
        exits.done.connect(self._done)
        exits.borrower_wanted.connect(self.borrower)
        exits.device_wanted.connect(self.device)
        exits.loan_wanted.connect(self.loan)
        exits.exchange_wanted.connect(self.life.exchange)
        exits.incident_wanted.connect(self.life.incident)
        exits.noting_wanted.connect(self.life.note_incident)
        exits.another_wanted.connect(self._lend_another)
        exits.reminder_wanted.connect(self.reminder)
        exits.signing_wanted.connect(self._signing.sign)
        exits.handover_wanted.connect(self._signing.hand_over)
        self._page.open_panel(panel, f"Prêt n° {loan_id}")

    def _show_device(self, panel: DevicePanel, title: str) -> None:
        panel.lend_wanted.connect(self._lend_device)
        panel.loan_wanted.connect(self.loan)
        panel.incident_wanted.connect(self.life.incident)
        panel.noting_wanted.connect(self.life.note_incident)
        panel.added.connect(self.device)
        panel.done.connect(self._done)
        self._page.open_panel(panel, title)

    def _show_borrower(self, panel: BorrowerPanel, title: str) -> None:
        panel.lend_wanted.connect(self._lend_to)
        panel.loan_wanted.connect(self.loan)
        panel.added.connect(self.borrower)
        panel.done.connect(self._done)
        self._page.open_panel(panel, title)

    @Slot(int)
    def _lent(self, loan_id: int) -> None:
        self._show_loan(LoanPanel(self._context, loan_id, just_lent=True), loan_id)
        self._page.find()

    @Slot(object)
    def _lent_together(self, made: list[int]) -> None:
        panel = LentTogetherPanel(self._context, len(made))
        panel.another_wanted.connect(self.lend_together)
        panel.signing_wanted.connect(self._signing.hand_over_today)
        self._page.open_panel(panel, "Remise")

    @Slot()
    def _lend_another(self) -> None:
        self.lend()

    @Slot(int)
    def _lend_device(self, device_id: int) -> None:
        # One that waits for somebody is lent to nobody else.
        waits_for = device(self._context.services.dossier, device_id).row.reserved_for
        self.lend(device_id=device_id, borrower_id=waits_for)

    @Slot(int)
    def _lend_to(self, borrower_id: int) -> None:
        self.lend(borrower_id=borrower_id)

    @Slot()
    def _done(self) -> None:
        self._page.close_panel()
        self._page.find()
