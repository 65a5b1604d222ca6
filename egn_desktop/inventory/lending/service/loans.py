# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans: lend, prolong, exchange; how they end, whole or in parts; and the ways back."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import due_dates
from egn_desktop.inventory.lending.service.endings import cancel, reopen, take_back
from egn_desktop.inventory.lending.service.incidents import open_with_end
from egn_desktop.inventory.lending.service.loan_checks import (
    check_day,
    check_end,
    check_lendable,
    ended_fields,
    find_open,
    known_steps,
    lent_fields,
    name_loan_act,
    note_loan,
    replacement_of,
    set_present,
)
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import (
    borrower_name,
    clean_names,
    device_code,
    find_borrower,
    find_device,
    find_loan,
    settle,
)
from egn_desktop.inventory.register.model import Loan, LoanAccessory, Pupil
from egn_desktop.inventory.register.terms import Condition, DeviceState, IncidentKind, LoanState
from egn_desktop.school.queries import calendar

KEPT: Final = "L’échange n’a pas été noté."


class LoanService:
    """Use cases of the register of loans."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def lend(
        self,
        *,
        device_id: int,
        borrower_id: int,
        due_on: date | None = None,
        lent_on: date | None = None,
        condition: Condition | None = None,
        accessories: Sequence[str] | None = None,
        note: str = "",
    ) -> int:
        """Lend a device to somebody and return the loan's id.

        A device that waits for this person is lent as any other; its reservation ends with the
        loan, so that a loan made by mistake gives it back.

        Args:
            due_on: the end of the school year when left out (our proposal).
            lent_on: today when left out.
            condition: the device's on that day; as it was known when left out.
            accessories: what is handed over with it; all that is present when left out.

        Raises:
            UserError: the device or the borrower is gone, the device is lent, out of use or
                reserved for somebody else, or the days make no sense.
        """
        day = lent_on or self._dossier.today()
        due = due_on or due_dates.end_of_school_year(day, calendar(self._dossier))
        check_day(self._dossier, day)
        problem = rules.due_problem(day, due)
        if problem:
            raise UserError(problem, kept="Le prêt n’a pas été enregistré.")
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="prêt") as session:
            device, who = find_device(session, device_id), find_borrower(session, borrower_id)
            self._dossier.name_act(f"prêt de {device_code(device)} à {borrower_name(who)}")
            state = Condition(condition or device.condition)
            check_lendable(session, device, who, state)
            device.condition = state
            present = [accessory.name for accessory in device.accessories if accessory.present]
            loan = Loan(
                device_id=device.id,
                borrower_id=who.id,
                school_class=who.school_class if isinstance(who, Pupil) else "",
                lent_on=day,
                due_on=due,
                state=LoanState.OPEN,
                condition_out=state,
                note_out=note.strip(),
                created_at=self._dossier.now(),
                accessories=[
                    LoanAccessory(position=position, name=name)
                    for position, name in enumerate(
                        present if accessories is None else clean_names(accessories)
                    )
                ],
            )
            session.add(loan)
            session.flush()
            note_loan(self._dossier, session, "loan.lent", loan, after=lent_fields(loan, device))
            return loan.id

    def renew(self, loan_id: int, *, due_on: date) -> None:
        """Move the day on which an open loan is due.

        Raises:
            UserError: the loan is not open, or the day comes before the loan.
        """
        with self._dossier.write(Changed.LOANS, undo="prolongation") as session:
            loan = find_open(session, loan_id)
            name_loan_act(self._dossier, session, "prolongation", loan)
            problem = rules.due_problem(loan.lent_on, due_on)
            if problem:
                raise UserError(problem)
            if loan.due_on == due_on:
                return
            before, loan.due_on = {"due_on": loan.due_on}, due_on
            note_loan(
                self._dossier,
                session,
                "loan.renewed",
                loan,
                before=before,
                after={"due_on": due_on},
            )

    def lend_together(self, pairs: Sequence[tuple[int, int]], *, due_on: date) -> list[int]:
        """Lend many devices in one transaction, all or none; return the loans' ids.

        Args:
            pairs: pupil and device, each device once.

        Raises:
            UserError: one of them cannot be lent; none is.
        """
        try:
            words = french.count(len(pairs), "appareil prêté", "appareils prêtés")
            with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo=words):
                return [
                    self.lend(borrower_id=pupil_id, device_id=device_id, due_on=due_on)
                    for pupil_id, device_id in pairs
                ]
        except UserError as error:
            raise UserError(
                error.what, kept="Aucun des prêts n’a été enregistré.", todo=error.todo
            ) from error

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
        """Take a lent device back.

        Args:
            returned_on: today when left out.
            condition: as it is known when left out; a broken device is not available again, and
                an incident is opened.
            accessories: those that came back; all that were handed over when left out.
            wiped: the steps done of the wiping checklist.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="retour") as session:
            loan = find_open(session, loan_id)
            name_loan_act(self._dossier, session, "retour", loan)
            day = returned_on or self._dossier.today()
            take_back(
                self._dossier, session, loan, LoanState.RETURNED, day, condition, accessories, note
            )
            loan.wiped = " ".join(known_steps(session, loan, wiped))
            note_loan(self._dossier, session, "loan.returned", loan, after=ended_fields(loan))

    def declare_missing(
        self, loan_id: int, *, stolen: bool = False, on: date | None = None, note: str = ""
    ) -> int:
        """Note that a lent device is lost, or stolen, and return the id of the incident opened.

        Args:
            on: today when left out.
            note: what the family says.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        day = on or self._dossier.today()
        check_day(self._dossier, day)
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="perte") as session:
            loan = find_open(session, loan_id)
            name_loan_act(self._dossier, session, "vol" if stolen else "perte", loan)
            check_end(loan, day, self._dossier.today())
            device = find_device(session, loan.device_id)
            device.state = DeviceState.STOLEN if stolen else DeviceState.LOST
            settle(device)
            loan.state = LoanState.STOLEN if stolen else LoanState.LOST
            loan.ended_on, loan.note_in = day, note.strip()
            note_loan(self._dossier, session, "loan.missing", loan, after=ended_fields(loan))
            kind = IncidentKind.THEFT if stolen else IncidentKind.LOSS
            return open_with_end(self._dossier, session, loan, kind, loan.note_in)

    def reopen_loan(self, loan_id: int) -> None:
        """Open a loan again that was ended by mistake; the incident that its end opened goes.

        Raises:
            UserError: the loan did not end, was exchanged, or its device was lent again, reserved,
                retired or removed meanwhile.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="réouverture") as session:
            loan = find_loan(session, loan_id)
            name_loan_act(self._dossier, session, "réouverture du prêt", loan)
            if loan.state in (LoanState.OPEN, LoanState.CANCELLED):
                raise UserError("Ce prêt n’est pas terminé : il n’y a pas de retour à annuler.")
            if replacement_of(session, loan_id) is not None:
                raise UserError(
                    "Ce prêt a été échangé : l’appareil de remplacement est encore au registre.",
                    todo="Annulez l’échange.",
                )
            reopen(self._dossier, session, loan)

    def return_accessories(
        self, loan_id: int, names: Collection[str], *, on: date | None = None
    ) -> None:
        """Note that some of what was handed over came back without the device.

        Before it: the loan goes on. After it: what was missing is there again.

        Args:
            on: today when left out.

        Raises:
            UserError: one of them is not out, the loan was cancelled, or the day makes no sense.
        """
        day = on or self._dossier.today()
        check_day(self._dossier, day)
        with self._dossier.write(
            Changed.LOANS, Changed.DEVICES, undo="retour d’accessoires"
        ) as session:
            loan = find_loan(session, loan_id)
            name_loan_act(self._dossier, session, "retour des accessoires", loan)
            if loan.state == LoanState.CANCELLED:
                raise UserError(f"Le prêt n° {loan_id} a été annulé : rien n’est à rendre.")
            check_end(loan, day, self._dossier.today())
            wanted = {fold(name) for name in names}
            out = [accessory for accessory in loan.accessories if not accessory.returned]
            if not wanted or wanted - {fold(accessory.name) for accessory in out}:
                raise UserError(
                    "Un des accessoires indiqués n’est pas à rendre pour ce prêt.",
                    todo=f"À rendre : {', '.join(accessory.name for accessory in out) or 'rien'}.",
                )
            for went in out:
                if fold(went.name) in wanted:
                    went.returned, went.returned_on = True, day
            set_present(session, loan, wanted, present=True)
            back = {"returned": sorted(names), "returned_on": day}
            note_loan(self._dossier, session, "loan.accessories_returned", loan, after=back)

    def wipe(self, loan_id: int, done: Collection[str]) -> None:
        """Keep which steps of the wiping checklist are done; they replace those of before.

        Raises:
            UserError: the device is not back, or a step is not one of its kind.
        """
        with self._dossier.write(
            Changed.LOANS, Changed.DEVICES, undo="effacement de l’appareil"
        ) as session:
            loan = find_loan(session, loan_id)
            name_loan_act(self._dossier, session, "étapes d’effacement", loan)
            if loan.wiped is None:
                raise UserError("L’appareil n’est pas revenu : il n’y a rien à effacer.")
            steps = " ".join(known_steps(session, loan, done))
            if steps == loan.wiped:
                return
            before, loan.wiped = {"wiped": loan.wiped.split()}, steps
            after = {"wiped": steps.split()}
            note_loan(self._dossier, session, "loan.wiped", loan, before=before, after=after)

    def exchange(
        self,
        loan_id: int,
        *,
        device_id: int,
        condition: Condition = Condition.BROKEN,
        accessories: Collection[str] | None = None,
        note: str = "",
    ) -> int:
        """Take a lent device back and lend another for it; return the new loan's id.

        The day of return stays, unless it is past: then it is today.

        Args:
            device_id: the device that is handed over.
            condition: of the one that comes back; broken, it goes to repair and an incident is
                opened.
            accessories: those that came back with it; all when left out. What goes with the new
                device is handed over with it.
            note: what happened.

        Raises:
            UserError: the loan is not open, or the other device cannot be lent.
        """
        today = self._dossier.today()
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="échange") as session:
            loan = find_open(session, loan_id)
            name_loan_act(self._dossier, session, "échange", loan)
            if loan.device_id == device_id:
                raise UserError(
                    "Un appareil ne s’échange pas contre lui-même.",
                    kept=KEPT,
                    todo="Choisissez l’appareil qui le remplace.",
                )
            take_back(
                self._dossier,
                session,
                loan,
                LoanState.EXCHANGED,
                today,
                condition,
                accessories,
                note,
            )
            try:
                new_id = self.lend(
                    device_id=device_id,
                    borrower_id=loan.borrower_id,
                    due_on=max(loan.due_on, today),
                )
            except UserError as error:
                raise UserError(error.what, kept=KEPT, todo=error.todo) from error
            find_loan(session, new_id).replaces_id = loan.id
            after = ended_fields(loan) | {"replaced_by": new_id}
            note_loan(self._dossier, session, "loan.exchanged", loan, after=after)
            return new_id

    def cancel_exchange(self, loan_id: int) -> None:
        """Cancel an exchange: the new loan is cancelled, the earlier one is open again.

        Args:
            loan_id: the new loan, which ``exchange`` returned.

        Raises:
            UserError: it is no exchange, or one of the two loans moved on since.
        """
        with self._dossier.write(
            Changed.LOANS, Changed.DEVICES, undo="annulation de l’échange"
        ) as session:
            new = find_loan(session, loan_id)
            if new.replaces_id is None:
                raise UserError(f"Le prêt n° {loan_id} ne vient pas d’un échange.")
            cancel(self._dossier, session, find_open(session, loan_id))
            reopen(self._dossier, session, find_loan(session, new.replaces_id))
