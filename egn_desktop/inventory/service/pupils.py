# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils and their representatives: add, change, take out, put back, erase for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules
from egn_desktop.inventory.model import Guardian, Loan, Pupil, PupilGuardian
from egn_desktop.inventory.rules import GuardianInput, LoanState, PupilInput
from egn_desktop.inventory.service.base import UseCases, find_pupil, index_pupil
from egn_desktop.inventory.service.need_erasure import erase_need
from egn_desktop.inventory.text import pupil_name

CHANGEABLE: Final = ("last_name", "first_name", "usual_name", "born_on", "ine", "school_class")
GUARDIAN_FIELDS: Final = ("title", "last_name", "first_name", "email", "phone", "address")


class PupilUseCases(UseCases):
    """Use cases of pupils."""

    def add_pupil(self, pupil: PupilInput) -> int:
        """Add a pupil with the representatives given, and return the id.

        Raises:
            UserError: a name is missing or the INE is wrong.
        """
        _check(pupil)
        with self._dossier.write(Changed.PUPILS) as session:
            kept = Pupil(
                last_name=pupil.last_name.strip(),
                first_name=pupil.first_name.strip(),
                usual_name=pupil.usual_name.strip(),
                born_on=pupil.born_on,
                ine=rules.normal_ine(pupil.ine),
                school_class=pupil.school_class.strip(),
                created_at=self._dossier.now(),
            )
            index_pupil(kept)
            session.add(kept)
            session.flush()
            for guardian in pupil.guardians:
                _attach(session, kept.id, guardian)
            self._record("pupil.added", f"pupil:{kept.id}", after=_fields(kept))
            return kept.id

    def change_pupil(self, pupil_id: int, **fields: Any) -> None:
        """Change some of a pupil's fields: those of ``CHANGEABLE``.

        Raises:
            UserError: a name would be missing, the INE is wrong, or there is no such pupil.
        """
        _only(fields, CHANGEABLE)
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            new = _fields(pupil) | _trimmed(fields)
            _check(PupilInput(**new))
            new["ine"] = rules.normal_ine(new["ine"])
            before = {name: getattr(pupil, name) for name in fields}
            after = {name: new[name] for name in fields}
            if before == after:
                return
            for name, value in after.items():
                setattr(pupil, name, value)
            index_pupil(pupil)
            self._record("pupil.changed", f"pupil:{pupil.id}", before=before, after=after)

    def add_guardian(self, pupil_id: int, guardian: GuardianInput) -> int:
        """Add a representative to a pupil and return the representative's id."""
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            guardian_id = _attach(session, pupil.id, guardian)
            after = {name: getattr(guardian, name) for name in GUARDIAN_FIELDS}
            self._record("pupil.guardian_added", f"pupil:{pupil.id}", after=after)
            return guardian_id

    def change_guardian(self, pupil_id: int, guardian_id: int, **fields: Any) -> None:
        """Change a representative, for every pupil that he or she represents."""
        _only(fields, GUARDIAN_FIELDS)
        with self._dossier.write(Changed.PUPILS) as session:
            guardian = session.get_one(Guardian, guardian_id)
            before = {name: getattr(guardian, name) for name in fields}
            after = _trimmed(fields)
            if before == after:
                return
            for name, value in after.items():
                setattr(guardian, name, value)
            self._record("pupil.guardian_changed", f"pupil:{pupil_id}", before=before, after=after)

    def remove_guardian(self, pupil_id: int, guardian_id: int) -> None:
        """Take a representative from a pupil, and out of the dossier if of no other pupil."""
        with self._dossier.write(Changed.PUPILS) as session:
            _detach(session, pupil_id, guardian_id)
            self._record("pupil.guardian_removed", f"pupil:{pupil_id}")

    def remove_pupil(self, pupil_id: int) -> None:
        """Take a pupil out of the lists; ``restore_pupil`` undoes it.

        Raises:
            UserError: the pupil still has a device.
        """
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            _check_holds_nothing(session, pupil, "être retiré de la liste")
            pupil.deleted_at = self._dossier.now()
            self._record("pupil.removed", f"pupil:{pupil.id}")

    def restore_pupil(self, pupil_id: int) -> None:
        """Put a removed pupil back.

        Raises:
            UserError: the pupil was erased for good.
        """
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            if pupil.erased_at is not None:
                raise UserError("Cet élève a été effacé définitivement.")
            pupil.deleted_at = None
            self._record("pupil.restored", f"pupil:{pupil.id}")

    def erase_pupil(self, pupil_id: int) -> None:
        """Erase a pupil for good (RGPD, article 17): names, notes, contacts, journal details.

        Loans stay, without a name, so that the figures stay true; the journal's chain still
        verifies; the file is rewritten, so that no page keeps what was erased.

        Raises:
            UserError: the pupil still has a device.
        """
        with self._dossier.write(Changed.PUPILS, Changed.LOANS) as session:
            _check_holds_nothing(session, find_pupil(session, pupil_id), "être effacé")
            erase_person(session, pupil_id, self._dossier.now())
            self._record("pupil.erased", f"pupil:{pupil_id}")
        compact(self._dossier)


