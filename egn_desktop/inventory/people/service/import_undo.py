# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoing a whole import of people: who came goes, who changed is as before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, delete, select, tuple_, update
from sqlalchemy.orm import Session

from egn_desktop.errors import UserError
from egn_desktop.inventory.people.service import import_guardians, import_pupils
from egn_desktop.inventory.people.service.import_guardians import GuardianImport
from egn_desktop.inventory.people.service.import_pupils import PupilImport
from egn_desktop.inventory.register.finding import index_pupil
from egn_desktop.inventory.register.model import (
    Borrower,
    Device,
    Guardian,
    Loan,
    Pupil,
    PupilGuardian,
    PupilNeed,
    SignedPaper,
)

AT_ONCE: Final = 5_000
"""How many ids one statement names; SQLite takes 32,766."""

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImportTrace:
    """What an import did, kept in memory until it is undone.

    Attributes:
        pupils_before: what the changed pupils were, by id.
        pupils_after: what they and the new ones became.
        links: pupil and representative, newly joined.
    """

    pupils_before: Mapping[int, Columns]
    pupils_after: Mapping[int, Columns]
    guardians_before: Mapping[int, Columns]
    guardians_after: Mapping[int, Columns]
    links: Sequence[tuple[int, int]]


def trace(pupils: PupilImport | None, guardians: GuardianImport) -> ImportTrace:
    """Return what two imports of one transaction did."""
    return ImportTrace(
        pupils_before=pupils.before if pupils else {},
        pupils_after=pupils.after() if pupils else {},
        guardians_before=guardians.before,
        guardians_after=guardians.after(),
        links=guardians.links,
    )


def undo(session: Session, done: ImportTrace) -> None:
    """Take an import back whole.

    Raises:
        UserError: somebody whom the import wrote has been changed since, or lent to.
    """
    new_pupils = _new(done.pupils_before, done.pupils_after)
    new_guardians = _new(done.guardians_before, done.guardians_after)
    _check_unchanged(session, Pupil, import_pupils.COLUMNS, done.pupils_after)
    _check_unchanged(session, Guardian, import_guardians.FIELDS, done.guardians_after)
    _check_alone(session, new_pupils, set(done.links))
    for some in _chunks(done.links):
        pair = tuple_(PupilGuardian.pupil_id, PupilGuardian.guardian_id)
        session.execute(delete(PupilGuardian).where(pair.in_(some)))
    for some in _chunks(new_guardians):
        session.execute(delete(Guardian).where(Guardian.id.in_(some)))
    for some in _chunks(new_pupils):
        session.execute(delete(Borrower).where(Borrower.id.in_(some)))
    if done.guardians_before:
        session.execute(update(Guardian), [dict(one) for one in done.guardians_before.values()])
    for some in _chunks(done.pupils_before):
        for pupil in session.scalars(select(Pupil).where(Pupil.id.in_(some))):
            for name in import_pupils.COLUMNS:
                setattr(pupil, name, done.pupils_before[pupil.id][name])
            index_pupil(pupil)
    session.flush()


def _new(before: Mapping[int, Columns], after: Mapping[int, Columns]) -> list[int]:
    return [id_ for id_ in after if id_ not in before]


def _check_unchanged(
    session: Session,
    kind: type[Pupil] | type[Guardian],
    names: Sequence[str],
    after: Mapping[int, Columns],
) -> None:
    found = 0
    for some in _chunks(after):
        columns = (kind.id, *(getattr(kind, name) for name in names))
        for row in session.execute(select(*columns).where(kind.id.in_(some))).mappings():
            found += 1
            if any(row[name] != after[row["id"]][name] for name in names):
                raise _too_late()
    if found != len(after):
        raise _too_late()


def _check_alone(session: Session, pupils: Sequence[int], links: set[tuple[int, int]]) -> None:
    """Refuse where something hangs on a new pupil that the import did not bring."""
    for some in _chunks(pupils):
        uses: tuple[Select[Any], ...] = (
            select(Loan.id).where(Loan.borrower_id.in_(some)),
            select(PupilNeed.pupil_id).where(PupilNeed.pupil_id.in_(some)),
            select(SignedPaper.id).where(SignedPaper.borrower_id.in_(some)),
            select(Device.id).where(Device.reserved_for.in_(some)),
        )
        if any(session.execute(use.limit(1)).first() for use in uses):
            raise _too_late()
        joined = select(PupilGuardian.pupil_id, PupilGuardian.guardian_id).where(
            PupilGuardian.pupil_id.in_(some)
        )
        if any((row[0], row[1]) not in links for row in session.execute(joined)):
            raise _too_late()


def _too_late() -> UserError:
    return UserError(
        "L’import ne peut plus être annulé d’un coup : des fiches ont servi ou changé depuis.",
        kept="La liste reste comme elle est.",
        todo="Corrigez les fiches une à une, ou reprenez une sauvegarde.",
    )


def _chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(ids)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
