# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search that finds nothing may have meant: the nearest words that the register holds.

Pure. A number is never mended, so that a wrong one never finds another device.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product
from operator import ne
from typing import Any, Final

from egn_desktop.collation import fold

TOLERANCE: Final = ((8, 2), (4, 1))
"""How many typing errors a word of at least so many letters may have; a shorter one, none."""

MOST: Final = 3
"""How many readings of one search are tried, the nearest first."""

_AFTER_ALL_LETTERS: Final = "\U0010ffff"


def tolerance(word: str) -> int:
    """Return how many typing errors a word may have: a letter wrong, more, less, or two swapped."""
    if any(letter.isdigit() for letter in word):
        return 0
    return next((errors for letters, errors in TOLERANCE if len(word) >= letters), 0)


class Vocabulary:
    """The words that can be found."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take in folded texts; a word that stands in several counts for more."""
        self._counts = Counter(word for text in texts for word in set(text.split()))
        self._text = "\n".join(self._counts)
        self._words = sorted(word for word in self._counts if word.isalpha())

    def finds(self, word: str) -> bool:
        """Whether a word is found as it is typed, be it within another."""
        return word in self._text

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the words nearest to one that is not found, the most frequent first.

        A whole word wins over the beginning of one, which is what a search finds as it is typed.
        """
        found = list(self._within(word, tolerance(word)))
        if not found:
            return ()
        least = min((errors, not is_whole) for errors, is_whole, _ in found)
        near = {text for errors, is_whole, text in found if (errors, not is_whole) == least}
        ranked = sorted(near, key=lambda text: (text[0] != word[0], -self._weight(text), text))
        return tuple(map(self._completed, ranked[:MOST]))

    def _within(self, word: str, most: int) -> Iterable[tuple[int, bool, str]]:
        """Yield errors, whether it is a whole word, and the word or the beginning of one.

        Words are taken in order: what the last one shares with the next is measured once, and
        all that begin with what is already too far off are passed over.
        """
        if not most:
            return
        last, rows = "", [list(range(len(word) + 1))]
        place = 0
        while place < len(self._words):
            at = self._words[place]
            del rows[_shared(last, at) + 1 :]
            last = at
            while len(rows) <= len(at) and min(rows[-1]) <= most:
                rows.append(_next_row(word, at, rows))
            if min(rows[-1]) > most:
                beyond = at[: len(rows) - 1] + _AFTER_ALL_LETTERS
                place = bisect_left(self._words, beyond, place + 1)
            else:
                place += 1
            for end in range(len(word), len(rows)):
                if rows[end][-1] <= most and end < len(at):
                    yield rows[end][-1], False, at[:end]
            if len(rows) > len(at) and rows[-1][-1] <= most:
                yield rows[-1][-1], True, at

    def _beginning(self, text: str) -> list[str]:
        first = bisect_left(self._words, text)
        return self._words[first : bisect_left(self._words, text + _AFTER_ALL_LETTERS, first)]

    def _weight(self, text: str) -> int:
        return sum(self._counts[word] for word in self._beginning(text))

    def _completed(self, text: str) -> str:
        words = self._beginning(text)
        return words[0][: _shared(words[0], words[-1])]


def _next_row(word: str, at: str, rows: Sequence[Sequence[int]]) -> list[int]:
    """Return the errors between each beginning of ``word`` and one letter more of ``at``."""
    end = len(rows)
    letter, above = at[end - 1], rows[-1]
    row = [end]
    for place, typed in enumerate(word, start=1):
        least = min(above[place] + 1, row[-1] + 1, above[place - 1] + (typed != letter))
        if place > 1 and end > 1 and typed == at[end - 2] and word[place - 2] == letter:
            least = min(least, rows[-2][place - 2] + 1)
        row.append(least)
    return row


def _shared(word: str, other: str) -> int:
    """Return how many letters two words begin with together."""
    differing = (place for place, apart in enumerate(map(ne, word, other)) if apart)
    return next(differing, min(len(word), len(other)))


def readings(search: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the searches that one with typing errors may have meant, the likeliest first.

    None when each of its words is found somewhere, or when one of them is like nothing.
    """
    words = fold(search).split()
    choices = [(word,) if vocabulary.finds(word) else vocabulary.nearest(word) for word in words]
    if all(choice == (word,) for word, choice in zip(words, choices, strict=True)):
        return ()
    return tuple(" ".join(chosen) for chosen in islice(product(*choices), MOST))


def found_by(find: Callable[[str], Sequence[Any]], searches: Iterable[str]) -> list[Any]:
    """Return the rows that any of the searches finds, each once: those of the first come first."""
    rows: dict[Any, Any] = {}
    for search in searches:
        for row in find(search):
            rows.setdefault(row.id, row)
    return list(rows.values())


def told(search: str, searches: Sequence[str]) -> str:
    """Return what is said when other searches answer in place of the one typed."""
    read = " et ".join(f"«\u202f{search}\u202f»" for search in searches)
    return f"Aucun résultat pour «\u202f{search}\u202f»\u202f: résultats pour {read}"
