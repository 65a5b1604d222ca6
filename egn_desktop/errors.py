# SPDX-License-Identifier: GPL-3.0-or-later
"""The one kind of error that a user is meant to see; anything else is a bug."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line, as the user guide lists them."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    WRONG_SECRET = 3
    DAMAGED = 4
    NOT_A_DOSSIER = 5
    ALREADY_OPEN = 6
    NEWER_VERSION = 7
    READ_ONLY = 8
    DISK_FULL = 9
    NO_KEYRING = 10
    PLACE_LOST = 11
    CLOCK = 12


class UserError(Exception):
    """Something outside the program went wrong, told in the user's words.

    Args:
        what: what happened, one French sentence.
        kept: what was kept or left untouched, one French sentence.
        todo: what the user can do now, one French sentence.
    """

    exit_code = ExitCode.REFUSED
    # Whether opening may be asked again with ``take_over``: another computer has the dossier.
    can_take_over = False

    def __init__(self, what: str, *, kept: str = "Rien n’a été modifié.", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.todo = todo

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.kept, self.todo) if part)
