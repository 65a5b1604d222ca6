# SPDX-License-Identifier: GPL-3.0-or-later
"""How an agreement is laid out, in French and in the language beside it if there is one."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Paragraph,
    Table,
)
from egn_desktop.inventory.papers.agreement_case import AgreementCase, Kit, contact
from egn_desktop.inventory.papers.agreement_words import Labels, titled
from egn_desktop.inventory.papers.lender import council_accord, lacking
from egn_desktop.inventory.papers.signing import signature_blocks
from egn_desktop.inventory.people.queries.pupils import GuardianRow
from egn_desktop.inventory.register.loans import LoanDetail
from egn_desktop.inventory.register.terms import BorrowerKind

TO_AGREE = "Accord pour ce prêt, date et référence : ……………………………………"


def agreement(case: AgreementCase) -> Document:
    """Return one agreement for what one person borrows."""
    who = "un élève" if case.borrower.kind is BorrowerKind.PUPIL else "un membre du personnel"
    return Document(
        title=case.act.title,
        subtitle=f"{case.borrower.name} · {_devices(case.kits)}",
        school=case.school.footer,
        printed_on=french.long_date(case.printed_on),
        reference=case.reference,
        subject=f"Prêt de matériel numérique à {who}",
        author=case.school.head,
        blocks=agreement_blocks(case),
    )


def agreement_blocks(case: AgreementCase, *, level: int = 1) -> tuple[Block, ...]:
    """Return what an agreement says; within a larger document, under headings of that level."""
    says = Labels(case.language)
    return (
        *_summary(says, case),
        says.heading("between", level),
        _parties(says, case),
        *_lacking(case),
        says.heading("lent", level),
        *(block for kit in case.kits for block in (_device(says, kit), _checklist(says, kit.lent))),
        *_clauses(says, case, level),
        signature_blocks(case),
    )


def _devices(kits: Sequence[Kit]) -> str:
    if len(kits) == 1:
        return kits[0].lent.row.device_label
    return french.count(len(kits), "appareil")


def _summary(says: Labels, case: AgreementCase) -> tuple[Block, ...]:
    if both := says.side_by_side(case.summary, large=True):
        binding = (says.french("binding"), *says.below("binding"))
        return (both, *(Paragraph(words, style="muted") for words in binding))
    words = "\n".join(fact.french for fact in case.summary)
    return (Callout(words, title=says.french("in-short"), large=True),)


def _parties(says: Labels, case: AgreementCase) -> Facts:
    school, person = case.school, case.borrower
    apart = [lender for lender in case.lenders if not lender.is_school]
    facts = [
        ("lender", "\n".join((lender.presented, lender.accord or TO_AGREE))) for lender in apart
    ]
    facts.append(("school" if school.is_first_degree else "establishment", _school(case)))
    named = ", ".join(filter(None, (person.name, person.detail)))
    if person.kind is BorrowerKind.STAFF:
        facts.append(("borrower", " · ".join(filter(None, (named, person.contact)))))
    else:
        facts.append(("pupil", named))
        facts += [("guardian", _guardian(guardian)) for guardian in person.guardians[:2]]
        if not person.guardians:
            facts.append(("guardian", "Nom et coordonnées : ………………………………………………"))
    return _facts(says, facts)


def _school(case: AgreementCase) -> str:
    """Return what the school is here: who signs for it, in whose name, with whose authorisation."""
    school = case.school
    head = f"représenté{'e' if school.is_first_degree else ''} par {school.head}"
    acting = "" if all(lender.is_school for lender in case.lenders) else "pour le compte du prêteur"
    council = f"autorisé par {council_accord(school)}" if school.is_eple else ""
    named = ", ".join(filter(None, (school.name, head if school.head else "", council, acting)))
    return "\n".join(filter(None, (named, school.address)))


def _lacking(case: AgreementCase) -> tuple[Block, ...]:
    """Return what the agreement waits for before it binds anybody; nothing where all is noted."""
    missing = lacking(case.school, case.lenders)
    if not missing:
        return ()
    words = (
        f"Il manque {' et '.join(missing)}. Cette convention n’engage qu’une fois "
        f"{'cet accord donné' if len(missing) == 1 else 'ces accords donnés'}."
    )
    return (Callout(words, title="Accord à recueillir", tone="attention"),)


def _facts(says: Labels, facts: Sequence[tuple[str, str]]) -> Facts:
    """Return what is known, under its labels in both languages."""
    known = [(label, value) for label, value in facts if value]
    return Facts(
        [(says.french(label), value) for label, value in known],
        says.below(*(label for label, _ in known)),
    )


def _guardian(row: GuardianRow) -> str:
    reached = " · ".join(filter(None, (row.name, contact(row.phone, row.email))))
    return "\n".join(filter(None, (reached, row.address)))


def _device(says: Labels, kit: Kit) -> Facts:
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
            ("value", french.money(row.value_cents)),
            ("dates", dates),
            ("note", lent.note_out),
        ),
    )


def _checklist(says: Labels, lent: LoanDetail) -> Table:
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


def _clauses(says: Labels, case: AgreementCase, level: int) -> tuple[Block, ...]:
    if not case.clauses:
        return ()
    laws = " ; ".join(case.laws) + " ; les autres clauses sont une proposition d’EGN Desktop"
    return (
        says.heading("conditions", level),
        says.side_by_side(case.clauses)
        or Bullets(
            [titled(clause.title, clause.french) for clause in case.clauses],
            ordered=True,
            close=True,
        ),
        Paragraph(f"Textes de référence : {laws}.", style="muted"),
    )
