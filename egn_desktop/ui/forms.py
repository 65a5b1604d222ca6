# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms, built field by field: labels, help, errors and accessible names come by themselves."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.spelling import Spelling
from egn_desktop.ui import clock
from egn_desktop.ui.fields import (
    Check,
    CheckField,
    ChoiceField,
    DateField,
    Field,
    MoneyField,
    NumberField,
    TextField,
    WrongInput,
)
from egn_desktop.ui.widgets.fold import Fold
from egn_desktop.ui.widgets.labels import muted, section

# What follows the fields: the note that they are saved, and the room left.
FOOT = 2


class Form(QWidget):
    """A form; ``edited`` tells the name and the value of a field that changed and is valid."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._line: QHBoxLayout | None = None
        self._fold: Fold | None = None
        self._folds: list[Fold] = []
        self._quiet = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._saved = muted("")
        self._saved.setProperty("role", "saved")
        self._saved.hide()
        self._column.addWidget(self._saved)
        self._column.addStretch()

    def add_text(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        help: str = "",
        placeholder: str = "",
        lines: int = 1,
        check: Check | None = None,
        spelling: Spelling | None = None,
        width: int | None = None,
    ) -> Field:
        """Add words; ``check``, or their ``spelling``, says what is wrong with them, or None."""
        return self._add(
            name,
            TextField(
                label,
                value=value,
                help=help,
                placeholder=placeholder,
                lines=lines,
                check=check,
                spelling=spelling,
                width=width,
            ),
        )

    def add_number(
        self,
        name: str,
        label: str,
        *,
        value: float | None = None,
        unit: str = "",
        decimals: int = 0,
        minimum: float | None = 0,
        maximum: float | None = None,
        help: str = "",
    ) -> Field:
        """Add a number; None when empty, a whole number without decimals."""
        return self._add(
            name,
            NumberField(
                label,
                value=value,
                unit=unit,
                decimals=decimals,
                minimum=minimum,
                maximum=maximum,
                help=help,
            ),
        )

    def add_money(
        self, name: str, label: str, *, value: int | None = None, help: str = ""
    ) -> Field:
        """Add an amount; None when empty, else cents."""
        return self._add(name, MoneyField(label, value=value, help=help))

    def add_date(
        self,
        name: str,
        label: str,
        *,
        value: date | None = None,
        help: str = "",
        optional: bool = True,
        is_past: bool = False,
    ) -> Field:
        """Add a day, typed as one likes; ``is_past`` refuses one that is to come."""
        return self._add(
            name, DateField(label, value=value, help=help, optional=optional, is_past=is_past)
        )

    def add_choice(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[object, str]],
        *,
        value: object = None,
        help: str = "",
    ) -> Field:
        """Add one of a few: values and their words."""
        return self._add(name, ChoiceField(label, options, value=value, help=help))

    def add_check(self, name: str, label: str, *, value: bool = False, help: str = "") -> Field:
        """Add a box to tick."""
        return self._add(name, CheckField(label, value=value, help=help))

    def add_heading(self, text: str) -> None:
        """Begin a part of the form."""
        if self._fields:
            self._place(_space())
        self._place(section(text))

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._place(widget)

    @contextmanager
    def row(self) -> Generator[None]:
        """Put the fields added within side by side."""
        self._line = QHBoxLayout()
        self._line.setSpacing(16)
        try:
            yield
        finally:
            line, self._line = self._line, None
            if self._fold is not None:
                self._fold.body.addLayout(line)
            else:
                self._column.insertLayout(self._column.count() - FOOT, line)

    @contextmanager
    def fold(self, title: str, *, opened: bool = False) -> Generator[Fold]:
        """Fold away the fields added within, until they are asked for or one of them is wrong."""
        made = Fold(title, opened=opened)
        self._place(made)
        self._fold = made
        self._folds.append(made)
        try:
            yield made
        finally:
            self._fold = None

    def field(self, name: str) -> Field:
        """Return one field."""
        return self._fields[name]

    def value(self, name: str) -> Any:
        """Return a field's value; the last valid one while what is typed is wrong."""
        field = self._fields[name]
        try:
            return field.read()
        except WrongInput:
            return field.last

    def values(self) -> dict[str, Any]:
        """Return every field's value by name."""
        return {name: self.value(name) for name in self._fields}

    def set_value(self, name: str, value: Any) -> None:
        """Show a value, which is not told as edited."""
        field = self._fields[name]
        self._quiet = True
        try:
            field.write(value)
            field.last = value
            field.show_error("")
        finally:
            self._quiet = False

    def propose(self, name: str, text: str) -> None:
        """Show in a text field, while it is empty, what holds then."""
        field = self._fields[name]
        if isinstance(field, TextField):
            field.propose(text)

    def set_options(self, name: str, options: Sequence[tuple[object, str]]) -> None:
        """Offer other choices in a field made by ``add_choice``."""
        field = self._fields[name]
        if isinstance(field, ChoiceField):
            field.set_options(options)
            field.last = field.read()

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a field; a hidden one is not checked."""
        self._fields[name].setVisible(shown)

    def show_error(self, name: str, text: str) -> None:
        """Say under a field what is wrong with it."""
        self._fields[name].show_error(text)

    def is_valid(self) -> bool:
        """Check every field, say what is wrong, and go to the first that is."""
        wrong = [field for field in self._fields.values() if not self._settle(field)]
        if wrong:
            for fold in self._folds:
                if any(fold.isAncestorOf(field) for field in wrong):
                    fold.set_opened(True)
            wrong[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def note_saved(self) -> None:
        """Say that what was typed is saved, and since when."""
        self._saved.setText(f"Enregistré à {french.clock_time(clock.now())}")
        self._saved.show()

    def _add(self, name: str, field: Field) -> Field:
        self._fields[name] = field
        field.setObjectName(name)
        field.left.connect(self._field_left)
        self._place(field)
        return field

    def _place(self, widget: QWidget) -> None:
        if self._line is not None:
            self._line.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        elif self._fold is not None:
            self._fold.body.addWidget(widget)
        else:
            self._column.insertWidget(self._column.count() - FOOT, widget)

    def _settle(self, field: Field) -> bool:
        """Take in what a field holds; say whether it is valid."""
        if field.isHidden():
            return True
        try:
            value = field.read()
        except WrongInput as error:
            field.show_error(str(error))
            return False
        if value != field.last or field.error:
            changed = value != field.last
            field.last = value
            field.show_error("")
            if changed:
                self.edited.emit(field.objectName(), value)
        return True

    @Slot()
    def _field_left(self) -> None:
        field = self.sender()
        if isinstance(field, Field) and not self._quiet:
            self._settle(field)


def _space() -> QWidget:
    made = QWidget()
    made.setFixedHeight(4)
    return made
