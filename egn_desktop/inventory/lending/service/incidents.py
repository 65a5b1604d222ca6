# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents: note one, follow it, close it, and what that makes of its device."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.fields import given as as_kept
from egn_desktop.fields import kept_of, names_of, trimmed
from egn_desktop.inventory.lending import incidents as rules
from egn_desktop.inventory.lending.incidents import Standing
from egn_desktop.inventory.lending.service.loan_checks import check_day
from egn_desktop.inventory.register.finding import (
    describe_device,
    device_code,
    find_device,
    open_loan_of,
    settle,
)
from egn_desktop.inventory.register.model import Device, Incident, Loan
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
)

FIELDS: Final = names_of(IncidentFields)


class IncidentService:
    """Use cases of incidents."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add_incident(self, device_id: int, given: IncidentFields) -> int:
        """Note what befell a device and return the incident's id.

        One that nobody has is then in repair, lost or stolen; one that is lent stays with its
        borrower, and the incident belongs to that loan.

        Raises:
            UserError: the entry makes no sense, or a lent device is said to be lost or stolen.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES, undo="incident noté") as session:
            device = find_device(session, device_id)
            _check_incident(self._dossier, given, kept="L’incident n’a pas été noté.")
            self._dossier.name_act(f"incident noté sur {device_code(device)}")
            loan = open_loan_of(session, device_id)
            if loan is None:
                stands = rules.after_opening(given.kind, _standing(device))
                _set_standing(self._dossier, device, stands)
            elif given.kind in rules.MISSING:
                raise UserError(
                    f"{describe_device(device)} est prêté : sa perte ou son vol se déclare sur "
                    "le prêt, qui prend fin.",
                    kept="L’incident n’a pas été noté.",
                    todo="Ouvrez le prêt, puis « Déclarer perdu » ou « Déclarer volé ».",
                )
            return _open_incident(self._dossier, session, device, given, loan).id

    def change_incident(self, incident_id: int, **given: Any) -> None:
        """Change some of an incident's fields: all but its kind.

        Raises:
            UserError: the entry makes no sense.
        """
        with self._dossier.write(Changed.LOANS, undo="modification de l’incident") as session:
            incident = find_incident(session, incident_id)
            kept = _noted(incident)
            wanted = replace(kept, **{name: trimmed(value) for name, value in given.items()})
            if wanted.kind is not kept.kind:
                raise TypeError("the kind of an incident does not change")
            _check_incident(self._dossier, wanted)
            changed = [field for field in FIELDS if getattr(wanted, field) != getattr(kept, field)]
            for name in changed:
                setattr(incident, name, getattr(wanted, name))
            if changed:
                self._dossier.record(
                    "incident.changed",
                    subject(incident),
                    before={field: getattr(kept, field) for field in changed},
                    after={field: getattr(wanted, field) for field in changed},
                )

    def close_incident(
        self,
        incident_id: int,
        outcome: IncidentOutcome,
        *,
        on: date | None = None,
        cost_cents: int | None = None,
    ) -> None:
        """Say how an incident ended.

        A device found or mended is available again, one retired is out of the stock.

        Args:
            on: today when left out.
            cost_cents: what it cost; as it was noted when left out.

        Raises:
            UserError: it is closed already, or the day or the cost makes no sense.
        """
        day = on or self._dossier.today()
        check_day(self._dossier, day)
        with self._dossier.write(
            Changed.LOANS, Changed.DEVICES, undo="clôture de l’incident"
        ) as session:
            incident = find_incident(session, incident_id)
            if incident.closed_on is not None:
                raise UserError(f"L’incident n° {incident_id} est déjà clos.")
            if day < incident.happened_on:
                raise UserError(
                    "L’incident ne peut pas être clos avant le "
                    f"{french.short_date(incident.happened_on)}, jour où il a eu lieu."
                )
            if cost_cents is not None:
                _check_incident(self._dossier, replace(_noted(incident), cost_cents=cost_cents))
                incident.cost_cents = cost_cents
            incident.closed_on, incident.outcome = day, outcome
            self._dossier.record(
                "incident.closed",
                subject(incident),
                after={"closed_on": day, "outcome": outcome, "cost_cents": incident.cost_cents},
            )
            device = find_device(session, incident.device_id)
            if open_loan_of(session, device.id) is None:
                stands = rules.after_closing(outcome, _standing(device))
                _set_standing(self._dossier, device, stands)

    def reopen_incident(self, incident_id: int) -> None:
        """Follow a closed incident again; its device stays where it is.

        Raises:
            UserError: it is not closed.
        """
        with self._dossier.write(Changed.LOANS, undo="réouverture de l’incident") as session:
            incident = find_incident(session, incident_id)
            if incident.closed_on is None:
                raise UserError(f"L’incident n° {incident_id} n’est pas clos.")
            before = {"closed_on": incident.closed_on, "outcome": incident.outcome}
            incident.closed_on = incident.outcome = None
            self._dossier.record("incident.reopened", subject(incident), before=before)

    def remove_incident(self, incident_id: int) -> None:
        """Take an incident off the list; its device stays where it is."""
        with self._dossier.write(Changed.LOANS, undo="retrait de l’incident") as session:
            incident = find_incident(session, incident_id)
            incident.deleted_at = self._dossier.now()
            self._dossier.record("incident.removed", subject(incident))


