# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of loans: by class, by device, by borrower, and without a name."""

from collections.abc import Iterator, Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Figures,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.offers import REGISTER_TITLE
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.lending.report.counts import incidents_counted, loans_counted, said
from egn_desktop.inventory.lending.report.grouping import Group, Grouping, grouped
from egn_desktop.inventory.lending.report.tones import dated_chip
from egn_desktop.inventory.register import periods
from egn_desktop.inventory.register.loans import LoanRow, loan_summary, loans
from egn_desktop.inventory.register.periods import Period
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.school.queries import identity, journal_mark

CONFIDENTIAL = (
    "Ce registre contient des données personnelles : il se garde sous clé et ne s’affiche pas."
)


def loan_register(dossier: Dossier, key: str) -> Document:
    """Return the register by class; ``key`` is a period."""
    return _register(dossier, key, Grouping.CLASS)


def register_by_device(dossier: Dossier, key: str) -> Document:
    """Return the register by device; ``key`` is a period."""
    return _register(dossier, key, Grouping.DEVICE)


def register_by_borrower(dossier: Dossier, key: str) -> Document:
    """Return the register by borrower; ``key`` is a period."""
    return _register(dossier, key, Grouping.BORROWER)


def register_without_names(dossier: Dossier, key: str) -> Document:
    """Return the counts of a period; ``key`` names it."""
    period = _period(dossier, key)
    rows = _rows(dossier, period)
    return _document(
        dossier,
        period,
        "Registre des prêts, sans les noms",
        (
            *_stock(dossier, period),
            *loans_counted(rows),
            *incidents_counted(_incidents(dossier, period)),
        ),
    )


def _register(dossier: Dossier, key: str, grouping: Grouping) -> Document:
    period = _period(dossier, key)
    rows = _rows(dossier, period)
    title = {
        Grouping.CLASS: REGISTER_TITLE,
        Grouping.DEVICE: "Registre des prêts, par matériel",
        Grouping.BORROWER: "Registre des prêts, par emprunteur",
    }[grouping]
    return _document(
        dossier,
        period,
        title,
        (
            *_stock(dossier, period),
            Paragraph(CONFIDENTIAL, style="muted"),
            *_groups(grouped(rows, grouping), grouping),
        ),
    )


def _document(dossier: Dossier, period: Period, title: str, blocks: Sequence[Block]) -> Document:
    today, school = dossier.today(), identity(dossier)
    return Document(
        title=title,
        subtitle=f"{period.label}, au {french.long_date(today)}",
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Registre au {french.short_date(today)}",
        subject=f"Matériel prêté par {school.the_school}",
        author=school.head,
        journal=journal_mark(dossier),
        blocks=blocks,
    )


def _period(dossier: Dossier, key: str) -> Period:
    period = periods.period_of(key, dossier.today())
    if period is None:
        raise UserError(
            f"« {key} » ne désigne aucune période.",
            todo="Écrivez par exemple 2025-2026, 2026-09, 2026-11-24 ou 2026-09-01..2026-11-24.",
        )
    return period


def _rows(dossier: Dossier, period: Period) -> Sequence[LoanRow]:
    """Return the loans that ran at some time of the period."""
    return loans(dossier, since=period.first, until=period.last)


def _incidents(dossier: Dossier, period: Period) -> Sequence[IncidentRow]:
    found = incidents(dossier, since=period.first)
    return [row for row in found if period.first <= row.happened_on <= period.last]


def _stock(dossier: Dossier, period: Period) -> tuple[Block, ...]:
    """Return the state of the stock, which is known for today alone."""
    if not period.first <= dossier.today() <= period.last:
        return ()
    figures, summary = stock(dossier), loan_summary(dossier)
    others = (
        (figures.reserved, "réservé", "réservés"),
        (figures.in_repair, "en panne", "en panne"),
        (figures.lost, "perdu ou volé", "perdus ou volés"),
        (figures.retired, "sorti du parc", "sortis du parc"),
    )
    said = ", ".join(french.count(many, other, more) for many, other, more in others if many)
    late = (
        f"Retard le plus long : {french.count(summary.oldest_late_days, 'jour')}. "
        if summary.late
        else ""
    )
    words = (late + (f"Autres : {said}." if said else "")).strip()
    return (
        Figures(
            (
                french.figure(figures.total, "matériel au parc", "matériels au parc"),
                french.figure(figures.available, "disponible"),
                french.figure(figures.lent, "prêté"),
                (french.number(summary.late, 0), "en retard"),
            )
        ),
        *((Paragraph(words),) if words else ()),
    )


def _groups(groups: Sequence[Group], grouping: Grouping) -> Iterator[Block]:
    if not groups:
        yield Paragraph("Aucun prêt dans cette période.", style="muted")
    for group in groups:
        yield Heading(group.title)
        yield Paragraph(f"{said(group.rows)}.", style="muted")
        yield _table(group.rows, grouping)


def _table(rows: Sequence[LoanRow], grouping: Grouping) -> Table:
    # As wide as their words: a name with its class, a device with its number, a state with its day.
    who, what = Column("Emprunteur", 1.3), Column("Matériel", 1.4)
    first = (what, who) if grouping is Grouping.DEVICE else (who, what)
    days = (Column("Prêté le", 0.56), Column("À rendre le", 0.57))
    return Table(
        columns=(*first, *days, Column("État", 0.99)),
        rows=[
            (
                *_first_cells(row, grouping),
                french.short_date(row.lent_on),
                french.short_date(row.due_on),
                dated_chip(row),
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )


def _first_cells(row: LoanRow, grouping: Grouping) -> tuple[str, str]:
    if grouping is Grouping.CLASS:
        return row.borrower_name, row.device_label
    if grouping is Grouping.BORROWER:
        return _with(row.borrower_name, row.school_class), row.device_label
    is_staff = row.borrower_kind is BorrowerKind.STAFF
    return row.device_label, _with(row.borrower_name, "personnel" if is_staff else row.group)


def _with(name: str, detail: str) -> str:
    return ", ".join(filter(None, (name, detail)))
