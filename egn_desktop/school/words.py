# SPDX-License-Identifier: GPL-3.0-or-later
"""What each kind of school calls itself, its owner, its council…: the words of all the texts.

A content file names such a word between braces, ``{the_owner}``; who shows the text fills it for
the school of the dossier, by ``Catalogue.worded`` or among the other values of the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from egn_desktop import content, french
from egn_desktop.school.rules import Level


class Owner(StrEnum):
    """Who owns a school's premises and equipment; each is an entry of ``owners.toml``."""

    COMMUNE = "commune"
    SYNDICAT = "syndicat"
    INTERCOMMUNALITE = "intercommunalite"
    DEPARTEMENT = "departement"
    METROPOLE = "metropole"
    REGION = "region"
    COLLECTIVITE = "collectivite"
    ORGANISME = "organisme"


class OwnerWords(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an owner is named: on its own, within a sentence, after "à" and after "de"."""

    label: str
    the: str
    to: str
    of: str


class Word(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What texts may name between braces by the entry's id, as each kind of school says it.

    Attributes:
        private: said by a private school of either degree; empty where it says the same.
    """

    first_degree: str
    second_degree: str
    private: str = ""


@dataclass(frozen=True, slots=True)
class SchoolKind:
    """What decides a school's words; a public école until something is known of it.

    Attributes:
        is_private: a private school under contract with the State.
    """

    is_first_degree: bool = True
    is_private: bool = False
    owner: Owner = Owner.COMMUNE

    @property
    def words(self) -> Mapping[str, str]:
        """What each word of ``WORDS`` is for this school."""
        return _words(self)


ANY_SCHOOL: Final = SchoolKind()
"""Whose words are said while nothing is known of the school."""

_COLLEGES: Final = frozenset({Owner.DEPARTEMENT})
_SECOND_DEGREE: Final = frozenset({Owner.DEPARTEMENT, Owner.REGION})
_EVERYTHING: Final = _SECOND_DEGREE | {Owner.COMMUNE}
_COLLECTIVITY: Final = {
    **dict.fromkeys(("067", "068", "075"), _COLLEGES),
    **dict.fromkeys(("620", "720", "972", "973", "975", "976"), _SECOND_DEGREE),
    **dict.fromkeys(("983", "984", "987", "988"), _SECOND_DEGREE),
    **dict.fromkeys(("977", "978", "986"), _EVERYTHING),
}
"""First figures of a UAI → the usual owners in whose place a collectivité of its own stands."""


def usual_owner(
    levels: Iterable[Level], *, is_private: bool = False, uai: str = "", postcode: str = ""
) -> Owner:
    """Return who usually owns such a school's equipment: a proposal, the head says if it is not.

    The commune for the écoles, the département for the collèges, the région for the lycées
    (Code de l'éducation L212-4, L213-2, L214-6). Where one collectivité stands for several of
    them, or the levels have several owners, it is "la collectivité".
    """
    if is_private:
        return Owner.ORGANISME
    found = {_owner_of(level) for level in levels} or {Owner.COMMUNE}
    alone = found.pop()
    instead = _COLLECTIVITY.get(_department(uai, postcode), frozenset())
    return Owner.COLLECTIVITE if found or alone in instead else alone


@cache
def owners() -> content.Catalogue[OwnerWords]:
    """Return how each owner is named."""
    return content.load("school/owners.toml", OwnerWords)


@cache
def _catalogue() -> content.Catalogue[Word]:
    return content.load("school/words.toml", Word)


@cache
def _words(kind: SchoolKind) -> Mapping[str, str]:
    owner = owners()[kind.owner]
    said = {"the_owner": owner.the, "to_the_owner": owner.to, "of_the_owner": owner.of}
    for word in _catalogue():
        public = word.first_degree if kind.is_first_degree else word.second_degree
        said[word.id] = (kind.is_private and word.private) or public
    return said | {french.capital(name): french.capital(text) for name, text in said.items()}


def _department(uai: str, postcode: str) -> str:
    """Return the first figures that a school's UAI has, or would have by its postcode."""
    of_islands = {"97133": "977", "97150": "978"}.get(postcode)
    if of_islands or uai:
        return of_islands or uai[:3]
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    return "620" if postcode.startswith("20") else f"0{postcode[:2]}"


def _owner_of(level: Level) -> Owner:
    if level is Level.COLLEGE:
        return Owner.DEPARTEMENT
    return Owner.COMMUNE if level.is_first_degree else Owner.REGION


WORDS: Final = frozenset(ANY_SCHOOL.words)
"""The words that any text of the content files may name between braces."""
