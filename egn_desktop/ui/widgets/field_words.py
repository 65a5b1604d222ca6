# SPDX-License-Identifier: GPL-3.0-or-later
"""The words around a field outside a form: its label, and what is wrong with it."""

from PySide6.QtWidgets import QLabel, QWidget

from egn_desktop.ui.widgets.labels import body, muted


def field_label(text: str, field: QWidget | None = None) -> QLabel:
    """Return the label of a field, or of a group of fields when there is none."""
    made = body(text)
    made.setProperty("role", "label")
    if field is not None:
        made.setBuddy(field)
    return made


def error_label() -> QLabel:
    """Return what will say an error under its field; hidden until then."""
    made = muted("")
    made.setProperty("role", "error")
    made.hide()
    return made


def show_error(label: QLabel, text: str | None) -> None:
    """Say what is wrong, or nothing."""
    label.setText(text or "")
    label.setVisible(bool(text))
