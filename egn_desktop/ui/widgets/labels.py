# SPDX-License-Identifier: GPL-3.0-or-later
"""Words: titles, texts, figures, and chips that say a state in words."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop import typography
from egn_desktop.ui import theme

CHIP_HEIGHT = 24
CHIP_PADDING = 10
CHIP_RADIUS = 8


def plain_label(text: str = "") -> QLabel:
    """Return a label that shows its text as it is written: Qt's own takes some of it for HTML."""
    return _Label(text)


class _Label(QLabel):
    """Shows its text with French signs and spaces; says it as it was given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._given = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._given = text
        super().setText(typography.tied(text))

    def text(self) -> str:
        return self._given


def _label(text: str, role: str, *, wrap: bool = True) -> QLabel:
    made = plain_label(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def title(text: str) -> QLabel:
    """Return a page's title."""
    return _label(text, "title")


def section(text: str) -> QLabel:
    """Return the title of a part."""
    return _label(text, "section")


def body(text: str) -> QLabel:
    """Return a text."""
    return _label(text, "body")


def strong(text: str) -> QLabel:
    """Return a text that stands out."""
    return _label(text, "strong")


def muted(text: str) -> QLabel:
    """Return a text of less weight: help, details."""
    return _label(text, "muted")


def figure(text: str) -> QLabel:
    """Return a figure to be seen from afar."""
    return _label(text, "figure", wrap=False)


def code(text: str) -> QLabel:
    """Return a code to be read letter by letter, which can be selected."""
    made = _label(text, "code")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def rule() -> QFrame:
    """Return a thin line between two parts."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def note(text: str, tone: str = "brand") -> QFrame:
    """Return a text on the soft ground of its tone: something to know before going on."""
    made = QFrame()
    made.setProperty("role", "note")
    made.setProperty("tone", tone)
    column = QVBoxLayout(made)
    column.setContentsMargins(12, 10, 12, 10)
    column.addWidget(body(text))
    return made


def chip_size(text: str) -> QSize:
    """Return the size of a chip with these words."""
    width = QFontMetrics(theme.font("chip")).horizontalAdvance(text)
    return QSize(width + 2 * theme.pixels(CHIP_PADDING), theme.pixels(CHIP_HEIGHT))


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: str) -> None:
    """Paint a chip in ``rect``, as a label shows it and as a table's cell does."""
    colours = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground(tone)))
    painter.drawRoundedRect(QRectF(rect), CHIP_RADIUS, CHIP_RADIUS)
    painter.setFont(theme.font("chip"))
    painter.setPen(QColor(colours.ink(tone)))
    room = rect.width() - 2 * theme.pixels(CHIP_PADDING)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Chip(QWidget):
    """A state in words, on the soft ground of its tone."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def tone(self) -> str:
        return self._tone

    def set_state(self, text: str, tone: str) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone)
        painter.end()
