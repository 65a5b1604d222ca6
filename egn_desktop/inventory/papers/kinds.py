# SPDX-License-Identifier: GPL-3.0-or-later
"""What is signed on screen at hand-over: which papers there are, and what a signature is.

How they are made is named within functions: the window starts without what documents are made of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.loans import LoanRow, loan
from egn_desktop.inventory.register.terms import LoanState

if TYPE_CHECKING:
    from egn_desktop.documents.blocks import Document, Drawing

AGREEMENT: Final = "convention-de-pret"
RECEIPT: Final = "recu-de-retour"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, given on screen.

    Attributes:
        role: of the box that it goes in ("Le représentant légal").
        name: who signs.
        drawing: what the hand drew; None for who signs by writing the name.
    """

    role: str
    name: str
    drawing: "Drawing | None" = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper that can be signed on screen.

    Attributes:
        id: of the document that it is.
        make: makes it unsigned, for loans of one person, in French and beside it in the language
            of that code, if any.
        key: names the unsigned document, of one loan, to be signed on paper.
        languages: whether it is translated.
        concerns: whether a loan can be on it.
        refusal: why a loan cannot, in French.
    """

    id: str
    title: str
    make: "Make"
    concerns: Callable[[LoanRow], bool]
    refusal: str
    key: Callable[[LoanRow], str]
    languages: bool = False


class Make(Protocol):
    """Makes a paper."""

    def __call__(
        self, dossier: Dossier, loan_ids: Sequence[int], *, language: str = ""
    ) -> "Document":
        """Return it, unsigned."""
        ...


def _agreement(dossier: Dossier, loan_ids: Sequence[int], *, language: str = "") -> "Document":
    from egn_desktop.inventory.papers.agreement import agreements_for

    return agreements_for(dossier, loan_ids, language=language)


def _receipt(dossier: Dossier, loan_ids: Sequence[int], *, language: str = "") -> "Document":
    from egn_desktop.inventory.papers.receipt import receipt_of

    del language  # it is in French alone
    return receipt_of(dossier, loan_ids, day=loan(dossier, loan_ids[0]).row.ended_on)


def _receipt_key(row: LoanRow) -> str:
    from egn_desktop.inventory.papers.receipt import receipt_key

    return receipt_key(row.borrower_id, row.ended_on or row.due_on)


_KINDS: Final = (
    Kind(
        AGREEMENT,
        "Convention de prêt",
        _agreement,
        lambda row: row.state is LoanState.OPEN,
        "La convention se signe tant que le prêt est en cours.",
        lambda row: str(row.id),
        languages=True,
    ),
    Kind(
        RECEIPT,
        "Reçu de retour",
        _receipt,
        lambda row: row.state in (LoanState.RETURNED, LoanState.EXCHANGED),
        "Le reçu se signe une fois le retour noté.",
        _receipt_key,
    ),
)


def kinds() -> Sequence[Kind]:
    """Return every paper that can be signed on screen."""
    return _KINDS


def kind(document_id: str) -> Kind:
    """Return the paper of that document id.

    Raises:
        UserError: that document is not signed on screen.
    """
    for one in _KINDS:
        if one.id == document_id:
            return one
    known = ", ".join(one.id for one in _KINDS)
    raise UserError(
        f"Le document « {document_id} » ne se signe pas à l’écran.", todo=f"Au choix : {known}."
    )
