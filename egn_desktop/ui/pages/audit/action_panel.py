# SPDX-License-Identifier: GPL-3.0-or-later
"""One gap in the side panel: what is expected, what was found, and the action to make of it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.actions.rules import Provider
from egn_desktop.audit.queries import GapRow
from egn_desktop.documents import french
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.labels import body, muted, note, rule, strong


@dataclass(frozen=True, slots=True)
class NewAction:
    """What the head wrote of the action to make."""

    criterion_id: str
    title: str
    responsible: str
    provider: str
    due_on: date | None
    cost: str


class ActionPanel(QWidget):
    """A gap, and the form of its action."""

    made = Signal(object)
    question_wanted = Signal(str)

    def __init__(self, row: GapRow, *, can_answer: bool) -> None:
        super().__init__()
        self._row = row
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._add_facts()
        if can_answer:
            self._column.addWidget(plain_button(self.tr("Voir la question"), self._question))
        self._column.addSpacing(4)
        self._column.addWidget(rule())
        self._column.addSpacing(4)
        if row.action is None:
            self._add_form()
        else:
            self._add_action(row)
        self._column.addStretch()

    def _add_facts(self) -> None:
        row = self._row
        self._column.addWidget(strong(f"{row.title} ({row.level})" if row.level else row.title))
        who = " ; ".join(one.label for one in row.gap.providers)
        for label, words in (
            (self.tr("Constaté"), row.found),
            (self.tr("Minimum"), f"{row.expected} – {row.ground}"),
            (self.tr("À demander à"), who),
        ):
            self._column.addWidget(muted(label))
            self._column.addWidget(body(words))

    def _add_form(self) -> None:
        row = self._row
        self.form = Form()
        self.form.add_text("title", self.tr("Action"), value=row.gap.criterion.action, lines=2)
        self.form.add_choice(
            "provider",
            self.tr("Qui doit fournir"),
            [(one.value, one.label) for one in Provider],
            value=row.gap.providers[0].value,
        )
        self.form.add_text("responsible", self.tr("Qui s’en occupe"))
        self.form.add_date("due_on", self.tr("Pour quand"))
        self.form.add_text("cost", self.tr("Coût indicatif"), placeholder=self.tr("300 à 500 €"))
        self._column.addWidget(self.form)
        self._column.addWidget(main_button(self.tr("Créer l’action"), self._make))

    def _add_action(self, row: GapRow) -> None:
        action = row.action
        if action is None:
            return
        due = french.short_date(action.due_on)
        words = f"{action.title} · {action.state_label.lower()}"
        self._column.addWidget(note(words + (self.tr(", pour le {}").format(due) if due else "")))
        self._column.addWidget(muted(self.tr("Elle se suit dans Exercices, onglet Actions.")))

    @Slot()
    def _make(self) -> None:
        if not self.form.is_valid():
            return
        values = self.form.values()
        self.made.emit(
            NewAction(
                criterion_id=self._row.criterion_id,
                title=values["title"],
                responsible=values["responsible"],
                provider=str(values["provider"]),
                due_on=values["due_on"],
                cost=values["cost"],
            )
        )

    @Slot()
    def _question(self) -> None:
        self.question_wanted.emit(self._row.gap.line.question.key)
