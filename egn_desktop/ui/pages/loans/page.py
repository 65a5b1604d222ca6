# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: one field to scan or search, three lists, and what opens from them."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QStackedWidget, QWidget

from egn_desktop.changes import Changed
from egn_desktop.documents import french
from egn_desktop.inventory import rules
from egn_desktop.inventory.queries import (
    DeviceRow,
    LoanRow,
    NeedRow,
    PupilRow,
    devices,
    loan_summary,
    loans,
    needs_summary,
    pupils,
    scanned,
    stock,
    waiting,
)
from egn_desktop.inventory.terms import DeviceState, LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans import empties
from egn_desktop.ui.pages.loans.lists import (
    ListView,
    device_columns,
    loan_columns,
    pupil_columns,
    waiting_columns,
)
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.search import SearchField
from egn_desktop.ui.widgets.segments import Segments

LOANS: Final = 0
DEVICES: Final = 1
PUPILS: Final = 2
WAITING: Final = 3
LESS_NEEDED: Final = ((3, 1, 4), (2,), (2,), (5, 4, 1))
"""The columns of each list that give way where there is no room, the first to go first."""


class LoansPage(Page):
    """The register of loans, the stock and the pupils."""

    shows = frozenset({Changed.LOANS, Changed.DEVICES, Changed.PUPILS})
    document = "registre-des-prets"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dossier = context.services.dossier
        self._opening = Opening(self)
        self._register = plain_button(self.tr("Registre"), self._print_register, "print")
        self.add_action(self._register)
        self.add_action(main_button(self.tr("Nouveau prêt"), self.new, "plus"))
        self._search = SearchField(
            self.tr("Scanner une étiquette, ou chercher un élève, un appareil, une classe…"), "scan"
        )
        self._segments = Segments(
            (
                self.tr("Prêts"),
                self.tr("Matériel"),
                self.tr("Élèves"),
                self.tr("En attente"),
            ),
            self.tr("Ce qui est montré"),
        )
        self._ended = QCheckBox(self.tr("Prêts terminés aussi"))
        self._lists = self._make_lists()
        self._stack = QStackedWidget()
        for view in self._lists:
            self._stack.addWidget(view)
        self.body.addWidget(self._search)
        self.body.addLayout(self._tools())
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._show_tools()

    def reload(self) -> None:
        self._fill()
        self._opening.follow()
        self._show_tools()
        figures, summary = stock(self._dossier), loan_summary(self._dossier)
        if not figures.total + figures.retired:
            self.set_heading(self.tr("Prêts"), self.tr("Aucun matériel pour l’instant"))
            return
        parts = [
            self.tr("{} en cours").format(french.number(summary.open, 0)),
            self.tr("{} en retard").format(french.number(summary.late, 0)),
        ]
        if summary.this_week:
            parts.append(self.tr("{} cette semaine").format(french.number(summary.this_week, 0)))
        one, more = self.tr("appareil disponible"), self.tr("appareils disponibles")
        parts.append(french.count(figures.available, one, more))
        waits = needs_summary(self._dossier).waiting
        if waits:
            one, more = self.tr("élève en attente"), self.tr("élèves en attente")
            parts.append(french.count(waits, one, more))
        self.set_heading(self.tr("Prêts"), " · ".join(parts))

    def new(self) -> None:
        self._opening.lend()

    def find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def arrive(self, target: object) -> None:
        views = {"devices": DEVICES, "pupils": PUPILS, "waiting": WAITING}
        if isinstance(target, str):
            self._segments.set_index(views.get(target, LOANS))

    def open_panel(self, widget: QWidget, title: str) -> None:
        super().open_panel(widget, title)
        self._show_tools()
        # What was just hidden still counts until the lines within are laid out anew.
        self._main.activate()
        self._place_panel()

    def close_panel(self) -> None:
        super().close_panel()
        self._show_tools()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.panel is None:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_lists(self) -> tuple[ListView, ...]:
        open_it, tr = self._opening, self.tr
        self._empty_loans, self._empty_waiting = empties.no_loan(open_it), empties.no_need()
        return (
            ListView(loan_columns(tr), tr("Prêts"), self._empty_loans, LESS_NEEDED[LOANS]),
            ListView(
                device_columns(tr),
                tr("Matériel"),
                empties.no_device(open_it),
                LESS_NEEDED[DEVICES],
            ),
            ListView(
                pupil_columns(tr), tr("Élèves"), empties.no_pupil(open_it), LESS_NEEDED[PUPILS]
            ),
            ListView(
                waiting_columns(tr), tr("En attente"), self._empty_waiting, LESS_NEEDED[WAITING]
            ),
        )

    def _tools(self) -> QHBoxLayout:
        open_it = self._opening
        self._device_tools = (
            plain_button(self.tr("Étiquettes"), self._print_labels, "scan"),
            plain_button(self.tr("Importer"), open_it.import_devices, "import"),
            plain_button(self.tr("Ajouter"), open_it.add_device, "plus"),
        )
        self._pupil_tools = (
            plain_button(self.tr("Importer"), self._choose_import, "import"),
            plain_button(self.tr("Ajouter"), open_it.add_pupil, "plus"),
        )
        self._imports = QMenu(self)
        self._imports.addAction(self.tr("La liste des élèves"), open_it.import_pupils)
        self._imports.addAction(self.tr("Leurs responsables légaux"), open_it.import_guardians)
        self._waiting_tools = (
            plain_button(self.tr("Prêter à plusieurs"), open_it.lend_together, "pupils"),
            plain_button(self.tr("Prêter"), self._serve),
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._segments)
        line.addStretch()
        line.addWidget(self._ended)
        self._remind = plain_button(self.tr("Relancer les retards"), open_it.reminders, "mail")
        for button in (self._remind, *self._device_tools, *self._pupil_tools, *self._waiting_tools):
            line.addWidget(button)
        return line

    def _connect(self) -> None:
        self._search.text_changed.connect(self._searched)
        self._search.submitted.connect(self._submitted)
        self._segments.chosen.connect(self._show_list)
        self._ended.toggled.connect(self._show_ended)
        for view in self._lists:
            view.opened.connect(self._open_row)
            view.all_asked.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        text, shown = self._search.text().strip(), self._segments.index()
        if shown == LOANS:
            self._fill_loans(text)
        elif shown == DEVICES:
            self._lists[DEVICES].show_rows(devices(self._dossier, text), text)
        elif shown == PUPILS:
            self._lists[PUPILS].show_rows(pupils(self._dossier, text), text)
        else:
            self._fill_waiting(text)

    def _fill_loans(self, text: str) -> None:
        state = None if self._ended.isChecked() else LoanState.OPEN
        limit = self._lists[LOANS].limit(text)
        rows = loans(self._dossier, text, state, limit=limit)
        if not rows:
            self._empty_loans.set_words(*empties.why_no_loan(self._dossier))
        self._lists[LOANS].show_rows(rows, text)

    def _fill_waiting(self, text: str) -> None:
        rows = waiting(self._dossier, text)
        if not rows:
            self._empty_waiting.set_words(*empties.why_nobody_waits(self._dossier))
        self._lists[WAITING].show_rows(rows, text)

    def _show_tools(self) -> None:
        shown = self._segments.index()
        self._ended.setVisible(shown == LOANS)
        has_room = self.panel is None
        may_remind = has_room and shown == LOANS
        self._remind.setVisible(may_remind and loan_summary(self._dossier).late > 0)
        self._register.setVisible(has_room)
        for button in self._device_tools:
            button.setVisible(has_room and shown == DEVICES)
        for button in self._pupil_tools:
            button.setVisible(has_room and shown == PUPILS)
        for button in self._waiting_tools:
            button.setVisible(has_room and shown == WAITING)

    @Slot(int)
    def _show_list(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._show_tools()
        self._fill()

    @Slot(bool)
    def _show_ended(self, _shown: bool) -> None:
        self._fill()

    @Slot(str)
    def _searched(self, _text: str) -> None:
        self._fill()

    @Slot(str)
    def _submitted(self, text: str) -> None:
        """Do the one thing that a scanned number means, or go to what was found."""
        found = scanned(self._dossier, text)
        device, pupil = found.only_device, found.only_pupil
        if device is not None and rules.asset_key(text) in map(
            rules.asset_key, (device.asset_number, device.serial_number)
        ):
            self._search.clear()
            self._open_device_to_do(device)
        elif self._lists[self._segments.index()].table.rows():
            self._lists[self._segments.index()].table.setFocus(Qt.FocusReason.TabFocusReason)
        elif device is not None:
            self._open_device_to_do(device)
        elif pupil is not None:
            self._opening.pupil(pupil.id)
        elif found.devices or found.pupils:
            self._segments.set_index(DEVICES if found.devices else PUPILS)

    def _open_device_to_do(self, row: DeviceRow) -> None:
        if row.loan_id is not None:
            self._opening.loan(row.loan_id)
        elif row.state is DeviceState.AVAILABLE:
            self._opening.lend(device_id=row.id)
        else:
            self._opening.device(row.id)

    @Slot(object)
    def _open_row(self, row: LoanRow | DeviceRow | PupilRow | NeedRow) -> None:
        if isinstance(row, LoanRow):
            self._opening.loan(row.id)
        elif isinstance(row, DeviceRow):
            self._opening.device(row.id)
        else:
            self._opening.pupil(row.id)

    @Slot()
    def _serve(self) -> None:
        """Lend to the one chosen, else to the first to be served."""
        table = self._lists[WAITING].table
        for row in (table.selected() or table.rows())[:1]:
            self._opening.lend(borrower_id=row.id)

    @Slot()
    def _choose_import(self) -> None:
        button = self._pupil_tools[0]
        self._imports.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    @Slot()
    def _print_labels(self) -> None:
        self._opening.labels(self._lists[DEVICES].table.selected())

    @Slot()
    def _print_register(self) -> None:
        self.context.print_document(self.document, "")
