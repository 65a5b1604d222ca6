# SPDX-License-Identifier: GPL-3.0-or-later
"""The one list of actions as a document: all of it, or what one person or one source has to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from egn_desktop import french
from egn_desktop.actions.costs import total
from egn_desktop.actions.offers import ALL, LATE, OPEN, PERSON, SOURCE, selections
from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.rules import ActionState, SourceKind, provider_label
from egn_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Figures,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import identity


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    shown: Callable[[ActionRow], bool]
    day: str = "Échéance"


_GROUPS: Final = (
    _Group("En retard", lambda row: row.is_late),
    _Group("À faire", lambda row: row.state is ActionState.OPEN and not row.is_late),
    _Group("Faites", lambda row: row.state is ActionState.DONE, "Faite le"),
    _Group("Abandonnées", lambda row: row.state is ActionState.DROPPED, "Le"),
)


def selection_key(
    *, state: ActionState | None, late: bool, source: SourceKind | None, responsible: str
) -> str:
    """Return the key of the selection nearest to a list's filters: a person, a source, a state."""
    if responsible:
        return f"{PERSON}{responsible}"
    if source is not None:
        return f"{SOURCE}{source.value}"
    if late:
        return LATE
    return OPEN if state is ActionState.OPEN else ALL


def selected(dossier: Dossier, key: str) -> Sequence[ActionRow]:
    """Return the actions of a selection, what needs attention first.

    Raises:
        UserError: there is no such selection.
    """
    if key == ALL:
        return actions(dossier)
    if key in (OPEN, LATE):
        return actions(dossier, ActionState.OPEN, late=key == LATE)
    if key.startswith(PERSON):
        return actions(dossier, responsible=key.removeprefix(PERSON))
    kind = key.removeprefix(SOURCE)
    if kind in list(SourceKind):
        return actions(dossier, source_kind=SourceKind(kind))
    raise UserError(f"Il n’y a pas de sélection d’actions « {key} ».")


def action_plan(dossier: Dossier, key: str) -> Document:
    """Return the actions of a selection, grouped by where they stand."""
    school, rows = identity(dossier), selected(dossier, key)
    label = next((selection.label for selection in selections(dossier) if selection.key == key), "")
    day = french.short_date(dossier.today())
    return Document(
        title="Plan d’actions",
        subtitle=f"{label} · au {day}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Plan d’actions au {day}",
        subject="Actions de l’état des lieux, du plan, du DUERP et des exercices",
        author=school.head,
        blocks=(*_headline(rows), *(block for group in _GROUPS for block in _group(group, rows))),
    )


def _headline(rows: Sequence[ActionRow]) -> tuple[Block, ...]:
    still = [row for row in rows if row.state is ActionState.OPEN]
    cost = total(row.amount for row in still)
    figures = [
        (french.number(sum(row.is_late for row in rows), 0), "en retard"),
        (french.number(len(still), 0), "à faire, retards compris"),
        french.figure(sum(row.state is ActionState.DONE for row in rows), "faite"),
    ]
    return Figures(figures), *((Paragraph(f"Reste à faire. {cost.text}"),) if still else ())


def _group(group: _Group, rows: Sequence[ActionRow]) -> tuple[Block, ...]:
    listed = [row for row in rows if group.shown(row)]
    if not listed:
        return ()
    ended, cost = group.day != "Échéance", total(row.amount for row in listed)
    columns = (
        Column("N°", 0.45),
        Column("Action", 2.8),
        Column("Responsable", 1.4),
        Column("Qui fournit", 1.5),
        Column("Origine", 1.4),
        Column(group.day, 0.95),
        Column("Coût", 1.1),
    )
    # A column that no action of the selection fills leaves its room to the others.
    every = [_cells(row, ended=ended) for row in rows]
    kept = [at for at, _ in enumerate(columns) if any(cells[at] for cells in every)]
    return (
        Heading(f"{group.title} ({french.number(len(listed), 0)})"),
        Table(
            columns=[columns[at] for at in kept],
            rows=[[_cells(row, ended=ended)[at] for at in kept] for row in listed],
            small=True,
        ),
        *((Paragraph(cost.text, style="muted"),) if cost.counted else ()),
    )


def _cells(row: ActionRow, *, ended: bool) -> tuple[str, ...]:
    day = french.short_date(row.closed_on) if ended else french.short_date(row.due_on)
    return (
        str(row.id),
        row.title,
        row.responsible or ("" if ended else "à désigner"),
        provider_label(row.provider),
        row.source.kind.label,
        day or ("" if ended else "à fixer"),
        row.cost_label,
    )
