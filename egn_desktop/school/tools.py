# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools that the State and the collectivités put at a school's disposal."""

from collections.abc import Collection
from functools import cache
from typing import Literal

from egn_desktop import content
from egn_desktop.school.rules import Level

Standing = Literal["state", "shared", "public", "on_decision"]
Kind = Literal["class", "account", "messages", "files", "resources", "skills", "registers"]
People = Literal["staff", "pupils", "families"]


class StateTool(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tool that a school may count among its « outils autorisés ».

    Attributes:
        short: its name in a narrow place.
        standing: whose service it is: the State's, shared between the collectivité and the
            académie, the public broadcasters', or one that sleeps until an authority opens it.
        kind: what it is for.
        people: who gets in.
        access: how they get in.
        class_tool: a class can work with it every day.
    """

    name: str
    short: str
    standing: Standing
    kind: Kind
    people: tuple[People, ...]
    levels: tuple[Level, ...]
    what: str
    access: str
    class_tool: bool = False

    @property
    def standing_label(self) -> str:
        """Whose service it is, in French."""
        return {
            "state": "Service de l’État",
            "shared": "Service de la collectivité et de l’académie",
            "public": "Service de l’audiovisuel public",
            "on_decision": "Service de l’État, ouvert sur décision",
        }[self.standing]

    @property
    def people_label(self) -> str:
        """Who gets in, in French."""
        names = {"staff": "personnels", "pupils": "élèves", "families": "familles"}
        return ", ".join(names[person] for person in self.people).capitalize()


@cache
def state_tools() -> content.Catalogue[StateTool]:
    """Return every tool, the one of every day first."""
    return content.load("school/tools.toml", StateTool)


def tools_for(levels: Collection[Level]) -> tuple[StateTool, ...]:
    """Return the tools of a school of these levels; all of them where none is known yet."""
    return tuple(
        tool
        for tool in state_tools()
        if not levels or any(level in tool.levels for level in levels)
    )
