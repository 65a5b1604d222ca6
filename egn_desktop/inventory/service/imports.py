# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole lists at once: devices, pupils, representatives; each in one transaction.

What is known already is brought up to date and nobody is doubled: an empty cell of the list
never erases what the dossier knows. One journal entry says what an import did.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules
from egn_desktop.inventory.rules import ChildName, DeviceInput, GuardianInput, PupilInput
from egn_desktop.inventory.service.base import UseCases
from egn_desktop.inventory.service.import_devices import DeviceImport
from egn_desktop.inventory.service.import_guardians import GuardianImport
from egn_desktop.inventory.service.import_pupils import PupilImport


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did.

    Attributes:
        unmatched: representatives none of whose children is in the list of pupils.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    unmatched: int = 0


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

    def import_pupils(self, pupils: Sequence[PupilInput]) -> ImportCounts:
        """Add and update pupils, matched on the INE, else on names and birth date.

        An INE matches only where one of the names agrees as well. A pupil removed from the
        list comes back.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        _refuse([rules.pupil_problem(one) for one in pupils])
        with self._dossier.write(Changed.PUPILS) as session:
            run = PupilImport(session, self._dossier.now())
            guardians = GuardianImport(session)
            ids = [run.take(one) for one in pupils]
            run.finish()
            for pupil_id, one in zip(ids, pupils, strict=True):
                for guardian in one.guardians:
                    if guardians.attach(guardian, [pupil_id]):
                        run.touched(pupil_id)
            guardians.finish()
            counts = ImportCounts(run.added, len(run.updated), run.unchanged)
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
            counts = ImportCounts(run.added, run.updated, run.unchanged, run.unmatched)
            return self._done("guardians", counts)

    def _done(self, what: str, counts: ImportCounts) -> ImportCounts:
        self._record(f"{what}.imported", f"import:{what}", after=asdict(counts))
        return counts


def _refuse(problems: Sequence[str | None]) -> None:
    for number, problem in enumerate(problems, start=1):
        if problem:
            raise UserError(
                f"La ligne {number} ne peut pas être importée. {problem}",
                kept="Rien n’a été importé.",
            )
