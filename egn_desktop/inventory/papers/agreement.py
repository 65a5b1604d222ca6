# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of one loan, or of several to one person, as reports and the signing print it."""

from collections.abc import Sequence
from dataclasses import dataclass

from egn_desktop import content, french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.agreement_words import Case, Wording, language_of
from egn_desktop.inventory.people.queries.pupils import GuardianRow, pupil
from egn_desktop.inventory.people.queries.staff import staff_member
from egn_desktop.inventory.register.loans import LoanDetail, loan
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device
from egn_desktop.school.queries import identity

TITLE = "Convention de prêt"
_LAWS = frozenset({"circ-2001-221", "code-civil-pret", "rgpd"})


@dataclass(frozen=True, slots=True)
class _Kit:
    """One device and its loan."""

    lent: LoanDetail
    item: DeviceDetail


@dataclass(frozen=True, slots=True)
class _Person:
    """Who borrows: what the agreement says of a pupil's family, or of somebody of the staff."""

    kind: BorrowerKind
    name: str
    detail: str
    contact: str = ""
    guardians: tuple[GuardianRow, ...] = ()


def agreement_of(dossier: Dossier, loan_id: int, *, language: str = "") -> Document:
    """Return the agreement of one loan; see ``agreements_for``."""
    return agreements_for(dossier, (loan_id,), language=language)


def agreements_for(
    dossier: Dossier,
    loan_ids: Sequence[int],
    *,
    language: str = "",
    signatures: Sequence[SignatureBox] = (),
) -> Document:
    """Return one agreement for what one person borrows: one text, one place to sign.

    Args:
        loan_ids: one loan, or several to the same person.
        language: code of a language to print beside French; French alone without it.
        signatures: the boxes of ``signers``, signed; empty ones are printed without it.

    Raises:
        UserError: no such loan, no such language, or the loans are not one person's.
    """
    kits = _kits(dossier, loan_ids)
    rows = [kit.lent.row for kit in kits]
    person, school = _person(dossier, kits), identity(dossier)
    owners = dict.fromkeys(kit.item.row.owner for kit in kits if kit.item.row.owner)
    case = Case(school, person.kind, rows, tuple(owners))
    says = Wording(case, language_of(language))
    who = "un élève" if person.kind is BorrowerKind.PUPIL else "un membre du personnel"
    return Document(
        title=TITLE,
        subtitle=f"{rows[0].borrower_name} · {_devices(kits)}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=_reference(kits),
        subject=f"Prêt de matériel numérique à {who}",
        author=school.head,
        blocks=(
            *_summary(says),
            *_parties(says, person),
            *_material(says, kits),
            *_clauses(says),
            Together((Signatures(signatures or _signers(says, person)),)),
        ),
    )


def signers(
    dossier: Dossier, loan_ids: Sequence[int], *, language: str = ""
) -> Sequence[SignatureBox]:
    """Return who signs the agreement of these loans, each in a box that is still empty."""
    kits = _kits(dossier, loan_ids)
    person = _person(dossier, kits)
    case = Case(identity(dossier), person.kind, [kit.lent.row for kit in kits], ())
    return _signers(Wording(case, language_of(language)), person)


def _kits(dossier: Dossier, loan_ids: Sequence[int]) -> list[_Kit]:
    lent = [loan(dossier, loan_id) for loan_id in loan_ids]
    if len({one.row.borrower_id for one in lent}) != 1:
        raise UserError("Une convention réunit les prêts d’une seule personne.")
    return [_Kit(one, device(dossier, one.row.device_id)) for one in lent]


def _person(dossier: Dossier, kits: Sequence[_Kit]) -> _Person:
    row = kits[0].lent.row
    if row.borrower_kind is BorrowerKind.STAFF:
        member = staff_member(dossier, row.borrower_id).row
        contact = _contact(member.phone, member.email)
        return _Person(BorrowerKind.STAFF, row.borrower_name, member.duty, contact)
    guardians = pupil(dossier, row.borrower_id).guardians
    return _Person(BorrowerKind.PUPIL, row.borrower_name, row.school_class, guardians=guardians)


def _devices(kits: Sequence[_Kit]) -> str:
    if len(kits) == 1:
        return kits[0].lent.row.device_label
    return french.count(len(kits), "appareil")


def _reference(kits: Sequence[_Kit]) -> str:
    days = dict.fromkeys(french.short_date(kit.lent.row.lent_on) for kit in kits)
    numbers = ", ".join(str(kit.lent.row.id) for kit in kits)
    loans = "Prêts" if len(kits) > 1 else "Prêt"
    return f"{loans} n° {numbers} du {' et du '.join(days)}"


