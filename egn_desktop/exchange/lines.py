# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of a file, and what a kind of list is: what each of the rooms says of its own."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.rules import ChildName

Guardianship: TypeAlias = tuple[GuardianFields, tuple[ChildName, ...]]
Key: TypeAlias = tuple[str, Hashable]
Input: TypeAlias = DeviceInput | PupilInput | Guardianship | StaffFields


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

    own: Mapping[str, str]
    children: tuple[Mapping[str, str], ...] = ()

    def __getitem__(self, field: str) -> str:
        return self.own.get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportList:
    """One kind of list that is imported.

    Attributes:
        label: what is imported, in French ("le matériel").
        counted: one of them, and several ("appareil", "appareils").
        noun: what its lines become; the titles of columns are described with its fields.
        needed: fields that must be there, one of each group at least.
        read: makes of a line what it means, or says why it is not taken.
        has_longer_titles: whether a title may say more than one that is known; in lists of people
            many titles hold another ("nom du père").
    """

    label: str
    counted: tuple[str, str]
    noun: type[Any]
    needed: tuple[tuple[str, ...], ...]
    read: Callable[[Cells], Read | str]
    has_longer_titles: bool = False
