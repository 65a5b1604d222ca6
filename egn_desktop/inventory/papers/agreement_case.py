# SPDX-License-Identifier: GPL-3.0-or-later
"""The case of an agreement: who lends what to whom, under which clauses, signed by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from egn_desktop import content, french
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import Act, Person
from egn_desktop.inventory.papers.agreement_words import Wording
from egn_desktop.inventory.papers.case import Case, Words, signers_of
from egn_desktop.inventory.papers.lender import Lender, lenders
from egn_desktop.inventory.people.queries.pupils import GuardianRow, pupil
from egn_desktop.inventory.people.queries.staff import staff_member
from egn_desktop.inventory.register.loans import LoanDetail, loan
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device
from egn_desktop.school.languages import Language, language_of
from egn_desktop.school.queries import identity

_LAWS = frozenset({"code-civil-pret", "rgpd"})


@dataclass(frozen=True, slots=True)
class Kit:
    """One device and its loan."""

    lent: LoanDetail
    item: DeviceDetail


@dataclass(frozen=True, slots=True)
class Borrower:
    """Who borrows: what the agreement says of a pupil's family, or of somebody of the staff."""

    kind: BorrowerKind
    name: str
    detail: str
    contact: str = ""
    guardians: tuple[GuardianRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCase(Case):
    """An agreement for what one person borrows: one text, one place to sign.

    Attributes:
        lenders: whose devices they are, and whom the school acts for.
        laws: the titles of the texts that the clauses rest on.
    """

    borrower: Borrower
    kits: tuple[Kit, ...]
    lenders: tuple[Lender, ...]
    clauses: tuple[Words, ...]
    laws: tuple[str, ...]

    @property
    def reference(self) -> str:
        """What names it: the loans and their days."""
        days = dict.fromkeys(french.short_date(kit.lent.row.lent_on) for kit in self.kits)
        numbers = ", ".join(str(kit.lent.row.id) for kit in self.kits)
        loans = "Prêts" if len(self.kits) > 1 else "Prêt"
        return f"{loans} n° {numbers} du {' et du '.join(days)}"


def agreement_case(
    dossier: Dossier, act: Act, loan_ids: Sequence[int], language: str = ""
) -> AgreementCase:
    """Return the case of an agreement about one loan, or several to the same person.

    Raises:
        UserError: no such loan, no such language, or the loans are not one person's.
    """
    lent = [loan(dossier, loan_id) for loan_id in loan_ids]
    if len({detail.row.borrower_id for detail in lent}) != 1:
        raise UserError("Une convention réunit les prêts d’une seule personne.")
    kits = tuple(Kit(detail, device(dossier, detail.row.device_id)) for detail in lent)
    borrower, school, beside = _borrower(dossier, lent[0]), identity(dossier), _language(language)
    lent_by = lenders(school, [(kit.item.row.owner, kit.item.row.owner_kind) for kit in kits])
    said = clauses.said_in(act.id, borrower.kind, clauses.clauses())
    wording = Wording(school, borrower.kind, [detail.row for detail in lent], lent_by, beside)
    names: dict[Person, str] = {"borrower": borrower.name, "head": school.head}
    if borrower.guardians:
        names["guardian"] = borrower.guardians[0].name
    to_agree = [lender for lender in lent_by if not lender.has_agreed]
    if len(to_agree) == 1:
        names["owner"] = to_agree[0].owner.representative
    return AgreementCase(
        act=act,
        school=school,
        summary=tuple(map(wording.of, clauses.said_in(act.id, borrower.kind, clauses.summary()))),
        signers=signers_of(
            act, school, borrower.kind, names, beside, owner_to_agree=bool(to_agree)
        ),
        language=beside,
        printed_on=dossier.today(),
        borrower=borrower,
        kits=kits,
        lenders=lent_by,
        clauses=tuple(map(wording.of, said)),
        laws=tuple(
            dict.fromkeys(content.source(part).title for part in said if part.source in _LAWS)
        ),
    )


def _language(code: str) -> Language | None:
    return language_of(code, "La convention n’est pas traduite")


def _borrower(dossier: Dossier, lent: LoanDetail) -> Borrower:
    row = lent.row
    if row.borrower_kind is BorrowerKind.STAFF:
        member = staff_member(dossier, row.borrower_id).row
        reached = contact(member.phone, member.email)
        return Borrower(BorrowerKind.STAFF, row.borrower_name, member.duty, reached)
    guardians = pupil(dossier, row.borrower_id).guardians
    return Borrower(BorrowerKind.PUPIL, row.borrower_name, row.school_class, guardians=guardians)


def contact(phone: str, *others: str) -> str:
    """Return how somebody is reached, on one line."""
    return " · ".join(filter(None, (french.phone_number(phone), *others)))
