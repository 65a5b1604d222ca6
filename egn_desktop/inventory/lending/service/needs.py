# SPDX-License-Identifier: GPL-3.0-or-later
"""Needs: note the questionnaire's answers, or decide otherwise."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.needs import Priority, need_subject
from egn_desktop.inventory.register.finding import borrower_name, find_pupil
from egn_desktop.inventory.register.model import CriterionLeftOut, Pupil, PupilNeed


class NeedService:
    """Use cases of needs."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def note_need(self, pupil_id: int, answers: Collection[str]) -> None:
        """Keep the answers for a pupil, none of them included; they replace those of before.

        Raises:
            UserError: a criterion is not known or left out by the school, or the pupil is not in
                the list any more.
        """
        unknown = sorted(set(answers) - {criterion.id for criterion in needs.criteria()})
        if unknown:
            known = ", ".join(criterion.id for criterion in needs.criteria())
            raise UserError(
                f"« {unknown[0]} » n’est pas un critère.",
                kept="Le besoin n’a pas été noté.",
                todo=f"Au choix : {known}.",
            )
        kept = " ".join(criterion.id for criterion in needs.retained(answers))
        with self._dossier.write(Changed.PUPILS, undo="besoin noté") as session:
            _check_asked(session, answers)
            who = _find_listed(session, pupil_id)
            self._dossier.name_act(f"besoin noté pour {borrower_name(who)}")
            need = session.get(PupilNeed, pupil_id)
            before = None if need is None else {"answers": need.answers}
            if need is None:
                need = PupilNeed(pupil_id=pupil_id, decided=None)
                session.add(need)
            need.answers, need.noted_on = kept, self._dossier.today()
            self._dossier.record(
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
        with self._dossier.write(Changed.PUPILS, undo="priorité décidée") as session:
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
                self._dossier.record(
                    "need.decided", need_subject(pupil_id), before=before, after=after
                )


def _check_asked(session: Session, answers: Collection[str]) -> None:
    left_out = set(session.scalars(select(CriterionLeftOut.id))) & set(answers)
    if left_out:
        title = needs.criteria()[min(left_out)].title
        raise UserError(
            f"Ce critère est écarté : « {title} ».",
            kept="Le besoin n’a pas été noté.",
            todo="Pour le noter à nouveau : Réglages, Données personnelles.",
        )


def _find_listed(session: Session, pupil_id: int) -> Pupil:
    pupil = find_pupil(session, pupil_id)
    if pupil.deleted_at is not None:
        raise UserError("Cet élève n’est plus dans la liste.", kept="Le besoin n’a pas été noté.")
    return pupil
