# SPDX-License-Identifier: GPL-3.0-or-later
"""The case of a receipt: what came back, in which state, what is missing, signed by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.papers.acts import Act
from egn_desktop.inventory.papers.case import Case, Words, signers_of
from egn_desktop.inventory.people.queries.contacts import contacts
from egn_desktop.inventory.register.loans import LoanDetail, LoanRow, loan, loans
from egn_desktop.inventory.register.terms import Condition, LoanState
from egn_desktop.school.queries import identity

Part = tuple[LoanDetail, Sequence[str]]
"""Accessories that came back without the device of their loan."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A device that came back: its loan, what it was exchanged for, and what befell it."""

    detail: LoanDetail
    exchanged_for: str
    incidents: Sequence[IncidentRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCase(Case):
    """A receipt of what one person gave back on a day.

    Attributes:
        borrower: the name, and the class of a pupil.
        is_whole: nothing is missing nor broken.
        still_to_come: what the person has to give back, line by line.
    """

    borrower: str
    day: date
    returned: tuple[Returned, ...]
    apart: tuple[Part, ...]
    is_whole: bool
    still_to_come: tuple[str, ...]


def receipt_case(
    dossier: Dossier,
    act: Act,
    loan_ids: Sequence[int],
    *,
    apart: Mapping[int, Sequence[str]] | None = None,
    day: date | None = None,
) -> ReceiptCase:
    """Return the case of one receipt for what one person gave back.

    Args:
        loan_ids: the loans that ended; they are one person's.
        apart: loan → accessories that came back without their device.
        day: that on which the first of the loans ended when left out.
    """
    ended = [loan(dossier, id_) for id_ in loan_ids]
    parts = tuple((loan(dossier, part), names) for part, names in (apart or {}).items())
    every = [*ended, *(part for part, _ in parts)]
    if len({detail.row.borrower_id for detail in every}) != 1:
        raise UserError("Un reçu de retour est celui d’une seule personne.")
    row, school = every[0].row, identity(dossier)
    missing = [name for detail in ended for name in detail.still_out]
    broken = [
        detail.row.device_label for detail in ended if detail.condition_in is Condition.BROKEN
    ]
    summary = _summary(french.capital(school.the_school), ended, parts, missing, broken)
    return ReceiptCase(
        act=act,
        school=school,
        summary=(Words(summary),),
        signers=signers_of(
            act, school, row.borrower_kind, {"giver": _giver(dossier, row), "head": school.head}
        ),
        printed_on=dossier.today(),
        borrower=", ".join(filter(None, (row.borrower_name, row.school_class))),
        day=day or row.ended_on or dossier.today(),
        returned=tuple(_returned(dossier, detail) for detail in ended),
        apart=parts,
        is_whole=not (missing or broken),
        still_to_come=tuple(_still_to_come(dossier, row.borrower_id)),
    )


def _giver(dossier: Dossier, row: LoanRow) -> str:
    """Return who brings things back, as far as one can tell: a parent, else the borrower."""
    known = contacts(dossier, [row])[row.borrower_id]
    return known.name if known.emails or known.phones or known.address else row.borrower_name


def _summary(
    the_school: str,
    ended: Sequence[LoanDetail],
    parts: Sequence[Part],
    missing: Sequence[str],
    broken: Sequence[str],
) -> str:
    what = [french.count(len(ended), "appareil")] if ended else []
    many = sum(len(names) for _, names in parts)
    what += [f"{french.count(many, 'accessoire')} à part"] if many else []
    words = [f"{the_school} a reçu {' et '.join(what)}."]
    if missing:
        words.append(f"Il manque : {', '.join(missing)}.")
    elif ended:
        words.append("Tout ce qui avait été remis est revenu.")
    if broken:
        words.append(f"En panne ou cassé : {', '.join(broken)}.")
    return " ".join(words)


def _returned(dossier: Dossier, detail: LoanDetail) -> Returned:
    other = "" if detail.replaced_by is None else loan(dossier, detail.replaced_by).row.device_label
    return Returned(detail, other, incidents(dossier, loan_id=detail.row.id))


def _still_to_come(dossier: Dossier, borrower_id: int) -> Iterator[str]:
    for row in loans(dossier, borrower_id=borrower_id):
        detail = loan(dossier, row.id)
        if row.state is LoanState.OPEN:
            kit = ", ".join((row.device_label, *detail.still_out))
            yield f"{kit} : pour le {french.short_date(row.due_on)}"
        elif row.state in (LoanState.RETURNED, LoanState.EXCHANGED) and detail.still_out:
            yield f"Remis avec {row.device_label} : {', '.join(detail.still_out)}"
