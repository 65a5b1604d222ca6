# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil of the list beside those of the dossier whom he or she may be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.inventory.people.queries.doubts import KnownPupil, PupilDoubt
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.ui.widgets.buttons import Button, plain_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import body, muted, strong

MOST_SHOWN = 3
"""How many candidates stand side by side; the likeliest come first."""


class Asked(Protocol):
    """A doubt with what is answered so far."""

    @property
    def doubt(self) -> PupilDoubt:
        """Who may be whom."""
        ...

    @property
    def answer(self) -> int | None:
        """The pupil meant, None for another one."""
        ...


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is said of one person, line by line."""

    last_name: str
    first_name: str
    usual_name: str
    born_on: str
    school_class: str
    ine: str
    more: str = ""


class DoubtCard(QFrame):
    """Asks whether two are one: ``answered`` tells the id of the one meant, None for another."""

    answered = Signal(object)

    def __init__(self, question: Asked) -> None:
        super().__init__()
        self.question = question
        self.setProperty("role", "card")
        doubt = question.doubt
        shown = doubt.candidates[:MOST_SHOWN]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self._fill(grid, _of_list(doubt.pupil), [_of_dossier(person) for person in shown])
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(strong("Est-ce la même personne ?"))
        column.addWidget(muted(f"{doubt.reason.label}."))
        column.addLayout(grid)
        column.addWidget(self._buttons(question, len(shown)))

    def _fill(self, grid: QGridLayout, given: _Facts, known: list[_Facts]) -> None:
        heads = ["Dans la liste", *self._heads(len(known))]
        for column, words in enumerate(heads, start=1):
            grid.addWidget(muted(words), 0, column)
            grid.setColumnStretch(column, 1)
        labels = {
            "last_name": "Nom",
            "usual_name": "Nom d’usage",
            "first_name": "Prénom",
            "born_on": "Naissance",
            "school_class": "Classe",
            "ine": "INE",
            "more": "",
        }
        row = 1
        for name, label in labels.items():
            said = [getattr(given, name), *(getattr(facts, name) for facts in known)]
            if not any(said):
                continue
            grid.addWidget(muted(label), row, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in enumerate(said, start=1):
                differs = column > 1 and name not in ("more", "school_class")
                differs = differs and bool(text and said[0]) and fold(text) != fold(said[0])
                shown = strong(text) if differs else body(text or "–")
                if name == "more" and not text:
                    shown = body("")
                grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignTop)
            row += 1

    def _heads(self, how_many: int) -> list[str]:
        if how_many == 1:
            return ["Dans le dossier"]
        return [f"Dossier ({n})" for n in range(1, how_many + 1)]

    def _buttons(self, question: Asked, how_many: int) -> QWidget:
        holder = QWidget()
        holder.setProperty("ground", "none")
        line = Flow(holder, spacing=8)
        for place in range(how_many):
            words = "Même élève (M)"
            if how_many > 1:
                words = "C’est le {0} ({0})".format(place + 1)
            is_answer = question.answer == question.doubt.candidates[place].id
            button = self._button(words, self._chosen, is_answer)
            button.setProperty("candidate", place)
            line.addWidget(button)
        other = self._button("Autre élève (A)", self._other, question.answer is None)
        line.addWidget(other)
        return holder

    def _button(self, words: str, slot: Callable[[], None], is_answer: bool) -> Button:
        button = plain_button(words, slot, "check" if is_answer else "")
        button.setAccessibleDescription("Réponse en l’état" if is_answer else "")
        return button

    @Slot()
    def _chosen(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            place = int(button.property("candidate"))
            self.answered.emit(self.question.doubt.candidates[place].id)

    @Slot()
    def _other(self) -> None:
        self.answered.emit(None)


def _of_list(given: PupilInput) -> _Facts:
    return _Facts(
        given.last_name,
        given.first_name,
        given.usual_name,
        french.short_date(given.born_on),
        given.school_class,
        given.ine,
    )


def _of_dossier(known: KnownPupil) -> _Facts:
    more = list(known.devices)
    if known.is_removed:
        more.append("Retiré de la liste")
    elif known.left_on:
        more.append(f"Parti le {french.short_date(known.left_on)}")
    return _Facts(
        known.last_name,
        known.first_name,
        known.usual_name,
        french.short_date(known.born_on),
        known.school_class,
        known.ine,
        "\n".join(more),
    )
