# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new list of pupils would mean: who may be whom, and whom it does not name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people import matching
from egn_desktop.inventory.people.matching import DoubtReason, Person
from egn_desktop.inventory.register.model import Device, Loan, Pupil
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.rules import device_name
from egn_desktop.inventory.register.terms import DeviceKind, LoanState
from egn_desktop.inventory.register.text import person_name

WHOLE_SCHOOL = 0.6
"""From which share of the known pupils on a list looks like the whole school's: our proposal."""


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil of the dossier, with what tells him or her from another.

    Attributes:
        devices: what he or she has, as "HP ProBook 11 · YSS-0001".
        is_removed: taken off the list, but not erased.
    """

    id: int
    last_name: str
    usual_name: str
    first_name: str
    born_on: date | None
    ine: str
    school_class: str
    left_on: date | None
    is_removed: bool
    devices: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in use, then the first name."""
        return person_name(self.last_name, self.usual_name, self.first_name)


@dataclass(frozen=True, slots=True)
class PupilDoubt:
    """A line of the list that may mean somebody known.

    Attributes:
        row: the line's place among those to be imported.
        candidates: whom it may mean, the likeliest first.
        likely: the id that is taken where nobody says otherwise; None: somebody new.
    """

    row: int
    pupil: PupilInput
    reason: DoubtReason
    candidates: tuple[KnownPupil, ...]
    likely: int | None


@dataclass(frozen=True, slots=True)
class PupilsReview:
    """What a list would mean.

    Attributes:
        listed: how many pupils the dossier lists, those who left apart.
        named: how many of them the list names, surely or likely.
        absent: those of them whom it does not name surely.
    """

    doubts: tuple[PupilDoubt, ...]
    listed: int
    named: int
    absent: tuple[KnownPupil, ...]

    @property
    def looks_whole(self) -> bool:
        """Whether the list covers so much of the school that who is absent has likely left."""
        return self.listed > 0 and self.named / self.listed >= WHOLE_SCHOOL

    def leavers(self, answers: Mapping[int, int | None] | None = None) -> tuple[KnownPupil, ...]:
        """Return whom the list does not name, once doubts are answered."""
        said = answers or {}
        named = {said.get(doubt.row, doubt.likely) for doubt in self.doubts}
        return tuple(pupil for pupil in self.absent if pupil.id not in named)


def review_pupils(dossier: Dossier, rows: Sequence[PupilInput]) -> PupilsReview:
    """Return what importing a list would mean; nothing is written."""
    people, listed = _people(dossier)
    found = matching.match(people, [matching.person_of(row) for row in rows])
    in_doubt = {doubt.row for doubt in found.doubts}
    sure = {id_ for row, id_ in found.found.items() if row not in in_doubt}
    wanted = {id_ for doubt in found.doubts for id_ in doubt.candidates} | (listed - sure)
    known = known_pupils(dossier, wanted) if found.doubts or listed - sure else {}
    return PupilsReview(
        doubts=tuple(
            PupilDoubt(
                row=doubt.row,
                pupil=rows[doubt.row],
                reason=doubt.reason,
                candidates=tuple(known[id_] for id_ in doubt.candidates),
                likely=doubt.likely if found.found.get(doubt.row) == doubt.likely else None,
            )
            for doubt in found.doubts
        ),
        listed=len(listed),
        named=len(listed & set(found.found.values())),
        absent=tuple(pupil for id_, pupil in known.items() if id_ in listed - sure),
    )


def known_pupils(dossier: Dossier, ids: Iterable[int]) -> dict[int, KnownPupil]:
    """Return pupils by id, in the order of their names, with what they have."""
    wanted = set(ids)
    held: defaultdict[int, list[str]] = defaultdict(list)
    lent = (
        select(
            Loan.borrower_id,
            Device.kind,
            Device.brand,
            Device.model,
            Device.asset_number,
            Device.serial_number,
        )
        .join(Device, Device.id == Loan.device_id)
        .where(Loan.state == LoanState.OPEN)
        .order_by(Loan.id)
    )
    for row in dossier.rows(lent):
        name = device_name(DeviceKind(row.kind), row.brand, row.model)
        held[row.borrower_id].append(f"{name} · {row.asset_number or row.serial_number}")
    return {
        row.id: KnownPupil(
            id=row.id,
            last_name=row.last_name,
            usual_name=row.usual_name,
            first_name=row.first_name,
            born_on=row.born_on,
            ine=row.ine,
            school_class=row.school_class,
            left_on=row.left_on,
            is_removed=row.deleted_at is not None,
            devices=tuple(held[row.id]),
        )
        for row in dossier.rows(
            select(
                Pupil.id,
                Pupil.last_name,
                Pupil.usual_name,
                Pupil.first_name,
                Pupil.born_on,
                Pupil.ine,
                Pupil.school_class,
                Pupil.left_on,
                Pupil.deleted_at,
            ).order_by(Pupil.sort_key, Pupil.id)
        )
        if row.id in wanted
    }


def _people(dossier: Dossier) -> tuple[dict[int, Person], set[int]]:
    """Return everybody not erased, and the ids of those whom the school has today."""
    people: dict[int, Person] = {}
    listed: set[int] = set()
    wanted = select(
        Pupil.id,
        Pupil.left_on,
        Pupil.deleted_at,
        Pupil.last_name,
        Pupil.usual_name,
        Pupil.first_name,
        Pupil.born_on,
        Pupil.ine,
        Pupil.school_class,
    ).where(Pupil.erased_at.is_(None))
    for found in dossier.rows(wanted):
        columns: tuple[Any, ...] = tuple(found)
        id_, left_on, deleted_at = columns[:3]
        people[id_] = matching.person(*columns[3:])
        if left_on is None and deleted_at is None:
            listed.add(id_)
    return people, listed
