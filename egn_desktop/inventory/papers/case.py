# SPDX-License-Identifier: GPL-3.0-or-later
"""The case of an act, before any layout: who signs, what it says in plain words, place and date.

What one paper has beyond that stands in ``agreement_case`` and ``receipt_case``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

import msgspec

from egn_desktop.documents.blocks import Drawing
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import Act, Circumstance, Person, SignerRule
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.languages import Language

if TYPE_CHECKING:
    from egn_desktop.school.queries import Identity


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a clause in French, and in the language beside it if there is one."""

    french: str
    other: str = ""
    title: str = ""
    other_title: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, given on screen.

    Attributes:
        role: of the signer whose it is ("Le représentant légal").
        name: who signs.
        drawing: what the hand drew; None for who signs by writing the name.
    """

    role: str
    name: str
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs this case, by a rule of its act.

    Attributes:
        known: the name to begin with on screen; printed too, unless the paper asks for it.
        other: the role, and why he signs, in the language beside French.
        signature: what was given on screen.
    """

    rule: SignerRule
    known: str = ""
    other: tuple[str, ...] = ()
    signature: Signature | None = None

    @property
    def role(self) -> str:
        """In French, above the signature."""
        return self.rule.role

    @property
    def name(self) -> str:
        """What the paper prints; empty where a pen writes it."""
        return self.signature.name if self.signature else "" if self.rule.asks else self.known

    @property
    def note(self) -> str:
        """What stands under the name: what is asked for until it is known, then why he signs."""
        return self.rule.why if self.name else self.rule.asks or self.rule.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One act between people, ready to be read, signed or laid out.

    Attributes:
        summary: the act in plain words, sentence by sentence.
        signed_at: when it was signed on screen, at the school's place; None until it is.
    """

    act: Act
    school: "Identity"
    summary: tuple[Words, ...]
    signers: tuple[Signer, ...]
    language: Language | None = None
    printed_on: date
    signed_at: datetime | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """Who signs, in order."""
        return tuple(signer.role for signer in self.signers)

    def missing(self, signatures: Sequence[Signature]) -> Signer | None:
        """Return who still has to sign: the first whose side nobody signed for."""
        given = {signature.role for signature in signatures}
        bound = {signer.rule.side for signer in self.signers if signer.role in given}
        open_ = (signer for signer in self.signers if signer.rule.side not in bound)
        return next((signer for signer in open_ if signer.rule.must), None)

    def signed(self, signatures: Sequence[Signature], at: datetime) -> Self:
        """Return the case with these signatures; who gave none may still sign on paper."""
        given = {signature.role: signature for signature in signatures}
        signers = tuple(
            replace(signer, signature=given.get(signer.role)) for signer in self.signers
        )
        return replace(self, signers=signers, signed_at=at)


def signers_of(
    act: Act,
    school: "Identity",
    borrower: BorrowerKind,
    names: Mapping[Person, str],
    language: Language | None = None,
    *,
    owner_to_agree: bool = False,
) -> tuple[Signer, ...]:
    """Return who signs an act in these circumstances, with the names that are known."""
    degree: Circumstance = "first-degree" if school.is_first_degree else "second-degree"
    true = {borrower.value, degree, *(["owner-to-agree"] if owner_to_agree else [])}
    rules = (
        msgspec.structs.replace(signer, role=signer.role.format_map(school.words))
        for signer in act.signers
        if true.issuperset(signer.when)
    )
    return tuple(_signer(rule, names, language) for rule in rules)


def _signer(rule: SignerRule, names: Mapping[Person, str], language: Language | None) -> Signer:
    known = names.get(rule.who, "") if rule.who else ""
    if language is None:
        return Signer(rule, known)
    beside = clauses.wording(language.id)[rule.id]
    return Signer(rule, known, tuple(filter(None, (beside.text, beside.why))))
