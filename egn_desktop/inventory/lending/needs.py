# SPDX-License-Identifier: GPL-3.0-or-later
"""Digital fragility: the criteria, and a priority that explains itself. Pure.

Criteria, weights and levels are our own proposals; a human may always decide otherwise.
"""

from collections.abc import Collection
from enum import IntEnum, StrEnum
from functools import cache
from typing import Final

from egn_desktop import content
from egn_desktop.inventory.register.terms import DeviceKind


class Want(StrEnum):
    """What a pupil lacks that the school can lend."""

    COMPUTER = "computer"
    CONNECTION = "connection"

    @property
    def label(self) -> str:
        """The French name."""
        return {Want.COMPUTER: "Ordinateur ou tablette", Want.CONNECTION: "Connexion"}[self]

    @property
    def kinds(self) -> tuple[DeviceKind, ...]:
        """The kinds of device that answer it, the first to be lent first."""
        return {
            Want.COMPUTER: (DeviceKind.LAPTOP, DeviceKind.TABLET, DeviceKind.DESKTOP),
            Want.CONNECTION: (DeviceKind.HOTSPOT,),
        }[self]


class Priority(IntEnum):
    """Who is served first; lower comes first. The value is kept where a human decided."""

    FIRST = 0
    NEXT = 1
    LATER = 2

    @property
    def label(self) -> str:
        """The French name."""
        return ("Très prioritaire", "Prioritaire", "À suivre")[self]


FIRST_FROM: Final = 60
"""From how many points a need comes first: our proposal."""
NEXT_FROM: Final = 30
"""From how many points a need comes next: our proposal."""


class Criterion(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sign of fragility.

    Attributes:
        weight: the points that it adds.
        group: the question that it answers; of the answers to one question, one holds.
        wants: what a loan would bring, or nothing that can be lent.
        sensitive: it reveals something of a pupil's health: a school may leave it out.
    """

    title: str
    weight: int
    group: str = ""
    wants: Want | None = None
    sensitive: bool = False


@cache
def criteria() -> content.Catalogue[Criterion]:
    """Return the criteria in the order of the questionnaire."""
    return content.load("loans/needs.toml", Criterion)


def retained(answers: Collection[str]) -> tuple[Criterion, ...]:
    """Return the criteria that count, as the questionnaire orders them.

    Of several answers to one question the heaviest counts; unknown answers do not.
    """
    known = [criterion for criterion in criteria() if criterion.id in answers]
    heaviest: dict[str, Criterion] = {}
    for entry in known:
        held = heaviest.get(entry.group)
        if entry.group and (held is None or entry.weight > held.weight):
            heaviest[entry.group] = entry
    return tuple(
        criterion
        for criterion in known
        if not criterion.group or heaviest[criterion.group] is criterion
    )


def score(answers: Collection[str]) -> int:
    """Return the sum of the weights: the lines of ``retained`` added up."""
    return sum(criterion.weight for criterion in retained(answers))


def priority(points: int) -> Priority:
    """Return the priority that a sum means."""
    if points >= FIRST_FROM:
        return Priority.FIRST
    return Priority.NEXT if points >= NEXT_FROM else Priority.LATER


def wanted(answers: Collection[str]) -> tuple[Want, ...]:
    """Return what the pupil could be lent."""
    wants = {criterion.wants for criterion in retained(answers)}
    return tuple(want for want in Want if want in wants)


def missing(answers: Collection[str], held: Collection[DeviceKind]) -> tuple[Want, ...]:
    """Return what the pupil still waits for, with what he or she already holds."""
    return tuple(want for want in wanted(answers) if not set(want.kinds) & set(held))


def need_subject(pupil_id: int) -> str:
    """Return what the journal calls a pupil's need: erased apart from the pupil."""
    return f"need:{pupil_id}"
