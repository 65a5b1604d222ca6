# SPDX-License-Identifier: GPL-3.0-or-later
"""A month to pick a day from, in French and in the theme's colours."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon

SIZE = (304, 276)
WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class Calendar(QCalendarWidget):
    """One month; weeks begin on Monday and weekends stand back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setMinimumSize(*(theme.pixels(side) for side in SIZE))
        muted = QTextCharFormat()
        muted.setForeground(QColor(theme.tokens().muted))
        for day in WEEKEND:
            self.setWeekdayTextFormat(day, muted)
        head = QTextCharFormat()
        head.setForeground(QColor(theme.tokens().muted))
        head.setBackground(QColor(theme.tokens().surface))
        head.setFontWeight(QFont.Weight.DemiBold)
        self.setHeaderTextFormat(head)
        for name, drawing in (("prev", "chevron-left"), ("next", "chevron-right")):
            button = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(icon(drawing, "muted"))
