# SPDX-License-Identifier: GPL-3.0-or-later
"""Many loans at once: who gets what is proposed, corrected by ticks, lent in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory import needs
from egn_desktop.inventory.needs import Priority, Want
from egn_desktop.inventory.queries import (
    DeviceRow,
    devices,
    school_classes,
    waiting,
    waiting_for_class,
)
from egn_desktop.inventory.terms import DeviceState
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.due_field import DueField
from egn_desktop.ui.pages.loans.needs_section import PRIORITY_TONES
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import muted, note

TABLE_HEIGHT = 340


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil and one thing that he or she waits for; ``device`` once one is proposed."""

    id: int
    name: str
    school_class: str
    priority: Priority
    want: Want
    device: DeviceRow | None = None

    @property
    def key(self) -> tuple[int, Want]:
        return self.id, self.want

    @property
    def missing(self) -> tuple[Want, ...]:
        return (self.want,)


class TogetherPanel(QWidget):
    """Choose who, look at who gets what, untick, lend: ``lent`` tells that it is done."""

    lent = Signal(object)
    preferred_width = 680

    def __init__(self, context: Context, school_class: str = "") -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._lines: list[Line] = []
        self._moving = False
        self._who = self._chooser(school_class)
        self._said = muted("")
        self._table = self._make_table()
        self._due = DueField(self._dossier, self.tr("À rendre le"))
        self._lend = main_button(self.tr("Prêter"), self._do_lend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._who, self._said, self._table, self._due, self._lend):
            column.addWidget(widget)
        column.addStretch()
        self._who.edited.connect(self._chosen)
        self._table.chosen_changed.connect(self._ticked)
        self._show_people(school_class)

    def _chooser(self, school_class: str) -> Form:
        form = Form()
        options: list[tuple[object, str]] = [("", self.tr("La liste d’attente"))]
        options += [(name, name) for name in school_classes(self._dossier)]
        form.add_choice("who", self.tr("Prêter à"), options, value=school_class)
        return form

    def _make_table(self) -> RowsTable:
        tr = self.tr
        columns = [
            ColumnSpec(tr("Élève"), lambda row: row.name),
            ColumnSpec(tr("Priorité"), _priority, sort=lambda row: row.priority),
            ColumnSpec(tr("Reçoit"), self._gets, stretch=True),
        ]
        table = RowsTable(
            columns,
            checkable=True,
            key=lambda row: row.key,
            accessible_name=tr("Qui reçoit quoi"),
        )
        table.setMinimumHeight(TABLE_HEIGHT)
        return table

    def _gets(self, row: Line) -> str | ChipText:
        if row.device is not None:
            return f"{row.device.code} · {row.device.name}"
        if row.key in {one.key for one in self._table.chosen()}:
            return ChipText(self.tr("Plus rien en stock"), "attention")
        return ChipText(self.tr("Attend : {}").format(row.want.label.lower()))

    def _show_people(self, school_class: str) -> None:
        """Propose a device to each as far as the stock goes, the first first."""
        rows = (
            waiting_for_class(self._dossier, school_class)
            if school_class
            else waiting(self._dossier)
        )
        self._lines = [
            Line(row.id, row.name, row.school_class, row.priority, want)
            for row in rows
            for want in row.missing
        ]
        served = {line.key for line in self._proposed(self._lines) if line.device is not None}
        self._moving = True
        self._table.set_rows(self._lines)
        self._table.check(lambda row: row.key in served)
        self._moving = False
        self._ticked()

    def _proposed(self, lines: Sequence[Line]) -> list[Line]:
        spare = {row.id: row for row in devices(self._dossier, state=DeviceState.AVAILABLE)}
        return [
            Line(one.id, one.name, one.school_class, one.priority, one.want, _of(spare, each))
            for one, each in zip(lines, needs.handovers(lines, list(spare.values())), strict=True)
        ]

    @Slot(str, object)
    def _chosen(self, _name: str, value: object) -> None:
        self._show_people(str(value))

    @Slot()
    def _ticked(self) -> None:
        """Give what an unticked pupil leaves to the next one."""
        if self._moving:
            return
        ticked = {row.key for row in self._table.chosen()}
        given = {
            one.key: one for one in self._proposed([x for x in self._lines if x.key in ticked])
        }
        self._moving = True
        self._table.set_rows([given.get(one.key, one) for one in self._lines])
        self._moving = False
        count = len(self._pairs())
        words = french.count(count, self.tr("appareil"), self.tr("appareils"))
        self._lend.setText(self.tr("Prêter {}").format(words) if count else self.tr("Prêter"))
        self._lend.setEnabled(bool(count))
        self._said.setText(self._words(count))

    def _words(self, count: int) -> str:
        if not self._lines:
            return self.tr("Personne n’attend de prêt ici.")
        return self.tr("{} sur {}. Décochez qui ne reçoit rien : son appareil passe au suivant."
        ).format(
            french.count(count, self.tr("remise proposée"), self.tr("remises proposées")),
            french.number(len(self._lines), 0),
        )  # fmt: skip

    def _pairs(self) -> list[tuple[int, int]]:
        return [(row.id, row.device.id) for row in self._table.chosen() if row.device is not None]

    @Slot()
    def _do_lend(self) -> None:
        pairs = self._pairs()
        if not pairs or not self._due.is_valid():
            return
        inventory = self._context.services.inventory
        try:
            made = inventory.lend_together(pairs, due_on=self._due.value())
        except UserError as error:
            self._context.fail(error)
            return
        words = french.count(len(made), self.tr("appareil prêté"), self.tr("appareils prêtés"))
        self._context.say(f"{words}.", lambda: inventory.undo_lend_together(made))
        self.lent.emit(made)


class LentTogetherPanel(QWidget):
    """What to print once many devices were lent: one paper to sign for all, and the agreements."""

    another_wanted = Signal()
    signing_wanted = Signal()

    def __init__(self, context: Context, count: int) -> None:
        super().__init__()
        self._context = context
        self._key = context.services.dossier.today().isoformat()
        words = french.count(count, self.tr("prêt enregistré"), self.tr("prêts enregistrés"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(note(f"{words}.", "good"))
        column.addWidget(
            muted(
                self.tr(
                    "La fiche de remise se signe au moment de donner chaque appareil ; les "
                    "conventions partent avec les familles. Toutes deux réunissent les prêts du "
                    "jour."
                )
            )
        )
        column.addWidget(
            main_button(self.tr("Imprimer la fiche de remise"), self._print_sheet, "print")
        )
        column.addWidget(
            plain_button(self.tr("Imprimer les conventions"), self._print_agreements, "print")
        )
        column.addWidget(plain_button(self.tr("Faire signer à l’écran"), self._sign, "edit"))
        column.addWidget(quiet_button(self.tr("Prêter à d’autres"), self._another))
        column.addStretch()

    @Slot()
    def _print_sheet(self) -> None:
        self._context.print_document("fiche-de-remise", self._key)

    @Slot()
    def _print_agreements(self) -> None:
        self._context.print_document("conventions-d-une-remise", self._key)

    @Slot()
    def _sign(self) -> None:
        self.signing_wanted.emit()

    @Slot()
    def _another(self) -> None:
        self.another_wanted.emit()


def _priority(row: Line) -> ChipText:
    return ChipText(row.priority.label, PRIORITY_TONES[row.priority])


def _of(spare: dict[int, DeviceRow], each: needs.Handover) -> DeviceRow | None:
    return None if each.device_id is None else spare[each.device_id]
