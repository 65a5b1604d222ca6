# SPDX-License-Identifier: GPL-3.0-or-later
"""Many loans at once: who gets what is proposed, corrected line by line, lent in one go."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.allotment import Allotment, Key
from egn_desktop.inventory.lending.needs import Priority, Want
from egn_desktop.inventory.lending.queries.needs import (
    NeedRow,
    spare_devices,
    waiting,
    waiting_for_class,
)
from egn_desktop.inventory.people.queries.pupils import school_classes
from egn_desktop.inventory.stock.queries.devices import DeviceRow
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.leading import Lead, Panel
from egn_desktop.ui.pages.loans.lending.device_pick import DevicePick, Offered
from egn_desktop.ui.pages.loans.lending.due_field import DueField
from egn_desktop.ui.pages.loans.lending.needs_section import PRIORITY_TONES
from egn_desktop.ui.pages.loans.papers.language_button import LanguageButton
from egn_desktop.ui.pages.loans.targets import HandOver, LendTogether, LentTogether
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import muted, note

TABLE_HEIGHT = 220


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil and one thing that he or she waits for.

    Attributes:
        device: what he or she gets, if anything.
        is_chosen: whether a human chose it.
        is_left_out: whether a human said that he or she gets nothing.
    """

    id: int
    name: str
    school_class: str
    priority: Priority
    want: Want
    device: DeviceRow | None = None
    is_chosen: bool = False
    is_left_out: bool = False

    @property
    def key(self) -> Key:
        return self.id, self.want


class TogetherPanel(Panel):
    """Choose who, look at who gets what, correct, lend.

    Space leaves a line out, Enter gives it another device, two selected lines exchange.
    """

    heading = "Prêter à plusieurs"
    is_draft = True
    preferred_width = 680

    def __init__(self, context: Context, school_class: str = "") -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._rows: dict[int, NeedRow] = {}
        self._spare: dict[int, DeviceRow] = {}
        self._allotment = Allotment((), ())
        self._moving = False
        self._pick: DevicePick | None = None
        self._pick_key: Key | None = None
        self._who = self._chooser(school_class)
        self._said = muted("")
        self._table = _lines_table()
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._other = plain_button("Autre appareil", self._pick_other)
        self._exchange = plain_button("Échanger les deux", self._do_exchange)
        self._due = DueField(self._dossier, "À rendre le")
        self._lend = main_button("Prêter", self._do_lend)
        self._lay_out()
        self._who.edited.connect(self._chosen)
        self._table.chosen_changed.connect(self._ticked)
        self._table.opened.connect(self._pick_for)
        self._table.selectionModel().selectionChanged.connect(self._show_what_is_possible)
        self._show_people(school_class)

    def _lay_out(self) -> None:
        corrections = QHBoxLayout()
        corrections.setSpacing(8)
        for button in (self._other, self._exchange):
            corrections.addWidget(button)
        corrections.addStretch()
        self._column, foot = footed(self)
        self._column.addWidget(self._who)
        self._column.addWidget(self._said)
        self._column.addWidget(self._table, 1)
        self._column.addLayout(corrections)
        self._column.addWidget(self._due)
        foot.add(self._lend)

    def _chooser(self, school_class: str) -> Form:
        form = Form()
        options: list[tuple[object, str]] = [("", "La liste d’attente")]
        options += [(name, name) for name in school_classes(self._dossier)]
        form.add_choice("who", "Prêter à", options, value=school_class)
        return form

    def _show_people(self, school_class: str) -> None:
        """Propose a device to each as far as the stock goes, the first first."""
        rows = (
            waiting_for_class(self._dossier, school_class)
            if school_class
            else waiting(self._dossier)
        )
        self._rows = {row.id: row for row in rows}
        self._spare = {row.id: row for row in spare_devices(self._dossier)}
        self._allotment = Allotment(rows, list(self._spare.values()))
        self._close_pick()
        self._moving = True
        self._table.set_rows(self._lines(frozenset()))
        self._table.check(lambda _row: True)
        self._moving = False
        self._show_proposal()

    def _lines(self, left_out: frozenset[Key]) -> list[Line]:
        return [
            Line(
                id=line.pupil_id,
                name=self._rows[line.pupil_id].name,
                school_class=self._rows[line.pupil_id].school_class,
                priority=self._rows[line.pupil_id].priority,
                want=line.want,
                device=None if line.device_id is None else self._spare[line.device_id],
                is_chosen=line.key in self._allotment.chosen,
                is_left_out=line.key in left_out,
            )
            for line in self._allotment.lines
        ]

    def _show_proposal(self) -> None:
        ticked = {row.key for row in self._table.chosen()}
        left_out = frozenset(line.key for line in self._allotment.lines) - ticked
        self._moving = True
        self._table.set_rows(self._lines(left_out))
        self._moving = False
        count = len(self._allotment.pairs)
        words = french.count(count, "appareil", "appareils")
        self._lend.setText(f"Prêter {words}" if count else "Prêter")
        self._lend.setEnabled(bool(count))
        self._said.setText(self._words(count))
        self._show_what_is_possible()

    def _words(self, count: int) -> str:
        if not self._allotment.lines:
            return "Personne n’attend de prêt ici."
        return ("{} sur {}. Décochez qui ne reçoit rien : son appareil passe au suivant. "
            "Entrée sur une ligne : un autre appareil.").format(
            french.count(count, "remise proposée", "remises proposées"),
            french.number(len(self._allotment.lines), 0),
        )  # fmt: skip

    @Slot(str, object)
    def _chosen(self, _name: str, value: object) -> None:
        self._show_people(str(value))

    @Slot()
    def _ticked(self) -> None:
        """Give what an unticked pupil leaves to the next one."""
        if self._moving:
            return
        ticked = {row.key for row in self._table.chosen()}
        self._allotment.leave_out([row.key for row in self._table.rows() if row.key not in ticked])
        self._show_proposal()

    @Slot()
    def _show_what_is_possible(self) -> None:
        selected = self._table.selected()
        self._other.setEnabled(len(selected) == 1)
        self._exchange.setEnabled(len(selected) == 2)

    @Slot()
    def _pick_other(self) -> None:
        for row in self._table.selected()[:1]:
            self._pick_for(row)

    @Slot(object)
    def _pick_for(self, row: Line) -> None:
        """Offer the devices that a line could get, in place of who is lent to."""
        self._close_pick()
        self._table.select(lambda line: line.key == row.key)
        offered = [
            Offered(self._spare[id_], self._holder_of(id_))
            for id_ in self._allotment.choices(row.key)
            if row.device is None or id_ != row.device.id
        ]
        self._pick = DevicePick(row.name, offered)
        self._pick_key = row.key
        self._pick.picked.connect(self._picked)
        self._pick.given_up.connect(self._give_up_pick)
        self._column.insertWidget(0, self._pick)
        for widget in (self._who, self._said):
            widget.hide()
        self._pick.show()
        self._pick.take_focus()

    def _holder_of(self, device_id: int) -> str:
        holder = self._allotment.holder_of(device_id)
        return "" if holder is None else self._rows[holder[0]].name

    @Slot(object)
    def _picked(self, offered: Offered) -> None:
        key = self._pick_key
        self._close_pick()
        if key is not None:
            self._correct(lambda: self._allotment.choose(key, offered.id), key)

    @Slot()
    def _give_up_pick(self) -> None:
        self._close_pick()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_pick(self) -> None:
        pick, self._pick, self._pick_key = self._pick, None, None
        if pick is not None:
            pick.hide()
            self._column.removeWidget(pick)
            pick.deleteLater()
        for widget in (self._who, self._said):
            widget.show()

    @Slot()
    def _do_exchange(self) -> None:
        first, two = (row.key for row in self._table.selected()[:2])
        self._correct(lambda: self._allotment.exchange(first, two), first)

    def _correct(self, change: Callable[[], None], key: Key) -> None:
        try:
            change()
        except UserError as error:
            self._context.fail(error)
        served = {line.key for line in self._allotment.lines if line.device_id is not None}
        ticked = {row.key for row in self._table.chosen()} | (served & {key})
        self._moving = True
        self._table.check(lambda row: row.key in ticked)
        self._moving = False
        self._show_proposal()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _do_lend(self) -> None:
        pairs = self._allotment.pairs
        if not pairs or not self._due.is_valid():
            return
        services = self._context.services
        try:
            made = services.loans.lend_together(pairs, due_on=self._due.value())
        except UserError as error:
            self._context.fail(error)
            return
        words = french.count(len(made), "appareil prêté", "appareils prêtés")
        self._context.say_done(f"{words}.")
        self.go.emit(LentTogether(len(made)))


