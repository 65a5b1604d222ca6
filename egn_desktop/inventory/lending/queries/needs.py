# SPDX-License-Identifier: GPL-3.0-or-later
"""Needs: one pupil's, the waiting list by priority, the figures; none past its term is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.allotment import propose
from egn_desktop.inventory.lending.needs import Criterion, Priority, Want
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.model import CriterionLeftOut, Device, Loan, Pupil, PupilNeed
from egn_desktop.inventory.register.rules import plan_ended
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.register.text import person_name
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What is known of one pupil's need.

    Attributes:
        id: the pupil's.
        lines: the criteria that count, whose weights add up to ``score``.
        decided: the priority that a human set, for the ``reason`` given; else None.
        missing: what he or she waits for.
        kept_until: the last day on which the answers are kept.
    """

    id: int
    name: str
    school_class: str
    noted_on: date
    kept_until: date
    lines: tuple[Criterion, ...]
    score: int
    decided: Priority | None
    reason: str
    missing: tuple[Want, ...]

    @property
    def priority(self) -> Priority:
        """The one in force: the human’s, else the sum’s."""
        return needs.priority(self.score) if self.decided is None else self.decided

    @property
    def answers(self) -> frozenset[str]:
        """The ids of the criteria that count."""
        return frozenset(line.id for line in self.lines)


@dataclass(frozen=True, slots=True)
class NeedsSummary:
    """The needs in figures, for this school year.

    Attributes:
        pupils: how many the school has.
        surveyed: for how many of them the questionnaire was answered.
        without_device: without an appropriate one at home: none, a smartphone, or a shared one.
        no_device: those of them with none at all.
        without_connection: with none at home but a telephone’s.
        special_needs: with a need of adapted equipment, notified.
        to_support: with no adult at ease with the tools, or once out of reach.
        waiting: how many wait for a loan, of either kind.
    """

    pupils: int
    surveyed: int
    without_device: int
    no_device: int
    without_connection: int
    special_needs: int
    to_support: int
    waiting: int


def asked(dossier: Dossier) -> Sequence[Criterion]:
    """Return the criteria that the school notes, in the order of the questionnaire."""
    left_out = {row.id for row in dossier.rows(select(CriterionLeftOut.id))}
    return [criterion for criterion in needs.criteria() if criterion.id not in left_out]


def notes_sensitive(dossier: Dossier) -> bool:
    """Tell whether the school notes anything that reveals a pupil's health."""
    return any(criterion.sensitive for criterion in asked(dossier))


def need(dossier: Dossier, pupil_id: int) -> NeedRow | None:
    """Return what was noted for a pupil, or None."""
    return next((row for row in _rows(dossier, pupil_id=pupil_id)), None)


def needs_noted(dossier: Dossier, search: str = "", *, school_class: str = "") -> list[NeedRow]:
    """Return every pupil for whom the questionnaire was answered, by priority."""
    return _rows(dossier, search=search, school_class=school_class)


def waiting(dossier: Dossier, search: str = "", *, school_class: str = "") -> list[NeedRow]:
    """Return those who have a need and no device of the kind, the first to be served first."""
    rows = _rows(dossier, search=search, school_class=school_class)
    return [row for row in rows if row.missing]


def needs_summary(dossier: Dossier) -> NeedsSummary:
    """Return the needs in figures."""
    rows = _rows(dossier)
    (counted,) = dossier.rows(
        select(func.count().label("pupils"))
        .select_from(Pupil)
        .where(Pupil.deleted_at.is_(None), Pupil.left_on.is_(None))
    )

    def having(*answers: str) -> int:
        return sum(bool(row.answers.intersection(answers)) for row in rows)

    return NeedsSummary(
        pupils=counted.pupils,
        surveyed=len(rows),
        without_device=having("no-device", "only-smartphone", "shared-device", "shared-by-many"),
        no_device=having("no-device"),
        without_connection=having("no-connection", "mobile-only"),
        special_needs=having("special-need"),
        to_support=having("no-adult-help", "lost-contact"),
        waiting=sum(bool(row.missing) for row in rows),
    )


def servable(dossier: Dossier) -> int:
    """Return how many of the devices that are waited for can be lent at once."""
    rows = waiting(dossier)
    if not rows:
        return 0
    return sum(proposal.device_id is not None for proposal in propose(rows, spare_devices(dossier)))


