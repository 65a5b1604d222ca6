# SPDX-License-Identifier: GPL-3.0-or-later
"""PDFs that somebody else made, or may have: what a child process finds when it opens them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from egn_desktop.errors import UserError
from egn_desktop.sandbox.parent import ask

ANOTHER_COPY: Final = "Demandez-en une autre copie, ou numérisez le document à nouveau."


@dataclass(frozen=True, slots=True)
class Look:
    """What a PDF is, as far as opening it tells.

    Attributes:
        does: what it would do or brings along besides its pages, in French; mostly nothing.
    """

    pages: int
    does: tuple[str, ...] = ()


class ActiveContentError(UserError):
    """A PDF would do something besides showing its pages, and nobody has agreed to that."""

    def __init__(self, name: str, does: Sequence[str], *, kept: str) -> None:
        super().__init__(
            f"« {name} » contient autre chose que des pages : {', '.join(does)}.",
            kept=kept,
            todo="Demandez à qui vous l’a remis un PDF qui n’a que des pages, ou imprimez-le dans "
            "un nouveau PDF.",
        )


class SealState(StrEnum):
    """What a PDF's seal tells."""

    INTACT = "intact"
    CHANGED = "changed"
    UNSEALED = "unsealed"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Print:
    """What a PDF says of itself; only when its seal is intact has nobody changed it since.

    Attributes:
        reference: what tells this print from another one ("Version 1 adoptée le 12/10/2026").
        printed_on: the date that it bears, year-month-day, empty when it bears none.
        journal: how many entries the dossier's journal had at printing, and the last one's hash.
    """

    state: SealState
    title: str = ""
    school: str = ""
    reference: str = ""
    printed_on: str = ""
    journal: tuple[int, str] | None = None


def looked_at(pdf: bytes, name: str) -> Look:
    """Return what a PDF is; it has one page at least.

    Args:
        name: names the file to the user.

    Raises:
        UserError: it is no PDF, asks for a password, is broken, or takes too much.
    """
    return ask("pdf", pdf, Look, name=name, todo=ANOTHER_COPY)[0]


def examined(pdf: bytes, name: str) -> Print:
    """Return what a PDF says of itself, and whether that is as it was printed.

    Args:
        name: names the file to the user.

    Raises:
        UserError: it is no PDF, one that does not open, or takes too much.
    """
    return ask("seal", pdf, Print, name=name, todo=ANOTHER_COPY)[0]
