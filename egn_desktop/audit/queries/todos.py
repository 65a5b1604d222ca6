# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit asks for, on the home page."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.catalogue import Nature
from egn_desktop.audit.queries.audits import AuditView, gaps_of, view
from egn_desktop.audit.rules import Priority
from egn_desktop.dossier import Dossier
from egn_desktop.school.calendar import audit_year, loan_year
from egn_desktop.todo import Todo, Urgency


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return what the audit asks for: to start, to go on, to find out, to close, to act."""
    audit = view(dossier)
    year = audit_year(dossier.today())
    if audit is None:
        text = "Faire l’état des lieux numérique : une demi-heure suffit"
        return (_todo(Urgency.START, "À commencer", text, "Commencer"),)
    if audit.is_closed and audit.campaign.first_year < year:
        # In August two school years run: the one that audits are for is named as the next.
        coming = " de l’année à venir," if year > loan_year(dossier.today()) else ""
        text = f"Faire l’état des lieux{coming} {rules.year_text(year)}"
        return (_todo(Urgency.SOON, "À refaire", text, "Commencer"), *_gap_todos(dossier, audit))
    if audit.is_closed:
        return _gap_todos(dossier, audit)
    return (*_answer_todos(audit), *_gap_todos(dossier, audit))


def _answer_todos(audit: AuditView) -> tuple[Todo, ...]:
    year, total = audit.campaign.school_year, len(audit.questions)
    left = sum(question.key not in audit.answers for question in audit.questions)
    if left:
        minutes = rules.minutes_left(audit.frame, audit.answers)
        text = (
            f"État des lieux {year} : {french.count(left, 'question')} sur {total} à répondre, "
            f"environ {french.count(minutes, 'minute')}"
        )
        return (_todo(Urgency.SOON, "À poursuivre", text, "Continuer"),)
    if audit.to_find_out:
        how_many = french.count(len(audit.to_find_out), "réponse")
        text = f"État des lieux {year} : {how_many} « je ne sais pas » à trouver"
        return (_todo(Urgency.SOON, "À trouver", text, "Compléter"),)
    text = f"État des lieux {year} : tout est répondu, vous pouvez le clore et l’imprimer"
    return (_todo(Urgency.SOON, "À clore", text, "Clore"),)


def _gap_todos(dossier: Dossier, audit: AuditView) -> tuple[Todo, ...]:
    # A legal duty is still to be met, even where its action was given up.
    waiting = [
        row
        for row in gaps_of(dossier, audit)
        if row.action is None and (row.nature is Nature.DUTY or not row.set_aside)
    ]
    duties = sum(row.nature is Nature.DUTY for row in waiting)
    first = sum(row.gap.priority is Priority.FIRST for row in waiting) - duties
    found: list[Todo] = []
    if duties:
        words = french.count(duties, "obligation légale", "obligations légales")
        text = f"{words} à satisfaire, sans action prévue"
        found.append(_todo(Urgency.NOW, "À traiter", text, "Voir"))
    if first:
        words = french.count(first, "écart prioritaire", "écarts prioritaires")
        found.append(_todo(Urgency.SOON, "À décider", f"{words} sans action prévue", "Décider"))
    return tuple(found)


def _todo(urgency: Urgency, tag: str, text: str, action: str) -> Todo:
    return Todo(urgency, tag, text, page="audit", action=action)
