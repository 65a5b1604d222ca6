# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils and their representatives: the list, one person's sheet, the classes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select

from egn_desktop.collation import class_key
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import Column, ListColumn, Listing, by_class
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, kept_of
from egn_desktop.inventory.people.queries.borrowers import held_by
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.model import Guardian, Pupil, PupilGuardian
from egn_desktop.inventory.register.nouns import GuardianFields, PupilFields
from egn_desktop.inventory.register.shown import shown_fields, shown_held_by_pupil, shown_person
from egn_desktop.inventory.register.text import person_name
from egn_desktop.lists import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRow(PupilFields):
    """One pupil in a list.

    Attributes:
        open_loans: what he or she holds; ``late`` are those overdue.
        left_on: since when a new list of the school's pupils names him or her no more.
    """

    id: int
    open_loans: int
    late: int
    left_on: date | None

    @property
    def name(self) -> str:
        """The name in use, then the first name."""
        return person_name(self.last_name, self.usual_name, self.first_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRow(GuardianFields):
    """One legal representative."""

    id: int

    @property
    def name(self) -> str:
        """The title, first name and name."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


@dataclass(frozen=True, slots=True)
class PupilDetail:
    """One pupil with the representatives and all loans, open ones first."""

    row: PupilRow
    guardians: tuple[GuardianRow, ...]
    loans: tuple[LoanRow, ...]


class PupilColumn(StrEnum):
    """What the pupils can be sorted by and narrowed to."""

    NAME = "name"
    SCHOOL_CLASS = "school_class"
    HELD = "held"


def pupils(
    dossier: Dossier, asked: str | Asked = "", *, school_class: str = ""
) -> Sequence[PupilRow]:
    """Return the pupils by name, unless another order is asked for.

    Args:
        asked: words to be found in the names or the class; or those, an order, a limit.
        school_class: only those of this class.
    """
    listed = pupil_list(dossier)
    if school_class:
        listed = listed.where(Pupil.school_class == school_class)
    return listed.rows(asked)


def pupil_list(dossier: Dossier) -> Listing[PupilRow]:
    """Return the pupils as a list that is searched, sorted and counted in the dossier."""
    wanted, open_loans, late = _select(dossier.today())
    return Listing(
        dossier,
        wanted.where(Pupil.deleted_at.is_(None)),
        words=(Pupil.search,),
        order=(Pupil.sort_key, Pupil.school_class, Pupil.id),
        shown=_row,
        columns=lambda: {
            PupilColumn.NAME: ListColumn(shown_person(Pupil)),
            **shown_fields(Pupil, PupilFields),
            PupilColumn.SCHOOL_CLASS: ListColumn(
                Pupil.school_class, (by_class(Pupil.school_class),)
            ),
            PupilColumn.HELD: ListColumn(
                shown_held_by_pupil(Pupil.left_on, open_loans, late), (-open_loans,)
            ),
        },
    )


def has_pupils(dossier: Dossier) -> bool:
    """Tell whether the list has anybody."""
    wanted = select(Pupil.id).where(Pupil.deleted_at.is_(None)).limit(1)
    return bool(dossier.rows(wanted))


def pupil(dossier: Dossier, pupil_id: int) -> PupilDetail:
    """Return one pupil's sheet, removed or not.

    Raises:
        UserError: there is no such pupil.
    """
    wanted, _, _ = _select(dossier.today())
    found = next(iter(dossier.rows(wanted.where(Pupil.id == pupil_id))), None)
    if found is None:
        raise UserError(f"Il n’y a pas d’élève n° {pupil_id} dans ce dossier.")
    return PupilDetail(
        row=_row(found),
        guardians=tuple(guardians_of(dossier, [pupil_id])[pupil_id]),
        loans=tuple(loans(dossier, borrower_id=pupil_id)),
    )


def guardians_of(dossier: Dossier, pupil_ids: Iterable[int]) -> Mapping[int, list[GuardianRow]]:
    """Return the legal representatives of these pupils, in the order of the school's file."""
    found: defaultdict[int, list[GuardianRow]] = defaultdict(list)
    wanted = (
        select(
            *(getattr(Guardian, name) for name in columns_of(GuardianFields)),
            Guardian.id,
            PupilGuardian.pupil_id,
        )
        .join(Guardian, Guardian.id == PupilGuardian.guardian_id)
        .where(PupilGuardian.pupil_id.in_(list(pupil_ids)))
        .order_by(PupilGuardian.pupil_id, PupilGuardian.position, Guardian.id)
    )
    for row in dossier.rows(wanted):
        found[row.pupil_id].append(GuardianRow(**kept_of(GuardianFields, row), id=row.id))
    return found


def school_classes(dossier: Dossier) -> Sequence[str]:
    """Return the classes that the pupils of today are in, as a school orders them."""
    return list(class_sizes(dossier))


def class_sizes(dossier: Dossier) -> Mapping[str, int]:
    """Return how many pupils of today each class has, in the order of ``school_classes``."""
    found = dossier.rows(
        select(Pupil.school_class, func.count().label("size"))
        .where(Pupil.deleted_at.is_(None), Pupil.left_on.is_(None), Pupil.school_class != "")
        .group_by(Pupil.school_class)
    )
    sizes = {row.school_class: row.size for row in found}
    return {name: sizes[name] for name in sorted(sizes, key=class_key)}


def _select(today: date) -> tuple[Any, Column, Column]:
    """Return what a row is made of, and of it what somebody holds, and what is late of that."""
    held, open_loans, late = held_by(today)
    wanted = select(
        *(getattr(Pupil, name) for name in columns_of(PupilFields)),
        Pupil.id,
        open_loans,
        late,
        Pupil.left_on,
    ).outerjoin(held, held.c.borrower_id == Pupil.id)
    return wanted, open_loans.element, late.element


def _row(found: Row[Any]) -> PupilRow:
    return PupilRow(
        **kept_of(PupilFields, found),
        id=found.id,
        open_loans=found.open_loans,
        late=found.late,
        left_on=found.left_on,
    )
