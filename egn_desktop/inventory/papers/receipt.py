# SPDX-License-Identifier: GPL-3.0-or-later
"""How the receipt of a return is laid out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Chip,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.inventory.papers.signing import signature_blocks
from egn_desktop.inventory.register import wiping
from egn_desktop.inventory.register.terms import Condition

if TYPE_CHECKING:
    from egn_desktop.inventory.papers.receipt_case import Part, ReceiptCase, Returned
    from egn_desktop.inventory.register.loans import LoanDetail


def receipt(case: "ReceiptCase") -> Document:
    """Return one receipt for what one person gave back."""
    school = case.school
    said = " ".join(fact.french for fact in case.summary)
    return Document(
        title=case.act.title,
        subtitle=f"{case.borrower} · {french.long_date(case.day)}",
        school=school.footer,
        printed_on=french.long_date(case.printed_on),
        reference=f"Retour du {french.short_date(case.day)}",
        subject=f"Matériel numérique rendu à {school.the_school}",
        author=school.head,
        blocks=(
            Callout(said, tone="good" if case.is_whole else "attention"),
            *(
                block
                for returned in case.returned
                for block in _device(returned, school.the_school)
            ),
            *_apart(case.apart),
            Heading("Ce qui reste à rendre"),
            _still_to_come(case),
            signature_blocks(case),
        ),
    )


def _device(returned: "Returned", the_school: str) -> Iterator[Block]:
    detail = returned.detail
    row = detail.row
    facts = [("Prêté", f"du {french.long_date(row.lent_on)} au {_day(row.ended_on)}")]
    if returned.exchanged_for:
        facts.append(("Échangé contre", returned.exchanged_for))
    if detail.note_in:
        facts.append(("Remarque", detail.note_in))
    facts += [
        ("Incident", f"n° {found.id}, {found.kind.label.lower()} : {found.state_label.lower()}")
        for found in returned.incidents
    ]
    done = [step.title for step in wiping.steps_for(row.kind) if step.id in (detail.wiped or ())]
    left = [step.title for step in detail.wiping_left]
    facts += [
        (label, ", ".join(_lower(title) for title in titles))
        for label, titles in (("Effacement fait", done), (f"À faire par {the_school}", left))
        if titles
    ]
    yield Heading(row.device_label)
    yield Facts(facts)
    yield _kit(detail)


def _kit(detail: "LoanDetail") -> Table:
    state = detail.condition_in or detail.condition_out
    worse = list(Condition).index(state) > list(Condition).index(detail.condition_out)
    tone = "bad" if state is Condition.BROKEN else "attention" if worse else "good"
    lines = [("L’appareil", detail.condition_out.label, Chip(state.label, tone))]
    for name, back in detail.accessories.items():
        apart = detail.came_apart.get(name)
        words = f"Rendu le {french.short_date(apart)}" if apart else "Rendu"
        found = Chip(words, "good") if back else Chip("Non rendu", "bad")
        lines.append((name[:1].upper() + name[1:], "Remis", found))
    return Table(
        columns=(Column("Élément", 1.6), Column("À la remise", 1.2), Column("Au retour", 1.4)),
        rows=lines,
        row_headers=True,
        small=True,
    )


def _apart(parts: "Sequence[Part]") -> Iterator[Block]:
    if parts:
        yield Heading("Accessoires rendus à part")
        yield Bullets([f"{part.row.device_label} : {', '.join(names)}" for part, names in parts])


def _still_to_come(case: "ReceiptCase") -> Block:
    if case.still_to_come:
        return Bullets(case.still_to_come)
    words = f"Rien : au {french.long_date(case.day)}, tout a été rendu."
    return Paragraph(words, style="muted")


def _day(day: date | None) -> str:
    return french.long_date(day) if day else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
