# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review: what has changed since the adoption, and the way into the draft."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.drills.history import Histories
from egn_desktop.errors import UserError
from egn_desktop.plans.queries import TakenUpRow, review_lines, taken_up, versions
from egn_desktop.plans.review import ReviewLine
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, note, rule, section
from egn_desktop.ui.widgets.tips import set_tip

REVIEW = "revue-annuelle"


class ReviewPanel(QWidget):
    """One line per change, with the button that takes it up; then what the draft has taken up."""

    place_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(muted("Ce qui a changé dans le dossier depuis la dernière version."))
        self._column.addWidget(self._lines)
        self._column.addStretch()
        self.reload()

    def reload(self) -> None:
        """Show what is still to be looked at."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        dossier = self._context.services.dossier
        found, waiting = review_lines(dossier), taken_up(dossier, waiting=True)
        histories = Histories(dossier)
        for line in found:
            self._add(column, line, histories)
        if not found:
            adopted = versions(dossier)
            words = "Rien à reprendre\u202f: le plan suit le dossier."
            never = "Il n’y a encore aucune version\u202f: rien à comparer."
            column.addWidget(note(words if adopted else never))
        if waiting:
            column.addWidget(rule())
            column.addWidget(section("Repris dans le projet"))
        for row in waiting:
            self._add_taken(column, row, histories)
        if versions(dossier):
            column.addWidget(rule())
            column.addWidget(plain_button("Imprimer la revue", self._print, "print"))
        self._column.replaceWidget(self._lines, made)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = made

    def _add(self, column: QVBoxLayout, line: ReviewLine, histories: Histories) -> None:
        column.addWidget(body(line.what))
        if line.action_id is not None:
            column.addWidget(muted(histories.of(line.action_id)))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        take = quiet_button("Reprendre", partial(self._take, line.key), "copy")
        take.setAccessibleName(f"Reprendre dans le projet : {line.what}")
        set_tip(take, line.words)
        buttons.addWidget(take)
        go = quiet_button("Y aller", partial(self._go, line.place))
        go.setAccessibleName(f"Y aller : {line.what}")
        buttons.addWidget(go)
        buttons.addStretch()
        column.addLayout(buttons)

    def _add_taken(self, column: QVBoxLayout, row: TakenUpRow, histories: Histories) -> None:
        column.addWidget(body(row.text))
        told = histories.of(row.action_id) if row.action_id is not None else row.where
        column.addWidget(muted(told))
        leave = quiet_button("Ne plus reprendre", partial(self._leave, row.id), "undo")
        leave.setAccessibleName(f"Ne plus reprendre dans le projet : {row.text}")
        column.addWidget(leave)

    def _take(self, key: str, _checked: bool = False) -> None:
        plans = self._context.services.plans
        try:
            plans.take_up(key)
        except UserError as error:
            self._context.fail(error)
        else:
            self._context.say_done("Repris dans le projet.")
        self.reload()

    def _leave(self, taken_id: int, _checked: bool = False) -> None:
        try:
            self._context.services.plans.leave_out(taken_id)
        except UserError as error:
            self._context.fail(error)
        else:
            self._context.say_done("Ligne retirée du projet.")
        self.reload()

    def _print(self) -> None:
        self._context.print_document(REVIEW, "")

    def _go(self, place: str, _checked: bool = False) -> None:
        self.place_wanted.emit(place)
