# SPDX-License-Identifier: GPL-3.0-or-later
"""The continuity plan: its draft, its classes, its risks, its messages, its versions."""

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.plans import classes, draft, messages, risks, versions


def register(subcommands: SubCommands) -> None:
    """Add the commands of the continuity plan."""
    for room in (draft, classes, risks, messages, versions):
        room.register(subcommands)
