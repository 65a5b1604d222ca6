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
    ETAT = "etat"
    ETABLISSEMENT = "etablissement"
    ASSOCIATION = "association"

    @property
    def label(self) -> str:
        """The French name."""
        return owners()[self].label

    @property
    def the(self) -> str:
        """The French name within a sentence."""
        return owners()[self].the

    @property
    def of(self) -> str:
        """The French name after "de"."""
        return owners()[self].of

    @property
    def is_feminine(self) -> bool:
        """Tell which gender its proper name has."""
        return owners()[self].feminine


class Services(StrEnum):
    """What the ministry has where the school is: an académie, or what stands in its place."""

    ACADEMIE = ""
    VICE_RECTORAT = "vice_rectorat"
    EDUCATION_SERVICE = "education_service"


class OwnerWords(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an owner is named: on its own, within a sentence, after "à" and after "de"."""

    label: str
    the: str
    to: str
    of: str
    feminine: bool = False


class Word(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What texts may name between braces by the entry's id, as each kind of school says it.

    Attributes:
        private: said by a private school of either degree; empty where it says the same.
        vice_rectorat: said where a vice-rectorat stands for the académie, likewise.
        education_service: said in Saint-Pierre-et-Miquelon, likewise.
    """

    first_degree: str
    second_degree: str
    private: str = ""
    vice_rectorat: str = ""
    education_service: str = ""


class HeadTitle(StrEnum):
    """What a woman or a man who directs a school is called."""

    DIRECTRICE = "directrice"
    DIRECTEUR = "directeur"
    PRINCIPALE = "principale"
    PRINCIPAL = "principal"
    PROVISEURE = "proviseure"
    PROVISEUR = "proviseur"
    CHEFFE = "cheffe d’établissement"
    CHEF = "chef d’établissement"

    @property
    def is_feminine(self) -> bool:
        """Tell a woman's title."""
        return self in (self.DIRECTRICE, self.PRINCIPALE, self.PROVISEURE, self.CHEFFE)

    @property
    def words(self) -> Mapping[str, str]:
        """It within a sentence, after "à" and after "de", by the words that it fills."""
        the, to, of = ("la", "à la", "de la") if self.is_feminine else ("le", "au", "du")
        return {
            "the_head": f"{the} {self}",
            "the_signer": f"{the} {self}",
            "to_the_head": f"{to} {self}",
            "of_the_head": f"{of} {self}",
        }


@dataclass(frozen=True, slots=True)
class SchoolKind:
    """What decides a school's words; a public école until something is known of it.

    Attributes:
        is_private: a private school under contract with the State.
        head: the title of who directs it; None where it is not known whether a woman or a man does.
    """

    is_first_degree: bool = True
    is_private: bool = False
    owner: Owner = Owner.COMMUNE
    services: Services = Services.ACADEMIE
    head: HeadTitle | None = None

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
    **dict.fromkeys(("983", "984", "988"), _SECOND_DEGREE),
    **dict.fromkeys(("977", "978", "986", "987"), _EVERYTHING),
}
"""First figures of a UAI → the usual owners in whose place a collectivité of its own stands."""


_SERVICES: Final = {
    **dict.fromkeys(("983", "984", "986", "987", "988"), Services.VICE_RECTORAT),
    "975": Services.EDUCATION_SERVICE,
}
"""First figures of a UAI → what stands there for the académie (content id ``men-outre-mer``)."""


def services_of(uai: str, postcode: str = "") -> Services:
    """Return what the ministry has where a school is."""
    return _SERVICES.get(_department(uai, postcode), Services.ACADEMIE)


def head_title(
    levels: Iterable[Level], *, is_private: bool, feminine: bool | None
) -> HeadTitle | None:
    """Return what who directs such a school is called, or None where that is not known."""
    if feminine is None:
        return None
    known = set(levels)
    if is_private:
        both = HeadTitle.CHEFFE, HeadTitle.CHEF
    elif all(level.is_first_degree for level in known):
        both = HeadTitle.DIRECTRICE, HeadTitle.DIRECTEUR
    elif known & {Level.LYCEE, Level.LYCEE_PRO}:
        both = HeadTitle.PROVISEURE, HeadTitle.PROVISEUR
    else:
        both = HeadTitle.PRINCIPALE, HeadTitle.PRINCIPAL
    return both[0] if feminine else both[1]


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
        here = getattr(word, kind.services) if kind.services else ""
        said[word.id] = here or (kind.is_private and word.private) or public
    said |= kind.head.words if kind.head else {}
    return said | {french.capital(name): french.capital(text) for name, text in said.items()}


def _department(uai: str, postcode: str) -> str:
    """Return the first figures that a school's UAI has, or would have by its postcode."""
    of_islands = {"97133": "977", "97150": "978"}.get(postcode)
    if of_islands or uai:
        return of_islands or uai[:3]
    if postcode.startswith(("97", "98")):
        # UAIs number these territories otherwise than the post: 987 is Wallis-et-Futuna there.
        return {"987": "984", "988": "983"}.get(postcode[:3], postcode[:3])
    return "620" if postcode.startswith("20") else f"0{postcode[:2]}"


def _owner_of(level: Level) -> Owner:
    if level is Level.COLLEGE:
        return Owner.DEPARTEMENT
    return Owner.COMMUNE if level.is_first_degree else Owner.REGION


WORDS: Final = frozenset(ANY_SCHOOL.words)
"""The words that any text of the content files may name between braces."""
