# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands about what is lent: devices, their labels, and the stock for another program."""

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.stock import devices, labels, programs


def register(subcommands: SubCommands) -> None:
    """Add the commands of the room."""
    for commands in (devices, labels, programs):
        commands.register(subcommands)
