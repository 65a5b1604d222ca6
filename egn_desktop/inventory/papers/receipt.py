# SPDX-License-Identifier: GPL-3.0-or-later
"""How a receipt of a return is made: what came back, in which state, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

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
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.register import wiping
from egn_desktop.inventory.register.loans import LoanDetail, loan, loans
from egn_desktop.inventory.register.terms import Condition, LoanState
from egn_desktop.school.queries import identity

RECEIPT: Final = "recu-de-retour"


def receipt_key(borrower_id: int, day: date) -> str:
    """Return the key of the receipt of all that somebody gave back on a day."""
    return f"{borrower_id}:{day.isoformat()}"


def receipt_of(
    dossier: Dossier,
    loan_ids: Sequence[int],
    *,
    apart: Mapping[int, Sequence[str]] | None = None,
    day: date | None = None,
) -> Document:
    """Return one receipt for what one person gave back.

    Args:
        loan_ids: the loans that ended; they are one person's.
        apart: loan → accessories that came back without their device.
        day: today when left out.
    """
    ended = [loan(dossier, one) for one in loan_ids]
    parts = [(loan(dossier, one), names) for one, names in (apart or {}).items()]
    every = [*ended, *(one for one, _ in parts)]
    if len({one.row.borrower_id for one in every}) != 1:
        raise UserError("Un reçu de retour est celui d’une seule personne.")
    row, school = every[0].row, identity(dossier)
    on = day or dossier.today()
    who = ", ".join(filter(None, (row.borrower_name, row.school_class)))
    return Document(
        title="Reçu de retour",
        subtitle=f"{who} · {french.long_date(on)}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Retour du {french.short_date(on)}",
        subject=f"Matériel numérique rendu à {school.the_school}",
        author=school.head,
        blocks=(
            _summary(school.the_school, ended, parts),
            *(block for one in ended for block in _device(dossier, one, school.the_school)),
            *_apart(parts),
            *_still_to_come(dossier, row.borrower_id, on),
            Together(
                (
                    Signatures(
                        (
                            SignatureBox("Rendu par", "", "Nom de la personne qui rend"),
                            SignatureBox(school.head_role, school.head, "Reçu par"),
                        )
                    ),
                )
            ),
        ),
    )


def _summary(
    the_school: str, ended: Sequence[LoanDetail], parts: Sequence[tuple[LoanDetail, Sequence[str]]]
) -> Callout:
    what = [french.count(len(ended), "appareil")] if ended else []
    many = sum(len(names) for _, names in parts)
    what += [f"{french.count(many, 'accessoire')} à part"] if many else []
    missing = [name for one in ended for name in one.still_out]
    broken = [one.row.device_label for one in ended if one.condition_in is Condition.BROKEN]
    words = [f"{french.capital(the_school)} a reçu {' et '.join(what)}."]
    if missing:
        words.append(f"Il manque : {', '.join(missing)}.")
    elif ended:
        words.append("Tout ce qui avait été remis est revenu.")
    if broken:
        words.append(f"En panne ou cassé : {', '.join(broken)}.")
    return Callout(" ".join(words), tone="attention" if missing or broken else "good")


def _device(dossier: Dossier, one: LoanDetail, the_school: str) -> Iterator[Block]:
    row = one.row
    facts = [("Prêté", f"du {french.long_date(row.lent_on)} au {_day(row.ended_on)}")]
    if one.replaced_by is not None:
        other = loan(dossier, one.replaced_by).row
        facts.append(("Échangé contre", other.device_label))
    if one.note_in:
        facts.append(("Remarque", one.note_in))
    facts += [
        ("Incident", f"n° {found.id}, {found.kind.label.lower()} : {found.state_label.lower()}")
        for found in incidents(dossier, loan_id=row.id)
    ]
    done = [step.title for step in wiping.steps_for(row.kind) if step.id in (one.wiped or ())]
    left = [step.title for step in one.wiping_left]
    facts += [
        (label, ", ".join(_lower(title) for title in titles))
        for label, titles in (("Effacement fait", done), (f"À faire par {the_school}", left))
        if titles
    ]
    yield Heading(row.device_label)
    yield Facts(facts)
    yield _kit(one)


def _kit(one: LoanDetail) -> Table:
    state = one.condition_in or one.condition_out
    worse = list(Condition).index(state) > list(Condition).index(one.condition_out)
    tone = "bad" if state is Condition.BROKEN else "attention" if worse else "good"
    lines = [("L’appareil", one.condition_out.label, Chip(state.label, tone))]
    for name, back in one.accessories.items():
        apart = one.came_apart.get(name)
        words = f"Rendu le {french.short_date(apart)}" if apart else "Rendu"
        found = Chip(words, "good") if back else Chip("Non rendu", "bad")
        lines.append((name[:1].upper() + name[1:], "Remis", found))
    return Table(
        columns=(Column("Élément", 1.6), Column("À la remise", 1.2), Column("Au retour", 1.4)),
        rows=lines,
        row_headers=True,
        small=True,
    )


def _apart(parts: Sequence[tuple[LoanDetail, Sequence[str]]]) -> Iterator[Block]:
    if parts:
        yield Heading("Accessoires rendus à part")
        yield Bullets([f"{one.row.device_label} : {', '.join(names)}" for one, names in parts])


def _still_to_come(dossier: Dossier, borrower_id: int, day: date) -> Iterator[Block]:
    lines: list[str] = []
    for row in loans(dossier, borrower_id=borrower_id):
        detail = loan(dossier, row.id)
        if row.state is LoanState.OPEN:
            kit = ", ".join((row.device_label, *detail.still_out))
            lines.append(f"{kit} : pour le {french.short_date(row.due_on)}")
        elif row.state in (LoanState.RETURNED, LoanState.EXCHANGED) and detail.still_out:
            lines.append(f"Remis avec {row.device_label} : {', '.join(detail.still_out)}")
    yield Heading("Ce qui reste à rendre")
    if lines:
        yield Bullets(lines)
    else:
        words = f"Rien : au {french.long_date(day)}, tout a été rendu."
        yield Paragraph(words, style="muted")


def _day(day: date | None) -> str:
    return french.long_date(day) if day else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
