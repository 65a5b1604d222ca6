# SPDX-License-Identifier: GPL-3.0-or-later
"""A search of the command line, which forgives typing errors as the window's does."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from egn_desktop.services import Services

Row = TypeVar("Row")


def found(services: "Services", text: str, find: Callable[[str], Sequence[Row]]) -> Sequence[Row]:
    """Return what a search finds; where that is nothing, what the nearest words do, and say so."""
    from egn_desktop.inventory.register.search import found_by, told
    from egn_desktop.inventory.register.vocabulary import readings

    rows = find(text)
    if rows:
        return rows
    meant = readings(services.dossier, text)
    near = found_by(find, meant)
    if near:
        print(f"{told(text, meant)}.")
    return near