def _summary(says: Wording) -> tuple[Block, ...]:
    sentences = says.summary()
    if both := says.side_by_side(sentences, large=True):
        binding = (says.french("binding"), *says.below("binding"))
        return (both, *(Paragraph(words, style="muted") for words in binding))
    words = "\n".join(words for words, _ in sentences)
    return (Callout(words, title=says.french("in-short"), large=True),)


def _parties(says: Wording, person: _Person) -> tuple[Block, ...]:
    school = says.case.school
    head = f"représenté{'e' if school.is_first_degree else ''} par {school.head}"
    named = ", ".join(filter(None, (school.name, head if school.head else "")))
    said = "\n".join(filter(None, (named, school.address)))
    facts = [("school" if school.is_first_degree else "establishment", said)]
    named = ", ".join(filter(None, (person.name, person.detail)))
    if person.kind is BorrowerKind.STAFF:
        facts.append(("borrower", " · ".join(filter(None, (named, person.contact)))))
    else:
        facts.append(("pupil", named))
        facts += [("guardian", _guardian(one)) for one in person.guardians[:2]]
        if not person.guardians:
            facts.append(("guardian", "Nom et coordonnées : ………………………………………………"))
    return says.heading("between"), _facts(says, facts)


def _facts(says: Wording, facts: Sequence[tuple[str, str]]) -> Facts:
    """Return what is known, under its labels in both languages."""
    known = [(label, value) for label, value in facts if value]
    return Facts(
        [(says.french(label), value) for label, value in known],
        says.below(*(label for label, _ in known)),
    )


def _guardian(one: GuardianRow) -> str:
    reached = " · ".join(filter(None, (one.name, _contact(one.phone, one.email))))
    return "\n".join(filter(None, (reached, one.address)))


def _contact(phone: str, *others: str) -> str:
    return " · ".join(filter(None, (french.phone_number(phone), *others)))


def _material(says: Wording, kits: Sequence[_Kit]) -> tuple[Block, ...]:
    blocks: list[Block] = [says.heading("lent")]
    for kit in kits:
        blocks += [_device(says, kit), _checklist(says, kit.lent)]
    return tuple(blocks)


def _device(says: Wording, kit: _Kit) -> Facts:
    row, lent = kit.item.row, kit.lent
    numbers = (
        f"inventaire {row.asset_number}" if row.asset_number else "",
        f"série {row.serial_number}" if row.serial_number else "",
    )
    dates = f"du {french.long_date(lent.row.lent_on)} au {french.long_date(lent.row.due_on)}"
    return _facts(
        says,
        (
            ("device", f"{row.kind.label} {row.brand} {row.model}".rstrip()),
            ("numbers", " · ".join(filter(None, numbers))),
            ("owner", row.owner),
            ("dates", dates),
            ("note", lent.note_out),
        ),
    )


def _checklist(says: Wording, lent: LoanDetail) -> Table:
    """Return the device and its accessories, two a line, to be ticked at the return."""
    cells = [(says.cell("the-device"), says.cell(f"condition-{lent.condition_out.value}"), "")]
    cells += [(name[:1].upper() + name[1:], says.cell("given"), "") for name in lent.accessories]
    if len(cells) % 2:
        cells.append(("", "", ""))
    columns = [
        Column(says.french(label), width, below=says.beside(label))
        for label, width in (("item", 1.5), ("handed-over", 1.1), ("given-back", 1.4))
    ]
    return Table(
        columns=(*columns, *columns),
        rows=[(*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True)],
        small=True,
    )


def _clauses(says: Wording) -> tuple[Block, ...]:
    said = says.clauses()
    return (
        says.heading("conditions"),
        says.side_by_side(said) or Bullets([words for words, _ in said], ordered=True),
        Paragraph(f"Textes de référence : {_citations(says.case.kind)}.", style="muted"),
    )


def _citations(kind: BorrowerKind) -> str:
    entries = clauses.lent_to(kind, clauses.clauses())
    known = {one.source: content.source(one).title for one in entries if one.source in _LAWS}
    return " ; ".join(known.values()) + " ; les autres clauses sont une proposition d’EGN Desktop"


def _signers(says: Wording, person: _Person) -> list[SignatureBox]:
    school, boxes = says.case.school, list[SignatureBox]()
    read = says.french("sign-read")
    if person.kind is BorrowerKind.STAFF:
        below = says.below("borrower", "sign-read")
        boxes.append(SignatureBox(says.french("borrower"), person.name, read, below=below))
    else:
        guardian = person.guardians[0].name if person.guardians else ""
        below = says.below("sign-guardian", "sign-read")
        boxes.append(SignatureBox(says.french("sign-guardian"), guardian, read, below=below))
        if not school.is_first_degree:
            box = SignatureBox(says.french("pupil"), person.name, below=says.below("pupil"))
            boxes.append(box)
    head = "sign-head-school" if school.is_first_degree else "sign-head-establishment"
    boxes.append(SignatureBox(school.head_role, school.head, below=says.below(head)))
    return boxes
