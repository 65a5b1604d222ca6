# SPDX-License-Identifier: GPL-3.0-or-later
"""Needs: note the questionnaire's answers, decide otherwise, forget; and lend to many at once."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory import needs
from egn_desktop.inventory.model import Pupil, PupilNeed
from egn_desktop.inventory.needs import Priority
from egn_desktop.inventory.service.base import borrower_name, find_pupil
from egn_desktop.inventory.service.erasure import erase_need, need_subject
from egn_desktop.inventory.service.loans import LoanUseCases


class NeedUseCases(LoanUseCases):
    """Use cases of needs, and of the loans that answer several at once."""

    def note_need(self, pupil_id: int, answers: Collection[str]) -> None:
        """Keep the answers for a pupil, none of them included; they replace those of before.

        Raises:
            UserError: a criterion is not known, or the pupil is not in the list any more.
        """
        unknown = sorted(set(answers) - {one.id for one in needs.criteria()})
        if unknown:
            known = ", ".join(one.id for one in needs.criteria())
            raise UserError(
                f"« {unknown[0]} » n’est pas un critère.",
                kept="Le besoin n’a pas été noté.",
                todo=f"Au choix : {known}.",
            )
        kept = " ".join(one.id for one in needs.retained(answers))
        with self._dossier.write(Changed.PUPILS) as session:
            _find_listed(session, pupil_id)
            need = session.get(PupilNeed, pupil_id)
            before = None if need is None else {"answers": need.answers}
            if need is None:
                need = PupilNeed(pupil_id=pupil_id, decided=None)
                session.add(need)
            need.answers, need.noted_on = kept, self._dossier.today()
            self._record(
                "need.noted", need_subject(pupil_id), before=before, after={"answers": kept}
            )

    def decide_priority(self, pupil_id: int, priority: Priority | None, reason: str = "") -> None:
        """Put a pupil higher or lower than the sum says; None gives the sum its word again.

        Raises:
            UserError: there is no reason, or nothing was noted for the pupil.
        """
        if priority is not None and not reason.strip():
            raise UserError(
                "Il manque la raison de ce choix.",
                kept="La priorité n’a pas changé.",
                todo="Dites en quelques mots pourquoi : elle sera gardée au journal.",
            )
        with self._dossier.write(Changed.PUPILS) as session:
            need = session.get(PupilNeed, pupil_id)
            if need is None:
                name = borrower_name(find_pupil(session, pupil_id))
                raise UserError(
                    f"Aucun besoin n’est noté pour {name}.", todo="Notez d’abord ses réponses."
                )
            before = {"decided": need.decided, "reason": need.reason}
            need.decided = None if priority is None else int(priority)
            need.reason = "" if priority is None else reason.strip()
            after = {"decided": need.decided, "reason": need.reason}
            if before != after:
                self._record("need.decided", need_subject(pupil_id), before=before, after=after)

    def forget_need(self, pupil_id: int) -> None:
        """Erase the answers for a pupil for good, in the journal too."""
        with self._dossier.write(Changed.PUPILS) as session:
            if erase_need(self._dossier, session, pupil_id):
                self._record("need.erased", need_subject(pupil_id))
        compact(self._dossier)

    def lend_together(self, pairs: Sequence[tuple[int, int]], *, due_on: date) -> list[int]:
        """Lend many devices in one transaction, all or none; return the loans' ids.

        Args:
            pairs: pupil and device, each device once.

        Raises:
            UserError: one of them cannot be lent; none is.
        """
        try:
            with self._dossier.write(Changed.LOANS, Changed.DEVICES):
                return [
                    self.lend(borrower_id=pupil_id, device_id=device_id, due_on=due_on)
                    for pupil_id, device_id in pairs
                ]
        except UserError as error:
            raise UserError(
                error.what, kept="Aucun des prêts n’a été enregistré.", todo=error.todo
            ) from error

    def undo_lend_together(self, loan_ids: Sequence[int]) -> None:
        """Cancel loans made together, all or none.

        Raises:
            UserError: one of them is not open any more.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES):
            for loan_id in loan_ids:
                self.undo_lend(loan_id)


def _find_listed(session: Session, pupil_id: int) -> Pupil:
    pupil = find_pupil(session, pupil_id)
    if pupil.deleted_at is not None:
        raise UserError("Cet élève n’est plus dans la liste.", kept="Le besoin n’a pas été noté.")
    return pupil
