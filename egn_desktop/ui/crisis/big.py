# SPDX-License-Identifier: GPL-3.0-or-later
"""Words in large type: to be read standing, at six in the morning."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from egn_desktop.ui import theme


def sized(label: QLabel, size: int, *, bold: bool = False) -> QLabel:
    """Return a label with its text at this size in pixels."""
    weight = "600" if bold else "400"
    label.setStyleSheet(f"font-size: {theme.pixels(size)}px; font-weight: {weight};")
    return label


def big(text: str, size: int = 18, *, bold: bool = False) -> QLabel:
    """Return words in large type."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return sized(label, size, bold=bold)
