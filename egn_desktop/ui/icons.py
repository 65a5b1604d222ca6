# SPDX-License-Identifier: GPL-3.0-or-later
"""Icons of ``resources/icons`` in the colours of the theme in force."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from egn_desktop import paths
from egn_desktop.ui import theme

OFF = "off"


class _TintedEngine(QIconEngine):
    """Paints one drawing in a token's colour, read at each painting."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = OFF if mode == QIcon.Mode.Disabled else self._token
        paint_icon(painter, rect, self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


def icon(name: str, colour_token: str = "text") -> QIcon:  # noqa: S107 - a colour
    """Return an icon that follows the theme by itself."""
    _drawing(name)
    return QIcon(_TintedEngine(name, colour_token))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, token: str) -> None:
    """Paint one icon, centred in ``rect`` and as large as it allows."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(rect).center())
    _renderer(name, theme.colour(token).name()).render(painter, square)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    tinted = _drawing(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(tinted.encode()))


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
