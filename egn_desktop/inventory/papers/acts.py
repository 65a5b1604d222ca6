# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be signed around a loan: each act's paper, its loans, and the rule of who signs."""

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from egn_desktop import content
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.terms import LoanState

if TYPE_CHECKING:
    from egn_desktop.inventory.register.loans import LoanRow

AGREEMENT: Final = "convention-de-pret"
RECEIPT: Final = "recu-de-retour"

Person = Literal["guardian", "borrower", "giver", "head", "owner"]
"""Whose name is known from the dossier: the giver brings things back, the owner is the person who
speaks for it."""

Side = Literal["borrower", "school", "owner"]
"""The parties that a signature binds."""

Circumstance = Literal["pupil", "staff", "first-degree", "second-degree", "owner-to-agree"]
"""What may be true of a case, and decides who signs; an owner is to agree until that is noted."""


class SignerRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who signs an act.

    Attributes:
        id: names the role's translation.
        role: in French, above the signature ("Le représentant légal"), with the school's words
            between braces until ``case.signers_of`` fills them.
        who: the person whose name is known; nobody's is when left out.
        must: the act is void without a signature of this side.
        why: what the signature says ("Lu et approuvé").
        asks: what is asked for where the name goes; a known name is then proposed on screen only.
        when: signs where all of these are true of the case.
    """

    id: str
    role: str
    side: Side
    who: Person | None = None
    must: bool = False
    why: str = ""
    asks: str = ""
    when: tuple[Circumstance, ...] = ()


class Act(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper that can be signed on screen.

    Attributes:
        id: of the document that it is.
        form: how it is laid out; see ``forms``.
        loans: the states of the loans that it can be about.
        refusal: why a loan in another state cannot, in French.
        translated: whether another language can stand beside French.
    """

    title: str
    form: Literal["agreement", "receipt"]
    loans: tuple[LoanState, ...]
    refusal: str
    translated: bool = False
    signers: tuple[SignerRule, ...]

    def concerns(self, row: "LoanRow") -> bool:
        """Tell whether a loan can be on it."""
        return row.state in self.loans


@cache
def acts() -> content.Catalogue[Act]:
    """Return every paper that can be signed on screen."""
    return content.load("loans/acts.toml", Act)


def act(document_id: str) -> Act:
    """Return the act whose paper is the document of that id.

    Raises:
        UserError: that document is not signed on screen.
    """
    found = acts().get(document_id)
    if found is None:
        known = ", ".join(act.id for act in acts())
        raise UserError(
            f"Le document « {document_id} » ne se signe pas à l’écran.", todo=f"Au choix : {known}."
        )
    return found
