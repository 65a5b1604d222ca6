# SPDX-License-Identifier: GPL-3.0-or-later
"""The reminder letters: one page a late loan, for all of them or for one."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.reminders import (
    LateLoan,
    late_loan,
    late_loans,
    messages,
)
from egn_desktop.inventory.lending.reminders import Message
from egn_desktop.school.queries import Identity, identity


def reminder_letters(dossier: Dossier, key: str) -> Document:
    """Return the letter of one loan, or a list of mailings followed by all letters due today."""
    school, today = identity(dossier), dossier.today()
    late = [late_loan(dossier, int(key))] if key else _due(dossier)
    ready = messages(dossier, late)
    day = french.long_date(today)
    if key:
        title, subtitle = (
            ready[0].title,
            f"{late[0].row.borrower_name} · {late[0].row.device_label}",
        )
        blocks = _letter(ready[0], school, day)
    else:
        title = "Courriers de relance"
        subtitle = f"{french.count(len(late), 'prêt')} en retard · {day}"
        blocks = _mailings(late, ready)
        for message in ready:
            blocks += (PageBreak(), Heading(message.title), *_letter(message, school, day))
    return Document(
        title=title,
        subtitle=subtitle,
        school=school.footer,
        printed_on=day,
        reference=f"Relances du {french.short_date(today)}",
        subject="Matériel prêté, non rendu à la date prévue",
        author=school.head,
        blocks=blocks,
    )


def _due(dossier: Dossier) -> Sequence[LateLoan]:
    return [loan for loan in late_loans(dossier) if loan.is_due]


def _mailings(late: Sequence[LateLoan], ready: Sequence[Message]) -> tuple[Block, ...]:
    return (
        Paragraph(
            "Cette page ne s’envoie pas : elle dit quel courrier part à qui. Chaque courrier "
            "tient sur la page qui suit."
        ),
        Table(
            columns=(
                Column("Emprunteur", 1.5),
                Column("Classe", 1.3),
                Column("Matériel", 1.9),
                Column("À rendre le", 0.9),
                Column("Courrier", 1.2),
                Column("Destinataire", 1.6),
            ),
            rows=[
                (
                    loan.row.borrower_name,
                    loan.row.group,
                    loan.row.device_label,
                    french.short_date(loan.row.due_on),
                    message.level.label,
                    message.recipient,
                )
                for loan, message in zip(late, ready, strict=True)
            ],
            small=True,
        ),
    )


def _letter(message: Message, school: Identity, day: str) -> tuple[Block, ...]:
    sender = [school.name, school.address, french.phone_number(school.phone), school.email]
    facts = (
        ("De", "\n".join(filter(None, sender))),
        ("À", "\n".join(filter(None, (message.recipient, message.address)))),
        ("Date", day),
    )
    return (
        Facts([(label, value) for label, value in facts if value]),
        Paragraph("Madame, Monsieur,"),
        *(Paragraph(text) for text in message.paragraphs),
        Paragraph("Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées."),
        Signatures((SignatureBox(school.head_role, school.head),), place_and_date=False),
    )
