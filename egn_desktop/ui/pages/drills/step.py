# SPDX-License-Identifier: GPL-3.0-or-later
"""What the three steps of a drill share: two columns of cards, and how what is typed is kept."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.ui.forms import Form

BETWEEN = 16


def columns(*sides: Sequence[QWidget]) -> QWidget:
    """Return cards in columns of one width, each column from the top."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, BETWEEN)
    line.setSpacing(BETWEEN)
    for cards in sides:
        column = QVBoxLayout()
        column.setSpacing(BETWEEN)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for card in cards:
            column.addWidget(card)
        line.addLayout(column, 1)
    return made


def keep(form: Form, name: str, save: Callable[[], object]) -> bool:
    """Keep what was typed in a field, and say so; what is refused is told under the field."""
    try:
        save()
    except UserError as error:
        form.show_error(name, error.what)
        return False
    form.note_saved()
    return True
