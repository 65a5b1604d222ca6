# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms that papers have: for each, how a case is read, laid out, and named unsigned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from egn_desktop.documents.blocks import Document
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.acts import Act
from egn_desktop.inventory.papers.agreement import agreement
from egn_desktop.inventory.papers.agreement_case import agreement_case
from egn_desktop.inventory.papers.case import Case
from egn_desktop.inventory.papers.keys import receipt_key
from egn_desktop.inventory.papers.receipt import receipt
from egn_desktop.inventory.papers.receipt_case import receipt_case
from egn_desktop.inventory.register.loans import LoanRow


@dataclass(frozen=True, slots=True)
class _Form:
    """One form.

    Attributes:
        read: reads the case of an act from the dossier, for loans of one person and a language.
        lay_out: makes the document of a case that was read so.
        key: names the unsigned document of one loan, to be signed on paper.
    """

    read: Callable[[Dossier, Act, Sequence[int], str], Case]
    lay_out: Callable[[Any], Document]
    key: Callable[[LoanRow], str]


_FORMS: Final[Mapping[str, _Form]] = {
    "agreement": _Form(agreement_case, agreement, lambda row: str(row.id)),
    "receipt": _Form(
        lambda dossier, act, loan_ids, _: receipt_case(dossier, act, loan_ids),
        receipt,
        lambda row: receipt_key(row.borrower_id, row.ended_on or row.due_on),
    ),
}


def case_of(dossier: Dossier, act: Act, loan_ids: Sequence[int], *, language: str = "") -> Case:
    """Return the case of an act about loans of one person; nothing is laid out yet.

    Args:
        language: code of a language beside French; French alone without it.

    Raises:
        UserError: no such loan, no such language, or the loans are not one person's.
    """
    return _FORMS[act.form].read(dossier, act, loan_ids, language)


def compose(case: Case) -> Document:
    """Return the paper of a case, signed or not."""
    return _FORMS[case.act.form].lay_out(case)


def unsigned_key(act: Act, row: LoanRow) -> str:
    """Return the key of an act's document for one loan, to be signed on paper."""
    return _FORMS[act.form].key(row)
