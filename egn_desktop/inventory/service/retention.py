# SPDX-License-Identifier: GPL-3.0-or-later
"""How long personal data is kept, and its erasure at the term."""

from egn_desktop.changes import Changed
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory import retention
from egn_desktop.inventory.model import RetentionLimit
from egn_desktop.inventory.queries.erasures import erasures
from egn_desktop.inventory.service.erasure import erase_need, erase_person, forget_loans
from egn_desktop.inventory.service.pupils import PupilUseCases


class RetentionUseCases(PupilUseCases):
    """Use cases of retention limits."""

    def set_retention(self, limit_id: str, years: int) -> None:
        """Set one limit, in whole school years; the default is not kept, so that it can improve.

        Raises:
            UserError: there is no such limit, or the years make no sense.
        """
        limit = retention.limits().get(limit_id)
        if limit is None:
            known = ", ".join(one.id for one in retention.limits())
            raise UserError(f"Il n’y a pas de durée « {limit_id} ».", todo=f"Au choix : {known}.")
        problem = retention.years_problem(years)
        if problem:
            raise UserError(problem, kept="La durée n’a pas changé.")
        with self._dossier.write(Changed.PUPILS) as session:
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
            self._record(
                "retention.changed",
                f"retention:{limit_id}",
                before={"years": before},
                after={"years": years},
            )

    def erase_due(self) -> int:
        """Erase for good all that is past its term, and return for how many people.

        Loans stay, without a name, so that the figures stay true; the journal's chain still
        verifies; the file is rewritten, so that no page keeps what was erased.
        """
        with self._dossier.write(Changed.PUPILS, Changed.STAFF, Changed.LOANS) as session:
            due = erasures(self._dossier)
            for one in due:
                if one.whole:
                    erase_person(self._dossier, session, one.id)
                    self._record(f"{one.kind}.erased", f"{one.kind}:{one.id}")
                    continue
                if one.needs and erase_need(self._dossier, session, one.id):
                    self._record("need.erased", f"need:{one.id}")
                if one.loan_ids:
                    nobody = forget_loans(self._dossier, session, one.loan_ids, one.kind)
                    after = {"loans": len(one.loan_ids)}
                    self._record("loans.erased", f"{one.kind}:{nobody}", after=after)
        if due:
            compact(self._dossier)
        return len(due)
