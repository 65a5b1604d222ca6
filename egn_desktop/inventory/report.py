# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of one loan, and the register of all loans."""

from collections.abc import Sequence
from datetime import date

from egn_desktop.documents import french
from egn_desktop.documents.blocks import (
    Block,
    Chip,
    Column,
    Document,
    Figures,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import rules
from egn_desktop.inventory.agreement import agreement_of
from egn_desktop.inventory.queries import (
    LoanRow,
    loan_summary,
    loans,
    stock,
)
from egn_desktop.inventory.terms import LoanState, Standing
from egn_desktop.inventory.text import class_key, fold
from egn_desktop.school.queries import identity

TONES: dict[Standing, Tone] = {
    Standing.LATE: "bad",
    Standing.THIS_WEEK: "attention",
    Standing.CURRENT: "good",
    Standing.ENDED: "neutral",
}


def open_loans(dossier: Dossier) -> Sequence[Subject]:
    """Return the loans that an agreement can be printed for: those that are open."""
    return [
        Subject(str(row.id), f"{row.borrower_name}, {row.device_label}")
        for row in loans(dossier, state=LoanState.OPEN)
    ]


@offers(
    "convention-de-pret",
    title="Convention de prêt",
    purpose="Dit ce qui est prêté, jusqu’à quand et à quelles conditions ; la famille et l’école "
    "la signent à la remise.",
    missing="Enregistrez un prêt : sa convention s’imprime aussitôt.",
    subjects=open_loans,
)
def loan_agreement(dossier: Dossier, key: str) -> Document:
    """Return the agreement of the loan of that id."""
    return agreement_of(dossier, int(key))


@offers(
    "registre-des-prets",
    title="Registre des prêts",
    purpose="Montre l’état du parc et tous les prêts : à joindre au plan, ou à présenter à qui le "
    "demande.",
)
def loan_register(dossier: Dossier, _key: str) -> Document:
    """Return the register: the stock, the open loans by class, those ended this school year."""
    today, school = dossier.today(), identity(dossier)
    first = rules.school_year(today)
    year = f"{first}-{first + 1}"
    rows = loans(dossier, since=date(first, 9, 1))
    current = [row for row in rows if row.state is LoanState.OPEN]
    ended = [row for row in rows if row.state is not LoanState.OPEN]
    return Document(
        title="Registre des prêts",
        subtitle=f"Au {french.long_date(today)} · année scolaire {year}",
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Registre au {french.short_date(today)}",
        subject="Matériel prêté aux élèves",
        author=school.head,
        blocks=(
            *_stock(dossier),
            Heading("Prêts en cours, par classe"),
            *_current(current),
            Heading(f"Prêts terminés depuis le 1er septembre {first}"),
            *_ended(ended),
            Paragraph(
                "Ce registre contient des données personnelles : il se garde sous clé et ne "
                "s’affiche pas.",
                style="muted",
            ),
        ),
    )


def _stock(dossier: Dossier) -> tuple[Block, ...]:
    figures, summary = stock(dossier), loan_summary(dossier)
    others = (
        (figures.reserved, "réservé", "réservés"),
        (figures.in_repair, "en panne", "en panne"),
        (figures.lost, "perdu ou volé", "perdus ou volés"),
        (figures.retired, "sorti du parc", "sortis du parc"),
    )
    said = ", ".join(french.count(many, one, more) for many, one, more in others if many)
    late = (
        f"Retard le plus long : {french.count(summary.oldest_late_days, 'jour')}. "
        if summary.late
        else ""
    )
    words = (late + (f"Autres : {said}." if said else "")).strip()
    return (
        Figures(
            (
                (french.number(figures.total, 0), "matériels au parc"),
                (french.number(figures.available, 0), "disponibles"),
                (french.number(figures.lent, 0), "prêtés"),
                (french.number(summary.late, 0), "en retard"),
            )
        ),
        *((Paragraph(words),) if words else ()),
    )


def _current(rows: Sequence[LoanRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Aucun prêt en cours.", style="muted"),)
    ordered = sorted(rows, key=lambda row: (class_key(row.school_class), fold(row.borrower_name)))
    return (
        Table(
            columns=(
                Column("Classe", 1.55),
                Column("Élève", 1.5),
                Column("Matériel", 1.9),
                Column("Prêté le", 0.85),
                Column("À rendre le", 0.85),
                Column("État", 1.35),
            ),
            rows=[
                (
                    row.school_class or "Sans classe",
                    row.borrower_name,
                    row.device_label,
                    french.short_date(row.lent_on),
                    french.short_date(row.due_on),
                    Chip(row.state_label, TONES[row.standing]),
                )
                for row in ordered
            ],
            small=True,
        ),
    )


def _ended(rows: Sequence[LoanRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Aucun prêt terminé cette année.", style="muted"),)
    return (
        Table(
            columns=(
                Column("Fin", 0.85),
                Column("Élève", 1.5),
                Column("Classe", 1.4),
                Column("Matériel", 2.1),
                Column("Prêté le", 0.85),
                Column("Issue", 0.9),
            ),
            rows=[
                (
                    french.short_date(row.ended_on),
                    row.borrower_name,
                    row.school_class,
                    row.device_label,
                    french.short_date(row.lent_on),
                    Chip(row.state.label, "good" if row.state is LoanState.RETURNED else "bad"),
                )
                for row in rows
            ],
            small=True,
        ),
    )
