# SPDX-License-Identifier: GPL-3.0-or-later
"""A part of the window with a style sheet of its own, in the theme in force."""

from string import Template

from PySide6.QtWidgets import QWidget

from egn_desktop import paths
from egn_desktop.ui import theme
from egn_desktop.ui.tokens import Tokens

LARGEST_PIXELS = 80


def sheet(name: str) -> str:
    """Return ``resources/theme/NAME.qss`` filled with the tokens and sizes in force."""
    template = (paths.resources() / "theme" / f"{name}.qss").read_text(encoding="utf-8")
    colours = {token: getattr(theme.tokens(), token) for token in Tokens.__slots__}
    sizes = {f"px{size}": f"{theme.pixels(size)}px" for size in range(1, LARGEST_PIXELS)}
    return Template(template).substitute(colours | sizes)


def dress(widget: QWidget, name: str) -> None:
    """Put a style sheet on a widget if it is not on already: a change of style asks again."""
    wanted = sheet(name)
    if widget.styleSheet() != wanted:
        widget.setStyleSheet(wanted)
