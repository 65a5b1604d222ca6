# SPDX-License-Identifier: GPL-3.0-or-later
"""The theme in force: fonts, palette and style sheet, made from the tokens."""

from string import Template
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from egn_desktop import paths
from egn_desktop.ui.tokens import DARK, LIGHT, SCALES, TYPE, Tokens

FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"
LARGEST_PIXELS = 80


class ThemeSettings(Protocol):
    """What the theme asks of the machine's settings."""

    @property
    def theme(self) -> str: ...

    @property
    def text_size(self) -> str: ...


class _Theme(QObject):
    """What is in force, and the signal that it changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 1.0
        self.wanted = "light"
        self.text_size = "normal"
        self.following = False

    @Slot()
    def follow_system(self) -> None:
        """Take the system's colours again, where the user left the choice to it."""
        app = QApplication.instance()
        if self.wanted == "system" and isinstance(app, QApplication):
            _put_on(app)


_theme = _Theme()


def tokens() -> Tokens:
    """Return the colours in force; painted widgets read them at each painting."""
    return _theme.tokens


def colour(name: str) -> QColor:
    """Return one colour in force by its token's name."""
    return QColor(getattr(_theme.tokens, name))


def part_stylesheet(name: str) -> str:
    """Return the style sheet of a part of the window, in the theme and text size in force."""
    return stylesheet(_theme.tokens, _theme.scale, name)


def dress(widget: QWidget, name: str) -> None:
    """Put the style sheet of a part of the window on a widget, if it is not on already.

    Setting it has Qt ask for it again, even if it is the same.
    """
    wanted = part_stylesheet(name)
    if widget.styleSheet() != wanted:
        widget.setStyleSheet(wanted)


def pixels(size: float) -> int:
    """Return a size in pixels at the text size in force."""
    return round(size * _theme.scale)


def font(style: str) -> QFont:
    """Return the font of a style of text (``title``, ``section``, ``body``, ``help``, …)."""
    wanted = TYPE[style]
    made = QFont(FAMILY)
    made.setPixelSize(pixels(wanted.size))
    made.setWeight(QFont.Weight(wanted.weight))
    return made


def changed() -> SignalInstance:
    """Return the signal that colours or sizes changed."""
    return _theme.changed


def apply(app: QApplication, settings: ThemeSettings) -> None:
    """Dress the whole application; called again, it changes every open window."""
    load_fonts()
    _theme.wanted = str(settings.theme)
    _theme.text_size = str(settings.text_size)
    if not _theme.following:
        _theme.following = True
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(_theme.follow_system)
    _put_on(app)


def load_fonts() -> None:
    """Give Qt the fonts that are shipped, once."""
    if FAMILY in QFontDatabase.families() and MONO_FAMILY in QFontDatabase.families():
        return
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def stylesheet(colours: Tokens, scale: float, name: str = "window") -> str:
    """Return ``resources/theme/NAME.qss`` filled for one theme at one text size."""
    template = (paths.resources() / "theme" / f"{name}.qss").read_text(encoding="utf-8")
    values = {name: getattr(colours, name) for name in Tokens.__slots__}
    values |= {f"px{size}": f"{round(size * scale)}px" for size in range(1, LARGEST_PIXELS)}
    marks = paths.resources() / "theme" / colours.name
    values |= {"marks": marks.as_posix(), "family": FAMILY, "mono": MONO_FAMILY}
    return Template(template).substitute(values)


def _put_on(app: QApplication) -> None:
    hints = app.styleHints()
    system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    dark = _theme.wanted == "dark" or (_theme.wanted == "system" and system_dark)
    _theme.tokens = DARK if dark else LIGHT
    _theme.scale = SCALES.get(_theme.text_size, 1.0)
    # Taken off first: Qt dresses every widget anew many times over while one sheet follows another.
    app.setStyleSheet("")
    app.setFont(font("body"))
    app.setPalette(palette(_theme.tokens))
    app.setStyleSheet(stylesheet(_theme.tokens, _theme.scale))
    _theme.changed.emit()


def palette(colours: Tokens) -> QPalette:
    """Return what Qt's own dialogs, menus and texts are painted with."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, colours.background),
        (roles.WindowText, colours.text),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.hover),
        (roles.Text, colours.text),
        (roles.Button, colours.surface),
        (roles.ButtonText, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.ToolTipBase, colours.text),
        (roles.ToolTipText, colours.surface),
        (roles.Highlight, colours.brand),
        (roles.HighlightedText, colours.on_brand),
        (roles.Link, colours.brand),
        (roles.LinkVisited, colours.brand),
        (roles.Mid, colours.line),
        (roles.Accent, colours.brand),
    ):
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.off))
    return made
