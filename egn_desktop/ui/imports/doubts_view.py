# SPDX-License-Identifier: GPL-3.0-or-later
"""« Est-ce la même personne ? »: who of a list may be known, one question after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.inventory.people.queries.doubts import PupilDoubt
from egn_desktop.ui.imports.doubt_card import MOST_SHOWN, DoubtCard
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable

TABLE_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt with its line in the file and what is answered so far.

    Attributes:
        answer: the id of the pupil meant; None: another one.
        is_settled: whether a human said so; else it is only proposed.
    """

    doubt: PupilDoubt
    line: int
    answer: int | None
    is_settled: bool = False

    @property
    def id(self) -> int:
        return self.doubt.row


class DoubtsView(QWidget):
    """Asks; each answer leads to the next question."""

    answered = Signal()

    def __init__(self, doubts: Sequence[PupilDoubt], lines: Sequence[int]) -> None:
        super().__init__()
        self._questions = [
            Question(doubt, line, doubt.likely) for doubt, line in zip(doubts, lines, strict=True)
        ]
        self._card: DoubtCard | None = None
        self._table = RowsTable(
            [
                ColumnSpec("Ligne", lambda row: str(row.line), sort=lambda row: row.line),
                ColumnSpec("Élève de la liste", _name, stretch=True),
                ColumnSpec("Réponse", self._answer),
            ],
            accessible_name="Doutes",
            has_tools=False,
        )
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._table, 1)
        self._table.set_rows(self._questions)
        self._table.selectionModel().selectionChanged.connect(self._show_selected)
        self._take_keys()
        if self._questions:
            self._go_to(self._questions[0])

    @property
    def answers(self) -> dict[int, int | None]:
        """Who each doubtful line means, by its place among the lines to be imported."""
        return {question.doubt.row: question.answer for question in self._questions}

    @property
    def open_questions(self) -> int:
        """How many have only the answer proposed."""
        return sum(not question.is_settled for question in self._questions)

    def take_focus(self) -> None:
        """Put the keyboard on the questions: M and A answer."""
        self._table.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_keys(self) -> None:
        keys = {"M": self._same, "A": self._other}
        keys |= {str(n): self._numbered for n in range(1, MOST_SHOWN + 1)}
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _current(self) -> Question | None:
        return next(iter(self._table.selected()), None)

    def _go_to(self, question: Question) -> None:
        self._table.select(lambda row: row.id == question.id)

    @Slot()
    def _same(self) -> None:
        question = self._current()
        if question is not None:
            self._settle(question, question.doubt.candidates[0].id)

    @Slot()
    def _other(self) -> None:
        question = self._current()
        if question is not None:
            self._settle(question, None)

    @Slot()
    def _numbered(self) -> None:
        question, key = self._current(), self.sender()
        if question is None or not isinstance(key, QShortcut):
            return
        place = int(key.key().toString()) - 1
        if place < len(question.doubt.candidates):
            self._settle(question, question.doubt.candidates[place].id)

    @Slot(object)
    def _card_answered(self, answer: int | None) -> None:
        question = self._current()
        if question is not None:
            self._settle(question, answer)

    def _settle(self, question: Question, answer: int | None) -> None:
        """Keep an answer; one pupil is not two lines, so another line that had it gives it up."""
        self._questions = [
            Question(asked.doubt, asked.line, answer, is_settled=True)
            if asked.id == question.id
            else Question(asked.doubt, asked.line, None)
            if answer is not None and asked.answer == answer
            else asked
            for asked in self._questions
        ]
        self._table.set_rows(self._questions)
        rows = self._table.rows()
        place = next(at for at, row in enumerate(rows) if row.id == question.id)
        following = [*rows[place + 1 :], *rows[:place]]
        self._go_to(next((row for row in following if not row.is_settled), rows[place]))
        self._show_selected()
        self.answered.emit()

    @Slot()
    def _show_selected(self) -> None:
        question = self._current()
        if question is None or (self._card is not None and self._card.question == question):
            return
        had_focus = self._card is not None and self._card.isAncestorOf(self.focusWidget() or self)
        if self._card is not None:
            self._card.hide()
            self._column.removeWidget(self._card)
            self._card.deleteLater()
        self._card = DoubtCard(question)
        self._card.answered.connect(self._card_answered)
        self._column.addWidget(self._card)
        self._card.show()
        if had_focus:
            self.take_focus()

    def _answer(self, row: Question) -> ChipText:
        words = "Autre élève" if row.answer is None else "Même élève"
        if row.is_settled:
            return ChipText(words, "good")
        return ChipText(f"{words} ?", "attention")


def _name(row: Question) -> str:
    given = row.doubt.pupil
    return f"{given.usual_name or given.last_name} {given.first_name}"
