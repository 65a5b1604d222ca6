# SPDX-License-Identifier: GPL-3.0-or-later
"""A new passphrase: typed twice, or drawn; how strong it is, said while it is typed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.labels import muted
from egn_desktop.ui.widgets.secret import SecretField


class NewPassphrase(QWidget):
    """Refuses what anyone would guess; ``known`` is what anyone knows of the school."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._known: tuple[str, ...] = ()
        again = "La même, une seconde fois"
        self._first, self._second = SecretField(label), SecretField(again)
        self._advice, self._mismatch = error_label(), error_label()
        self._strength = muted("")
        self._strength.hide()
        draw = plain_button("Proposer cinq mots", self._draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(label, self._first.line))
        column.addWidget(self._first)
        column.addWidget(self._advice)
        column.addWidget(self._strength)
        column.addWidget(draw, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(field_label(again, self._second.line))
        column.addWidget(self._second)
        column.addWidget(self._mismatch)
        self._first.edited.connect(self._first_typed)
        self._second.edited.connect(self._second_typed)
        self.setFocusProxy(self._first)

    def set_known(self, known: Iterable[str]) -> None:
        """Say what makes no passphrase of this school."""
        self._known = tuple(known)

    def chosen(self) -> str | None:
        """Return the passphrase, or say what is wrong and return None."""
        from egn_desktop.dossier import passphrase

        text = self._first.text
        problem = passphrase.problem(text, self._known)
        show_error(self._advice, problem)
        differ = not problem and text != self._second.text
        show_error(self._mismatch, "Les deux saisies diffèrent." if differ else None)
        if problem or differ:
            (self._first if problem else self._second).setFocus()
            return None
        return text

    def clear(self) -> None:
        """Empty both fields."""
        for field in (self._first, self._second):
            field.clear()
        for label in (self._advice, self._mismatch):
            show_error(label, None)

    @Slot()
    def _draw(self) -> None:
        from egn_desktop.dossier import passphrase

        drawn = passphrase.draw()
        for field in (self._first, self._second):
            field.set_text(drawn)
            field.set_shown(True)
        self._strength.setText(
            f"{self._strength.text()} Recopiez-la sur papier avant de continuer."
        )

    @Slot(str)
    def _first_typed(self, text: str) -> None:
        from egn_desktop.dossier import passphrase

        problem = passphrase.problem(text, self._known) if text else None
        show_error(self._advice, problem)
        said = passphrase.said(text, self._known) if text and problem is None else ""
        show_error(self._strength, said)

    @Slot(str)
    def _second_typed(self, text: str) -> None:
        differ = not self._first.text.startswith(text)
        show_error(self._mismatch, "Les deux saisies diffèrent." if differ else None)
