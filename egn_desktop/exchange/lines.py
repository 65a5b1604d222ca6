# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of a file: its cells by field, and what one of the rooms reads in them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from egn_desktop.exchange.columns import IGNORED, Column, ImportKind, fields
from egn_desktop.exchange.table import Row
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianInput,
    PupilInput,
    StaffInput,
)
from egn_desktop.inventory.register.rules import ChildName

Guardianship: TypeAlias = tuple[GuardianInput, tuple[ChildName, ...]]
Key: TypeAlias = tuple[str, Hashable]
Input: TypeAlias = DeviceInput | PupilInput | Guardianship | StaffInput


@dataclass(frozen=True, slots=True)
class Read:
    """What a line became.

    Attributes:
        remarks: what was understood with a doubt, or left out, in French.
        keys: what another line of the file must not share, and how it is named in French.
        doubts: what another line should not share either; both are taken, with a remark.
    """

    input: Input
    remarks: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    doubts: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line by field; those of the children apart, one mapping a child."""

    one: Mapping[str, str]
    children: tuple[Mapping[str, str], ...] = ()

    def __getitem__(self, field: str) -> str:
        return self.one.get(field, "")


def cells_of(kind: ImportKind, columns: Sequence[Column], row: Row) -> Cells:
    """Return the cells of a line by field, the repeated ones by position."""
    one, children = dict[str, str](), list[dict[str, str]]()
    seen = dict[str, int]()
    for column in columns:
        if column.field == IGNORED:
            continue
        text = row.cells[column.position]
        if not fields(kind)[column.field].repeats:
            one[column.field] = text
            continue
        place = seen.get(column.field, 0)
        seen[column.field] = place + 1
        while len(children) <= place:
            children.append({})
        children[place][column.field] = text
    return Cells(one, tuple(child for child in children if any(child.values())))
