# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review: what has changed since the adoption, and the way into the draft."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.queries import review_lines, versions
from egn_desktop.plans.review import ReviewLine
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body, muted, note
from egn_desktop.ui.widgets.tips import set_tip


class ReviewPanel(QWidget):
    """One line per change, each with where to settle it or the button that takes it up."""

    place_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(
            muted("Ce qui a changé dans le dossier depuis la dernière adoption.")
        )
        self._column.addWidget(self._lines)
        self._column.addStretch()
        self.reload()

    def reload(self) -> None:
        """Show what is still to be looked at."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        found = review_lines(self._context.services.dossier)
        for one in found:
            self._add(column, one)
        if not found:
            adopted = versions(self._context.services.dossier)
            words = "Rien à reprendre\u202f: le plan suit le dossier."
            never = "Aucune version n’est encore adoptée\u202f: rien à comparer."
            column.addWidget(note(words if adopted else never))
        self._column.replaceWidget(self._lines, made)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = made

    def _add(self, column: QVBoxLayout, one: ReviewLine) -> None:
        column.addWidget(body(one.what))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        take = quiet_button("Reprendre", partial(self._take, one.key), "copy")
        take.setAccessibleName(f"Reprendre dans le projet : {one.what}")
        set_tip(take, one.words)
        buttons.addWidget(take)
        go = quiet_button("Y aller", partial(self._go, one.place))
        go.setAccessibleName(f"Y aller : {one.what}")
        buttons.addWidget(go)
        buttons.addStretch()
        column.addLayout(buttons)

    def _take(self, key: str, _checked: bool = False) -> None:
        plans = self._context.services.plans
        try:
            section, before = plans.take_up(key)
        except UserError as error:
            self._context.fail(error)
        else:
            self._context.say("Repris dans le projet.", partial(self._give_back, section, before))
        self.reload()

    def _give_back(self, section: str, before: str) -> None:
        self._context.services.plans.write_section(section, before)

    def _go(self, place: str, _checked: bool = False) -> None:
        self.place_wanted.emit(place)
