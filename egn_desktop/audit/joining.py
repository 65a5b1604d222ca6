# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: audits, answers, and what backs these."""

from typing import Final

from egn_desktop.audit.answers import Answer, Standing, brief_text, decode
from egn_desktop.audit.catalogue import Criterion, criteria
from egn_desktop.audit.rules import year_text
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.dossier.copies.words import day, quoted
from egn_desktop.school.joining import kind_in
from egn_desktop.school.rules import Level

_HEADING: Final = "Réponses de l’état des lieux"


def _campaign(book: Book, row: Row, other: Row | None) -> str:
    del book
    closed = "clos" if row["closed_on"] else "ouvert"
    if other is not None and bool(row["closed_on"]) == bool(other["closed_on"]):
        closed = "question en cours"
    return f"État des lieux {year_text(row['school_year'])} : {closed}"


def _criterion(book: Book, row: Row) -> Criterion | None:
    return criteria(kind_in(book)).get(row["criterion"])


def _title(book: Book, row: Row) -> str:
    criterion = _criterion(book, row)
    title = criterion.title if criterion else row["criterion"]
    return f"{title} ({Level(row['level']).label.lower()})" if row["level"] else title


def _answer(book: Book, row: Row, other: Row | None) -> str:
    del other
    campaign = book.get("audit_campaign", row["campaign_id"])
    year = f" ({year_text(campaign['school_year'])})" if campaign else ""
    return f"{_title(book, row)}{year} : {_said(book, row)}"


def _said(book: Book, row: Row) -> str:
    criterion = _criterion(book, row)
    value = decode(row["value"])
    if criterion is None:
        return "répondu"
    return brief_text(criterion, Answer(Standing(row["standing"]), value))


def _evidence(book: Book, row: Row, other: Row | None) -> str:
    del other
    return f"Justificatif {quoted(row['name'])} : {_title(book, row)}"


SUBJECTS: Final = (
    Subject(
        table="audit_campaign",
        heading=_HEADING,
        tell=_campaign,
        fields={"closed_on": "clos le"},
        values={"closed_on": day},
        same_by=(("school_year",),),
        kinds=("audit",),
    ),
    Subject(
        table="audit_answer",
        heading=_HEADING,
        tell=_answer,
        fields={"note": "remarque", "reason": "motif"},
    ),
    Subject(
        table="audit_evidence",
        heading=_HEADING,
        tell=_evidence,
        is_final=True,
    ),
)
