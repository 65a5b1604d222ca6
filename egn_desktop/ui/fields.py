# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a form: each reads what was typed, and says in words what is wrong with it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from egn_desktop import french
from egn_desktop.spelling import Spelling
from egn_desktop.ui import clock, theme
from egn_desktop.ui.dates import typed_day, typed_number
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.calendar import Calendar
from egn_desktop.ui.widgets.inputs import ChoiceInput, LineInput, ParagraphInput, typed
from egn_desktop.ui.widgets.labels import body, muted

WIDEST = 16_777_215

Check = Callable[[str], "str | None"]


class WrongInput(Exception):
    """What was typed makes no sense; the message says so to the user."""


class Field(QWidget):
    """A label, a control, its help, and under it what is wrong, in words."""

    left = Signal()

    def __init__(self, label: str, control: QWidget, help: str = "") -> None:
        super().__init__()
        self.control = control
        self.last: Any = None
        self._label = body(label)
        self._label.setProperty("role", "label")
        self._label.setBuddy(control)
        self._help = muted(help)
        if not help:
            # Never shown before it has a parent: it would flash as a window of its own.
            self._help.hide()
        self._error = body("")
        self._error.setProperty("role", "error")
        self._error.hide()
        control.setAccessibleName(label)
        control.setAccessibleDescription(help)
        self.setFocusProxy(control)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self._label)
        self.column.addLayout(self._control_line())
        self.column.addWidget(self._help)
        self.column.addWidget(self._error)

    def read(self) -> Any:
        """Return the value; raise ``WrongInput`` when it is none."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    @property
    def error(self) -> str:
        """What is wrong, or nothing."""
        return self._error.text()

    def show_error(self, text: str) -> None:
        """Say what is wrong; an empty text takes it away."""
        if text == self._error.text():
            return
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setProperty("wrong", bool(text))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)
        help = self._help.text()
        self.control.setAccessibleDescription(f"{text} {help}".strip())

    def set_help(self, text: str) -> None:
        """Change the help under the field."""
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self.control.setAccessibleDescription(text)

    def _control_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.control, 1)
        if self.control.maximumWidth() < WIDEST:
            line.addStretch()
        return line


class TextField(Field):
    """Words on one line or several."""

    def __init__(
        self,
        label: str,
        *,
        value: str = "",
        help: str = "",
        placeholder: str = "",
        lines: int = 1,
        check: Check | None = None,
        spelling: Spelling | None = None,
        width: int | None = None,
    ) -> None:
        self._check = check or (spelling.problem if spelling else None)
        self._spelling = spelling
        edit = LineInput() if lines == 1 else ParagraphInput(lines)
        edit.setPlaceholderText(placeholder)
        if width:
            edit.setMaximumWidth(theme.pixels(width))
        super().__init__(label, edit, help)
        self._edit = edit
        self.write(value)
        self.last = value
        edit.left.connect(self._tidy)

    def propose(self, text: str) -> None:
        """Show, while it is empty, what holds then."""
        self._edit.setPlaceholderText(text)

    def read(self) -> str:
        text = typed(self._edit).strip()
        if self._check is not None and (wrong := self._check(text)):
            raise WrongInput(wrong)
        return self._spelling.tidy(text) if self._spelling else text

    def write(self, value: Any) -> None:
        if isinstance(self._edit, QLineEdit):
            self._edit.setText(value or "")
            self._edit.setCursorPosition(0)
        else:
            self._edit.setPlainText(value or "")

    @Slot()
    def _tidy(self) -> None:
        if self._spelling is not None:
            # What makes no sense stays as typed, and the form says what is wrong with it.
            with suppress(WrongInput):
                self.write(self.read())
        self.left.emit()


class NumberField(Field):
    """A number in French form, with its unit beside."""

    def __init__(
        self,
        label: str,
        *,
        value: float | None = None,
        unit: str = "",
        decimals: int = 0,
        minimum: float | None = 0,
        maximum: float | None = None,
        help: str = "",
    ) -> None:
        self._decimals = decimals
        self._minimum, self._maximum = minimum, maximum
        self._unit = unit
        self._edit = LineInput()
        self._edit.setMaximumWidth(theme.pixels(140))
        self._edit.setMinimumWidth(theme.pixels(88))
        super().__init__(label, self._edit, help)
        if unit:
            self._edit.setAccessibleName(f"{label} ({unit})")
        self.write(value)
        self.last = value
        self._edit.left.connect(self._tidy)

    def read(self) -> float | int | None:
        text = self._edit.text().strip()
        if not text:
            return None
        number = typed_number(text, self._decimals)
        if number is None:
            if self._decimals == 0 and typed_number(text, 6) is not None:
                raise WrongInput("Indiquez un nombre entier.")
            raise WrongInput("Indiquez un nombre, en chiffres.")
        if self._minimum is not None and number < self._minimum:
            least = french.number(self._minimum, self._decimals)
            raise WrongInput(f"Indiquez {least} ou davantage.")
        if self._maximum is not None and number > self._maximum:
            most = french.number(self._maximum, self._decimals)
            raise WrongInput(f"Indiquez {most} au plus.")
        return number

    def write(self, value: Any) -> None:
        self._edit.setText("" if value is None else french.number(value, self._decimals))

    def _control_line(self) -> QHBoxLayout:
        line = super()._control_line()
        if self._unit:
            line.insertWidget(1, muted(self._unit))
        return line

    @Slot()
    def _tidy(self) -> None:
        # What makes no sense stays as typed, and the form says what is wrong with it.
        with suppress(WrongInput):
            self.write(self.read())
        self.left.emit()


class MoneyField(NumberField):
    """An amount typed in euros, kept in cents."""

    def __init__(self, label: str, *, value: int | None = None, help: str = "") -> None:
        super().__init__(label, value=value, unit="€", decimals=2, help=help)

    def read(self) -> int | None:
        euros = super().read()
        return None if euros is None else round(euros * 100)

    def write(self, value: Any) -> None:
        super().write(None if value is None else value / 100)


class DateField(Field):
    """A day, typed as one likes or taken from a calendar."""

    def __init__(
        self,
        label: str,
        *,
        value: date | None = None,
        help: str = "",
        optional: bool = True,
        is_past: bool = False,
    ) -> None:
        self._optional, self._is_past = optional, is_past
        self._edit = LineInput()
        self._edit.setMaximumWidth(theme.pixels(176))
        self._edit.setMinimumWidth(theme.pixels(148))
        self._edit.setPlaceholderText("jj/mm/aaaa")
        super().__init__(label, self._edit, help)
        self._own_help = help
        self._pick = self._edit.addAction(
            icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._pick.setText("Choisir dans un calendrier")
        self._pick.triggered.connect(self._open_calendar)
        self.write(value)
        self.last = value
        self._edit.left.connect(self._tidy)
        self._edit.textChanged.connect(self._name_day)

    def read(self) -> date | None:
        text = self._edit.text().strip()
        if not text:
            if self._optional:
                return None
            raise WrongInput("Indiquez une date.")
        day = typed_day(text, clock.today())
        if day is None:
            tries = "« 24/11/2016 »" if self._is_past else "« 24/11 », « demain » ou « +14 »"
            raise WrongInput(f"Cette date ne se lit pas. Essayez {tries}.")
        if self._is_past and day > clock.today():
            raise WrongInput("Cette date est à venir\u202f: vérifiez l’année.")
        return day

    def write(self, value: Any) -> None:
        self._edit.setText(french.short_date(value))
        self._name_day()

    @Slot()
    def _name_day(self) -> None:
        """Say under the field which day of the week is meant."""
        day = typed_day(self._edit.text(), clock.today())
        named = french.day_and_date(day).capitalize() if day else ""
        self.set_help(" · ".join(filter(None, (named, self._own_help))))

    @Slot()
    def _tidy(self) -> None:
        # What makes no sense stays as typed, and the form says what is wrong with it.
        with suppress(WrongInput):
            self.write(self.read())
        self.left.emit()

    @Slot()
    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = Calendar(menu)
        day = typed_day(self._edit.text(), clock.today()) or clock.today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._day_picked)
        calendar.clicked.connect(self._day_picked)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        self._menu = menu
        menu.popup(self._edit.mapToGlobal(QPoint(0, self._edit.height() + 4)))
        calendar.setFocus()

    @Slot(QDate)
    def _day_picked(self, day: QDate) -> None:
        self.write(date(day.year(), day.month(), day.day()))
        self._menu.close()
        self._edit.setFocus()
        self.left.emit()


class ChoiceField(Field):
    """One of a few."""

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[object, str]],
        *,
        value: object = None,
        help: str = "",
    ) -> None:
        self._box = ChoiceInput()
        super().__init__(label, self._box, help)
        self._values: list[object] = []
        self.set_options(options)
        self.write(value)
        self.last = self.read()
        self._box.currentIndexChanged.connect(self._changed)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer these instead; the choice stays where it is still offered."""
        kept = self.read() if self._values else None
        self._box.blockSignals(True)
        self._box.clear()
        self._values = [value for value, _ in options]
        self._box.addItems([text for _, text in options])
        self.write(kept)
        self._box.blockSignals(False)

    def read(self) -> object:
        index = self._box.currentIndex()
        return self._values[index] if index >= 0 else None

    def write(self, value: Any) -> None:
        if value in self._values:
            self._box.setCurrentIndex(self._values.index(value))

    @Slot()
    def _changed(self) -> None:
        self.left.emit()


class CheckField(Field):
    """Yes or no."""

    def __init__(self, label: str, *, value: bool = False, help: str = "") -> None:
        self._box = QCheckBox(label)
        super().__init__(label, self._box, help)
        self._label.hide()
        self._help.setContentsMargins(theme.pixels(32), 0, 0, 0)
        self._box.setChecked(value)
        self.last = value
        self._box.toggled.connect(self._changed)

    def read(self) -> bool:
        return self._box.isChecked()

    def write(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    @Slot()
    def _changed(self) -> None:
        self.left.emit()
