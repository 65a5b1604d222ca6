# SPDX-License-Identifier: GPL-3.0-or-later
"""A part of the window with a style sheet of its own, in the theme in force."""

from PySide6.QtWidgets import QWidget

from egn_desktop.ui import theme


def dress(widget: QWidget, name: str) -> None:
    """Put a style sheet on a widget if it is not on already: a change of style asks again."""
    wanted = theme.part_stylesheet(name)
    if widget.styleSheet() != wanted:
        widget.setStyleSheet(wanted)
