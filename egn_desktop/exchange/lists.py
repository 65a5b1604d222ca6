# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of the loan register, whole, as a spreadsheet takes them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from egn_desktop.dossier import Dossier
from egn_desktop.exchange.spreadsheets import Cell
from egn_desktop.fields import Field, Shape, fields_of
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.lending.queries.needs import NeedRow, waiting
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.people.queries.staff import staff_members
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import (
    DeviceFields,
    IncidentFields,
    PupilFields,
    StaffFields,
)
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices

Column: TypeAlias = tuple[str, Callable[[Any], Cell]]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list.

    Attributes:
        find: returns its rows for a search.
    """

    id: str
    title: str
    find: Callable[[Dossier, str], Sequence[Any]]
    columns: tuple[Column, ...]

    @property
    def titles(self) -> list[str]:
        """The titles of its columns."""
        return [title for title, _ in self.columns]

    def cells(self, rows: Sequence[Any]) -> list[list[Cell]]:
        """Return the cells of rows."""
        return [[cell(row) for _, cell in self.columns] for row in rows]


def _label(value: Any) -> str:
    return "" if value is None else value.label


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _described(noun: type[Any]) -> Iterator[Column]:
    """Yield a column for each field of a noun, as it would be read back."""
    for field in fields_of(noun):
        yield field.title, partial(_cell, field)


def _cell(field: Field, row: Any) -> Cell:
    value = getattr(row, field.name)
    match field.shape:
        case Shape.DAY | Shape.TERM | Shape.COUNT:
            return value
        case Shape.MONEY:
            return _euros(value)
        case _:
            return field.shown(value)


def _device_state(row: DeviceRow) -> str:
    return "Prêté, en retard" if row.is_late else row.state.label


def _missing(row: NeedRow) -> str:
    return ", ".join(need.label for need in row.missing)


_LOAN: tuple[Column, ...] = (
    ("Emprunteur", lambda row: row.borrower_name),
    ("Classe", lambda row: row.group),
    ("N°", lambda row: row.code),
    ("Appareil", lambda row: row.device_name),
    ("Type", lambda row: row.kind.label),
    ("Prêté le", lambda row: row.lent_on),
    ("À rendre le", lambda row: row.due_on),
    ("Terminé le", lambda row: row.ended_on),
    ("État", lambda row: row.state_label),
)

LISTS: tuple[Listing, ...] = (
    Listing("loans", "Prêts en cours", partial(loans, state=LoanState.OPEN), _LOAN),
    Listing("register", "Registre des prêts", loans, _LOAN),
    Listing(
        "devices",
        "Matériel",
        devices,
        (
            *_described(DeviceFields),
            ("Situation", _device_state),
            ("Emprunteur", lambda row: row.borrower_name),
            ("À rendre le", lambda row: row.due_on),
        ),
    ),
    Listing(
        "pupils",
        "Élèves",
        pupils,
        (
            *_described(PupilFields),
            ("Prêts en cours", lambda row: row.open_loans),
            ("En retard", lambda row: row.late),
        ),
    ),
    Listing(
        "staff",
        "Personnel",
        staff_members,
        (
            *_described(StaffFields),
            ("Prêts en cours", lambda row: row.open_loans),
            ("En retard", lambda row: row.late),
        ),
    ),
    Listing(
        "waiting",
        "En attente",
        waiting,
        (
            ("Élève", lambda row: row.name),
            ("Classe", lambda row: row.school_class),
            ("Il lui manque", _missing),
            ("Priorité", lambda row: row.priority.label),
            ("Points", lambda row: row.score),
            ("Noté le", lambda row: row.noted_on),
        ),
    ),
    Listing(
        "incidents",
        "Incidents",
        incidents,
        (
            ("N°", lambda row: row.code),
            ("Appareil", lambda row: row.device_name),
            ("Emprunteur", lambda row: row.borrower_name),
            *_described(IncidentFields),
            ("Clos le", lambda row: row.closed_on),
            ("Issue", lambda row: _label(row.outcome)),
        ),
    ),
)
