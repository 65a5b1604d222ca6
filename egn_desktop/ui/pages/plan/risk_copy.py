# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lines field by field, to be copied into the online DUERP tool of an académie."""

from functools import partial

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.plans.queries import risk_fields, risk_lines
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import Button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, section, strong

ABOUT = (
    "Votre académie tient le DUERP dans un outil en ligne\u202f? Copiez chaque champ et collez-le "
    "là-bas. La cotation est celle d’EGN Desktop\u202f: si l’outil a son échelle, la sienne prime."
)


class CopyPanel(QWidget):
    """One line, a button for each field, and the way to the next line."""

    is_draft = True

    def __init__(self, context: Context, line_id: str) -> None:
        super().__init__()
        self._context = context
        self._lines = risk_lines(context.services.dossier)
        ids = [line.id for line in self._lines]
        self._at = ids.index(line_id)
        self._title = section("")
        self._place = muted("")
        self._place.setWordWrap(False)
        self.previous = quiet_button("Précédente", partial(self._move, -1), "chevron-left")
        self.next = quiet_button("Suivante", partial(self._move, 1), "chevron-right")
        self._fields = QVBoxLayout()
        self._fields.setSpacing(12)
        self._shown: QWidget | None = None
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(muted(ABOUT))
        ways = QHBoxLayout()
        ways.addWidget(self._place, 1)
        ways.addWidget(self.previous)
        ways.addWidget(self.next)
        column.addLayout(ways)
        column.addWidget(self._title)
        column.addLayout(self._fields)
        column.addStretch()
        self._show()

    def _move(self, by: int, _checked: bool = False) -> None:
        self._at += by
        self._show()

    def _show(self) -> None:
        line = self._lines[self._at]
        self._title.setText(line.title)
        self._place.setText(f"Ligne {self._at + 1} sur {len(self._lines)}")
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._lines) - 1)
        if self._shown is not None:
            self._fields.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.buttons = []
        for title, text in risk_fields(line):
            button = plain_button("Copier", partial(self._copy, title, text), "copy")
            button.setAccessibleName(f"Copier\u202f: {title}")
            self.buttons.append(button)
            head = QHBoxLayout()
            head.addWidget(strong(title), 1)
            head.addWidget(button)
            column.addLayout(head)
            column.addWidget(body(text))
        self._fields.addWidget(self._shown)

    def _copy(self, title: str, text: str, _checked: bool = False) -> None:
        QApplication.clipboard().setText(text)
        self._context.say(f"«\u202f{title}\u202f» est copié.")
