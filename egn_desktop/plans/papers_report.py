# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers around the plan: the journal of a crisis, and the PDFs that are kept beside it."""

from collections.abc import Sequence
from datetime import datetime

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans import wording
from egn_desktop.plans.queries import (
    NOTE,
    CrisisEntryRow,
    CrisisLog,
    attachment_file,
    attachments,
    crises,
    scenarios,
)
from egn_desktop.school.queries import identity

_KINDS = {NOTE: "Événement noté", "loans": "Prêts"}


def attached(dossier: Dossier) -> Sequence[Subject]:
    """Return the PDFs kept beside the plan."""
    return [Subject(str(row.id), row.title) for row in attachments(dossier)]


@offers(
    "document-joint",
    title="Document joint",
    purpose="Un plan ou un DUERP antérieur, tel qu’il a été joint au dossier.",
    missing="Joignez un PDF dans la page Documents.",
    subjects=attached,
)
def attached_pdf(dossier: Dossier, key: str) -> bytes:
    """Return the very bytes that were attached."""
    return attachment_file(dossier, int(key)).pdf


def journals(dossier: Dossier) -> Sequence[Subject]:
    """Return the crises that were noted, the latest first."""
    titles = _titles(dossier)
    return [
        Subject(
            str(one.id),
            f"{titles.get(one.scenario, one.scenario)}, {french.short_date(one.started_at.date())}",
        )
        for one in crises(dossier)
    ]


@offers(
    "journal-de-crise",
    title="Journal de crise",
    purpose="Ce qui a été fait et noté en mode crise, heure par heure, à garder et à analyser.",
    missing="Cochez un geste ou notez un événement en mode crise.",
    subjects=journals,
)
def crisis_journal(dossier: Dossier, key: str) -> Document:
    """Return what was done in one crisis, in order.

    Raises:
        UserError: there is no such crisis.
    """
    log = next((one for one in crises(dossier) if str(one.id) == key), None)
    if log is None:
        raise UserError(f"Il n’y a pas de crise n° {key} dans ce dossier.")
    school = identity(dossier)
    title = _titles(dossier).get(log.scenario, log.scenario)
    day = french.short_date(log.started_at.date())
    return Document(
        title="Journal de crise",
        subtitle=f"{title} · {french.long_date(log.started_at.date())}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Journal de crise du {day}",
        subject="Journal d’une crise, plan de continuité pédagogique",
        author=school.head,
        blocks=(
            Facts(
                [
                    ("Scénario", title),
                    ("Début", _moment(log.started_at)),
                    ("Fin", _moment(log.ended_at) if log.ended_at else "en cours"),
                    ("Lignes", french.number(len(log.entries), 0)),
                ]
            ),
            *_course(log),
            Together(
                (
                    Heading("Signature"),
                    Signatures((SignatureBox(school.head_role, school.head),)),
                )
            ),
        ),
    )


def _course(log: CrisisLog) -> tuple[Block, ...]:
    heading = Heading("Heure par heure")
    if not log.entries:
        return heading, Paragraph("Rien n’a été noté.", style="muted")
    labels = {one.id: one.label for one in wording.FIELDS} | _KINDS
    days = {entry.at.date() for entry in log.entries}
    return (
        heading,
        Table(
            columns=(Column("Quand", 0.9), Column("Ce qui a été fait", 3.4), Column("Liste", 1.3)),
            rows=[
                (_when(entry, dated=len(days) > 1), entry.text, labels.get(entry.field, ""))
                for entry in log.entries
            ],
            row_headers=True,
        ),
    )


def _when(entry: CrisisEntryRow, *, dated: bool) -> str:
    time = french.clock_time(entry.at)
    return f"{french.short_date(entry.at.date())} {time}" if dated else time


def _moment(at: datetime) -> str:
    return f"{french.day_and_date(at.date())}, {french.clock_time(at)}"


def _titles(dossier: Dossier) -> dict[str, str]:
    return {row.scenario.id: row.scenario.title for row in scenarios(dossier)}