def open_with_end(
    dossier: Dossier, session: Session, loan: Loan, kind: IncidentKind, words: str
) -> int:
    """Open the incident that the end of a loan brings, unless it is followed already."""
    followed = select(Incident.id).where(
        Incident.loan_id == loan.id,
        Incident.kind == kind,
        Incident.closed_on.is_(None),
        Incident.deleted_at.is_(None),
    )
    known = session.scalar(followed)
    if known is not None:
        return known
    device = find_device(session, loan.device_id)
    given = IncidentFields(kind, loan.ended_on or dossier.today(), words)
    return _open_incident(dossier, session, device, given, loan, by_end=True).id


def take_back_with_end(dossier: Dossier, session: Session, loan: Loan) -> None:
    """Take back what ``open_with_end`` opened."""
    wanted = select(Incident).where(
        Incident.loan_id == loan.id, Incident.by_end, Incident.deleted_at.is_(None)
    )
    for incident in session.scalars(wanted):
        incident.deleted_at = dossier.now()
        dossier.record("incident.removed", subject(incident))


def _open_incident(
    dossier: Dossier,
    session: Session,
    device: Device,
    given: IncidentFields,
    loan: Loan | None,
    *,
    by_end: bool = False,
) -> Incident:
    incident = Incident(
        device_id=device.id,
        loan_id=None if loan is None else loan.id,
        by_end=by_end,
        created_at=dossier.now(),
        **as_kept(given),
    )
    session.add(incident)
    session.flush()
    named = {"device": device.id, "device_name": describe_device(device)}
    dossier.record("incident.opened", subject(incident), after=named | as_kept(given))
    return incident


def _check_incident(dossier: Dossier, given: IncidentFields, *, kept: str = "") -> None:
    problem = rules.incident_problem(given, dossier.today())
    if problem:
        raise UserError(problem, kept=kept)


def _set_standing(dossier: Dossier, device: Device, stands: Standing) -> None:
    """Move a device that nobody has."""
    was = _standing(device)
    if was == stands:
        return
    device.state, device.condition = stands.state, stands.condition
    device.reserved_for, device.reserved_note = stands.reserved_for, stands.reserved_note
    if stands.state is DeviceState.RETIRED:
        device.retired_on = dossier.today()
    settle(device)
    dossier.record(
        "device.changed",
        f"device:{device.id}",
        before={"state": was.state, "condition": was.condition},
        after={"state": stands.state, "condition": stands.condition},
    )


def subject(incident: Incident) -> str:
    """Return what the journal calls an incident."""
    return f"incident:{incident.id}"


def find_incident(session: Session, incident_id: int) -> Incident:
    """Return an incident.

    Raises:
        UserError: there is none of that id, or it was removed.
    """
    incident = session.get(Incident, incident_id)
    if incident is None or incident.deleted_at is not None:
        raise UserError(f"Il n’y a pas d’incident n° {incident_id} dans ce dossier.")
    return incident


def _standing(device: Device) -> Standing:
    return Standing(
        DeviceState(device.state),
        Condition(device.condition),
        device.reserved_for,
        device.reserved_note,
    )


def _noted(incident: Incident) -> IncidentFields:
    return IncidentFields(**kept_of(IncidentFields, incident))
