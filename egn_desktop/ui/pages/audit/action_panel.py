# SPDX-License-Identifier: GPL-3.0-or-later
"""One gap in the side panel: what is expected, what was found, and the action made of it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow
from egn_desktop.actions.rules import ActionState, Provider
from egn_desktop.audit.catalogue import Nature
from egn_desktop.audit.deadlines import proposed_due
from egn_desktop.audit.queries import GapRow
from egn_desktop.ui import clock
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, note, rule, strong

STRENGTHS = {1: "faible", 2: "moyen", 3: "fort"}


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
    """A gap, and the form of its action: to make it, or to change the one that is open."""

    made = Signal(object)
    changed = Signal(object, object)
    dropped = Signal(object)
    set_aside = Signal(str)
    question_wanted = Signal(str)

    def __init__(self, row: GapRow, *, can_answer: bool) -> None:
        super().__init__()
        self._row = row
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._add_facts()
        if can_answer:
            self._column.addWidget(plain_button("Voir la question", self._question))
        self._column.addSpacing(4)
        self._column.addWidget(rule())
        self._column.addSpacing(4)
        if row.action is None:
            self._add_proposal()
        else:
            self._add_action(row.action)
        self._column.addStretch()

    def _add_facts(self) -> None:
        row = self._row
        self._column.addWidget(strong(f"{row.title} ({row.level})" if row.level else row.title))
        who = " ; ".join(provider.label for provider in row.gap.providers)
        for label, words in (
            ("Constaté", row.found),
            ("Repère", f"{row.expected} – {row.ground}"),
            ("À demander à", who),
            ("Priorité", _priority(row)),
        ):
            self._column.addWidget(muted(label))
            self._column.addWidget(body(words))

    def _add_proposal(self) -> None:
        if self._row.set_aside:
            self._column.addWidget(note("Vous avez écarté l’action proposée.", "neutral"))
        self._add_form()
        self._column.addWidget(main_button("Créer l’action", self._make))
        # A legal duty can wait for its action, not do without.
        if not self._row.set_aside and self._row.nature is not Nature.DUTY:
            self._column.addWidget(quiet_button("Ne rien prévoir", self._set_aside))

    def _add_form(self, action: ActionRow | None = None) -> None:
        row, form = self._row, Form()
        providers = [(provider.value, provider.label) for provider in Provider]
        provider = row.gap.providers[0].value
        if action is not None and action.provider:
            provider = action.provider
            if provider not in list(Provider):
                providers.append((provider, provider))
        title = action.title if action else row.gap.criterion.action
        form.add_text("title", "Action", value=title, lines=2, check=_title_problem)
        form.add_choice("provider", "Qui doit fournir", providers, value=provider)
        responsible = action.responsible if action else ""
        form.add_text("responsible", "Qui s’en occupe", value=responsible)
        due = action.due_on if action else proposed_due(row.gap, clock.today())
        note = "" if action else "Proposition d’EGN Desktop, d’après la priorité."
        form.add_date("due_on", "Pour quand", value=due, help=note)
        form.add_text(
            "cost",
            "Coût indicatif",
            value=action.cost_label if action else "",
            placeholder="300 à 500 €",
            help="Si vous le connaissez : un devis, un prix d’achat groupé.",
        )
        self.form = form
        self._column.addWidget(form)

    def _add_action(self, action: ActionRow) -> None:
        due = french.short_date(action.due_on)
        words = action.state_label + (f", pour le {due}" if due else "")
        self._column.addWidget(note(words, "bad" if action.is_late else "brand"))
        if action.state is not ActionState.OPEN:
            self._column.addWidget(body(action.title))
            self._column.addWidget(muted("L’écart demeure : prévoyez-vous autre chose ?"))
            self._add_form()
            self._column.addWidget(main_button("Créer l’action", self._make))
            return
        self._add_form(action)
        self._column.addWidget(main_button("Enregistrer l’action", self._change))
        self._column.addWidget(quiet_button("Abandonner l’action", self._drop))
        self._column.addWidget(muted("Elle se suit dans Exercices, onglet Actions."))

    def _written(self) -> NewAction:
        values = self.form.values()
        return NewAction(
            criterion_id=self._row.criterion_id,
            title=values["title"],
            responsible=values["responsible"],
            provider=str(values["provider"]),
            due_on=values["due_on"],
            cost=values["cost"],
        )

    @Slot()
    def _make(self) -> None:
        if self.form.is_valid():
            self.made.emit(self._written())

    @Slot()
    def _change(self) -> None:
        if self.form.is_valid():
            self.changed.emit(self._row.action, self._written())

    @Slot()
    def _drop(self) -> None:
        self.dropped.emit(self._row.action)

    @Slot()
    def _set_aside(self) -> None:
        self.set_aside.emit(self._row.criterion_id)

    @Slot()
    def _question(self) -> None:
        self.question_wanted.emit(self._row.gap.line.question.key)


def _title_problem(text: str) -> str | None:
    return None if text.strip() else "Dites en quelques mots ce qui est à faire."


def _priority(row: GapRow) -> str:
    """Say the priority, and what it comes from."""
    if row.nature is Nature.DUTY:
        return f"{row.gap.priority.label} – obligation légale"
    impact, effort = row.gap.criterion.impact, row.gap.criterion.effort
    return (
        f"{row.gap.priority.label} – effet {STRENGTHS[impact]}, effort {STRENGTHS[effort]} "
        "(notre proposition)"
    )
