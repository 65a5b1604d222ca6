# SPDX-License-Identifier: GPL-3.0-or-later
"""Tips that show their words as they are written.

Qt takes a tip that looks like HTML for HTML, and then fetches the pictures that it names: from the
disk, or from another computer, which is handed the user's password in a form that can be guessed.
"""

from html import escape

from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget


def literal(text: str) -> str:
    """Return what shows as this text where Qt would take HTML."""
    if not Qt.mightBeRichText(text):
        return text
    lines = escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"


def set_tip(thing: QWidget | QAction | QListWidgetItem, text: str) -> None:
    """Give something a tip that shows this text as it is written."""
    thing.setToolTip(literal(text))