def erase_person(session: Session, pupil_id: int, now: datetime) -> None:
    """Blank all that is known of a pupil who holds nothing, in the caller's transaction."""
    pupil = find_pupil(session, pupil_id)
    links = select(PupilGuardian.guardian_id).where(PupilGuardian.pupil_id == pupil.id)
    for guardian_id in session.scalars(links).all():
        _detach(session, pupil.id, guardian_id)
    for name in CHANGEABLE:
        setattr(pupil, name, None if name == "born_on" else "")
    pupil.search = pupil.sort_key = ""
    erase_need(session, pupil.id)
    pupil.deleted_at, pupil.erased_at = pupil.deleted_at or now, now
    loans = session.scalars(select(Loan).where(Loan.pupil_id == pupil.id)).all()
    for loan in loans:
        loan.note_out = loan.note_in = ""
    journal.erase_details(session, f"pupil:{pupil.id}", *(f"loan:{loan.id}" for loan in loans))


def _attach(session: Session, pupil_id: int, guardian: GuardianInput) -> int:
    kept = Guardian(**{name: getattr(guardian, name).strip() for name in GUARDIAN_FIELDS})
    session.add(kept)
    session.flush()
    place = session.scalar(
        select(func.count()).select_from(PupilGuardian).where(PupilGuardian.pupil_id == pupil_id)
    )
    session.add(PupilGuardian(pupil_id=pupil_id, guardian_id=kept.id, position=place or 0))
    session.flush()
    return kept.id


def _detach(session: Session, pupil_id: int, guardian_id: int) -> None:
    session.delete(session.get_one(PupilGuardian, (pupil_id, guardian_id)))
    session.flush()
    others = select(PupilGuardian.pupil_id).where(PupilGuardian.guardian_id == guardian_id)
    if session.scalar(others) is None:
        session.delete(session.get_one(Guardian, guardian_id))
        session.flush()


def _check(pupil: PupilInput) -> None:
    problem = rules.pupil_problem(pupil) or rules.ine_problem(pupil.ine)
    if problem:
        raise UserError(problem)


def _check_holds_nothing(session: Session, pupil: Pupil, what: str) -> None:
    held = select(Loan.id).where(Loan.pupil_id == pupil.id, Loan.state == LoanState.OPEN)
    if session.scalar(held) is not None:
        name = pupil_name(pupil.last_name, pupil.usual_name, pupil.first_name)
        raise UserError(
            f"{name} a encore un matériel prêté et ne peut pas {what}.",
            todo="Notez d’abord le retour, la perte ou le vol de ce matériel.",
        )


def _fields(pupil: Pupil) -> dict[str, Any]:
    return {name: getattr(pupil, name) for name in CHANGEABLE}


def _trimmed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}


def _only(fields: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = set(fields) - set(known)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
