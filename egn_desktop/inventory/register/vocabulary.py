# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that the register can be searched for, kept until it changes."""

from sqlalchemy import select

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.inventory.register import search
from egn_desktop.inventory.register.model import Borrower, Device, Incident
from egn_desktop.inventory.register.terms import IncidentKind


@Kept
def vocabulary(dossier: Dossier) -> search.Vocabulary:
    """Return the words of all that is searched, in memory alone: nothing of it is written."""
    return search.Vocabulary(_texts(dossier))


def readings(dossier: Dossier, text: str) -> tuple[str, ...]:
    """Return the searches that one with typing errors may have meant; see ``search.readings``."""
    return search.readings(text, vocabulary(dossier)) if text else ()


def _texts(dossier: Dossier) -> list[str]:
    texts = [
        text
        for table in (Borrower, Device)
        for (text,) in dossier.rows(select(table.search).where(table.deleted_at.is_(None)))
    ]
    written = select(Incident.kind, Incident.repairer, Incident.report_number)
    for kind, *words in dossier.rows(written.where(Incident.deleted_at.is_(None))):
        texts.append(fold(" ".join((IncidentKind(kind).label, *words))))
    return texts
