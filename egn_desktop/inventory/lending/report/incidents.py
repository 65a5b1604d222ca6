# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of incidents: what is still open, what ended this school year, what it cost."""

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Final

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Cell,
    Chip,
    Column,
    Document,
    Figures,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.incidents import followed
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incident_summary, incidents
from egn_desktop.inventory.register.terms import IncidentKind
from egn_desktop.school.calendar import loan_year
from egn_desktop.school.queries import identity, journal_mark

LONGEST_WORDS: Final = 160
"""How much of what happened fits a line of the register."""


def incident_register(dossier: Dossier, _key: str) -> Document:
    """Return the register of incidents of this school year, with all that is still open."""
    today, school = dossier.today(), identity(dossier)
    first = loan_year(today)
    rows = incidents(dossier, since=date(first, 9, 1))
    still = [row for row in rows if row.is_open]
    closed = [row for row in rows if not row.is_open]
    return Document(
        title="Registre des incidents",
        subtitle=f"Au {french.long_date(today)} · année scolaire {first}-{first + 1}",
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Incidents au {french.short_date(today)}",
        subject="Casse, perte et vol de matériel numérique",
        author=school.head,
        journal=journal_mark(dossier),
        blocks=(
            _figures(dossier, rows),
            Heading("Ce qui reste à régler"),
            *_open(still),
            Heading(f"Réglé depuis le 1er septembre {first}"),
            *_closed(closed),
            Paragraph(
                "Le coût est celui qui a été noté ; un coût inconnu n’est pas compté. Ce registre "
                "contient des données personnelles : il se garde sous clé.",
                style="muted",
            ),
        ),
    )


def _figures(dossier: Dossier, rows: Sequence[IncidentRow]) -> Figures:
    summary = incident_summary(dossier)
    missing = sum(row.kind in (IncidentKind.LOSS, IncidentKind.THEFT) for row in rows)
    return Figures(
        (
            (french.number(summary.open, 0), "à régler"),
            (french.number(summary.this_year, 0), "cette année scolaire"),
            (french.number(missing, 0), "pertes et vols"),
            (french.money(summary.cost_cents), "coût noté cette année"),
        )
    )


def _open(rows: Sequence[IncidentRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Aucun incident n’est ouvert.", style="muted"),)
    return (
        Table(
            columns=(
                Column("Depuis le", 0.9),
                Column("Incident", 1.9),
                Column("Matériel", 1.4),
                Column("Emprunteur", 1.2),
                Column("Suivi", 1.5),
                Column("Coût", 0.8, "right"),
            ),
            rows=[
                (
                    french.short_date(row.happened_on),
                    _what(row),
                    row.device_label,
                    _who(row),
                    _followed(row),
                    row.cost_label,
                )
                for row in rows
            ],
            small=True,
        ),
    )


def _closed(rows: Sequence[IncidentRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Aucun incident réglé cette année.", style="muted"),)
    lines: list[Sequence[Cell]] = [
        (
            french.short_date(row.happened_on),
            _what(row),
            row.device_label,
            _who(row),
            _ending(row),
            row.cost_label,
        )
        for row in rows
    ]
    return (
        Table(
            columns=(
                Column("Le", 0.9),
                Column("Incident", 1.9),
                Column("Matériel", 1.4),
                Column("Emprunteur", 1.2),
                Column("Issue", 1.4),
                Column("Coût", 0.8, "right"),
            ),
            rows=lines,
            small=True,
        ),
    )


def _what(row: IncidentRow) -> str:
    words = textwrap.shorten(row.description, LONGEST_WORDS, placeholder="…")
    return f"{row.kind.label} : {words}" if words else row.kind.label


def _who(row: IncidentRow) -> str:
    return ", ".join(filter(None, (row.borrower_name, row.school_class)))


def _followed(row: IncidentRow) -> Cell:
    said = ", ".join(followed(row))
    if said:
        return said[:1].upper() + said[1:]
    return Chip(row.state_label, "attention" if row.is_quiet else "neutral")


def _ending(row: IncidentRow) -> str:
    parts = (row.state_label, f"le {french.short_date(row.closed_on)}")
    return ", ".join(filter(None, parts))