def spare_devices(dossier: Dossier) -> list[DeviceRow]:
    """Return the devices that can be lent at once: available, or kept for a person.

    A key whose data plan has ended would connect nobody.
    """
    kept = devices(dossier, state=DeviceState.RESERVED)
    free = devices(dossier, state=DeviceState.AVAILABLE)
    spare = [*free, *(row for row in kept if row.reserved_for is not None)]
    today = dossier.today()
    return [row for row in spare if not plan_ended(row.kind, row.data_until, today)]


def _rows(
    dossier: Dossier, *, search: str = "", school_class: str = "", pupil_id: int | None = None
) -> list[NeedRow]:
    years = next(row.years for row in retention_limits(dossier) if row.limit.id == retention.NEEDS)
    wanted = (
        select(
            Pupil.id,
            Pupil.last_name,
            Pupil.usual_name,
            Pupil.first_name,
            Pupil.school_class,
            PupilNeed.noted_on,
            PupilNeed.answers,
            PupilNeed.decided,
            PupilNeed.reason,
        )
        .join(PupilNeed, PupilNeed.pupil_id == Pupil.id)
        .where(
            Pupil.deleted_at.is_(None),
            Pupil.left_on.is_(None),
            PupilNeed.noted_on >= retention.due_before(dossier.today(), years),
        )
        .order_by(Pupil.sort_key, Pupil.id)
    )
    if pupil_id is not None:
        wanted = wanted.where(Pupil.id == pupil_id)
    if school_class:
        wanted = wanted.where(Pupil.school_class == school_class)
    for word in fold(search).split():
        wanted = wanted.where(Pupil.search.contains(word, autoescape=True))
    found = dossier.rows(wanted)
    held = _held(dossier) if found else {}
    rows = [_row(row, held.get(row.id, frozenset()), years) for row in found]
    # Those who were asked first come first among equals; the sort keeps the names' order.
    return sorted(rows, key=lambda row: (row.priority, -row.score, row.noted_on))


def _held(dossier: Dossier) -> dict[int, frozenset[DeviceKind]]:
    open_loans = (
        select(Loan.borrower_id, Device.kind, Device.data_until)
        .join(Device, Device.id == Loan.device_id)
        .where(Loan.state == LoanState.OPEN)
    )
    held: dict[int, frozenset[DeviceKind]] = {}
    today = dossier.today()
    for row in dossier.rows(open_loans):
        kind = DeviceKind(row.kind)
        if not plan_ended(kind, row.data_until, today):
            held[row.borrower_id] = held.get(row.borrower_id, frozenset()) | {kind}
    return held


def _row(found: Row[Any], held: frozenset[DeviceKind], years: int) -> NeedRow:
    answers = found.answers.split()
    return NeedRow(
        id=found.id,
        name=person_name(found.last_name, found.usual_name, found.first_name),
        school_class=found.school_class,
        noted_on=found.noted_on,
        kept_until=retention.kept_until(found.noted_on, years),
        lines=needs.retained(answers),
        score=needs.score(answers),
        decided=None if found.decided is None else Priority(found.decided),
        reason=found.reason,
        missing=needs.missing(answers, held),
    )


def waiting_for_class(dossier: Dossier, school_class: str) -> Sequence[NeedRow]:
    """Return a whole class, each for a computer: by priority, then those never asked, by name."""
    known = {row.id: row for row in needs_noted(dossier, school_class=school_class)}
    found = dossier.rows(
        select(Pupil.id, Pupil.last_name, Pupil.usual_name, Pupil.first_name)
        .where(
            Pupil.deleted_at.is_(None),
            Pupil.left_on.is_(None),
            Pupil.school_class == school_class,
        )
        .order_by(Pupil.sort_key, Pupil.id)
    )
    held = _held(dossier)
    today = dossier.today()
    rows: list[NeedRow] = []
    for line in found:
        if not set(Want.COMPUTER.kinds) & held.get(line.id, frozenset()):
            name = person_name(line.last_name, line.usual_name, line.first_name)
            rows.append(
                _for_computer(known[line.id])
                if line.id in known
                else NeedRow(
                    id=line.id, name=name, school_class=school_class, noted_on=today,
                    kept_until=today, lines=(), score=0, decided=None, reason="",
                    missing=(Want.COMPUTER,),
                )
            )  # fmt: skip
    return sorted(rows, key=lambda row: (row.priority, -row.score))


def _for_computer(row: NeedRow) -> NeedRow:
    return replace(row, missing=tuple({Want.COMPUTER: None, **dict.fromkeys(row.missing)}))
