# SPDX-License-Identifier: GPL-3.0-or-later
"""What a question's card shows beside its fields: help, minimums, source, when it was kept."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.audit.answers import Answer, Standing, brief_text
from egn_desktop.audit.catalogue import Question
from egn_desktop.documents import french
from egn_desktop.ui import clock
from egn_desktop.ui.widgets.labels import body, muted


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows of its question.

    Attributes:
        minimums: one line for each minimum and each national average.
        source: where the question comes from.
        state: the words and the tone of its chip; empty words hide it.
        known: the second count, where the school's identity knows it.
    """

    question: Question
    minimums: tuple[str, ...]
    source: str
    answer: Answer | None
    answered_at: datetime | None
    state: tuple[str, str]
    known: int | None
    closed: bool


def help_column(shown: Shown) -> QWidget:
    """Return the help of a question, its minimums and its source."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(muted(shown.question.criterion.help))
    for minimum in shown.minimums:
        column.addWidget(body(minimum))
    column.addWidget(muted(shown.source))
    column.addStretch()
    return side


def saved_words(moment: datetime | None) -> str:
    """Say when an answer was kept; the day too when it is not today."""
    if moment is None:
        return ""
    at = moment.astimezone()
    time = french.clock_time(at)
    if at.date() == clock.today():
        return _tr("Enregistré à {}").format(time)
    return _tr("Enregistré le {} à {}").format(french.short_date(at.date()), time)


def in_brief(question: Question, answer: Answer | None) -> str:
    """Return a known answer in a few words, else nothing: the chip says the rest."""
    if answer is None or answer.standing is not Standing.KNOWN:
        return ""
    return brief_text(question.criterion, answer)


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuestionCard", text)
