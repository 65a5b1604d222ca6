# SPDX-License-Identifier: GPL-3.0-or-later
"""Free texts of a file that is to name nobody: what speaks of a person is left out of them.

« CE1 Mme Aubry » becomes « CE1 ». A text that holds the name of somebody in the register is left
out whole: of the staff the family name alone, of pupils, who are many, both names. Where those who
read work at the school, pupils alone are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.people.queries.staff import staff_members

_TITLED = re.compile(
    r"[\s,(–-]*\b(?:de |du |chez )?"
    r"(?:M\.|Mr\.?|MM\.|Mmes?\.?|Mlles?\.?|Monsieur|Madame|Maître|Maîtresse)"
    r"\s+\S.*",
    re.IGNORECASE | re.DOTALL,
)


class Nameless:
    """Leaves the people out of texts, and counts the texts that it changed.

    Args:
        staff: leaves out who works at the school as well, and whoever follows a title.
    """

    def __init__(self, dossier: Dossier, *, staff: bool = True) -> None:
        self.changed = 0
        self._staff = staff
        # From the first word of a name to the words of it that give somebody away.
        self._known: dict[str, set[frozenset[str]]] = defaultdict(set)
        for words in _names(dossier, staff=staff):
            if words:
                self._known[words[0]].add(frozenset(words))

    def __call__(self, text: str) -> str:
        """Return a text without the people whom it names."""
        kept = _TITLED.sub("", text) if self._staff else text
        if self._names_somebody(kept):
            kept = ""
        self.changed += kept != text
        return kept

    def _names_somebody(self, text: str) -> bool:
        words = set(fold(text).split())
        return any(name <= words for word in words for name in self._known.get(word, ()))


def _names(dossier: Dossier, *, staff: bool) -> Iterator[list[str]]:
    """Yield the folded words that, found together, name somebody of the register."""
    for member in staff_members(dossier) if staff else ():
        yield fold(member.last_name).split()
    for pupil in pupils(dossier):
        for name in filter(None, (pupil.last_name, pupil.usual_name)):
            yield [*fold(name).split(), *fold(pupil.first_name).split()]
