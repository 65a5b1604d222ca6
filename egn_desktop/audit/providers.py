# SPDX-License-Identifier: GPL-3.0-or-later
"""Who must provide what a criterion asks, and by which text."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from egn_desktop import content
from egn_desktop.actions.rules import Provider
from egn_desktop.audit.catalogue import Criterion
from egn_desktop.school.rules import Level


class Charge(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By which text a public school's equipment is a collectivité's to pay.

    Attributes:
        id: the provider's value.
        article: the article, for a list.
        text: what it says, in one or two sentences, the article named.
        also: ids of the other sources that the text cites.
    """

    article: str
    text: str
    also: tuple[str, ...] = ()

    @property
    def provider(self) -> Provider:
        """Who is in charge."""
        return Provider(self.id)


@cache
def charges(folder: Path | None = None) -> content.Catalogue[Charge]:
    """Return by which text each collectivité is in charge."""
    return content.load("audit/charges.toml", Charge, folder=folder)


def authority_of(level: Level) -> Provider:
    """Return the collectivité that provides for a level."""
    if level is Level.COLLEGE:
        return Provider.DEPARTEMENT
    return Provider.COMMUNE if level.is_first_degree else Provider.REGION


def controller_of(level: Level) -> Provider:
    """Return who answers for the data of a public school: the IA-DASEN for an école."""
    return Provider.STATE if level.is_first_degree else Provider.SCHOOL


def providers_of(criterion: Criterion, levels: Sequence[Level]) -> tuple[Provider, ...]:
    """Return who must provide for these levels, the first to ask first."""
    found: list[Provider] = []
    for name in criterion.providers:
        match name:
            case "authority":
                found.extend(authority_of(level) for level in levels)
            case "controller":
                found.extend(controller_of(level) for level in levels)
            case "state":
                found.append(Provider.STATE)
            case "school":
                found.append(Provider.SCHOOL)
    return tuple(dict.fromkeys(found))


def charges_of(criterion: Criterion, levels: Sequence[Level]) -> tuple[Charge, ...]:
    """Return by which texts a collectivité is in charge of what a criterion asks."""
    if "authority" not in criterion.providers:
        return ()
    return tuple(
        charges()[provider] for provider in dict.fromkeys(authority_of(level) for level in levels)
    )


def sources_of(criterion: Criterion, levels: Sequence[Level]) -> tuple[content.Source, ...]:
    """Return all that a criterion rests on or cites for these levels, its own source first."""
    names = [criterion.source, *criterion.also]
    for charge in charges_of(criterion, levels):
        names += [charge.source, *charge.also]
    return tuple(content.sources()[name] for name in dict.fromkeys(names))
