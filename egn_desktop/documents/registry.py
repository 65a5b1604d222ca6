# SPDX-License-Identifier: GPL-3.0-or-later
"""How a feature offers a document: one decorated function in its ``report`` module.

The window's document list and ``egn-desktop export`` both read what is registered here; the
modules to import are named in ``features.py``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egn_desktop.documents.blocks import Document
    from egn_desktop.dossier import Dossier

    Compose = Callable[[Dossier, str], Document | bytes]
    Subjects = Callable[[Dossier], Sequence["Subject"]]
    Find = Callable[[Dossier, str], "Subject | None"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document can be printed for: one loan, one drill, one version.

    Attributes:
        key: names it on the command line; empty for the school as a whole.
        label: names it in the window.
    """

    key: str = ""
    label: str = ""


WHOLE_SCHOOL = (Subject(),)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that a feature can print.

    Attributes:
        id: names it on the command line and in file names.
        title: its French title.
        purpose: one French sentence: what it is for and who asks for it.
        subjects: what it can be printed for today; nothing when there is nothing to print.
        first: the beginning of ``subjects``, two of them at least if there are two; given where
            ``subjects`` would list thousands to tell whether there is anything to print.
        missing: one French sentence shown then: what to do first.
        find: returns the subject of a key, or None; where ``subjects`` would list thousands to
            find one, or does not list them all (a period, a language beside French).
        compose: makes it, for a dossier and a subject's key. It may return finished PDF bytes
            when these were frozen earlier (an adopted plan).
    """

    id: str
    title: str
    purpose: str
    missing: str
    subjects: "Subjects"
    compose: "Compose"
    find: "Find | None" = None
    first: "Subjects | None" = None

    def beginning(self, dossier: "Dossier") -> Sequence[Subject]:
        """Return all subjects or only the first: none, the only one, or several."""
        return (self.first or self.subjects)(dossier)


_offers: dict[str, Offer] = {}


def offers(
    id: str,
    *,
    title: str,
    purpose: str,
    missing: str = "",
    subjects: "Subjects" = lambda _dossier: WHOLE_SCHOOL,
    find: "Find | None" = None,
    first: "Subjects | None" = None,
) -> "Callable[[Compose], Compose]":
    """Register the decorated function as the maker of a document; see ``Offer``."""

    def register(compose: "Compose") -> "Compose":
        _offers[id] = Offer(id, title, purpose, missing, subjects, compose, find, first)
        return compose

    return register


def registered() -> Sequence[Offer]:
    """Return every document offered by the report modules imported so far."""
    return tuple(_offers.values())
