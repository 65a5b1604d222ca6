# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract that import-linter lacks: what a module may know is decided by where it stands.

A list of pure modules forgets the next one. Here all modules are held, except those in rooms whose
name says that they read, write or print (``queries``, ``service``…).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def outside_rooms(
    names: Iterable[str], containers: Iterable[str], rooms: Collection[str]
) -> Iterator[str]:
    """Return the modules that stand in a container and, at whatever depth, in none of its rooms."""
    for container in containers:
        for name in filter(lambda name: is_within(name, container), names):
            if set(rooms).isdisjoint(name.removeprefix(container).split(".")):
                yield name


def is_within(name: str, package: str) -> bool:
    """Tell whether a module is a package or stands in it."""
    return name == package or name.startswith(f"{package}.")


class OutsideRoomsContract(Contract):
    """Modules outside the rooms import nothing that is forbidden, not through others either.

    Attributes:
        containers: packages whose modules are held.
        rooms: names, at any depth below, of modules and packages that are not.
        exceptions: modules beside the rooms that are not held; one that needs it no more, or is
            gone, is refused, so that this list gets shorter.
        forbidden: modules and packages that must not be known.
    """

    type_name = "outside_rooms"

    containers = fields.ListField(subfield=fields.StringField())
    rooms = fields.SetField(subfield=fields.StringField())
    exceptions = fields.SetField(subfield=fields.StringField(), required=False, default=frozenset())
    forbidden = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find what each module must not know and does, with the shortest way to it."""
        containers: Any = self.containers
        rooms: Any = self.rooms
        exceptions: Any = self.exceptions
        forbidden: Any = self.forbidden
        held = outside_rooms(sorted(graph.modules), containers, rooms)
        targets = {
            name for name in graph.modules if any(is_within(name, package) for package in forbidden)
        }
        met = {
            name: found for name in held if (found := graph.find_upstream_modules(name) & targets)
        }
        faults = [
            " -> ".join(_shortest_way(graph, name, found))
            for name, found in met.items()
            if name not in exceptions
        ]
        faults += [f"{name} is no exception any more" for name in sorted(exceptions - set(met))]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each way on its line."""
        for fault in check.metadata["faults"]:
            output.print_error(f"-   {fault}", bold=False)


def _shortest_way(graph: ImportGraph, name: str, found: Iterable[str]) -> tuple[str, ...]:
    ways = (graph.find_shortest_chain(importer=name, imported=target) for target in sorted(found))
    return min(filter(None, ways), key=len)
