# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a device stands: its state with what can be done, for whom it waits, what became of it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.borrowers import BorrowerRow, borrower, borrowers
from egn_desktop.inventory.register.terms import DeviceState, Retirement
from egn_desktop.inventory.register.vocabulary import readings
from egn_desktop.inventory.stock import device_sheet
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, DeviceRow
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.chooser import Chooser
from egn_desktop.ui.pages.loans.leading import Lead, Leading
from egn_desktop.ui.pages.loans.targets import Away, Lend, Loan
from egn_desktop.ui.widgets.labels import Chip, muted

CHOICES = tuple(state for state in DeviceState if state is not DeviceState.LENT)
_OF_STATE = ("state", "reserved_for", "reserved_note", "retired_as", "retired_on")


class DeviceHead(Leading):
    """The state in words, and the one thing that can be done with the device."""

    def __init__(self) -> None:
        super().__init__()
        self._chip = Chip("")
        self._who, self._more = muted(""), muted("")
        # Where both lead follows the device: ``show_device`` says it anew.
        self._lend = self.leading(Lead("Prêter", Lend(), "main"))
        self._return = self.leading(Lead("Noter le retour", Away(), "main"))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._chip)
        line.addWidget(self._who, 1)
        line.addWidget(self._lend)
        line.addWidget(self._return)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._more)

    def show_device(self, found: DeviceDetail) -> None:
        row = found.row
        self._chip.set_state(row.state.label, row.state.tone)
        self._who.setText(row.borrower_name or row.reservation or _became(row))
        if row.loan_id is not None:
            self._return.target = Loan(row.loan_id)
        self._return.setVisible(row.loan_id is not None)
        # What waits for somebody is lent to nobody else.
        self._lend.target = Lend(row.id, row.reserved_for)
        waits = row.state is DeviceState.RESERVED and row.reserved_for is not None
        self._lend.setVisible(row.state is DeviceState.AVAILABLE or waits)
        shown = [
            (label, value)
            for label, value in device_sheet.facts(found, clock.today())
            if label in ("Âge", "Garantie", "Forfait", "Entretenu par")
        ]
        self._more.setText(" · ".join(f"{label} : {value}" for label, value in shown))
        self._more.setVisible(bool(shown))


class StatePart(QWidget):
    """The state of a device that nobody has; what it needs to be told is asked for below."""

    def __init__(self, context: Context, row: DeviceRow) -> None:
        super().__init__()
        self._context = context
        self._row = row
        self._is_filled = False
        self.form = Form()
        states = [(choice, choice.label) for choice in CHOICES]
        self.form.add_choice("state", "Situation", states, value=row.state)
        self._who = Chooser(
            "Réservé pour",
            "Nom, prénom, classe ou fonction",
            line=_line_of,
            find=self._find,
            describe=_describe,
            icon_name="person",
            nearest=partial(readings, context.services.dossier),
        )
        self.waiting = Form()
        self.waiting.add_widget(self._who)
        self.waiting.add_text(
            "reserved_note",
            "Pour quoi, jusqu’à quand",
            placeholder="Rallye de maths, élève attendu lundi…",
        )
        self.gone = Form()
        became: list[tuple[object, str]] = [(None, "À choisir")]
        became += [(retirement, retirement.label) for retirement in Retirement]
        self.gone.add_choice("retired_as", "Ce qu’il est devenu", became)
        self.gone.add_date("retired_on", "Le", value=clock.today(), optional=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for form in (self.form, self.waiting, self.gone):
            column.addWidget(form)
        self.show_row(row)
        self.form.edited.connect(self._state_edited)
        self._who.chosen.connect(self._reserve)
        self.waiting.edited.connect(self._reserve)
        self.gone.edited.connect(self._retire)

    def show_row(self, row: DeviceRow) -> None:
        """Show what the dossier says; what is being told of another state is left alone."""
        is_same = all(getattr(row, name) == getattr(self._row, name) for name in _OF_STATE)
        self._row = row
        if is_same and self._is_filled:
            return
        self._is_filled = True
        if row.state is DeviceState.LENT:
            self.hide()
        elif self.parent() is not None:
            # Not while it stands alone: it would open a window of its own, and take the focus.
            self.show()
        if row.state is DeviceState.LENT:
            return
        self.form.set_value("state", row.state)
        self.form.show_error("state", "")
        self.waiting.set_value("reserved_note", row.reserved_note)
        if row.reserved_for is not None and self._chosen_id() != row.reserved_for:
            who = borrower(self._context.services.dossier, row.reserved_for)
            self._who.blockSignals(True)
            self._who.choose(who)
            self._who.blockSignals(False)
        self.gone.set_value("retired_as", row.retired_as)
        self.gone.set_value("retired_on", row.retired_on or clock.today())
        self._show_more(row.state)

    def _show_more(self, state: object) -> None:
        self.waiting.setVisible(state is DeviceState.RESERVED)
        self.gone.setVisible(state is DeviceState.RETIRED)

    def _chosen_id(self) -> int | None:
        return None if self._who.row is None else self._who.row.id

    def _find(self, text: str) -> list[BorrowerRow]:
        return list(borrowers(self._context.services.dossier, text))

    @Slot(str, object)
    def _state_edited(self, _name: str, state: object) -> None:
        self._show_more(state)
        if state is DeviceState.RESERVED:
            self._who.search.setFocus()
        elif state is DeviceState.RETIRED:
            self.gone.field("retired_as").setFocus()
        else:
            self._change("", state=state)

    @Slot()
    def _reserve(self) -> None:
        note = self.waiting.value("reserved_note")
        if self._who.row is None and not note:
            return
        words = "Appareil réservé."
        if self._who.row is not None:
            words = f"Appareil réservé pour {self._who.row.name}."
        self._change(
            words,
            state=DeviceState.RESERVED,
            reserved_for=self._chosen_id(),
            reserved_note=note,
        )

    @Slot()
    def _retire(self) -> None:
        how = self.gone.value("retired_as")
        if how is not None:
            self._change(
                f"Appareil sorti du parc : {how.label.lower()}.",
                state=DeviceState.RETIRED,
                retired_as=how,
                retired_on=self.gone.value("retired_on"),
            )

    def _change(self, words: str, **fields: Any) -> None:
        try:
            self._context.services.devices.change_device(self._row.id, **fields)
        except UserError as error:
            self.form.show_error("state", f"{error.what} {error.todo}".strip())
            return
        self.form.note_saved()
        if words:
            self._context.say_done(words)


def _became(row: DeviceRow) -> str:
    if row.state is not DeviceState.RETIRED:
        return ""
    how = row.retired_as.label if row.retired_as else ""
    return " le ".join(filter(None, (how, french.short_date(row.retired_on))))


def _line_of(row: BorrowerRow) -> str:
    return " · ".join(part for part in (row.name, row.detail or row.kind.label) if part)


def _describe(row: BorrowerRow) -> tuple[str, str]:
    return row.name, row.detail or row.kind.label
