# SPDX-License-Identifier: GPL-3.0-or-later
"""Scores year after year, painted with the tokens: one bar a year under each domain's name.

Years are told apart by their words and their place, not by colour alone; what was not known is
hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from egn_desktop.audit import rules
from egn_desktop.audit.rules import Range
from egn_desktop.ui import theme

LINE = 19
BETWEEN = 10
BAR = 9
GAP = 10
LEAST_BAR = 60


@dataclass(frozen=True, slots=True)
class Group:
    """The scores of one domain, the earliest year first; None where nothing was judged."""

    title: str
    scores: tuple[tuple[str, Range | None], ...]

    @property
    def words(self) -> str:
        """The group as a screen reader says it."""
        years = ", ".join(f"{year} {rules.score_text(score)}" for year, score in self.scores)
        return f"{self.title} : {years}"


class EvolutionChart(QWidget):
    """Groups of bars; the last year of each in the brand's colour."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these."""
        self._groups = tuple(groups)
        self.setAccessibleDescription(" ; ".join(group.words for group in groups))
        self.updateGeometry()
        self.update()

    def groups(self) -> tuple[Group, ...]:
        return self._groups

    def sizeHint(self) -> QSize:
        names, years, values = self._columns()
        lines = sum(len(group.scores) for group in self._groups)
        between = max(len(self._groups) - 1, 0) * theme.pixels(BETWEEN)
        height = lines * theme.pixels(LINE) + between
        return QSize(names + years + values + LEAST_BAR + 3 * GAP, height)

    def minimumSizeHint(self) -> QSize:
        _, years, values = self._columns()
        return QSize(years + values + 2 * LEAST_BAR + 3 * GAP, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        names, years, values = self._columns()
        names = min(names, self.width() - years - values - LEAST_BAR - 3 * GAP)
        top = 0
        for group in self._groups:
            painter.setFont(theme.font("body"))
            painter.setPen(QColor(theme.tokens().text))
            cut = Qt.TextElideMode.ElideRight
            title = painter.fontMetrics().elidedText(group.title, cut, names)
            room = QRectF(0, top, names, theme.pixels(LINE))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
            for place, (year, score) in enumerate(group.scores):
                last = place == len(group.scores) - 1
                self._paint_line(painter, top, (names, years, values), year, score, last=last)
                top += theme.pixels(LINE)
            top += theme.pixels(BETWEEN)
        painter.end()

    def _paint_line(
        self,
        painter: QPainter,
        top: int,
        columns: tuple[int, int, int],
        year: str,
        score: Range | None,
        *,
        last: bool,
    ) -> None:
        names, years, values = columns
        colours, height = theme.tokens(), theme.pixels(LINE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("help"))
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRectF(names + GAP, top, years, height), middle, year)
        beside = QRectF(self.width() - values, top, values, height)
        painter.setPen(QColor(colours.text if last else colours.muted))
        painter.drawText(beside, middle | Qt.AlignmentFlag.AlignRight, rules.score_text(score))
        left = names + years + 2 * GAP
        room = QRectF(left, top + (height - BAR) / 2, beside.left() - GAP - left, BAR)
        painter.fillRect(room, QColor(colours.track))
        if score is not None:
            self._paint_bar(painter, room, score, QColor(colours.brand if last else colours.muted))

    def _paint_bar(self, painter: QPainter, room: QRectF, score: Range, ink: QColor) -> None:
        sure = QRectF(room.left(), room.top(), room.width() * score.low, room.height())
        painter.fillRect(sure, ink)
        if not score.is_exact:
            width = room.width() * (score.high - score.low)
            tail = QRectF(sure.right(), room.top(), width, room.height())
            painter.fillRect(tail, QBrush(ink, Qt.BrushStyle.BDiagPattern))
            painter.setPen(ink)
            painter.drawRect(tail.adjusted(0, 0, -1, -1))

    def _columns(self) -> tuple[int, int, int]:
        body, small = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("help"))
        scores = [score for group in self._groups for score in group.scores]
        names = max((body.horizontalAdvance(group.title) for group in self._groups), default=0)
        years = max((small.horizontalAdvance(year) for year, _ in scores), default=0)
        texts = (rules.score_text(score) for _, score in scores)
        values = max((small.horizontalAdvance(text) for text in texts), default=0)
        return names + 1, years + 1, values + 1
