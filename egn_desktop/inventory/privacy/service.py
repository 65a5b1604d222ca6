# SPDX-License-Identifier: GPL-3.0-or-later
"""How long personal data is kept, and its erasure: at its term, or when somebody asks."""

from sqlalchemy import select

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.needs import Criterion, need_subject
from egn_desktop.inventory.privacy.erasure import erase_need, erase_person, forget_loans
from egn_desktop.inventory.privacy.queries.erasures import erasures
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.finding import check_holds_nothing, find_pupil, find_staff
from egn_desktop.inventory.register.model import CriterionLeftOut, PupilNeed, RetentionLimit


class PrivacyService:
    """Use cases of retention limits and of erasure."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def set_retention(self, limit_id: str, years: int) -> None:
        """Set one limit, in whole school years; the default is not kept, so that it can improve.

        Raises:
            UserError: there is no such limit, or the years make no sense.
        """
        limit = retention.limits().get(limit_id)
        if limit is None:
            known = ", ".join(limit.id for limit in retention.limits())
            raise UserError(f"Il n’y a pas de durée « {limit_id} ».", todo=f"Au choix : {known}.")
        problem = retention.years_problem(years)
        if problem:
            raise UserError(problem, kept="La durée n’a pas changé.")
        with self._dossier.write(Changed.PUPILS, undo="durée de conservation") as session:
            own = session.get(RetentionLimit, limit_id)
            before = own.years if own else limit.years
            if before == years:
                return
            if own is None:
                session.add(RetentionLimit(id=limit_id, years=years))
            elif years == limit.years:
                session.delete(own)
            else:
                own.years = years
            self._dossier.record(
                "retention.changed",
                f"retention:{limit_id}",
                before={"years": before},
                after={"years": years},
            )

    def leave_out(self, criterion_id: str) -> int:
        """Note a criterion of need no more, erase for good whom it was noted for, and count them.

        Raises:
            UserError: there is no such criterion, or nothing obliges to leave it out.
        """
        criterion = _sensitive(criterion_id)
        with self._dossier.write(Changed.PUPILS) as session:
            if session.get(CriterionLeftOut, criterion.id) is not None:
                return 0
            session.add(CriterionLeftOut(id=criterion.id))
            concerned = [
                need
                for need in session.scalars(select(PupilNeed))
                if criterion.id in need.answers.split()
            ]
            for row in concerned:
                kept = [answer for answer in row.answers.split() if answer != criterion.id]
                row.answers = " ".join(kept)
            subjects = [need_subject(need.pupil_id) for need in concerned]
            self._dossier.erase_details(*subjects)
            self._dossier.record(
                "criterion.left_out",
                f"need-criterion:{criterion.id}",
                after={"pupils": len(concerned)},
            )
        compact(self._dossier)
        return len(concerned)

    def take_in(self, criterion_id: str) -> None:
        """Note a criterion that was left out again.

        Raises:
            UserError: there is no such criterion.
        """
        criterion = _sensitive(criterion_id)
        with self._dossier.write(Changed.PUPILS, undo="critère repris") as session:
            own = session.get(CriterionLeftOut, criterion.id)
            if own is not None:
                session.delete(own)
                self._dossier.record("criterion.taken_in", f"need-criterion:{criterion.id}")

    def erase_due(self) -> int:
        """Erase for good all that is past its term, and return for how many people.

        Loans stay, without a name, so that the figures stay true; the journal's chain still
        verifies; the file is rewritten, so that no page keeps what was erased.
        """
        with self._dossier.write(
            Changed.PUPILS, Changed.STAFF, Changed.LOANS, Changed.DEVICES
        ) as session:
            due = erasures(self._dossier)
            for erasure in due:
                if erasure.whole:
                    erase_person(self._dossier, session, erasure.id)
                    self._dossier.record(f"{erasure.kind}.erased", f"{erasure.kind}:{erasure.id}")
                    continue
                if erasure.needs and erase_need(self._dossier, session, erasure.id):
                    self._dossier.record("need.erased", f"need:{erasure.id}")
                if erasure.loan_ids:
                    nobody = forget_loans(self._dossier, session, erasure.loan_ids, erasure.kind)
                    after = {"loans": len(erasure.loan_ids)}
                    self._dossier.record("loans.erased", f"{erasure.kind}:{nobody}", after=after)
        if due:
            compact(self._dossier)
        return len(due)

    def erase_pupil(self, pupil_id: int) -> None:
        """Erase a pupil for good (RGPD, article 17): names, notes, contacts, journal details.

        Loans stay, without a name, so that the figures stay true; the journal's chain still
        verifies; the file is rewritten, so that no page keeps what was erased.

        Raises:
            UserError: the pupil still has a device.
        """
        with self._dossier.write(Changed.PUPILS, Changed.LOANS, Changed.DEVICES) as session:
            check_holds_nothing(session, find_pupil(session, pupil_id), "être effacé")
            erase_person(self._dossier, session, pupil_id)
            self._dossier.record("pupil.erased", f"pupil:{pupil_id}")
        compact(self._dossier)

    def erase_staff(self, staff_id: int) -> None:
        """Erase somebody for good (RGPD, article 17), as ``erase_pupil`` does.

        Raises:
            UserError: he or she still has a device.
        """
        with self._dossier.write(Changed.STAFF, Changed.LOANS, Changed.DEVICES) as session:
            check_holds_nothing(session, find_staff(session, staff_id), "être effacé")
            erase_person(self._dossier, session, staff_id)
            self._dossier.record("staff.erased", f"staff:{staff_id}")
        compact(self._dossier)

    def forget_need(self, pupil_id: int) -> None:
        """Erase the answers for a pupil for good, in the journal too."""
        with self._dossier.write(Changed.PUPILS) as session:
            if erase_need(self._dossier, session, pupil_id):
                self._dossier.record("need.erased", need_subject(pupil_id))
        compact(self._dossier)


def _sensitive(criterion_id: str) -> Criterion:
    offered = [criterion for criterion in needs.criteria() if criterion.sensitive]
    for entry in offered:
        if entry.id == criterion_id:
            return entry
    raise UserError(
        f"« {criterion_id} » n’est pas un critère qui peut être écarté.",
        todo=f"Au choix : {', '.join(criterion.id for criterion in offered)}.",
    )