class LentTogetherPanel(Panel):
    """What to print once many devices were lent: one paper to sign for all, and the agreements."""

    heading = "Remise"

    def __init__(self, context: Context, count: int) -> None:
        super().__init__()
        self._context = context
        today = context.services.dossier.today()
        self._key = today.isoformat()
        words = french.count(count, "prêt enregistré", "prêts enregistrés")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(note(f"{words}.", "good"))
        column.addWidget(
            muted(
                "La fiche de remise se signe au moment de donner chaque appareil ; les "
                "conventions partent avec les familles. Toutes deux réunissent les prêts du "
                "jour."
            )
        )
        column.addWidget(main_button("Imprimer la fiche de remise", self._print_sheet, "print"))
        column.addWidget(plain_button("Imprimer les conventions", self._print_agreements, "print"))
        column.addWidget(LanguageButton(context, "conventions-d-une-remise", self._key))
        sign = Lead("Faire signer à l’écran", HandOver(today), "plain", "edit")
        for lead in (sign, Lead("Prêter à d’autres", LendTogether())):
            column.addWidget(self.leading(lead))
        column.addStretch()

    @Slot()
    def _print_sheet(self) -> None:
        self._context.print_document("fiche-de-remise", self._key)

    @Slot()
    def _print_agreements(self) -> None:
        self._context.print_document("conventions-d-une-remise", self._key)


def _lines_table() -> RowsTable:
    """Return the table of the lines, each with a box to tick."""
    used_up = {
        Want.COMPUTER: "Plus d’ordinateur",
        Want.CONNECTION: "Plus de clé 4G",
    }

    def gets(row: Line) -> str | ChipText:
        if row.device is not None:
            words = f"{row.device.code} · {row.device.name}"
            return f"{words} (choisi)" if row.is_chosen else words
        if row.is_left_out:
            return ChipText(f"Attend : {row.want.label.lower()}")
        return ChipText(used_up[row.want], "attention")

    columns = [
        ColumnSpec("Élève", lambda row: row.name),
        ColumnSpec("Priorité", _priority, sort=lambda row: row.priority),
        ColumnSpec("Reçoit", gets, stretch=True),
    ]
    return RowsTable(
        columns,
        checkable=True,
        key=lambda row: row.key,
        accessible_name="Qui reçoit quoi",
        has_people=True,
    )


def _priority(row: Line) -> ChipText:
    return ChipText(row.priority.label, PRIORITY_TONES[row.priority])
