# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose data is past its term: exactly what an erasure would take, of pupils and of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Executable, func, or_, select

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.fields import fields_of, listed
from egn_desktop.inventory.people.queries.borrowers import detail
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.model import (
    Borrower,
    Incident,
    Loan,
    LoanPaper,
    Photo,
    PupilGuardian,
    PupilNeed,
)
from egn_desktop.inventory.register.nouns import PupilFields, StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind, LoanState
from egn_desktop.inventory.register.text import person_name
from egn_desktop.todo import Todo, Urgency


@dataclass(frozen=True, slots=True)
class KeptThings:
    """What is kept beside the loans themselves, in figures."""

    papers: int = 0
    photos: int = 0
    incidents: int = 0

    @property
    def words(self) -> Sequence[str]:
        """Those that there are, in French."""
        counts = (
            (self.papers, "document signé", "documents signés"),
            (self.photos, "photo", "photos"),
            (self.incidents, "récit d’incident", "récits d’incident"),
        )
        return [french.count(many, count, more) for many, count, more in counts if many]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is past its term for one person.

    Attributes:
        detail: a pupil's class, a staff member's duty.
        whole: the person goes, with all that is known; else only old loans lose their name.
        loan_ids: the loans that lose their name, none of them open.
        guardians: how many representatives are his or hers, or a sibling's too.
        needs: whether answers on his or her needs go.
        kept_things: how many signed papers, photos and accounts of incidents go with the loans.
        since: the day from which it was due.
    """

    id: int
    kind: BorrowerKind
    name: str
    detail: str
    whole: bool
    loan_ids: tuple[int, ...]
    guardians: int
    needs: bool
    kept_things: KeptThings
    since: date

    @property
    def what(self) -> str:
        """Exactly what goes, in French."""
        loans = french.count(len(self.loan_ids), "prêt terminé", "prêts terminés")
        if not self.whole:
            answers = "les réponses sur ses besoins"
            if not self.loan_ids:
                return f"L{answers[1:]}"
            kept = ", ".join((f"Le nom sur {loans}", *self.kept_things.words))
            said = f"{kept}, les remarques et le journal de ces prêts"
            return f"{said} ; {answers}" if self.needs else said
        parts = [_IDENTITY[self.kind]]
        if self.guardians:
            parts.append(french.count(self.guardians, "représentant légal", "représentants légaux"))
        if self.loan_ids:
            parts.append(f"le nom sur {loans}")
        parts += self.kept_things.words
        if self.needs:
            parts.append("réponses sur ses besoins")
        return f"{', '.join(parts)}, et ce que le journal en disait"


_IDENTITY = {
    BorrowerKind.PUPIL: french.capital(listed(fields_of(PupilFields))),
    BorrowerKind.STAFF: french.capital(listed(fields_of(StaffFields))),
}


def erasures(dossier: Dossier) -> Sequence[Erasure]:
    """Return what is past its term today, by name.

    Somebody goes whole once gone, or out of the list, and past every term, the loans' too. A
    loan whose incident is still open waits until that is settled.
    """
    terms = _Terms.of(dossier)
    old = {row.borrower_id: row for row in dossier.rows(_past_by_person(terms))}
    left, needs = _left(dossier, terms), _needs_before(dossier, terms)
    things = _kept_things(dossier, terms)
    concerned = old.keys() | left.keys() | needs.keys()
    found: list[Erasure] = []
    for row in dossier.rows(_persons()):
        past = old.get(row.id)
        loan_ids = tuple(map(int, past.ids.split(","))) if past else ()
        whole = row.id in left and row.loans == len(loan_ids)
        if row.id not in concerned or not (whole or past or row.id in needs):
            continue
        ended = (past.first, past.last) if past else ()
        days = [retention.kept_until(day, terms.loans) for day in ended]
        if row.id in needs:
            days.append(retention.kept_until(needs[row.id], terms.needs))
        if whole:
            days.append(retention.kept_until(left[row.id], terms.left[row.kind]))
        found.append(
            Erasure(
                id=row.id,
                kind=BorrowerKind(row.kind),
                name=person_name(row.last_name, row.usual_name, row.first_name),
                detail=row.detail,
                whole=whole,
                loan_ids=loan_ids,
                guardians=row.guardians if whole else 0,
                needs=row.id in needs,
                kept_things=things.get(row.id, KeptThings()),
                since=max(days) if whole else min(days),
            )
        )
    return found


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return the erasure that is due, if any."""
    due = len(_due(dossier))
    if not due:
        return ()
    whose = french.count(due, "personne") if due > 1 else "d’une personne"
    text = f"Effacer les données {'de ' * (due > 1)}{whose} : leur durée de conservation est passée"
    return (Todo(Urgency.NOW, "RGPD", text, "settings", "Voir", "privacy"),)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The limits in force, in years, and the day before which each thing is past its own."""

    today: date
    loans: int
    needs: int
    left: Mapping[BorrowerKind, int]

    @classmethod
    def of(cls, dossier: Dossier) -> "_Terms":
        years = {row.limit.id: row.years for row in retention_limits(dossier)}
        left = {
            BorrowerKind.PUPIL: years[retention.LEAVERS],
            BorrowerKind.STAFF: years[retention.STAFF],
        }
        return cls(dossier.today(), years[retention.LOANS], years[retention.NEEDS], left)

    def before(self, years: int) -> date:
        return retention.due_before(self.today, years)


def _due(dossier: Dossier) -> set[int]:
    """Return whom ``erasures`` names without reading each old loan: home asks at each change."""
    terms = _Terms.of(dossier)
    left, needs = _left(dossier, terms), _needs_before(dossier, terms)
    own = select(Loan.id).where(Loan.borrower_id == Borrower.id)
    has_past = own.where(*_is_past(terms)).exists()
    known = dossier.rows(
        select(Borrower.id, has_past.label("has_past"), own.exists().label("borrowed")).where(
            Borrower.erased_at.is_(None)
        )
    )
    return {
        row.id
        for row in known
        if row.has_past or row.id in needs or (row.id in left and not row.borrowed)
    }


def _is_past(terms: _Terms) -> tuple[Any, ...]:
    unsettled = select(Incident.id).where(
        Incident.loan_id == Loan.id, Incident.closed_on.is_(None), Incident.deleted_at.is_(None)
    )
    return (
        Loan.state != LoanState.OPEN,
        Loan.ended_on < terms.before(terms.loans),
        ~unsettled.exists(),
    )


def _past_loans(terms: _Terms) -> Any:
    return (
        select(Loan.id, Loan.borrower_id, Loan.ended_on)
        .join(Borrower, Borrower.id == Loan.borrower_id)
        .where(Borrower.erased_at.is_(None), *_is_past(terms))
    )


def _past_by_person(terms: _Terms) -> Any:
    """Return one line a person, not one a loan: a lycée has tens of thousands of old loans."""
    past = _past_loans(terms).subquery()
    return select(
        past.c.borrower_id,
        func.group_concat(past.c.id).label("ids"),
        func.min(past.c.ended_on).label("first"),
        func.max(past.c.ended_on).label("last"),
    ).group_by(past.c.borrower_id)


def _kept_things(dossier: Dossier, terms: _Terms) -> Mapping[int, KeptThings]:
    past = _past_loans(terms).subquery()

    def counted(what: Any, *joins: tuple[Any, Any]) -> dict[int, int]:
        wanted = select(past.c.borrower_id, func.count(what.distinct())).select_from(past)
        for table, condition in joins:
            wanted = wanted.join(table, condition)
        rows: Sequence[Any] = dossier.rows(wanted.group_by(past.c.borrower_id))
        return {whose: many for whose, many in rows}  # noqa: C416

    # A paper that is about another loan too, which is not past its term, stays with that one.
    others = select(LoanPaper.loan_id).where(LoanPaper.loan_id.not_in(select(past.c.id)))
    needed = select(LoanPaper.paper_id).where(LoanPaper.loan_id.in_(others))
    is_told = or_(Incident.description != "", Incident.report_number != "")
    shown = select(Incident.id).where(Incident.loan_id == past.c.id)
    papers = counted(
        LoanPaper.paper_id,
        (LoanPaper, (LoanPaper.loan_id == past.c.id) & LoanPaper.paper_id.not_in(needed)),
    )
    photos = counted(
        Photo.id,
        (Photo, or_(Photo.loan_id == past.c.id, Photo.incident_id.in_(shown))),
    )
    incidents = counted(Incident.id, (Incident, (Incident.loan_id == past.c.id) & is_told))
    return {
        whose: KeptThings(papers.get(whose, 0), photos.get(whose, 0), incidents.get(whose, 0))
        for whose in papers.keys() | photos.keys() | incidents.keys()
    }


def _left(dossier: Dossier, terms: _Terms) -> dict[int, date]:
    """Return who has been gone, or out of the list, for longer than the limit, and since when."""
    gone = Borrower.__table__.c.left_on
    wanted = select(Borrower.id, Borrower.kind, Borrower.deleted_at, gone).where(
        or_(Borrower.deleted_at.is_not(None), gone.is_not(None)), Borrower.erased_at.is_(None)
    )
    before = {kind: terms.before(years) for kind, years in terms.left.items()}
    found: dict[int, date] = {}
    for row in dossier.rows(wanted):
        day = row.left_on or row.deleted_at.date()
        if day < before[BorrowerKind(row.kind)]:
            found[row.id] = day
    return found


def _needs_before(dossier: Dossier, terms: _Terms) -> dict[int, date]:
    before = terms.before(terms.needs)
    wanted = select(PupilNeed.pupil_id, PupilNeed.noted_on).where(PupilNeed.noted_on < before)
    return {row.pupil_id: row.noted_on for row in dossier.rows(wanted)}


def _persons() -> Executable:
    loans = select(func.count()).where(Loan.borrower_id == Borrower.id).scalar_subquery()
    guardians = select(func.count()).where(PupilGuardian.pupil_id == Borrower.id).scalar_subquery()
    return (
        select(
            Borrower.id,
            Borrower.kind,
            Borrower.last_name,
            Borrower.usual_name,
            Borrower.first_name,
            detail(),
            loans.label("loans"),
            guardians.label("guardians"),
        )
        .where(Borrower.erased_at.is_(None))
        .order_by(Borrower.sort_key, Borrower.id)
    )
