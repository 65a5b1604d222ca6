# SPDX-License-Identifier: GPL-3.0-or-later
"""The case of an act, before any layout: who signs, what it says in plain words, place and date.

What one paper has beyond that stands in ``agreement_case`` and ``receipt_case``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from egn_desktop.documents.blocks import Drawing
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import Act, Circumstance, Person, Side, SignerRule
from egn_desktop.inventory.register.terms import BorrowerKind
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
    """Somebody who signs this case; the rule that says so is a ``SignerRule`` of its act.

    Attributes:
        name: printed; empty where it is to be written.
        proposed: the name to begin with on screen.
        other: the role, and why he signs, in the language beside French.
        signature: what was given on screen.
    """

    role: str
    side: Side
    must: bool
    name: str
    proposed: str
    why: str
    asks: str
    other: tuple[str, ...]
    signature: Signature | None = None

    @property
    def note(self) -> str:
        """What stands under the name: what is asked for until it is known, then why he signs."""
        return self.why if self.name else self.asks or self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One act between people, ready to be read, signed or laid out.

    Attributes:
        summary: the act in plain words, sentence by sentence.
        signed_at: when it was signed on screen, at the school's place; None until it is.
    """

    act: Act
    school: Identity
    summary: tuple[Words, ...]
    signers: tuple[Signer, ...]
    language: clauses.Language | None = None
    printed_on: date
    signed_at: datetime | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """Who signs, in order."""
        return tuple(one.role for one in self.signers)

    def missing(self, signatures: Sequence[Signature]) -> Signer | None:
        """Return who still has to sign: the first whose side nobody signed for."""
        given = {one.role for one in signatures}
        bound = {one.side for one in self.signers if one.role in given}
        return next((one for one in self.signers if one.must and one.side not in bound), None)

    def signed(self, signatures: Sequence[Signature], at: datetime) -> Self:
        """Return the case with these signatures; who gave none may still sign on paper."""
        given = {one.role: one for one in signatures}
        signers = tuple(
            replace(one, name=given[one.role].name, signature=given[one.role])
            if one.role in given
            else one
            for one in self.signers
        )
        return replace(self, signers=signers, signed_at=at)


def signers_of(
    act: Act,
    school: Identity,
    borrower: BorrowerKind,
    names: Mapping[Person, str],
    language: clauses.Language | None = None,
) -> tuple[Signer, ...]:
    """Return who signs an act in these circumstances, with the names that are known."""
    degree: Circumstance = "first-degree" if school.is_first_degree else "second-degree"
    true = {borrower.value, degree}
    return tuple(_signer(one, names, language) for one in act.signers if true.issuperset(one.when))


def _signer(
    rule: SignerRule, names: Mapping[Person, str], language: clauses.Language | None
) -> Signer:
    known = names.get(rule.who, "") if rule.who else ""
    beside = clauses.wording(language.id)[rule.id] if language else None
    return Signer(
        role=rule.role,
        side=rule.side,
        must=rule.must,
        name="" if rule.asks else known,
        proposed=known,
        why=rule.why,
        asks=rule.asks,
        other=tuple(filter(None, (beside.text, beside.why))) if beside else (),
    )
