# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt of a return: what came back, in which state, what is missing, what was wiped."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
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
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory import wiping
from egn_desktop.inventory.queries import LoanDetail, loan, loans
from egn_desktop.inventory.queries.incidents import incidents
from egn_desktop.inventory.queries.returns import ReturnDay, returns
from egn_desktop.inventory.terms import Condition, LoanState
from egn_desktop.school.queries import identity

RECEIPT: Final = "recu-de-retour"
RECENT_DAYS: Final = 60
"""For how long a receipt is offered; a return is seen on its loan for as long as it is kept."""


def recent_returns(dossier: Dossier) -> Sequence[Subject]:
    """Return who gave something back lately, and when."""
    since = dossier.today() - timedelta(days=RECENT_DAYS)
    return [
        Subject(receipt_key(one.borrower_id, one.day), f"{one.borrower_name}, {_label(one)}")
        for one in returns(dossier, since=since)
    ]


def receipt_key(borrower_id: int, day: date) -> str:
    """Return the key of the receipt of all that somebody gave back on a day."""
    return f"{borrower_id}:{day.isoformat()}"


@offers(
    RECEIPT,
    title="Reçu de retour",
    purpose="Prouve à la famille ce qu’elle a rendu et dans quel état : un seul reçu pour tout ce "
    "qu’une personne rend le même jour.",
    missing="Notez un retour : son reçu s’imprime aussitôt.",
    subjects=recent_returns,
)
def receipt(dossier: Dossier, key: str) -> Document:
    """Return the receipt of what somebody gave back on a day."""
    who, _, day = key.partition(":")
    try:
        borrower_id, on = int(who), date.fromisoformat(day)
    except ValueError:
        raise UserError(f"« {key} » ne désigne pas un retour.") from None
    for one in returns(dossier, since=on, borrower_id=borrower_id):
        if one.day == on:
            return receipt_of(dossier, one.loan_ids, apart=one.apart, day=on)
    raise UserError(f"Rien n’a été rendu par cette personne le {french.short_date(on)}.")


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


def _label(one: ReturnDay) -> str:
    parts = sum(map(len, one.apart.values()))
    said = (
        french.count(len(one.loan_ids), "appareil") if one.loan_ids else "",
        french.count(parts, "accessoire") if parts else "",
    )
    return f"{french.short_date(one.day)} ({', '.join(filter(None, said))})"


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
