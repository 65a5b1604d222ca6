# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils who left the school and are still on the list: with a device, or with nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import PupilRow, pupils
from egn_desktop.inventory.register.model import Loan, Pupil
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.todo import Todo, Urgency


@dataclass(frozen=True, slots=True)
class LeaverSummary:
    """How many left and still have a device, and how many have nothing."""

    with_device: int
    with_nothing: int


def leavers(dossier: Dossier) -> Sequence[PupilRow]:
    """Return those who left and are on the list, those with a device first."""
    gone = [row for row in pupils(dossier) if row.left_on]
    return sorted(gone, key=lambda row: row.open_loans == 0)


def leaver_summary(dossier: Dossier) -> LeaverSummary:
    """Return how many left."""
    holds = exists().where(Loan.borrower_id == Pupil.id, Loan.state == LoanState.OPEN)
    (row,) = dossier.rows(
        select(func.count().label("every"), func.count().filter(holds).label("holding"))
        .select_from(Pupil)
        .where(Pupil.left_on.is_not(None), Pupil.deleted_at.is_(None))
    )
    return LeaverSummary(row.holding, row.every - row.holding)


def leaver_todos(dossier: Dossier) -> Sequence[Todo]:
    """Return who left with a device, and that the others can be taken off the list."""
    figures = leaver_summary(dossier)
    found: list[Todo] = []
    if figures.with_device:
        who = french.count(figures.with_device, "élève parti a", "élèves partis ont")
        text = f"{who} encore du matériel prêté"
        found.append(Todo(Urgency.LATE, "Départ", text, "loans", "Voir", "loans"))
    if figures.with_nothing:
        who = french.count(figures.with_nothing, "élève parti n’a", "élèves partis n’ont")
        is_alone = figures.with_nothing == 1
        text = f"{who} rien à rendre : {'le' if is_alone else 'les'} retirer de la liste"
        found.append(Todo(Urgency.SOON, "Départ", text, "loans", "Voir", "pupils"))
    return found
