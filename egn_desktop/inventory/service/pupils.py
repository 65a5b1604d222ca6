# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils and their representatives: add, change, take out, put back, erase for good."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules
from egn_desktop.inventory.model import Guardian, Pupil, PupilGuardian
from egn_desktop.inventory.rules import GuardianInput, PupilInput
from egn_desktop.inventory.service.base import (
    UseCases,
    check_holds_nothing,
    find_pupil,
    index_pupil,
)
from egn_desktop.inventory.service.erasure import detach_guardian, erase_person

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
            detach_guardian(session, pupil_id, guardian_id)
            self._record("pupil.guardian_removed", f"pupil:{pupil_id}")

    def remove_pupil(self, pupil_id: int) -> None:
        """Take a pupil out of the lists; ``restore_pupil`` undoes it.

        Raises:
            UserError: the pupil still has a device.
        """
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            check_holds_nothing(session, pupil, "être retiré de la liste")
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
            check_holds_nothing(session, find_pupil(session, pupil_id), "être effacé")
            erase_person(self._dossier, session, pupil_id)
            self._record("pupil.erased", f"pupil:{pupil_id}")
        compact(self._dossier)


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


def _check(pupil: PupilInput) -> None:
    problem = rules.pupil_problem(pupil) or rules.ine_problem(pupil.ine)
    if problem:
        raise UserError(problem)


def _fields(pupil: Pupil) -> dict[str, Any]:
    return {name: getattr(pupil, name) for name in CHANGEABLE}


def _trimmed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}


def _only(fields: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = set(fields) - set(known)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
