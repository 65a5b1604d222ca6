# SPDX-License-Identifier: GPL-3.0-or-later
"""How loans end: returned whole or in parts, wiped, lost or stolen; and the ways back."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules, wiping
from egn_desktop.inventory.model import Device, Loan
from egn_desktop.inventory.service.base import (
    borrower_name,
    describe_device,
    find_borrower,
    find_device,
    find_loan,
    settle,
)
from egn_desktop.inventory.service.incidents import IncidentUseCases
from egn_desktop.inventory.service.loan_room import check_end, ended_fields, find_open
from egn_desktop.inventory.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    LoanState,
)
from egn_desktop.inventory.text import fold


class ReturnUseCases(IncidentUseCases):
    """Use cases of what comes back, and of what does not."""

    def return_device(
        self,
        loan_id: int,
        *,
        returned_on: date | None = None,
        condition: Condition | None = None,
        accessories: Collection[str] | None = None,
        note: str = "",
        wiped: Collection[str] = (),
    ) -> None:
        """Take a lent device back; ``undo_return`` undoes it.

        Args:
            returned_on: today when left out.
            condition: as it is known when left out; a broken device is not available again, and
                an incident is opened.
            accessories: those that came back; all that were handed over when left out.
            wiped: the steps done of the wiping checklist.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_open(session, loan_id)
            day = returned_on or self._dossier.today()
            self._take_back(session, loan, LoanState.RETURNED, day, condition, accessories, note)
            loan.wiped = " ".join(_known_steps(session, loan, wiped))
            self._note_loan(session, "loan.returned", loan, after=ended_fields(loan))

    def declare_missing(
        self, loan_id: int, *, stolen: bool = False, on: date | None = None, note: str = ""
    ) -> int:
        """Note that a lent device is lost, or stolen, and return the id of the incident opened.

        ``undo_return`` undoes both.

        Args:
            on: today when left out.
            note: what the family says.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        day = on or self._dossier.today()
        self._check_day(day)
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_open(session, loan_id)
            check_end(loan, day, self._dossier.today())
            device = find_device(session, loan.device_id)
            device.state = DeviceState.STOLEN if stolen else DeviceState.LOST
            settle(device)
            loan.state = LoanState.STOLEN if stolen else LoanState.LOST
            loan.ended_on, loan.note_in = day, note.strip()
            self._note_loan(session, "loan.missing", loan, after=ended_fields(loan))
            kind = IncidentKind.THEFT if stolen else IncidentKind.LOSS
            return self._open_with_end(session, loan, kind, loan.note_in)

    def undo_return(self, loan_id: int) -> None:
        """Open a loan again that was ended by mistake; the incident that its end opened goes.

        Raises:
            UserError: the loan did not end, was exchanged, or its device was lent again, reserved,
                retired or removed meanwhile.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_loan(session, loan_id)
            if loan.state in (LoanState.OPEN, LoanState.CANCELLED):
                raise UserError("Ce prêt n’est pas terminé : il n’y a pas de retour à annuler.")
            if replacement_of(session, loan_id) is not None:
                raise UserError(
                    "Ce prêt a été échangé : l’appareil de remplacement est encore au registre.",
                    todo="Annulez l’échange.",
                )
            self._reopen(session, loan)

    def return_accessories(
        self, loan_id: int, names: Collection[str], *, on: date | None = None
    ) -> None:
        """Note that some of what was handed over came back without the device.

        Before it: the loan goes on. After it: what was missing is there again.
        ``undo_return_accessories`` undoes it.

        Args:
            on: today when left out.

        Raises:
            UserError: one of them is not out, the loan was cancelled, or the day makes no sense.
        """
        day = on or self._dossier.today()
        self._check_day(day)
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_loan(session, loan_id)
            if loan.state == LoanState.CANCELLED:
                raise UserError(f"Le prêt n° {loan_id} a été annulé : rien n’est à rendre.")
            check_end(loan, day, self._dossier.today())
            wanted = {fold(name) for name in names}
            out = [one for one in loan.accessories if not one.returned]
            if not wanted or wanted - {fold(one.name) for one in out}:
                raise UserError(
                    "Un des accessoires indiqués n’est pas à rendre pour ce prêt.",
                    todo=f"À rendre : {', '.join(one.name for one in out) or 'rien'}.",
                )
            for one in out:
                if fold(one.name) in wanted:
                    one.returned, one.returned_on = True, day
            _set_present(session, loan, wanted, present=True)
            back = {"returned": sorted(names), "returned_on": day}
            self._note_loan(session, "loan.accessories_returned", loan, after=back)

    def undo_return_accessories(self, loan_id: int, names: Collection[str]) -> None:
        """Note that what ``return_accessories`` noted is out, or missing, after all.

        Raises:
            UserError: one of them did not come back by itself.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_loan(session, loan_id)
            wanted = {fold(name) for name in names}
            apart = [one for one in loan.accessories if one.returned and one.returned_on]
            if wanted - {fold(one.name) for one in apart}:
                raise UserError("Un des accessoires indiqués n’est pas revenu à part.")
            is_back = loan.state in (LoanState.RETURNED, LoanState.EXCHANGED)
            for one in apart:
                if fold(one.name) in wanted:
                    one.returned, one.returned_on = (False if is_back else None), None
            if is_back:
                _set_present(session, loan, wanted, present=False)
            still = {"missing": sorted(names)}
            self._note_loan(session, "loan.accessories_undone", loan, after=still)

    def wipe(self, loan_id: int, done: Collection[str]) -> None:
        """Keep which steps of the wiping checklist are done; they replace those of before.

        Raises:
            UserError: the device is not back, or a step is not one of its kind.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_loan(session, loan_id)
            if loan.wiped is None:
                raise UserError("L’appareil n’est pas revenu : il n’y a rien à effacer.")
            steps = " ".join(_known_steps(session, loan, done))
            if steps == loan.wiped:
                return
            before, loan.wiped = {"wiped": loan.wiped.split()}, steps
            after = {"wiped": steps.split()}
            self._note_loan(session, "loan.wiped", loan, before=before, after=after)

    def _take_back(
        self,
        session: Session,
        loan: Loan,
        state: LoanState,
        day: date,
        condition: Condition | None,
        accessories: Collection[str] | None,
        note: str,
    ) -> None:
        """Have a device and what came with it in stock again, and open an incident if broken."""
        self._check_day(day)
        check_end(loan, day, self._dossier.today())
        device = find_device(session, loan.device_id)
        found = Condition(condition or device.condition)
        came_back = None if accessories is None else {fold(name) for name in accessories}
        for one in loan.accessories:
            if not one.returned:
                one.returned = came_back is None or fold(one.name) in came_back
        missing = {fold(one.name) for one in loan.accessories if not one.returned}
        _set_present(session, loan, missing, present=False)
        device.condition = found
        device.state = rules.state_for(found, DeviceState.AVAILABLE)
        settle(device)
        loan.state, loan.ended_on = state, day
        loan.condition_in, loan.note_in, loan.wiped = found, note.strip(), ""
        if found is Condition.BROKEN:
            self._open_with_end(session, loan, IncidentKind.BREAKAGE, loan.note_in)

    def _reopen(self, session: Session, loan: Loan) -> None:
        device = find_device(session, loan.device_id)
        _check_can_reopen(session, loan, device)
        before = ended_fields(loan)
        missing = {fold(one.name) for one in loan.accessories if one.returned is False}
        _set_present(session, loan, missing, present=True)
        for one in loan.accessories:
            # What came back apart from the device stays back.
            one.returned = True if one.returned and one.returned_on else None
        device.condition, device.state = loan.condition_out, DeviceState.AVAILABLE
        loan.state, loan.ended_on = LoanState.OPEN, None
        loan.condition_in, loan.note_in, loan.wiped = None, "", None
        self._take_back_with_end(session, loan)
        self._note_loan(session, "loan.reopened", loan, before=before, after=ended_fields(loan))


