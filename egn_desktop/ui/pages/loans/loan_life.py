# SPDX-License-Identifier: GPL-3.0-or-later
"""From a loan to its exchange or its incidents, and from a device to what befell it."""

from PySide6.QtCore import QObject, Signal, Slot

from egn_desktop.errors import UserError
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans.exchange_panel import ExchangePanel
from egn_desktop.ui.pages.loans.incident_panel import IncidentPanel, NewIncidentPanel
from egn_desktop.ui.pages.loans.wiping_panel import WipingPanel


class LoanLife(QObject):
    """Opens the panels of exchanges, incidents and wiping on its page."""

    loan_wanted = Signal(int)
    device_wanted = Signal(int)
    exchanged = Signal(int)
    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context

    def follow(self) -> None:
        """Keep the panel true when its incident was closed, reopened or taken back elsewhere."""
        panel = self._page.panel
        if not isinstance(panel, IncidentPanel):
            return
        try:
            if not panel.is_current:
                self.incident(panel.incident_id)
        except UserError:
            self.left.emit()

    @Slot(int)
    def exchange(self, loan_id: int) -> None:
        """Begin the exchange of a lent device."""
        panel = ExchangePanel(self._context, loan_id)
        panel.exchanged.connect(self.exchanged)
        self._page.open_panel(panel, "Échanger")
        panel.take_focus()

    @Slot(int)
    def incident(self, incident_id: int) -> None:
        """Show an incident."""
        panel = IncidentPanel(self._context, incident_id)
        panel.loan_wanted.connect(self.loan_wanted)
        panel.device_wanted.connect(self.device_wanted)
        panel.removed.connect(self.left)
        self._page.open_panel(panel, f"Incident n° {incident_id}")

    @Slot(int)
    def note_incident(self, device_id: int) -> None:
        """Begin an incident of a device."""
        panel = NewIncidentPanel(self._context, device_id)
        panel.noted.connect(self.incident)
        self._page.open_panel(panel, "Noter un incident")

    @Slot()
    def wiping(self) -> None:
        """Show the devices that are to be wiped."""
        panel = WipingPanel(self._context)
        panel.loan_wanted.connect(self.loan_wanted)
        self._page.open_panel(panel, "Appareils à effacer")
