# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of one loan, as a report offers it and as a service prints it to be signed."""

from collections.abc import Mapping
from datetime import date

from egn_desktop import content
from egn_desktop.documents import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import clauses
from egn_desktop.inventory.queries import DeviceDetail, LoanDetail, PupilDetail, device, loan, pupil
from egn_desktop.school.queries import Identity, identity

NO_BREAK_SPACE = "\u00a0"


def agreement_of(dossier: Dossier, loan_id: int) -> Document:
    """Return the agreement of one loan."""
    lent = loan(dossier, loan_id)
    item, borrower = device(dossier, lent.row.device_id), pupil(dossier, lent.row.borrower_id)
    school = identity(dossier)
    values = placeholders(lent, item, school)
    return Document(
        title="Convention de prêt",
        subtitle=f"{lent.row.borrower_name} · {lent.row.device_label}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Prêt n° {lent.row.id} du {french.short_date(lent.row.lent_on)}",
        subject="Prêt de matériel numérique à un élève",
        author=school.head,
        blocks=(
            Callout(
                " ".join(one.filled(values) for one in clauses.summary()), title="En quelques mots"
            ),
            *_parties(lent, borrower, school),
            *_material(lent, item),
            *_clauses(values),
            *_signatures(borrower, school),
        ),
    )


def placeholders(lent: LoanDetail, item: DeviceDetail, school: Identity) -> Mapping[str, str]:
    """Return what the clauses name, in French."""
    phone = school.phone.replace(" ", NO_BREAK_SPACE)
    contact = " ou ".join(part for part in (phone, school.email) if part)
    the_school = "l’école" if school.is_first_degree else "l’établissement"
    return {
        "school": school.name or _capital(the_school),
        "the_school": the_school,
        "The_school": _capital(the_school),
        "contact": contact or "adressez-vous à la direction",
        "pupil": lent.row.borrower_name,
        "device": lent.row.device_label,
        "owner": item.row.owner or f"{the_school} ou la collectivité qui l’équipe",
        "lent_on": french.long_date(lent.row.lent_on),
        "due_on": french.long_date(lent.row.due_on),
    }


def _parties(lent: LoanDetail, borrower: PupilDetail, school: Identity) -> tuple[Block, ...]:
    head = f"représentée par {school.head}" if school.head else ""
    facts = [
        (
            "L’école" if school.is_first_degree else "L’établissement",
            " · ".join(filter(None, (school.name, school.address, head))),
        ),
        ("L’élève", ", ".join(filter(None, (lent.row.borrower_name, lent.row.school_class)))),
    ]
    for guardian in borrower.guardians[:2]:
        phone = guardian.phone.replace(" ", NO_BREAK_SPACE)
        contact = (guardian.name, phone, guardian.email, guardian.address)
        facts.append(("Représentant légal", " · ".join(filter(None, contact))))
    if not borrower.guardians:
        facts.append(("Représentant légal", "Nom et coordonnées : ………………………………………………"))
    return Heading("Entre"), Facts([(label, value) for label, value in facts if value])


def _material(lent: LoanDetail, item: DeviceDetail) -> tuple[Block, ...]:
    row = item.row
    numbers = (
        f"inventaire {row.asset_number}" if row.asset_number else "",
        f"série {row.serial_number}" if row.serial_number else "",
    )
    facts = (
        ("Matériel", f"{row.kind.label} {row.brand} {row.model}".rstrip()),
        ("Numéros", " · ".join(filter(None, numbers))),
        ("Propriétaire", row.owner),
        ("Durée du prêt", f"du {_day(lent.row.lent_on)} au {_day(lent.row.due_on)}"),
        ("Remarque", lent.note_out),
    )
    return (
        Heading("Matériel prêté"),
        Facts([(label, value) for label, value in facts if value]),
        _checklist(lent),
    )


def _checklist(lent: LoanDetail) -> Table:
    """Return the device and its accessories, two a line, to be ticked at the return."""
    parts = [("L’appareil", lent.condition_out.label)]
    parts += [(_capital(name), "remis") for name in lent.accessories]
    cells = [(name, state, "") for name, state in parts]
    if len(cells) % 2:
        cells.append(("", "", ""))
    columns = (Column("Élément", 1.5), Column("À la remise", 1.1), Column("Au retour", 1.4))
    return Table(
        columns=(*columns, *columns),
        rows=[(*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True)],
        small=True,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: date) -> str:
    return french.long_date(day)


def _clauses(values: Mapping[str, str]) -> tuple[Block, ...]:
    return (
        Heading("Conditions"),
        Bullets(
            [(Strong(f"{one.title}."), f" {one.filled(values)}") for one in clauses.clauses()],
            ordered=True,
        ),
        Paragraph(f"Textes de référence : {_citations()}.", style="muted"),
    )


def _citations() -> str:
    known = {one.source: content.source(one).title for one in clauses.clauses()}
    texts = [title for source, title in known.items() if source in _TEXTS]
    return " ; ".join(texts) + " ; les autres clauses sont une proposition d’EGN Desktop"


_TEXTS = frozenset({"circ-2001-221", "code-civil-pret", "rgpd"})


def _signatures(borrower: PupilDetail, school: Identity) -> tuple[Block, ...]:
    guardian = borrower.guardians[0].name if borrower.guardians else ""
    boxes = [SignatureBox("Le représentant légal", guardian, "Lu et approuvé")]
    if not school.is_first_degree:
        boxes.append(SignatureBox("L’élève", borrower.row.name))
    boxes.append(SignatureBox(school.head_role, school.head))
    return (Together((Signatures(boxes),)),)