def replacement_of(session: Session, loan_id: int) -> Loan | None:
    """Return the loan that took over from one that was exchanged, or None."""
    wanted = select(Loan).where(Loan.replaces_id == loan_id, Loan.state != LoanState.CANCELLED)
    return session.scalar(wanted)


def _check_can_reopen(session: Session, loan: Loan, device: Device) -> None:
    after = or_(Loan.lent_on > loan.lent_on, (Loan.lent_on == loan.lent_on) & (Loan.id > loan.id))
    later = select(Loan.id).where(
        Loan.device_id == device.id, after, Loan.state != LoanState.CANCELLED
    )
    is_gone = device.state in (DeviceState.RETIRED, DeviceState.RESERVED)
    if device.deleted_at is not None or is_gone or session.scalar(later) is not None:
        raise UserError(
            f"Le retour ne peut plus être annulé : {describe_device(device)} a été prêté "
            "à nouveau, réservé, sorti du parc ou supprimé depuis.",
        )
    who = find_borrower(session, loan.borrower_id)
    if who.erased_at is not None or who.deleted_at is not None:
        name = borrower_name(who) or "cette personne"
        raise UserError(
            f"Le retour ne peut plus être annulé : {name} n’est plus dans la liste.",
            todo="Remettez d’abord cette personne dans la liste, si elle n’a pas été effacée.",
        )


def _set_present(session: Session, loan: Loan, names: Collection[str], *, present: bool) -> None:
    device = find_device(session, loan.device_id)
    for accessory in device.accessories:
        if fold(accessory.name) in names:
            accessory.present = present


def _known_steps(session: Session, loan: Loan, done: Collection[str]) -> list[str]:
    kind = DeviceKind(find_device(session, loan.device_id).kind)
    known = [one.id for one in wiping.steps_for(kind)]
    unknown = sorted(set(done) - set(known))
    if unknown:
        raise UserError(
            f"« {unknown[0]} » n’est pas une étape d’effacement de ce matériel.",
            todo=f"Au choix : {', '.join(known) or 'aucune'}.",
        )
    return [one for one in known if one in done]
