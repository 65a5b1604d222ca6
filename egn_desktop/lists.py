# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of a list that is too long to be sorted where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Order:
    """By which of its columns a list is sorted; what is empty comes last either way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to show.

    Attributes:
        searches: each is words to be found, all of them, without regard to accents or case; a row
            shows when one of the searches finds it.
        order: the list's own when None, with what the first search finds at the top.
        only: column → the text that it must show.
        limit: no more rows than so many, the first.
    """

    searches: tuple[str, ...] = ()
    order: Order | None = None
    only: Mapping[str, str] = field(default_factory=dict[str, str])
    limit: int | None = None
