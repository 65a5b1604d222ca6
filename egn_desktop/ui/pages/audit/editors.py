# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer is given with, by kind of question; each tells the text of a whole answer."""

import re
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.audit.answers import Answer, Choice, Counts
from egn_desktop.audit.catalogue import Criterion, Kind
from egn_desktop.ui import clock, theme
from egn_desktop.ui.dates import typed_day
from egn_desktop.ui.pages.audit.choices import Choices
from egn_desktop.ui.widgets.inputs import typed
from egn_desktop.ui.widgets.labels import muted, plain_label

FIELD_WIDTH = 118
YES_NO_KEYS = {"o": Choice.YES, "n": Choice.NO}
CHOICE_KEYS = YES_NO_KEYS | {"p": Choice.PARTLY}


class Editor(QWidget):
    """What is common to all: an answer shown, and keys understood when no field has the focus."""

    answered = Signal(str)

    def __init__(self, criterion: Criterion) -> None:
        super().__init__()
        self.criterion = criterion

    def show_answer(self, answer: Answer | None) -> None:
        """Show what the dossier holds."""

    def take_key(self, key: str) -> bool:
        """Answer with one key; tell whether it meant something."""
        return False

    def finish(self) -> bool:
        """Keep what was typed; tell whether nothing is left to type here."""
        return True


class ChoiceEditor(Editor):
    """Yes or no, with "in part" where it makes sense."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(criterion)
        partly = criterion.kind is Kind.YES_PARTLY_NO
        self._options = tuple(choice for choice in Choice if partly or choice is not Choice.PARTLY)
        self._choices = Choices([option.label for option in self._options], criterion.question)
        self._choices.chosen.connect(self._chosen)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._choices)
        line.addStretch()

    def show_answer(self, answer: Answer | None) -> None:
        value = answer.value if answer else None
        self._choices.set_index(self._options.index(value) if value in self._options else -1)

    def take_key(self, key: str) -> bool:
        choice = CHOICE_KEYS.get(key)
        if choice not in self._options:
            return False
        self._choices.click(self._options.index(choice))
        return True

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.answered.emit(self._options[index].label)


class ChecksEditor(Editor):
    """Several yes or no under one question; keys answer them in order."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(criterion)
        self._rows: list[Choices] = []
        self._at = 0
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, item in enumerate(criterion.items):
            row = Choices([Choice.YES.label, Choice.NO.label], item)
            row.chosen.connect(self._chosen)
            label = plain_label(item)
            label.setWordWrap(True)
            grid.addWidget(row, place, 0)
            grid.addWidget(label, place, 1)
            self._rows.append(row)

    def show_answer(self, answer: Answer | None) -> None:
        value = answer.value if answer else None
        if isinstance(value, tuple):
            for row, there in zip(self._rows, value, strict=True):
                row.set_index(0 if there else 1)
        elif answer is not None or all(row.index() >= 0 for row in self._rows):
            for row in self._rows:
                row.set_index(-1)
        self._at = 0

    def take_key(self, key: str) -> bool:
        choice = YES_NO_KEYS.get(key)
        if choice is None:
            return False
        missing = [at for at, row in enumerate(self._rows) if row.index() < 0]
        place = missing[0] if missing else self._at
        self._at = (place + 1) % len(self._rows)
        after = self._at
        self._rows[place].click(0 if choice is Choice.YES else 1)
        self._at = after
        return True

    def finish(self) -> bool:
        given = [row.index() >= 0 for row in self._rows]
        return all(given) or not any(given)

    @Slot(int)
    def _chosen(self, _index: int) -> None:
        indexes = [row.index() for row in self._rows]
        if -1 not in indexes:
            self.answered.emit("".join("O" if index == 0 else "N" for index in indexes))


class Field(QLineEdit):
    """A short field for a number or a date, with its label read by screen readers."""

    def __init__(self, label: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        self.setFixedWidth(theme.pixels(FIELD_WIDTH))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)


def _labelled(label: str, field: QLineEdit) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    words = plain_label(label)
    words.setProperty("role", "label")
    words.setBuddy(field)
    column.addWidget(words)
    column.addWidget(field)
    return column


