# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole lists at once: devices, pupils, representatives, staff; each in one transaction.

What is known already is brought up to date and nobody is doubled: an empty cell of the list
never erases what the dossier knows. One journal entry says what an import did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules
from egn_desktop.inventory.rules import (
    ChildName,
    DeviceInput,
    GuardianInput,
    PupilInput,
    StaffInput,
)
from egn_desktop.inventory.service.base import UseCases
from egn_desktop.inventory.service.import_devices import DeviceImport
from egn_desktop.inventory.service.import_guardians import GuardianImport
from egn_desktop.inventory.service.import_pupils import Answers, PupilImport
from egn_desktop.inventory.service.import_staff import StaffImport
from egn_desktop.inventory.service.import_undo import ImportTrace, trace, undo


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did.

    Attributes:
        unmatched: representatives none of whose children is in the list of pupils.
        left: pupils marked as gone, whom the list did not name.
        trace: what ``undo_import`` takes back; None for devices and staff.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    unmatched: int = 0
    left: int = 0
    trace: ImportTrace | None = field(default=None, repr=False, compare=False)


class ImportUseCases(UseCases):
    """Use cases of lists that come from elsewhere."""

    def import_devices(self, devices: Sequence[DeviceInput]) -> ImportCounts:
        """Add and update devices, matched on the asset number, else on the serial number.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        _refuse([rules.device_problem(one) for one in devices])
        with self._dossier.write(Changed.DEVICES) as session:
            run = DeviceImport(session, self._dossier.now())
            for one in devices:
                run.take(one)
            run.finish()
            return self._done("devices", ImportCounts(run.added, run.updated, run.unchanged))

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
        _refuse([rules.pupil_problem(one) for one in pupils])
        with self._dossier.write(Changed.PUPILS) as session:
            run = PupilImport(session, self._dossier.now())
            guardians = GuardianImport(session)
            ids = run.take(pupils, answers or {})
            if mark_left:
                run.leave(self._dossier.today())
            run.finish()
            for pupil_id, one in zip(ids, pupils, strict=True):
                for guardian in one.guardians:
                    if guardians.attach(guardian, [pupil_id]):
                        run.touched(pupil_id)
            guardians.finish()
            counts = ImportCounts(
                added=len(run.added),
                updated=len(run.updated),
                unchanged=run.unchanged,
                left=len(run.left),
                trace=trace(run, guardians),
            )
            return self._done("pupils", counts)

    def import_guardians(
        self, guardians: Sequence[tuple[GuardianInput, Sequence[ChildName]]]
    ) -> ImportCounts:
        """Add and update representatives, attached to their children by name and class.

        One none of whose children is known is left out and counted as unmatched.
        """
        with self._dossier.write(Changed.PUPILS) as session:
            run = GuardianImport(session)
            for guardian, children in guardians:
                run.take(guardian, children)
            run.finish()
            counts = ImportCounts(
                run.added, run.updated, run.unchanged, run.unmatched, trace=trace(None, run)
            )
            return self._done("guardians", counts)

    def import_staff(self, members: Sequence[StaffInput]) -> ImportCounts:
        """Add and update the staff, matched on the e-mail address, else on both names.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        _refuse([rules.staff_problem(one) for one in members])
        with self._dossier.write(Changed.STAFF) as session:
            run = StaffImport(session, self._dossier.now())
            for one in members:
                run.take(one)
            session.flush()
            return self._done("staff", ImportCounts(run.added, run.updated, run.unchanged))

    def undo_import(self, counts: ImportCounts) -> None:
        """Take back a whole import of pupils or of representatives.

        Raises:
            UserError: somebody whom it wrote has been changed since, or lent to.
        """
        if counts.trace is None:
            raise TypeError("this import keeps no trace")
        with self._dossier.write(Changed.PUPILS) as session:
            undo(session, counts.trace)
            self._record("pupils.import_undone", "import:pupils", after=_figures(counts))

    def _done(self, what: str, counts: ImportCounts) -> ImportCounts:
        self._record(f"{what}.imported", f"import:{what}", after=_figures(counts))
        return counts


def _figures(counts: ImportCounts) -> dict[str, Any]:
    return {one.name: getattr(counts, one.name) for one in fields(counts) if one.name != "trace"}


def _refuse(problems: Sequence[str | None]) -> None:
    for number, problem in enumerate(problems, start=1):
        if problem:
            raise UserError(
                f"La ligne {number} ne peut pas être importée. {problem}",
                kept="Rien n’a été importé.",
            )
