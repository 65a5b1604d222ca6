# SPDX-License-Identifier: GPL-3.0-or-later
"""Many loans handed over on one day: their agreements in one file, and one sheet to sign."""

from collections.abc import Iterator, Sequence
from datetime import date

from egn_desktop import french
from egn_desktop.collation import class_key, fold
from egn_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.agreement import agreement_blocks
from egn_desktop.inventory.papers.agreement_case import agreement_case
from egn_desktop.inventory.papers.keys import split_language
from egn_desktop.inventory.register.loans import LoanRow, loan, loans
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.school.queries import identity


def agreements(dossier: Dossier, key: str) -> Document:
    """Return every agreement of a day, after a list of them; "2026-11-24/ar" in Arabic too."""
    key, language = split_language(key)
    day, rows = _of_day(dossier, key)
    school = identity(dossier)
    return Document(
        title="Conventions de prêt",
        subtitle=f"Remise du {french.long_date(day)} · {french.count(len(rows), 'prêt')}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Remise du {french.short_date(day)}",
        subject="Prêt de matériel numérique",
        author=school.head,
        blocks=(
            Heading("Liste"),
            Table(
                columns=(Column("Classe", 1.2), Column("Emprunteur", 1.4), Column("Matériel", 1.8)),
                rows=[(row.group, row.borrower_name, row.device_label) for row in rows],
                small=True,
            ),
            *(
                block
                for lent in _by_borrower(rows)
                for block in _agreement(dossier, lent, language)
            ),
        ),
    )


def _by_borrower(rows: Sequence[LoanRow]) -> Iterator[list[LoanRow]]:
    people = dict.fromkeys(row.borrower_id for row in rows)
    for borrower_id in people:
        yield [row for row in rows if row.borrower_id == borrower_id]


def _agreement(dossier: Dossier, lent: Sequence[LoanRow], language: str) -> Iterator[Block]:
    ids = sorted(row.id for row in lent)
    case = agreement_case(dossier, act(AGREEMENT), ids, language)
    devices = ", ".join(row.device_label for row in lent)
    yield PageBreak()
    yield Heading(f"Convention de prêt : {lent[0].borrower_name}")
    yield Paragraph(f"{case.reference} · {devices}", style="muted")
    yield from agreement_blocks(case, level=2)


def delivery_sheet(dossier: Dossier, key: str) -> Document:
    """Return the sheet to sign for what was lent on a day."""
    day, rows = _of_day(dossier, key)
    school = identity(dossier)
    return Document(
        title="Fiche de remise",
        subtitle=f"Matériel remis le {french.long_date(day)}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Remise du {french.short_date(day)}",
        subject="Matériel numérique remis",
        author=school.head,
        blocks=(
            Paragraph(
                "Chaque personne vérifie l’appareil et ses accessoires, puis signe sa ligne. La "
                "convention de prêt dit les conditions."
            ),
            *(
                block
                for name, lent in _by_class(rows)
                for block in (Heading(name), _lines(dossier, lent))
            ),
            Together((Signatures((SignatureBox(school.head_role, school.head, "Remis par"),)),)),
        ),
    )


def _lines(dossier: Dossier, rows: Sequence[LoanRow]) -> Table:
    # A second, empty line in the last cell makes room to sign.
    return Table(
        columns=(
            Column("Emprunteur", 1.3),
            Column("Matériel et accessoires", 2.0),
            Column("Remis à (nom)", 1.2),
            Column("Signature", 1.3),
        ),
        rows=[(row.borrower_name, _kit(dossier, row), "\n\n", "\n\n") for row in rows],
        row_headers=True,
    )


def _kit(dossier: Dossier, row: LoanRow) -> str:
    return ", ".join((row.device_label, *loan(dossier, row.id).accessories))


def _by_class(rows: Sequence[LoanRow]) -> Iterator[tuple[str, list[LoanRow]]]:
    for name in dict.fromkeys(row.group for row in rows):
        yield name, [row for row in rows if row.group == name]


def _of_day(dossier: Dossier, key: str) -> tuple[date, Sequence[LoanRow]]:
    day = date.fromisoformat(key)
    rows = [row for row in loans(dossier, state=LoanState.OPEN) if row.lent_on == day]
    if not rows:
        raise UserError(f"Aucun prêt en cours ne date du {french.short_date(day)}.")
    return day, sorted(rows, key=lambda row: (class_key(row.group), fold(row.borrower_name)))
