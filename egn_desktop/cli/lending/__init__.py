# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands about loans, from need to return."""

from egn_desktop.cli.lending import incidents, loans, needs, reminders, returns, together
from egn_desktop.cli.parser import SubCommands


def register(subcommands: SubCommands) -> None:
    """Add the commands of the room."""
    for commands in (loans, returns, incidents, needs, together, reminders):
        commands.register(subcommands)
