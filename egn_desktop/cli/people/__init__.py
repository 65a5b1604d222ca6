# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands about who borrows: pupils, leavers, the staff."""

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.people import leavers, pupils, staff


def register(subcommands: SubCommands) -> None:
    """Add the commands of the room."""
    for commands in (leavers, pupils, staff):
        commands.register(subcommands)
