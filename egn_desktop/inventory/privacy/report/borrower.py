# SPDX-License-Identifier: GPL-3.0-or-later
"""One borrower's sheet: what he or she holds and held, on a page to keep or to hand over."""

from egn_desktop import french
from egn_desktop.documents.blocks import Block, Document, Facts, Figures, Paragraph
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.borrowers import BorrowerRow
from egn_desktop.inventory.people.queries.pupils import pupil
from egn_desktop.inventory.people.queries.staff import staff_member
from egn_desktop.inventory.privacy.queries.personal import Borrowings, borrowings
from egn_desktop.inventory.privacy.report.blocks import (
    both_loan_blocks,
    incident_blocks,
    kept_blocks,
)
from egn_desktop.inventory.register.terms import BorrowerKind, LoanState, Standing
from egn_desktop.school.queries import identity


def borrower_sheet(dossier: Dossier, key: str) -> Document:
    """Return the sheet of the borrower of that id."""
    found, school = borrowings(dossier, int(key)), identity(dossier)
    today = dossier.today()
    past = [detail for detail in found.past if detail[0].row.state is not LoanState.CANCELLED]
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
            *_contact(dossier, found.who),
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
    open_incidents = sum(incident.is_open for incident in found.incidents)
    return [
        french.figure(len(found.held), "prêt en cours", "prêts en cours"),
        (french.number(late, 0), "en retard"),
        french.figure(past, "prêt terminé", "prêts terminés"),
        french.figure(open_incidents, "incident ouvert", "incidents ouverts"),
    ]


def _contact(dossier: Dossier, who: BorrowerRow) -> tuple[Block, ...]:
    """Return whom to call or to write to, each with his or her own numbers."""
    if who.kind is BorrowerKind.STAFF:
        member = staff_member(dossier, who.id).row
        people = [(member.phone, member.email)]
    else:
        found = pupil(dossier, who.id).guardians
        people = [(row.name, row.phone, row.email) for row in found]
    told = [words for person in people if (words := " · ".join(filter(None, person)))]
    return (Facts([("À joindre", "\n".join(told))]),) if told else ()
