# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the loan agreement: clauses, summary in plain language, labels, translations."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, Literal, TypeVar, get_args

import msgspec

from egn_desktop import content
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.register.terms import BorrowerKind

PLACEHOLDERS: Final = frozenset(
    {
        *("the_school", "The_school", "contact", "lender"),
        *("borrower", "the_borrower", "The_borrower", "purpose"),
        *("period", "due_on"),
    }
)
"""What a clause may name between braces; ``Wording`` fills each of them.

``the_school`` is "l’école", or "l’établissement" in the second degree; ``lender`` is who owns the
device, through the school.
``borrower`` is a name; ``the_borrower`` is "la famille", or "l’emprunteur" for the staff.
"""

Form = Literal["of", "to", "from", "object"]
"""How another language turns a word within a sentence: a case of it, or joined to a preposition."""

OF_TRANSLATIONS: Final = (
    PLACEHOLDERS
    | {"lent_on", "owner"}
    | {
        f"{name}_{form}"
        for name in ("the_school", "The_school", "the_borrower", "The_borrower")
        for form in get_args(Form)
    }
)
"""What a translation may name between braces besides: the two words that other languages turn."""


class _Words(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of an act that may hold placeholders, for pupils, for the staff, or for both."""

    text: str
    lent_to: Literal["anyone", "pupil", "staff"] = "anyone"
    act: str = AGREEMENT

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return self.text.format_map(values)


class Clause(_Words, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clause of the agreement."""

    title: str


class PlainSentence(_Words, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some words of the summary for families."""


class Translated(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clause, some words of the summary, a label, or who signs, in one language.

    Attributes:
        title: of a clause.
        why: what a signature says; ``text`` is then the role of who signs.
        forms: of a word that fills the clauses, where the language turns it; ``{the_school_of}``
            asks for the form "of" of ``{the_school}``.
    """

    text: str
    title: str = ""
    why: str = ""
    forms: dict[Form, str] = msgspec.field(default_factory=dict[Form, str])

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return self.text.format_map(values)


_W = TypeVar("_W", bound=_Words)


@cache
def clauses() -> content.Catalogue[Clause]:
    """Return the clauses in the order of the agreement."""
    return content.load("loans/clauses.toml", Clause)


@cache
def summary() -> content.Catalogue[PlainSentence]:
    """Return the sentences of the summary in plain language."""
    return content.load("loans/summary.toml", PlainSentence)


def said_in(act: str, kind: BorrowerKind, entries: Iterable[_W]) -> list[_W]:
    """Return those that an act says to a borrower of that kind, in order."""
    return [
        entry for entry in entries if entry.act == act and entry.lent_to in ("anyone", kind.value)
    ]


@cache
def wording(language: str) -> content.Catalogue[Translated]:
    """Return what the agreement says in a language, by id; in "fr", its labels alone."""
    return content.load(f"loans/languages/{language}.toml", Translated)
