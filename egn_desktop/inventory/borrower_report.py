# SPDX-License-Identifier: GPL-3.0-or-later
"""One borrower's sheet: what he or she holds and held, on a page to keep or to hand over."""

from collections.abc import Sequence

from egn_desktop.documents import french
from egn_desktop.documents.blocks import Block, Document, Facts, Figures, Paragraph
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.borrowings_blocks import both_loan_blocks, incident_blocks, kept_blocks
from egn_desktop.inventory.queries.contacts import contacts
from egn_desktop.inventory.queries.personal import Borrowings, borrowings, persons
from egn_desktop.inventory.terms import BorrowerKind, LoanState, Standing
from egn_desktop.school.queries import identity


def _subjects(dossier: Dossier) -> Sequence[Subject]:
    return [Subject(str(one.id), one.label) for one in persons(dossier)]


@offers(
    "fiche-emprunteur",
    title="Fiche d’emprunteur",
    purpose="Montre ce qu’un élève ou un membre du personnel a et a eu : prêts, incidents, "
    "documents signés. Utile à un rendez-vous, à un départ, ou pour faire le point.",
    missing="Importez la liste des élèves, ou ajoutez quelqu’un.",
    subjects=_subjects,
)
def borrower_sheet(dossier: Dossier, key: str) -> Document:
    """Return the sheet of the borrower of that id."""
    found, school = borrowings(dossier, int(key)), identity(dossier)
    today = dossier.today()
    past = [one for one in found.past if one[0].row.state is not LoanState.CANCELLED]
    return Document(
        title="Fiche d’emprunteur",
        subtitle=" · ".join(filter(None, (found.who.name, found.who.detail))),
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Fiche au {french.short_date(today)}",
        subject="Matériel prêté",
        author=school.head,
        blocks=(
            Figures(_figures(found, len(past))),
            *_contact(dossier, found),
            *both_loan_blocks(found.held, past),
            *incident_blocks(found),
            *kept_blocks(found),
            Paragraph(
                "Cette fiche contient des données personnelles : elle se garde sous clé.",
                style="muted",
            ),
        ),
    )


def _figures(found: Borrowings, past: int) -> list[tuple[str, str]]:
    late = sum(lent.row.standing is Standing.LATE for lent, _ in found.held)
    open_incidents = sum(one.is_open for one in found.incidents)
    return [
        french.figure(len(found.held), "prêt en cours", "prêts en cours"),
        (french.number(late, 0), "en retard"),
        french.figure(past, "prêt terminé", "prêts terminés"),
        french.figure(open_incidents, "incident ouvert", "incidents ouverts"),
    ]


def _contact(dossier: Dossier, found: Borrowings) -> tuple[Block, ...]:
    """Return whom to write to, where there is a loan to write about."""
    if not found.loans:
        return ()
    whom = contacts(dossier, [found.loans[0][0].row])[found.who.id]
    known = whom.emails or whom.phones or whom.address
    is_pupil = found.who.kind is BorrowerKind.PUPIL
    facts = (
        ("À joindre", whom.name if is_pupil and known else ""),
        ("Téléphone", ", ".join(whom.phones)),
        ("Courriel", ", ".join(whom.emails)),
    )
    told = [(label, value) for label, value in facts if value]
    return (Facts(told),) if told else ()
