# SPDX-License-Identifier: GPL-3.0-or-later
"""Retention limits, and whose data is past its term: exactly what an erasure would take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Executable, func, select

from egn_desktop.documents import french
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import retention
from egn_desktop.inventory.model import Loan, Pupil, PupilGuardian, PupilNeed, RetentionLimit
from egn_desktop.inventory.retention import Limit
from egn_desktop.inventory.terms import LoanState
from egn_desktop.inventory.text import person_name
from egn_desktop.todo import Todo, Urgency


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit as it is in force: the school's own, else the default."""

    limit: Limit
    years: int

    @property
    def is_default(self) -> bool:
        """Whether the school kept what is proposed."""
        return self.years == self.limit.years


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is past its term for one pupil.

    Attributes:
        whole: the pupil goes, with all that is known; else only old loans lose their name.
        loan_ids: the loans that lose their name, none of them open.
        guardians: how many representatives are his or hers, or a sibling's too.
        needs: whether answers on his or her needs go.
        since: the day from which it was due.
    """

    id: int
    name: str
    school_class: str
    whole: bool
    loan_ids: tuple[int, ...]
    guardians: int
    needs: bool
    since: date

    @property
    def what(self) -> str:
        """Exactly what goes, in French."""
        loans = french.count(len(self.loan_ids), "prêt terminé", "prêts terminés")
        if not self.whole:
            kept = f"Le nom sur {loans}, les remarques et le journal de ces prêts"
            if not self.needs:
                return kept
            answers = "Les réponses sur ses besoins"
            return f"{kept} ; {answers[0].lower()}{answers[1:]}" if self.loan_ids else answers
        parts = ["Noms, date de naissance, INE, classe"]
        if self.guardians:
            parts.append(french.count(self.guardians, "représentant légal", "représentants légaux"))
        if self.loan_ids:
            parts.append(f"le nom sur {loans}")
        if self.needs:
            parts.append("réponses sur ses besoins")
        return f"{', '.join(parts)}, et ce que le journal en disait"


def retention_limits(dossier: Dossier) -> Sequence[LimitRow]:
    """Return every limit as it is in force."""
    found = dossier.rows(select(RetentionLimit.id, RetentionLimit.years))
    own = {row.id: row.years for row in found}
    return [LimitRow(one, own.get(one.id, one.years)) for one in retention.limits()]


def erasures(dossier: Dossier) -> Sequence[Erasure]:
    """Return what is past its term today, by name.

    A pupil goes whole once out of the list and past every term, those of the loans included.
    """
    today = dossier.today()
    years = {row.limit.id: row.years for row in retention_limits(dossier)}
    before = retention.due_before(today, years[retention.LOANS])
    old: dict[int, list[tuple[int, date]]] = {}
    for row in dossier.rows(_ended_before(before)):
        old.setdefault(row.borrower_id, []).append((row.id, row.ended_on))
    leavers = _leavers(dossier, retention.due_before(today, years[retention.LEAVERS]))
    needs = _needs_before(dossier, retention.due_before(today, years[retention.NEEDS]))
    concerned = old.keys() | leavers | needs.keys()
    found: list[Erasure] = []
    for row in dossier.rows(_persons()):
        if row.id not in concerned:
            continue
        loans = old.get(row.id, [])
        whole = row.id in leavers and row.loans == len(loans)
        if not whole and not loans and row.id not in needs:
            continue
        terms = [retention.kept_until(day, years[retention.LOANS]) for _, day in loans]
        if row.id in needs:
            terms.append(retention.kept_until(needs[row.id], years[retention.NEEDS]))
        if whole:
            left = row.deleted_at.date()
            terms.append(retention.kept_until(left, years[retention.LEAVERS]))
        found.append(
            Erasure(
                id=row.id,
                name=person_name(row.last_name, row.usual_name, row.first_name),
                school_class=row.school_class,
                whole=whole,
                loan_ids=tuple(loan_id for loan_id, _ in loans),
                guardians=row.guardians if whole else 0,
                needs=row.id in needs,
                since=max(terms) if whole else min(terms),
            )
        )
    return found


def _due(dossier: Dossier) -> set[int]:
    """Return the pupils of ``erasures`` without reading each old loan: home asks at each change."""
    today = dossier.today()
    years = {row.limit.id: row.years for row in retention_limits(dossier)}
    before = retention.due_before(today, years[retention.LOANS])
    leavers = _leavers(dossier, retention.due_before(today, years[retention.LEAVERS]))
    needs = _needs_before(dossier, retention.due_before(today, years[retention.NEEDS]))
    of_pupil = select(Loan.id).where(Loan.borrower_id == Pupil.id)
    is_old = of_pupil.where(Loan.state != LoanState.OPEN, Loan.ended_on < before).exists()
    known = dossier.rows(
        select(Pupil.id, is_old.label("is_old"), of_pupil.exists().label("borrowed")).where(
            Pupil.erased_at.is_(None)
        )
    )
    return {
        row.id
        for row in known
        if row.is_old or row.id in needs or (row.id in leavers and not row.borrowed)
    }


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return the erasure that is due, if any."""
    due = len(_due(dossier))
    if not due:
        return ()
    whose = french.count(due, "élève", "élèves")
    text = f"Effacer les données de {whose} : leur durée de conservation est passée"
    if due == 1:
        text = "Effacer les données d’un élève : leur durée de conservation est passée"
    return (Todo(Urgency.NOW, "RGPD", text, "settings", "Voir", "privacy"),)


def _ended_before(day: date) -> Executable:
    return (
        select(Loan.id, Loan.borrower_id, Loan.ended_on)
        .join(Pupil, Pupil.id == Loan.borrower_id)
        .where(Loan.state != LoanState.OPEN, Loan.ended_on < day, Pupil.erased_at.is_(None))
    )


def _leavers(dossier: Dossier, before: date) -> set[int]:
    wanted = select(Pupil.id, Pupil.deleted_at).where(
        Pupil.deleted_at.is_not(None), Pupil.erased_at.is_(None)
    )
    return {row.id for row in dossier.rows(wanted) if row.deleted_at.date() < before}


def _needs_before(dossier: Dossier, before: date) -> dict[int, date]:
    wanted = select(PupilNeed.pupil_id, PupilNeed.noted_on).where(PupilNeed.noted_on < before)
    return {row.pupil_id: row.noted_on for row in dossier.rows(wanted)}


def _persons() -> Executable:
    loans = select(func.count()).where(Loan.borrower_id == Pupil.id).scalar_subquery()
    guardians = select(func.count()).where(PupilGuardian.pupil_id == Pupil.id).scalar_subquery()
    return (
        select(
            Pupil.id,
            Pupil.last_name,
            Pupil.usual_name,
            Pupil.first_name,
            Pupil.school_class,
            Pupil.deleted_at,
            loans.label("loans"),
            guardians.label("guardians"),
        )
        .where(Pupil.erased_at.is_(None))
        .order_by(Pupil.sort_key, Pupil.id)
    )
