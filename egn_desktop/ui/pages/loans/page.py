# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: one field to scan or search, the lists, and what opens from them."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.inventory.lending.queries.needs import needs_summary
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.papers.queries import lacking_accords
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.loans import loan_summary
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, stock
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans.finding import Finding
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.pages.loans.targets import (
    Borrower,
    Device,
    Lend,
    LendTogether,
    Loan,
    PrintRegister,
    ToWipe,
)
from egn_desktop.ui.pages.loans.views import VIEWS, ListView
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.search import SearchField
from egn_desktop.ui.widgets.segments import Segments

TOGETHER = "together"
"""The target that begins a loan to many: what crisis mode asks for."""


class LoansPage(Page):
    """The register of loans, the stock and the people."""

    shows = frozenset(
        {Changed.LOANS, Changed.DEVICES, Changed.PUPILS, Changed.STAFF, Changed.SCHOOL}
    )
    document = "registre-des-prets"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dossier = context.services.dossier
        self._opening = Opening(self)
        self._register = Lead("Registre", PrintRegister(), "plain", "print")
        self._together = Lead("Prêter à plusieurs", LendTogether(), "plain", "pupils")
        for lead in (self._register, self._together):
            lead.go.connect(self._opening.go)
            self.add_action(lead)
        self.add_action(main_button("Nouveau prêt", self.new, "plus"))
        self._search = SearchField(
            "Scanner une étiquette, ou chercher un nom, un appareil, une classe…",
            "scan",
        )
        self._views = tuple(view(context) for view in VIEWS)
        self._segments = Segments([view.name for view in self._views], "Ce qui est montré")
        self._stack = QStackedWidget()
        for view in self._views:
            self._stack.addWidget(view)
        self._finding = Finding(self._dossier, self._views, self._segments)
        self.body.addWidget(self._search)
        self.body.addWidget(self._finding)
        self.body.addLayout(self._line())
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._show_tools()

    def reload(self) -> None:
        self._find_rows()
        self._opening.follow()
        self._show_tools()
        figures, summary = stock(self._dossier), loan_summary(self._dossier)
        if not figures.total + figures.retired:
            self.set_heading("Prêts", "Aucun matériel pour l’instant")
            return
        parts = [
            f"{french.number(summary.open, 0)} en cours",
            f"{french.number(summary.late, 0)} en retard",
        ]
        if summary.this_week:
            parts.append(f"{french.number(summary.this_week, 0)} cette semaine")
        singular, plural = "appareil disponible", "appareils disponibles"
        parts.append(french.count(figures.available, singular, plural))
        waits = needs_summary(self._dossier).waiting
        if waits:
            singular, plural = "élève en attente", "élèves en attente"
            parts.append(french.count(waits, singular, plural))
        if lacking_accords(self._dossier):
            parts.append("accord à noter dans les réglages")
        self.set_heading("Prêts", " · ".join(parts))

    @property
    def shown(self) -> ListView:
        """The list that is seen."""
        return self._views[self._segments.index()]

    def view(self, view_id: str) -> ListView:
        """Return a list by its id."""
        return next(view for view in self._views if view.id == view_id)

    def turn_to(self, view_id: str) -> None:
        """Show a list; the first where there is none of that id."""
        ids = [view.id for view in self._views]
        self._segments.set_index(ids.index(view_id) if view_id in ids else 0)

    def new(self) -> None:
        self._opening.go(Lend())

    def find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def arrive(self, target: object) -> None:
        if target == TOGETHER:
            self.turn_to("waiting")
            self._opening.go(LendTogether())
        elif target == "wiping":
            self._opening.go(ToWipe())
        elif isinstance(target, str):
            self.turn_to(target)

    def open_panel(self, widget: QWidget, title: str) -> None:
        super().open_panel(widget, title)
        self._show_tools()
        # So that the panel stands beside the list where what is now hidden leaves it room.
        self.body.activate()
        self._main.activate()
        self._place_panel()

    def close_panel(self) -> None:
        super().close_panel()
        self._show_tools()

    @contained
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A reader of labels types into whatever has the focus.
        if self.panel is None:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self) -> Flow:
        line = Flow(apart=True)
        line.addWidget(self._segments)
        for view in self._views:
            line.addWidget(view.tools)
        return line

    def _connect(self) -> None:
        self._search.text_changed.connect(self._searched)
        self._search.submitted.connect(self._submitted)
        self._segments.chosen.connect(self._show_list)
        for view in self._views:
            view.stale.connect(self._fill)
            view.go.connect(self._opening.go)

    @Slot()
    def _fill(self) -> None:
        self.read(self._find_rows)

    def _find_rows(self) -> None:
        self._finding.fill(self._search.text().strip())

    def _show_tools(self) -> None:
        has_room = self.panel is None
        self._register.setVisible(has_room)
        self._together.setVisible(has_room)
        for view in self._views:
            view.tools.setVisible(view is self.shown)
        self.shown.show_tools(has_room)

    @Slot(int)
    def _show_list(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.read(self._turn)

    def _turn(self) -> None:
        self._find_rows()
        self._show_tools()

    @Slot(str)
    def _searched(self, _text: str) -> None:
        self._fill()

    @Slot(str)
    def _submitted(self, text: str) -> None:
        """Do the one thing that a scanned number means, or go to what was found."""
        if not text:
            self._opening.enter()
            return
        found = scanned(self._dossier, text)
        device, who = found.only_device, found.only_borrower
        if device is not None and rules.asset_key(text) in map(
            rules.asset_key, (device.asset_number, device.serial_number)
        ):
            self._search.clear()
            self._open_device_to_do(device)
        elif self.shown.table.rows():
            self.shown.table.setFocus(Qt.FocusReason.TabFocusReason)
        elif device is not None:
            self._open_device_to_do(device)
        elif who is not None:
            self._opening.go(Borrower(who.kind, who.id))
        else:
            self._finding.turn()

    def _open_device_to_do(self, row: DeviceRow) -> None:
        if row.loan_id is not None:
            self._opening.go(Loan(row.loan_id, scanned=True))
        elif row.state is DeviceState.AVAILABLE:
            self._opening.go(Lend(row.id))
        else:
            self._opening.go(Device(row.id))
