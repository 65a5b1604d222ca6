# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone tree: who calls whom, from whoever leads the cell down to the families."""

from collections.abc import Iterator, Sequence

from egn_desktop.documents.blocks import Block, Facts, Heading, Together
from egn_desktop.plans.snapshot import ContactPart

EVERYBODY = "Toutes les autres personnes de la liste"
FAMILIES = ("Chaque enseignant", "Les familles de sa classe, avec la liste d’appel")


def phone_tree(people: Sequence[ContactPart]) -> Iterator[Block]:
    """Yield who calls whom; nobody named as caller: the first of the list calls."""
    links = call_links(people)
    if links:
        lines = [(caller, " · ".join(called)) for caller, called in links]
        if len(links) == 1:
            lines = [(links[0][0], EVERYBODY)]
        yield Together((Heading("Chaîne d’appel", level=2), Facts([*lines, FAMILIES])))


def call_links(people: Sequence[ContactPart]) -> list[tuple[str, list[str]]]:
    """Return each caller with those that he or she calls, the head of the list first."""
    if not people:
        return []
    first, *others = people
    leads = _name(first)
    found: dict[str, list[str]] = {leads: []} if others else {}
    for other in others:
        found.setdefault(other.called_by or leads, []).append(_name(other))
    if first.called_by:
        found.setdefault(first.called_by, []).append(leads)
    return [(caller, called) for caller, called in found.items() if called]


def _name(contact: ContactPart) -> str:
    return contact.name or contact.role
