# SPDX-License-Identifier: GPL-3.0-or-later
"""Words in large type: to be read standing, at six in the morning."""

from PySide6.QtWidgets import QLabel

from egn_desktop.ui import theme
from egn_desktop.ui.widgets.labels import plain_label


def sized(label: QLabel, size: int, *, bold: bool = False) -> QLabel:
    """Return a label with its text at this size in pixels."""
    weight = "600" if bold else "400"
    label.setStyleSheet(f"font-size: {theme.pixels(size)}px; font-weight: {weight};")
    return label


def big(text: str, size: int = 18, *, bold: bool = False) -> QLabel:
    """Return words in large type."""
    label = plain_label(text)
    label.setWordWrap(True)
    return sized(label, size, bold=bold)
