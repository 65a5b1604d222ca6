# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils and their representatives: one by one, as a whole list, and those who left."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, given, trimmed
from egn_desktop.inventory.people.service.import_guardians import GuardianImport
from egn_desktop.inventory.people.service.import_pupils import Answers, PupilImport
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import (
    borrower_name,
    check_holds_nothing,
    find_pupil,
    index_pupil,
)
from egn_desktop.inventory.register.imports import ImportCounts, noted, refuse
from egn_desktop.inventory.register.model import Guardian, Loan, Pupil, PupilGuardian
from egn_desktop.inventory.register.nouns import (
    GuardianFields,
    PupilFields,
    PupilInput,
)
from egn_desktop.inventory.register.rules import ChildName
from egn_desktop.inventory.register.terms import LoanState

CHANGEABLE: Final = columns_of(PupilFields)
GUARDIAN_FIELDS: Final = columns_of(GuardianFields)


class PupilService:
    """Use cases of pupils and of who represents them."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add_pupil(self, pupil: PupilInput) -> int:
        """Add a pupil with the representatives given, and return the id.

        Raises:
            UserError: a name is missing, the INE is wrong, or the day of birth is to come.
        """
        _check(pupil)
        _check_birth(pupil.born_on, self._dossier.today())
        with self._dossier.write(
            Changed.PUPILS, undo=f"ajout de {pupil.first_name} {pupil.last_name}"
        ) as session:
            kept = Pupil(**given(pupil), created_at=self._dossier.now())
            kept.ine = rules.normal_ine(pupil.ine)
            index_pupil(kept)
            session.add(kept)
            session.flush()
            for guardian in pupil.guardians:
                _attach(session, kept.id, guardian)
            self._dossier.record("pupil.added", f"pupil:{kept.id}", after=_fields(kept))
            return kept.id

    def change_pupil(self, pupil_id: int, **fields: Any) -> None:
        """Change some of a pupil's fields: those of ``CHANGEABLE``.

        Raises:
            UserError: a name would be missing, the INE is wrong, the day of birth is to come, or
                there is no such pupil.
        """
        _only(fields, CHANGEABLE)
        with self._dossier.write(Changed.PUPILS, undo="modification d’un élève") as session:
            pupil = find_pupil(session, pupil_id)
            self._dossier.name_act(f"modification de {borrower_name(pupil)}")
            new = _fields(pupil) | _trimmed(fields)
            _check(PupilInput(**new))
            _check_birth(fields.get("born_on"), self._dossier.today())
            new["ine"] = rules.normal_ine(new["ine"])
            before = {name: getattr(pupil, name) for name in fields}
            after = {name: new[name] for name in fields}
            if before == after:
                return
            for name, value in after.items():
                setattr(pupil, name, value)
            index_pupil(pupil)
            self._dossier.record("pupil.changed", f"pupil:{pupil.id}", before=before, after=after)

    def add_guardian(self, pupil_id: int, guardian: GuardianFields) -> int:
        """Add a representative to a pupil and return the representative's id."""
        with self._dossier.write(Changed.PUPILS, undo="ajout d’un représentant") as session:
            pupil = find_pupil(session, pupil_id)
            self._dossier.name_act(f"ajout d’un représentant de {borrower_name(pupil)}")
            guardian_id = _attach(session, pupil.id, guardian)
            after = {name: getattr(guardian, name) for name in GUARDIAN_FIELDS}
            self._dossier.record("pupil.guardian_added", f"pupil:{pupil.id}", after=after)
            return guardian_id

    def change_guardian(self, pupil_id: int, guardian_id: int, **fields: Any) -> None:
        """Change a representative, for every pupil that he or she represents."""
        _only(fields, GUARDIAN_FIELDS)
        with self._dossier.write(Changed.PUPILS, undo="modification d’un représentant") as session:
            guardian = session.get_one(Guardian, guardian_id)
            before = {name: getattr(guardian, name) for name in fields}
            after = _trimmed(fields)
            if before == after:
                return
            for name, value in after.items():
                setattr(guardian, name, value)
            self._dossier.record(
                "pupil.guardian_changed", f"pupil:{pupil_id}", before=before, after=after
            )

    def remove_guardian(self, pupil_id: int, guardian_id: int) -> None:
        """Take a representative from a pupil, and out of the dossier if of no other pupil."""
        with self._dossier.write(Changed.PUPILS, undo="retrait d’un représentant") as session:
            detach_guardian(session, pupil_id, guardian_id)
            self._dossier.record("pupil.guardian_removed", f"pupil:{pupil_id}")

    def remove_pupil(self, pupil_id: int) -> None:
        """Take a pupil out of the lists.

        Raises:
            UserError: the pupil still has a device.
        """
        with self._dossier.write(Changed.PUPILS, undo="retrait d’un élève") as session:
            pupil = find_pupil(session, pupil_id)
            self._dossier.name_act(f"retrait de {borrower_name(pupil)}")
            check_holds_nothing(session, pupil, "être retiré de la liste")
            pupil.deleted_at = self._dossier.now()
            self._dossier.record("pupil.removed", f"pupil:{pupil.id}")

    def mark_left(self, pupil_id: int, left_on: date | None = None) -> None:
        """Say that a pupil left the school, today unless another day is given."""
        self._set_left(pupil_id, left_on or self._dossier.today())

    def mark_back(self, pupil_id: int) -> None:
        """Say that a pupil is at the school after all."""
        self._set_left(pupil_id, None)

    def remove_leavers(self) -> int:
        """Take off the list whoever left and has no device; return how many."""
        holds = select(Loan.borrower_id).where(Loan.state == LoanState.OPEN)
        with self._dossier.write(Changed.PUPILS, undo="retrait des élèves partis") as session:
            gone = session.scalars(
                select(Pupil)
                .where(
                    Pupil.left_on.is_not(None), Pupil.deleted_at.is_(None), Pupil.id.not_in(holds)
                )
                .order_by(Pupil.id)
            ).all()
            for pupil in gone:
                pupil.deleted_at = self._dossier.now()
                self._dossier.record("pupil.removed", f"pupil:{pupil.id}")
            return len(gone)

    def _set_left(self, pupil_id: int, day: date | None) -> None:
        with self._dossier.write(Changed.PUPILS, undo="départ") as session:
            pupil = find_pupil(session, pupil_id)
            what = "départ" if day else "retour"
            self._dossier.name_act(f"{what} de {borrower_name(pupil)}")
            before, pupil.left_on = pupil.left_on, day
            if before != day:
                self._dossier.record(
                    "pupil.left" if day else "pupil.back",
                    f"pupil:{pupil.id}",
                    before={"left_on": before},
                    after={"left_on": day},
                )

    def import_pupils(
        self,
        pupils: Sequence[PupilInput],
        *,
        answers: Answers | None = None,
        mark_left: bool = False,
    ) -> ImportCounts:
        """Add and update pupils, matched on the INE, else on names and birth date.

        An INE matches only where one of the names agrees as well. A pupil who was removed from the
        list or had left comes back.

        Args:
            answers: what a human said of the doubtful lines (``queries.review_pupils``), by place;
                of the others the likely answer is taken where there is one, else somebody new.
            mark_left: mark as gone whom the list does not name: it is the whole school's.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        refuse([rules.pupil_problem(pupil) for pupil in pupils])

        def matched() -> tuple[PupilImport, GuardianImport]:
            with self._dossier.read() as session:
                run = PupilImport(session, self._dossier.now())
            with self._dossier.read() as session:
                guardians = GuardianImport(session)
            ids = run.take(pupils, answers or {})
            if mark_left:
                run.leave(self._dossier.today())
            run.end()
            for pupil_id, pupil in zip(ids, pupils, strict=True):
                for guardian in pupil.guardians:
                    if guardians.attach(guardian, [pupil_id]):
                        run.touched(pupil_id)
            return run, guardians

        def written(session: Session, found: tuple[PupilImport, GuardianImport]) -> ImportCounts:
            run, guardians = found
            run.write(session)
            guardians.write(session)
            counts = ImportCounts(
                added=len(run.added),
                updated=len(run.updated),
                unchanged=run.unchanged,
                left=len(run.left),
            )
            return noted(self._dossier, "pupils", counts)

        return read_work_write(
            self._dossier, Changed.PUPILS, undo="import d’élèves", work=matched, keep=written
        )

    def import_guardians(
        self, guardians: Sequence[tuple[GuardianFields, Sequence[ChildName]]]
    ) -> ImportCounts:
        """Add and update representatives, attached to their children by name and class.

        One none of whose children is known is left out and counted as unmatched.
        """

        def matched() -> GuardianImport:
            with self._dossier.read() as session:
                run = GuardianImport(session, by_child=True)
            for guardian, children in guardians:
                run.take(guardian, children)
            return run

        def written(session: Session, run: GuardianImport) -> ImportCounts:
            run.write(session)
            counts = ImportCounts(run.added, run.updated, run.unchanged, run.unmatched)
            return noted(self._dossier, "guardians", counts)

        return read_work_write(
            self._dossier,
            Changed.PUPILS,
            undo="import de représentants",
            work=matched,
            keep=written,
        )


def detach_guardian(session: Session, pupil_id: int, guardian_id: int) -> None:
    """Take a representative from a pupil; who represents nobody any more is erased."""
    session.delete(session.get_one(PupilGuardian, (pupil_id, guardian_id)))
    session.flush()
    others = select(PupilGuardian.pupil_id).where(PupilGuardian.guardian_id == guardian_id)
    if session.scalar(others) is None:
        session.delete(session.get_one(Guardian, guardian_id))
        session.flush()


def _attach(session: Session, pupil_id: int, guardian: GuardianFields) -> int:
    kept = Guardian(**given(guardian))
    session.add(kept)
    session.flush()
    place = session.scalar(
        select(func.count()).select_from(PupilGuardian).where(PupilGuardian.pupil_id == pupil_id)
    )
    session.add(PupilGuardian(pupil_id=pupil_id, guardian_id=kept.id, position=place or 0))
    session.flush()
    return kept.id


def _check(pupil: PupilInput) -> None:
    problem = rules.pupil_problem(pupil) or rules.ine_problem(pupil.ine)
    if problem:
        raise UserError(problem)


def _check_birth(born_on: date | None, today: date) -> None:
    if problem := rules.birth_problem(born_on, today):
        raise UserError(problem)


def _fields(pupil: Pupil) -> dict[str, Any]:
    return {name: getattr(pupil, name) for name in CHANGEABLE}


def _trimmed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: trimmed(value) for name, value in fields.items()}


def _only(fields: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = set(fields) - set(known)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
