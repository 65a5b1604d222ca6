# SPDX-License-Identifier: GPL-3.0-or-later
"""What a borrower holds and held, as the blocks that two documents share."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import Block, Chip, Column, Heading, Paragraph, Table
from egn_desktop.inventory.lending.incidents import followed
from egn_desktop.inventory.privacy.queries.personal import Borrowings
from egn_desktop.inventory.register.loans import LoanDetail
from egn_desktop.inventory.stock.queries.devices import DeviceRow

Lent = Sequence[tuple[LoanDetail, DeviceRow]]


def both_loan_blocks(held: Lent, past: Lent) -> tuple[Block, ...]:
    """Return the loans that run, then those that ended; one line where there never was any."""
    if not held and not past:
        return Heading("Prêts"), Paragraph("Aucun prêt, ni en cours, ni terminé.", style="muted")
    return (
        Heading("Prêts en cours"),
        *_loan_blocks(held, "Aucun prêt en cours."),
        Heading("Prêts terminés"),
        *_loan_blocks(past, "Aucun prêt terminé."),
    )


def _loan_blocks(found: Lent, none: str) -> tuple[Block, ...]:
    if not found:
        return (Paragraph(none, style="muted"),)
    return (
        Table(
            columns=(
                Column("Matériel", 1.9),
                Column("Prêté le", 0.9),
                Column("À rendre le", 0.95),
                Column("Terminé le", 0.95),
                Column("Issue", 1.2),
                Column("État, accessoires, remarques", 2.4),
            ),
            rows=[
                (
                    lent.row.device_label,
                    french.short_date(lent.row.lent_on),
                    french.short_date(lent.row.due_on),
                    french.short_date(lent.row.ended_on),
                    Chip(lent.row.state_label, lent.row.standing.tone),
                    _remarks(lent),
                )
                for lent, _ in found
            ],
            small=True,
        ),
    )


def incident_blocks(found: Borrowings) -> tuple[Block, ...]:
    """Return what befell devices while this borrower had them; nothing where nothing did."""
    if not found.incidents:
        return ()
    return (
        Heading("Incidents"),
        Table(
            columns=(
                Column("Le", 0.8),
                Column("Matériel", 1.6),
                Column("Nature", 1.1),
                Column("Ce qui est noté", 2.6),
                Column("Suite", 1.3),
            ),
            rows=[
                (
                    french.short_date(incident.happened_on),
                    incident.device_label,
                    incident.kind.label,
                    " ; ".join(
                        filter(None, (incident.description, *followed(incident, named=False)))
                    ),
                    ", ".join(filter(None, (incident.state_label, incident.cost_label))),
                )
                for incident in found.incidents
            ],
            small=True,
        ),
    )


def kept_blocks(found: Borrowings) -> tuple[Block, ...]:
    """Return what waits for them, the papers signed on screen, the photos; where there are any."""
    blocks: tuple[Block, ...] = ()
    if found.reserved:
        waits = [
            f"{row.name} · {row.code}" + (f" ({row.reserved_note})" if row.reserved_note else "")
            for row in found.reserved
        ]
        blocks += (Heading("Réservé"), Paragraph(" ; ".join(waits)))
    if found.papers:
        blocks += (
            Heading("Documents signés à l’écran"),
            Table(
                columns=(Column("Le", 0.8), Column("Document", 1.8), Column("Signé par", 2.6),
                         Column("Empreinte (début)", 1.4)),
                rows=[
                    (
                        french.short_date(paper.signed_on),
                        paper.title + (" (retiré)" if paper.withdrawn_on else ""),
                        paper.signed_by,
                        paper.digest[:12],
                    )
                    for paper in found.papers
                ],
                small=True,
            ),
        )  # fmt: skip
    if found.photos:
        said = [
            ", ".join(filter(None, (french.short_date(photo.taken_on), photo.caption)))
            for photo in found.photos
        ]
        count = french.count(len(said), "photo de matériel", "photos de matériel")
        blocks += (
            Heading("Photos"),
            Paragraph(f"{count}, à voir sur demande : {' ; '.join(said)}."),
        )
    return blocks


def _remarks(lent: LoanDetail) -> str:
    states = [lent.condition_out.label]
    if lent.condition_in:
        states.append(lent.condition_in.label.lower())
    parts = [" puis ".join(states)]
    for name, back in lent.accessories.items():
        parts.append(f"{name} (non rendu)" if back is False else name)
    return " ; ".join([", ".join(parts), *filter(None, (lent.note_out, lent.note_in))])
