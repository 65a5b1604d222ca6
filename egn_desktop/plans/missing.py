# SPDX-License-Identifier: GPL-3.0-or-later
"""Something that the plan lacks before it is settled."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What comes of it: the plan cannot be settled, would be questioned, could be better."""

    BLOCKS = "blocks"
    QUESTIONED = "questioned"
    ADVISED = "advised"

    @property
    def label(self) -> str:
        """The French words before it, in a list."""
        return {
            Weight.BLOCKS: "Il manque",
            Weight.QUESTIONED: "À revoir",
            Weight.ADVISED: "Conseil",
        }[self]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is lacking or would not be believed.

    Attributes:
        what: one French sentence.
        place: where it is mended: "section:objet", "scenarios", "risks", "risks:4", "contacts",
            "school", "audit:res-05".
    """

    what: str
    place: str
    weight: Weight = Weight.BLOCKS

    @property
    def blocks(self) -> bool:
        """Tell whether the plan cannot be settled without it."""
        return self.weight is Weight.BLOCKS
