# SPDX-License-Identifier: GPL-3.0-or-later
"""How a feature offers a document: an entry of the table in its ``offers`` module.

The window's document list and ``egn-desktop export`` both read these tables, which ``features.py``
names. An entry says all but the pages: the report that makes them is imported when it is printed.
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


def _whole_school(_: "Dossier") -> Sequence[Subject]:
    return WHOLE_SCHOOL


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
        maker: dotted name of the function that makes it, ``Compose``, for a dossier and a subject's
            key. It may return finished PDF bytes when these were frozen earlier (an adopted plan).
        names_people: whether it names pupils, families or staff: who is given it matters.
        together: whether it goes with the others when all documents are printed; not what opens the
            dossier, a person's data, or what stands in the others already.
        first_holds_all: whether its first subject holds all the others: a list and its parts.
    """

    id: str
    title: str
    purpose: str
    maker: str
    missing: str = ""
    subjects: "Subjects" = _whole_school
    find: "Find | None" = None
    first: "Subjects | None" = None
    names_people: bool = False
    together: bool = True
    first_holds_all: bool = False

    def beginning(self, dossier: "Dossier") -> Sequence[Subject]:
        """Return all subjects or only the first: none, the only one, or several."""
        return (self.first or self.subjects)(dossier)
