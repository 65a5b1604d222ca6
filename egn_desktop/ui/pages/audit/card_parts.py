# SPDX-License-Identifier: GPL-3.0-or-later
"""What a question's card shows beside its fields: help, minimums, source, when it was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.audit.answers import Answer, Standing, brief_text
from egn_desktop.audit.catalogue import Question
from egn_desktop.audit.evidence import EvidenceRow
from egn_desktop.audit.proposals import Proposal
from egn_desktop.ui import clock
from egn_desktop.ui.widgets.labels import body, muted


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows of its question.

    Attributes:
        minimums: one line for each minimum and each national average.
        sources: where the question comes from, and the tools to think of.
        state: the words and the tone of its chip; empty words hide it.
        known: the second count, where the school's identity knows it.
        proposals: what inventory and last audit propose.
        evidence: the files that back the answer.
    """

    question: Question
    minimums: tuple[str, ...]
    sources: tuple[str, ...]
    answer: Answer | None
    answered_at: datetime | None
    state: tuple[str, str]
    known: int | None
    closed: bool
    proposals: Sequence[Proposal] = ()
    evidence: Sequence[EvidenceRow] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes with the questions of an audit, by their key."""

    proposals: Mapping[str, Sequence[Proposal]] = field(
        default_factory=dict[str, Sequence[Proposal]]
    )
    evidence: Mapping[str, Sequence[EvidenceRow]] = field(
        default_factory=dict[str, Sequence[EvidenceRow]]
    )


def help_column(shown: Shown) -> QWidget:
    """Return the help of a question, its minimums and its source."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(muted(shown.question.criterion.help))
    for minimum in shown.minimums:
        column.addWidget(body(minimum))
    for source in shown.sources:
        column.addWidget(muted(source))
    column.addStretch()
    return side


def line_field(label: str) -> QLineEdit:
    """Return a field of one line that says in itself what it is for."""
    made = QLineEdit()
    label_field(made, label)
    return made


def label_field(field: QLineEdit, label: str) -> None:
    """Say in a field, and to screen readers, what it is for."""
    field.setPlaceholderText(label)
    field.setAccessibleName(label)


def saved_words(shown: Shown) -> str:
    """Say when an answer was kept, the day too when it is not today, and where it comes from."""
    if shown.answer is None or shown.answered_at is None:
        return ""
    at = shown.answered_at.astimezone()
    words = f"Enregistré à {french.clock_time(at)}"
    if at.date() != clock.today():
        day = french.short_date(at.date())
        words = f"Enregistré le {day} à {french.clock_time(at)}"
    origin = shown.answer.origin.label
    return f"{words} · {origin}" if origin else words


def in_brief(question: Question, answer: Answer | None) -> str:
    """Return a known answer in a few words, else nothing: the chip says the rest."""
    if answer is None or answer.standing is not Standing.KNOWN:
        return ""
    return brief_text(question.criterion, answer)
