# SPDX-License-Identifier: GPL-3.0-or-later
"""People who work at the school: add, change, take out, put back; or a whole list."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, given, trimmed
from egn_desktop.inventory.people.service.import_staff import StaffImport
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import (
    borrower_name,
    check_holds_nothing,
    find_staff,
    index_staff,
)
from egn_desktop.inventory.register.imports import ImportCounts, noted, refuse
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.nouns import StaffFields

CHANGEABLE: Final = columns_of(StaffFields)


class StaffService:
    """Use cases of the staff."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add_staff(self, member: StaffFields) -> int:
        """Add somebody who works at the school and return the id.

        Raises:
            UserError: a name is missing or the e-mail address is wrong.
        """
        fields = given(member)
        _check(fields)
        with self._dossier.write(
            Changed.STAFF, undo=f"ajout de {member.first_name} {member.last_name}"
        ) as session:
            kept = Staff(**fields, created_at=self._dossier.now())
            index_staff(kept)
            session.add(kept)
            session.flush()
            self._dossier.record("staff.added", f"staff:{kept.id}", after=fields)
            return kept.id

    def change_staff(self, staff_id: int, **fields: Any) -> None:
        """Change some of somebody's fields: those of ``CHANGEABLE``.

        Raises:
            UserError: a name would be missing, the address is wrong, or there is no such person.
        """
        unknown = fields.keys() - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"unknown fields: {sorted(unknown)}")
        with self._dossier.write(
            Changed.STAFF, undo="modification d’un membre du personnel"
        ) as session:
            member = find_staff(session, staff_id)
            self._dossier.name_act(f"modification de {borrower_name(member)}")
            after = {name: trimmed(value) for name, value in fields.items()}
            _check(_fields(member) | after)
            before = {name: getattr(member, name) for name in fields}
            if before == after:
                return
            for name, value in after.items():
                setattr(member, name, value)
            index_staff(member)
            self._dossier.record("staff.changed", f"staff:{staff_id}", before=before, after=after)

    def remove_staff(self, staff_id: int) -> None:
        """Take somebody out of the lists.

        Raises:
            UserError: he or she still has a device.
        """
        with self._dossier.write(Changed.STAFF, undo="retrait d’un membre du personnel") as session:
            member = find_staff(session, staff_id)
            self._dossier.name_act(f"retrait de {borrower_name(member)}")
            check_holds_nothing(session, member, "être retiré de la liste")
            member.deleted_at = self._dossier.now()
            self._dossier.record("staff.removed", f"staff:{staff_id}")

    def import_staff(self, members: Sequence[StaffFields]) -> ImportCounts:
        """Add and update the staff, matched on the e-mail address, else on both names.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        refuse([rules.staff_problem(member) for member in members])

        def matched() -> StaffImport:
            with self._dossier.read() as session:
                run = StaffImport(session, self._dossier.now())
            for member in members:
                run.take(member)
            return run

        def written(session: Session, run: StaffImport) -> ImportCounts:
            run.write(session)
            counts = ImportCounts(run.added, run.updated, run.unchanged)
            return noted(self._dossier, "staff", counts)

        return read_work_write(
            self._dossier, Changed.STAFF, undo="import du personnel", work=matched, keep=written
        )


def _check(fields: dict[str, Any]) -> None:
    problem = rules.staff_problem(StaffFields(**fields))
    if problem:
        raise UserError(problem)


def _fields(member: Staff) -> dict[str, Any]:
    return {name: getattr(member, name) for name in CHANGEABLE}
