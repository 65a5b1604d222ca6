# SPDX-License-Identifier: GPL-3.0-or-later
"""Adopting the plan: its content, its figures and its printed bytes are frozen together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.errors import UserError
from egn_desktop.plans import rules
from egn_desktop.plans.annex import Edition, annex
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.model import PlanSubmission, PlanTakenUp, PlanVersion, PlanVersionAction
from egn_desktop.plans.queries import changes, content, missing, versions
from egn_desktop.plans.service.part import Part
from egn_desktop.plans.snapshot import PlanContent, encoded
from egn_desktop.school.queries import identity, journal_mark


@dataclass(frozen=True, slots=True)
class _Printed:
    """A version as it is to be kept, with its bytes."""

    number: int
    frozen: PlanContent
    edition: Edition
    adopted_on: date
    snapshot: str
    pdf: bytes
    digest: str


class Adoption(Part):
    """Versions of the plan; none is ever changed or deleted."""

    def adopt(self, *, body: str, on: date | None = None, participants: str = "") -> int:
        """Freeze the draft as the next version and return its number.

        The draft goes on from there. What is kept: the texts, the figures of today with their
        date, and the annex as printed, with its SHA-256.

        Args:
            body: who decided ("conseil d’administration"), or in the first degree gave an opinion
                ("conseil d’école"); there it may be empty, and its opinion noted later.
            on: the day of adoption; today when not given.
            participants: who took part in writing it and in rating the risks.

        Raises:
            UserError: something obligatory is missing, the day makes no sense, or the dossier
                was written while the annex was printed.
        """
        return read_work_write(
            self._dossier,
            Changed.PLAN,
            work=lambda: self._printed(body, on, participants),
            keep=self._freeze,
        )

    def _printed(self, body: str, on: date | None, participants: str) -> _Printed:
        from egn_desktop.documents.render import render

        adopted_on = self._check(body, on)
        earlier = versions(self._dossier)
        frozen = content(self._dossier)
        number = rules.next_version(earlier[0].number if earlier else None)
        edition = Edition(
            number=number,
            adopted_on=adopted_on,
            body=body.strip(),
            participants=participants.strip(),
            changes=tuple(changes(self._dossier)),
            journal=journal_mark(self._dossier),
        )
        pdf = render(annex(frozen, edition))
        digest = hashlib.sha256(pdf).hexdigest()
        return _Printed(number, frozen, edition, adopted_on, encoded(frozen), pdf, digest)

    def _freeze(self, session: Session, printed: _Printed) -> int:
        number, frozen, edition = printed.number, printed.frozen, printed.edition
        session.add(
            PlanVersion(
                number=number,
                adopted_on=printed.adopted_on,
                body=edition.body,
                participants=edition.participants,
                recorded_at=self._dossier.now(),
                snapshot=printed.snapshot,
                pdf=printed.pdf,
                sha256=printed.digest,
            )
        )
        session.flush()
        for waiting in _waiting(session):
            waiting.adopted_as = number
        taken = _taken_up(session)
        for kept in taken:
            kept.version = number
        listed = [action.id for action in frozen.actions if action.id is not None]
        session.add_all(
            PlanVersionAction(version=number, action_id=action_id, place=place)
            for place, action_id in enumerate(listed)
        )
        self._dossier.record(
            "plan.adopted",
            f"plan:{number}",
            after={
                "adopted_on": printed.adopted_on,
                "body": edition.body,
                "participants": edition.participants,
                "sha256": printed.digest,
                "snapshot_sha256": hashlib.sha256(printed.snapshot.encode()).hexdigest(),
                "taken_up": [record.id for record in taken],
                "listed": listed,
            },
        )
        return number

    def submit(self, *, body: str, on: date | None = None) -> None:
        """Note that the draft, complete, was submitted to those who adopt it.

        It can still be written: what is adopted is what it says on that day.

        Raises:
            UserError: something obligatory is missing, or the day makes no sense.
        """
        with self._dossier.write(
            Changed.PLAN, undo=f"soumission du plan ({body.strip()})"
        ) as session:
            if not body.strip():
                raise UserError("Indiquez à qui le plan est soumis.")
            day = self._check(body, on)
            self._withdraw(session)
            session.add(
                PlanSubmission(
                    submitted_on=day,
                    body=body.strip(),
                    recorded_at=self._dossier.now(),
                    snapshot=encoded(content(self._dossier)),
                )
            )
            after = {"submitted_on": day, "body": body.strip()}
            self._dossier.record("plan.submitted", "plan:draft", after=after)

    def withdraw_submission(self) -> None:
        """Take the submission back: the plan is a draft again."""
        with self._dossier.write(Changed.PLAN, undo="retrait de la soumission du plan") as session:
            if self._withdraw(session):
                self._dossier.record("plan.withdrawn", "plan:draft")

    def _withdraw(self, session: Session) -> bool:
        waiting = _waiting(session)
        for need in waiting:
            need.withdrawn_at = self._dossier.now()
        return bool(waiting)

    def _check(self, body: str, on: date | None) -> date:
        words = settling_words(identity(self._dossier).kind)
        lacking = [gap.what for gap in missing(self._dossier) if gap.blocks]
        if lacking:
            raise UserError(
                f"Le plan ne peut pas encore être {words.masculine}.",
                todo="À compléter : " + " ".join(lacking),
            )
        if not body.strip() and not words.advises:
            raise UserError(f"Indiquez qui adopte le plan : le {words.usual_body}.")
        day = on or self._dossier.today()
        if day > self._dossier.today():
            raise UserError(
                f"Un plan ne peut être soumis ni {words.masculine} à une date à venir.",
                todo="Revenez le jour venu, ou corrigez la date.",
            )
        last = next(iter(versions(self._dossier)), None)
        if last is not None and day < last.adopted_on:
            raise UserError(
                f"La version {last.number} est du {french.short_date(last.adopted_on)}, après "
                "cette date.",
                todo="Corrigez la date.",
            )
        return day


def _taken_up(session: Session) -> Sequence[PlanTakenUp]:
    """Return what the draft has taken up since the last adoption."""
    waiting = select(PlanTakenUp).where(PlanTakenUp.version.is_(None))
    return session.scalars(waiting.order_by(PlanTakenUp.id)).all()


def _waiting(session: Session) -> Sequence[PlanSubmission]:
    return session.scalars(
        select(PlanSubmission).where(
            PlanSubmission.adopted_as.is_(None), PlanSubmission.withdrawn_at.is_(None)
        )
    ).all()
