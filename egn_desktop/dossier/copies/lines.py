# SPDX-License-Identifier: GPL-3.0-or-later
"""What a comparison comes to: where two copies stand, and each difference as one line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from egn_desktop.dossier.copies.subjects import Key, Subject


class Relation(StrEnum):
    """How two copies stand to each other."""

    EQUAL = "equal"
    # This one carries on from the other.
    AHEAD = "ahead"
    # The other carries on from this one.
    BEHIND = "behind"
    PARTED = "parted"
    # Neither remembers where they part: an earlier version made one of them, or years went by.
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a line is."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    # Both copies have their word on it; this one's stands unless the other's is chosen.
    CONFLICT = "conflict"
    # A person was erased in the other copy: it is done here too.
    ERASURE = "erasure"
    # It cannot be taken over; ``why`` says it.
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that the other copy holds and this one does not.

    Attributes:
        id: names the line among the others, and on the command line: "loan:12".
        here: what this copy says of it; empty when it has nothing.
        there: what the other copy says of it; empty when it has nothing any more.
        detail: in which fields they differ.
        why: why it is a conflict, or cannot be taken over.
        key_here: its key in this copy, None when it has none.
        key_there: its key in the other copy.
        needs: lines without which it makes no sense.
        rivals: things of this copy that end if it is taken.
    """

    id: str
    subject: Subject
    kind: Kind
    here: str
    there: str
    detail: str = ""
    why: str = ""
    key_here: Key | None
    key_there: Key
    needs: frozenset[str] = frozenset()
    rivals: tuple[tuple[str, Key], ...] = ()

    @property
    def can_be_chosen(self) -> bool:
        """Whether the user decides."""
        return self.kind not in (Kind.ERASURE, Kind.LEFT)

    @property
    def is_proposed(self) -> bool:
        """Whether it is taken over unless the user says no."""
        return self.kind in (Kind.ADDED, Kind.CHANGED, Kind.REMOVED, Kind.ERASURE)


@dataclass(frozen=True, slots=True)
class Own:
    """One thing that this copy holds or changed and the other did not: it stays."""

    subject: Subject
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two copies side by side.

    Attributes:
        writes_here: how many writes this copy has seen since they parted; None when unknown.
        parted_at: the time of the last journal entry that both have.
        at_here: when this copy was last written, by which computer.
        lines: what the other copy holds and this one does not.
        own: what this copy alone holds.
        number: the state of this copy that was compared.
        journal_shared: how many journal entries both have.
    """

    relation: Relation
    writes_here: int | None
    writes_there: int | None
    parted_at: datetime | None
    at_here: datetime | None
    at_there: datetime | None
    computer_here: str
    computer_there: str
    lines: Sequence[Line]
    own: Sequence[Own]
    number: int
    journal_shared: int

    @property
    def proposed(self) -> frozenset[str]:
        """The ids of what is taken over unless the user says no."""
        return frozenset(line.id for line in self.lines if line.is_proposed)

    @property
    def choosable(self) -> frozenset[str]:
        """The ids of all that can be taken over."""
        return frozenset(line.id for line in self.lines if line.kind is not Kind.LEFT)

    @property
    def conflicts(self) -> Sequence[Line]:
        """The lines on which both copies have their word."""
        return [line for line in self.lines if line.kind is Kind.CONFLICT]

    def settled(self, chosen: Collection[str]) -> frozenset[str]:
        """Return what is taken over when the user chose these, with what they need.

        A line that needs another which both copies speak of follows the choice made for that one.
        """
        lines = {line.id: line for line in self.lines}
        taken = {line.id for line in self.lines if line.kind is Kind.ERASURE}
        taken |= {name for name in chosen if name in lines and lines[name].can_be_chosen}
        while more := {
            need
            for number in taken
            for need in lines[number].needs - taken
            if lines[need].kind in (Kind.ADDED, Kind.CHANGED, Kind.REMOVED)
        }:
            taken |= more
        while without := {number for number in taken if lines[number].needs - taken}:
            taken -= without
        return frozenset(taken)