class TextEditor(Editor):
    """One field: a number with its unit, or a date."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(criterion)
        self._shown = ""
        is_date = criterion.kind is Kind.DATE
        self.field = Field(criterion.question, "JJ/MM/AAAA" if is_date else "")
        self.field.editingFinished.connect(self._finished)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field)
        units = {Kind.MBIT: "Mbit/s", Kind.DAYS: "jours"}
        unit = units.get(criterion.kind, "" if is_date else f"{criterion.unit}s")
        if unit:
            line.addWidget(plain_label(unit))
        self._never = Choices(["Jamais"], criterion.question)
        self._never.setVisible(is_date)
        self._never.chosen.connect(self._never_chosen)
        line.addWidget(self._never)
        line.addStretch()

    def show_answer(self, answer: Answer | None) -> None:
        value = answer.value if answer else None
        self._never.set_index(0 if value is Choice.NO else -1)
        if isinstance(value, date):
            self._shown = french.short_date(value)
        else:
            self._shown = french.number(value) if isinstance(value, float) else ""
        self.field.setText(self._shown)

    def take_key(self, key: str) -> bool:
        if self.criterion.kind is Kind.DATE and key in ("j", "n"):
            self._never.click(0)
            return True
        if not (key.isdigit() or (self.criterion.kind is Kind.DATE and key in "ha")):
            return False
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(key)
        return True

    def finish(self) -> bool:
        self._finished()
        return True

    @Slot()
    def _finished(self) -> None:
        text = typed(self.field).strip()
        if not text or text == self._shown:
            return
        self._shown = text
        self.answered.emit(_dated(text) if self.criterion.kind is Kind.DATE else text)

    @Slot(int)
    def _never_chosen(self, _index: int) -> None:
        self.answered.emit("jamais")


class CountsEditor(Editor):
    """Two counts, and what comes out of them; the second may be known already."""

    def __init__(self, criterion: Criterion, known: int | None) -> None:
        super().__init__(criterion)
        self._shown = ("", "")
        self._known = "" if known is None else french.number(known, 0)
        self.part, self.whole = Field(criterion.part), Field(criterion.whole)
        self.part.editingFinished.connect(self._finished)
        self.whole.editingFinished.connect(self._finished)
        over = plain_label("sur")
        over.setMinimumHeight(theme.pixels(34))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(_labelled(criterion.part, self.part))
        line.addWidget(over, 0, Qt.AlignmentFlag.AlignBottom)
        line.addLayout(_labelled(criterion.whole, self.whole))
        line.addStretch()
        self._hint = muted("")
        self._hint.setText(f"« {criterion.whole} » vient de l’identité (Réglages).")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(line)
        whole.addWidget(self._hint)

    def show_answer(self, answer: Answer | None) -> None:
        value = answer.value if answer else None
        part, whole = "", self._known
        if isinstance(value, Counts):
            part, whole = french.number(value.part, 2), french.number(value.whole, 2)
        elif isinstance(value, float):
            part, whole = french.number(value), ""
            part += f"{french.NARROW_SPACE}%" if self.criterion.kind is Kind.PERCENT else ""
        self._shown = (part, whole)
        self.part.setText(part)
        self.whole.setText(whole)
        self._hint.setVisible(bool(self._known) and whole == self._known)

    def take_key(self, key: str) -> bool:
        if not key.isdigit():
            return False
        self.part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.part.setText(key)
        return True

    def finish(self) -> bool:
        part, whole = self._texts()
        if part and not whole and "%" not in part and (part, whole) != self._shown:
            self.whole.setFocus(Qt.FocusReason.TabFocusReason)
            return False
        self._finished()
        return True

    def _texts(self) -> tuple[str, str]:
        return self.part.text().strip(), self.whole.text().strip()

    @Slot()
    def _finished(self) -> None:
        part, whole = self._texts()
        self._hint.setVisible(bool(self._known) and whole == self._known)
        if not part or (part, whole) == self._shown:
            return
        if whole:
            self._shown = (part, whole)
            self.answered.emit(f"{part}/{whole}")
        elif "%" in part:
            self._shown = (part, whole)
            self.answered.emit(part)


def editor_for(criterion: Criterion, known: int | None) -> Editor:
    """Return what a question is answered with; ``known`` is the second count, if it is known."""
    if criterion.kind is Kind.CHECKS:
        return ChecksEditor(criterion)
    if criterion.kind.is_choice:
        return ChoiceEditor(criterion)
    if criterion.kind.has_counts:
        return CountsEditor(criterion, known)
    return TextEditor(criterion)


def _dated(text: str) -> str:
    """Return a date as it is understood below; without its year it is the last one there was."""
    today = clock.today()
    day = typed_day(text, today)
    if day is None:
        return text
    if day > today and not re.search(r"\d{4}", text):
        day = typed_day(f"{day:%d/%m}/{day.year - 1}", today) or day
    return french.short_date(day)
