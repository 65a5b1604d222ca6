# SPDX-License-Identifier: GPL-3.0-or-later
"""The one list of actions, as screens and documents read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from egn_desktop import french
from egn_desktop.actions import rules
from egn_desktop.actions.costs import Amount, amount, euros
from egn_desktop.actions.model import Action
from egn_desktop.actions.rules import ActionState, Source, SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.todo import Todo, Urgency


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Attributes:
        provider: a ``rules.Provider`` value or free words; None when nobody has to provide.
        cost: as written ("environ 300 €"); ``cost_cents`` when it is known exactly.
        is_late: open, and its day is past.
    """

    id: int
    title: str
    source: Source
    responsible: str
    provider: str | None
    due_on: date | None
    state: ActionState
    cost: str
    cost_cents: int | None
    closed_on: date | None
    is_late: bool

    @property
    def state_label(self) -> str:
        """The French name of its state, "En retard" when it is late."""
        return "En retard" if self.is_late else self.state.label

    @property
    def cost_label(self) -> str:
        """The cost in French, empty when unknown."""
        if self.cost:
            return self.cost
        return "" if self.cost_cents is None else euros(self.cost_cents)

    @property
    def line(self) -> str:
        """All that is known of it on one line of French."""
        due = f"pour le {french.short_date(self.due_on)}" if self.due_on else "sans date"
        source, cost = self.source.kind.label, self.cost_label
        parts = (self.state_label, due, self.title, self.responsible, source, cost)
        return " · ".join(part for part in parts if part)

    @property
    def amount(self) -> Amount | None:
        """The sum that its cost says, or None."""
        return amount(self.cost, self.cost_cents)


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """How many actions there are, by state; ``late`` ones are open too."""

    open: int
    late: int
    done: int
    dropped: int


def actions(
    dossier: Dossier,
    state: ActionState | None = None,
    *,
    source_kind: SourceKind | None = None,
    responsible: str | None = None,
    late: bool = False,
) -> Sequence[ActionRow]:
    """Return the actions, open ones first, then by due date, undated last.

    Args:
        state: only those in this state.
        source_kind: only those of this kind of source.
        responsible: only those of this person; the empty name for those of nobody.
        late: only those that are late.
    """
    wanted = select(
        Action.id,
        Action.title,
        Action.source_kind,
        Action.source_ref,
        Action.source_within,
        Action.responsible,
        Action.provider,
        Action.due_on,
        Action.state,
        Action.cost,
        Action.cost_cents,
        Action.closed_on,
    ).order_by(Action.id)
    if state is not None:
        wanted = wanted.where(Action.state == state)
    if source_kind is not None:
        wanted = wanted.where(Action.source_kind == source_kind)
    if responsible is not None:
        wanted = wanted.where(Action.responsible == responsible)
    today = dossier.today()
    rows = [
        ActionRow(
            id=row.id,
            title=row.title,
            source=Source(SourceKind(row.source_kind), row.source_ref, row.source_within),
            responsible=row.responsible,
            provider=row.provider,
            due_on=row.due_on,
            state=ActionState(row.state),
            cost=row.cost,
            cost_cents=row.cost_cents,
            closed_on=row.closed_on,
            is_late=rules.is_late(ActionState(row.state), row.due_on, today),
        )
        for row in dossier.rows(wanted)
    ]
    shown = [row for row in rows if row.is_late or not late]
    return sorted(shown, key=lambda row: rules.sort_key(row.state, row.due_on))


def responsibles(rows: Sequence[ActionRow]) -> Sequence[str]:
    """Return who is responsible for some of the actions, in alphabetical order."""
    return sorted({row.responsible for row in rows if row.responsible}, key=str.casefold)


HEADER = (
    "N°",
    "Action",
    "État",
    "Échéance",
    "Responsable",
    "Qui doit fournir",
    "Origine",
    "Coût",
    "Coût au moins (€)",
    "Coût au plus (€)",
    "Terminée le",
)
Cell = str | int | float | date | None


def action_table(rows: Sequence[ActionRow]) -> Sequence[Sequence[Cell]]:
    """Return a header, then the actions, for a spreadsheet."""
    return [HEADER, *(_cells(row) for row in rows)]


def _cells(row: ActionRow) -> Sequence[Cell]:
    sum_ = row.amount
    return (
        row.id,
        row.title,
        row.state_label,
        row.due_on,
        row.responsible,
        rules.provider_label(row.provider),
        row.source.kind.label,
        row.cost_label,
        sum_.low / 100 if sum_ else None,
        sum_.high / 100 if sum_ else None,
        row.closed_on,
    )


def summary(dossier: Dossier) -> ActionSummary:
    """Return how many actions are open, late, done and dropped."""
    rows = actions(dossier)
    return ActionSummary(
        open=sum(row.state is ActionState.OPEN for row in rows),
        late=sum(row.is_late for row in rows),
        done=sum(row.state is ActionState.DONE for row in rows),
        dropped=sum(row.state is ActionState.DROPPED for row in rows),
    )


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return the late actions as one line of the home page, or nothing."""
    late = [row for row in actions(dossier, ActionState.OPEN) if row.is_late]
    if not late:
        return ()
    if len(late) == 1:
        text = f"Action à terminer : {late[0].title}, prévue le {french.short_date(late[0].due_on)}"
    else:
        text = (
            f"{french.count(len(late), 'action')} en retard, "
            f"la plus ancienne prévue le {french.short_date(late[0].due_on)}"
        )
    return (Todo(Urgency.LATE, "En retard", text, "drills", "Voir", "actions"),)
