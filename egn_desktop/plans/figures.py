# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that flow into the plan from the school, the inventory and the audit."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.audit.answers import Choice, Standing
from egn_desktop.audit.queries import answer_texts, view
from egn_desktop.audit.queries import summary as audit_summary
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import needs_summary
from egn_desktop.inventory.people.queries.pupils import pupil_list
from egn_desktop.inventory.register.loans import loan_summary
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.lists import Asked
from egn_desktop.plans.catalogue import figure_entries
from egn_desktop.plans.snapshot import FigurePart, FigureState
from egn_desktop.school.queries import identity


def figures(dossier: Dossier) -> Sequence[FigurePart]:
    """Return the figures that the dossier knows today, in the order of the content."""
    computed = {
        **_school(dossier),
        **_services(dossier),
        **_needs(dossier),
        **_audit(dossier),
    }
    answers, states = answer_texts(dossier), _states(dossier)
    known: list[FigurePart] = []
    for entry in figure_entries(identity(dossier).kind):
        value = answers.get(entry.criterion) if entry.criterion else computed.get(entry.takes)
        if value:
            known.append(
                FigurePart(
                    id=entry.id,
                    label=entry.label,
                    value=value,
                    state=states.get(entry.criterion, FigureState.PLAIN),
                    criterion=entry.criterion,
                )
            )
    return known


def _states(dossier: Dossier) -> dict[str, FigureState]:
    """Return which criteria were answered "no" or "I don't know", at one level at least."""
    audit = view(dossier)
    found: dict[str, FigureState] = {}
    for question in audit.questions if audit else ():
        answer = audit.answers.get(question.key) if audit else None
        if answer is None:
            continue
        if answer.standing is Standing.UNKNOWN:
            found.setdefault(question.criterion.id, FigureState.UNKNOWN)
        elif answer.value is Choice.NO:
            found[question.criterion.id] = FigureState.NO
    return found


def _school(dossier: Dossier) -> dict[str, str]:
    school = identity(dossier)
    counts = {"pupils": school.pupils, "classes": school.classes, "teachers": school.teachers or 0}
    return {name: french.number(count, 0) for name, count in counts.items() if count}


def _services(dossier: Dossier) -> dict[str, str]:
    in_stock, lent = stock(dossier), loan_summary(dossier)
    listed = pupil_list(dossier).count(Asked())
    counts: dict[str, str] = {}
    if listed:
        counts["pupils_listed"] = french.number(listed, 0)
    if in_stock.total:
        counts["devices"] = french.number(in_stock.total, 0)
        counts["available"] = french.number(in_stock.available, 0)
        late = f", dont {french.count(lent.late, 'en retard', 'en retard')}" if lent.late else ""
        counts["loans"] = french.number(lent.open, 0) + late
    return counts


def _needs(dossier: Dossier) -> dict[str, str]:
    """Return what families have answered, each figure with how many of them had."""
    found = needs_summary(dossier)
    if not found.surveyed:
        return {}
    asked = french.count(found.surveyed, "élève questionné", "élèves questionnés")
    counts = {
        "without_device": found.without_device,
        "without_connection": found.without_connection,
        "special_needs": found.special_needs,
        "to_support": found.to_support,
        "waiting": found.waiting,
    }
    return {name: f"{french.number(count, 0)} sur {asked}" for name, count in counts.items()}


def _audit(dossier: Dossier) -> dict[str, str]:
    found = audit_summary(dossier)
    if found is None or not found.answered:
        return {}
    low, high = french.percent(found.low), french.percent(found.high)
    score = low if low == high else f"de {low} à {high}"
    return {"audit_score": score, "gaps": french.number(found.gaps, 0)}
