# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of one loan, and the register of all loans."""

from collections.abc import Mapping, Sequence
from datetime import date

from egn_desktop import content
from egn_desktop.documents import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Chip,
    Column,
    Document,
    Facts,
    Figures,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Together,
    Tone,
)
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import clauses, rules
from egn_desktop.inventory.queries import (
    DeviceDetail,
    LoanDetail,
    LoanRow,
    PupilDetail,
    device,
    loan,
    loan_summary,
    loans,
    pupil,
    stock,
)
from egn_desktop.inventory.terms import LoanState, Standing
from egn_desktop.inventory.text import class_key, fold
from egn_desktop.school.queries import Identity, identity

NO_BREAK_SPACE = "\u00a0"

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
