# SPDX-License-Identifier: GPL-3.0-or-later
"""Pupils who left the school: say so, take it back; take off the list those who have nothing."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from egn_desktop.changes import Changed
from egn_desktop.inventory.model import Loan, Pupil
from egn_desktop.inventory.service.base import UseCases, find_pupil
from egn_desktop.inventory.terms import LoanState


class LeaverUseCases(UseCases):
    """Use cases of pupils who left."""

    def mark_left(self, pupil_id: int, left_on: date | None = None) -> None:
        """Say that a pupil left the school, today unless another day is given."""
        self._set_left(pupil_id, left_on or self._dossier.today())

    def mark_back(self, pupil_id: int) -> None:
        """Say that a pupil is at the school after all."""
        self._set_left(pupil_id, None)

    def remove_leavers(self) -> list[int]:
        """Take off the list whoever left and has no device; return whom.

        ``restore_leavers`` puts them back.
        """
        holds = select(Loan.borrower_id).where(Loan.state == LoanState.OPEN)
        with self._dossier.write(Changed.PUPILS) as session:
            gone = session.scalars(
                select(Pupil)
                .where(
                    Pupil.left_on.is_not(None), Pupil.deleted_at.is_(None), Pupil.id.not_in(holds)
                )
                .order_by(Pupil.id)
            ).all()
            for pupil in gone:
                pupil.deleted_at = self._dossier.now()
                self._record("pupil.removed", f"pupil:{pupil.id}")
            return [pupil.id for pupil in gone]

    def restore_leavers(self, pupil_ids: Sequence[int]) -> None:
        """Put those back on the list whom ``remove_leavers`` took off; they have left still."""
        with self._dossier.write(Changed.PUPILS) as session:
            for pupil_id in pupil_ids:
                pupil = find_pupil(session, pupil_id)
                if pupil.erased_at is None and pupil.deleted_at is not None:
                    pupil.deleted_at = None
                    self._record("pupil.restored", f"pupil:{pupil.id}")

    def _set_left(self, pupil_id: int, day: date | None) -> None:
        with self._dossier.write(Changed.PUPILS) as session:
            pupil = find_pupil(session, pupil_id)
            before, pupil.left_on = pupil.left_on, day
            if before != day:
                self._record(
                    "pupil.left" if day else "pupil.back",
                    f"pupil:{pupil.id}",
                    before={"left_on": before},
                    after={"left_on": day},
                )
