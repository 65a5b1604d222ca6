# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers around the plan: what became of a version, the journal of a crisis, attached PDFs."""

from collections.abc import Sequence
from datetime import datetime

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
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
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans import wording
from egn_desktop.plans.milestones import MilestoneKind, MilestoneRow, settling_words
from egn_desktop.plans.offers import scenario_titles
from egn_desktop.plans.queries import (
    NOTE,
    CrisisEntryRow,
    CrisisLog,
    attachment_file,
    crises,
    milestones,
    versions,
)
from egn_desktop.school.queries import identity

_KINDS = {NOTE: "Événement noté", "loans": "Prêts"}


def attached_pdf(dossier: Dossier, key: str) -> bytes:
    """Return the very bytes that were attached."""
    return attachment_file(dossier, int(key)).pdf


def version_follow_up(dossier: Dossier, key: str) -> Document:
    """Return what became of a version, with a line to fill in for what was not noted.

    Raises:
        UserError: there is no such version.
    """
    row = next((version for version in versions(dossier) if str(version.number) == key), None)
    if row is None:
        raise UserError(f"Il n’y a pas de version {key} du plan dans ce dossier.")
    school = identity(dossier)
    words = settling_words(school.kind)
    noted = milestones(dossier, row.number)
    council = MilestoneKind.PRESENTED if row.body and words.advises else None
    blanks = [
        kind
        for kind in MilestoneKind
        if kind is not council and kind not in {milestone.kind for milestone in noted}
    ]
    day = french.short_date(dossier.today())
    return Document(
        title="Suivi du plan de continuité",
        subtitle=f"Version {row.number}, au {day}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Suivi de la version {row.number} au {day}",
        subject="Suites données à une version du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            Facts(
                [
                    ("Version", str(row.number)),
                    (french.capital(words.done), words.told(row.adopted_on, row.body)),
                    ("Empreinte (SHA-256) du PDF", row.sha256),
                ]
            ),
            Heading("Suites notées"),
            _noted(noted),
            *_to_fill_in(blanks),
            Together(
                (Heading("Signature"), Signatures((SignatureBox(school.head_role, school.head),)))
            ),
        ),
    )


def _noted(noted: Sequence[MilestoneRow]) -> Block:
    if not noted:
        return Paragraph("Rien n’est encore noté pour cette version.", style="muted")
    return Table(
        columns=(Column("Suite", 1.6), Column("Le", 0.8), Column("Instance ou personne", 2)),
        rows=[(row.kind.label, french.short_date(row.done_on), row.body) for row in noted],
        row_headers=True,
    )


def _to_fill_in(kinds: Sequence[MilestoneKind]) -> tuple[Block, ...]:
    if not kinds:
        return ()
    lines = [f"{kind.blank} le …………………… (…………………………………………………)" for kind in kinds]
    return Heading("Non noté à ce jour"), Bullets(lines, checks=True)


def crisis_journal(dossier: Dossier, key: str) -> Document:
    """Return what was done in one crisis, in order.

    Raises:
        UserError: there is no such crisis.
    """
    log = next((crisis for crisis in crises(dossier) if str(crisis.id) == key), None)
    if log is None:
        raise UserError(f"Il n’y a pas de crise n° {key} dans ce dossier.")
    school = identity(dossier)
    title = scenario_titles(dossier).get(log.scenario, log.scenario)
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
    labels = {field.id: field.label for field in wording.FIELDS} | _KINDS
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
