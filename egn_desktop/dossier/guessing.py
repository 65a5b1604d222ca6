# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a passphrase would resist: our own estimate, which knows what a French head writes.

What is recognised (a common phrase, keys in a row, a year, the school's name, a repetition) counts
for what a list of such things costs a thief; the rest counts letter by letter, a word never for
more than a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from egn_desktop import content

# Bits, that is doublings of the number of tries. All of them ``egn-desktop``: own proposal.
ENOUGH = 40.0
GOOD = 46.0
STRONG = 54.0
_LETTER, _RANDOM_LETTER, _FIGURE, _SIGN = 2.3, 4.0, 3.3, 2.0
_WORD, _LONGEST_WORD, _JOINED_LETTER = 11.5, 12, 1.8
_KNOWN, _KEYS, _ORDER, _YEAR, _DAY, _AGAIN = 6.0, 4.0, 3.0, 5.0, 12.0, 1.0
_OWN = 3.0
_RUN = 4
# What a powerful computer of 2026 tries in a second at 256,000 rounds, taken high.
_TRIES_A_SECOND = 10_000
_SECONDS_A_YEAR = 31_557_600
_VOWELS = frozenset("aeiouy")
_LEAST_VOWELS = 0.2
_SHORT_TEXT = 6
_READ_AS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "€": "e"}
_READ_ALSO = ({"1": "i", "!": "i"}, {"1": "l", "!": "l"})


class Level(IntEnum):
    """How strong, in the order of strength."""

    WEAK = 0
    ENOUGH = 1
    GOOD = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """What is said of a passphrase.

    Attributes:
        found: what was recognised in it, in French, each once.
    """

    bits: float
    found: tuple[str, ...]

    @property
    def level(self) -> Level:
        """Where on the scale it stands."""
        limits = ((STRONG, Level.STRONG), (GOOD, Level.GOOD), (ENOUGH, Level.ENOUGH))
        return next((level for bits, level in limits if self.bits >= bits), Level.WEAK)

    @property
    def time(self) -> str:
        """How long a powerful computer would look for it, in French."""
        years = 2 ** (self.bits - 1) / _TRIES_A_SECOND / _SECONDS_A_YEAR
        limits = (
            (1 / 365, "moins d’un jour"),
            (1 / 12, "quelques jours"),
            (1, "quelques mois"),
            (10, "quelques années"),
            (100, "des dizaines d’années"),
            (1000, "des siècles"),
        )
        return next((words for limit, words in limits if years < limit), "des milliers d’années")


class _Commonplaces(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    said: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """One letter or figure: as read, and whether a word begins there."""

    read: str
    begins: bool


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    bits: float
    said: str


def assess(text: str, known: Iterable[str] = ()) -> Strength:
    """Return how strong a passphrase is.

    Args:
        known: what others know of the school: its name, town, UAI, its head.
    """
    text = _figures_for_upper_row(text)
    signs, others = _signs(text)
    plain = "".join(sign.read for sign in signs)
    matches = [*_matches(plain, signs, tuple(known))]
    chosen = _cheapest(plain, matches)
    covered = {place for word in chosen for place in range(word.start, word.end)}
    rest = sum(_cost(piece) for piece in _pieces(plain, signs, covered))
    bits = rest + sum(word.bits for word in chosen) + min(others, 3) * _SIGN
    return Strength(bits, tuple(dict.fromkeys(word.said for word in chosen)))


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents."""
    opened = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", opened)
        if not unicodedata.combining(character)
    )


def _signs(text: str) -> tuple[list[_Sign], int]:
    """Return the letters and figures, and how many different other signs there are."""
    signs: list[_Sign] = []
    others: set[str] = set()
    before = " "
    for character in unicodedata.normalize("NFC", text):
        if character.isalnum() or character in _READ_AS or character in _READ_ALSO[0]:
            begins = (
                not before.isalnum()
                or before.isdigit() != character.isdigit()
                or (before.islower() and character.isupper())
            ) and character not in "@$€!"
            for place, letter in enumerate(plain_letters(character)):
                signs.append(_Sign(letter, begins and not place))
        elif not character.isspace() and character not in "-'’_.,":
            others.add(character)
        before = character
    return signs, len(others)


def _matches(plain: str, signs: Sequence[_Sign], known: Sequence[str]) -> Iterator[_Match]:
    edges = {place for place, sign in enumerate(signs) if sign.begins} | {0, len(plain)}
    readings = {plain, *(_read(plain, also) for also in _READ_ALSO)}
    for reading in readings:
        for said, compact in _commonplaces():
            yield from _found(reading, compact, edges, _KNOWN, said)
        for compact in _own(known):
            said = "votre nom, celui de la commune ou de qui la dirige"
            yield from _found(reading, compact, edges, _OWN, said)
    for row in _rows("keys"):
        for way in (row, row[::-1]):
            yield from _runs(plain, way)
    yield from _orders(plain)
    for match in re.finditer(r"(?:19|20)\d\d", plain):
        yield _Match(*match.span(), _YEAR, "une année")
    for match in re.finditer(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d", plain):
        yield _Match(*match.span(), _DAY, "une date")
    yield from _repeats(plain, edges)


def _found(text: str, wanted: str, edges: set[int], bits: float, said: str) -> Iterator[_Match]:
    """Find a compact text; a short one counts only as words of its own."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if len(wanted) >= _SHORT_TEXT or {start, end} <= edges:
            yield _Match(start, end, bits, said)
        start = text.find(wanted, start + 1)


def _runs(text: str, row: str) -> Iterator[_Match]:
    """Find keys that follow each other in a row of the keyboard."""
    start = 0
    while start <= len(text) - _RUN:
        end = start + _RUN
        if text[start:end] not in row:
            start += 1
            continue
        while end < len(text) and text[start : end + 1] in row:
            end += 1
        yield _Match(start, end, _KEYS, "des touches qui se suivent sur le clavier")
        start = end


def _orders(text: str) -> Iterator[_Match]:
    """Find ``abcd``, ``4321``, ``aaaa``."""
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and place - start >= 1:
            step = ord(text[place]) - ord(text[place - 1])
            first = ord(text[start + 1]) - ord(text[start])
            if step == first and step in (-1, 0, 1):
                continue
        if place - start >= _RUN:
            yield _Match(start, place, _ORDER, "des caractères qui se suivent ou se répètent")
        start = max(place - 1, start + 1)


def _repeats(text: str, edges: set[int]) -> Iterator[_Match]:
    """Find what was already written before; a few letters may be so by chance, a word is not."""
    for start in range(1, len(text) - _RUN + 1):
        end = start + _RUN
        while end <= len(text) and text[start:end] in text[:start]:
            if end - start >= _SHORT_TEXT or {start, end} <= edges:
                yield _Match(start, end, _AGAIN, "des répétitions")
            end += 1


def _cheapest(plain: str, matches: Sequence[_Match]) -> list[_Match]:
    """Return the matches that, side by side, leave a thief the least to guess."""
    ending: dict[int, list[_Match]] = {}
    for word in matches:
        ending.setdefault(word.end, []).append(word)
    best: list[tuple[float, _Match | None]] = [(0.0, None)]
    for place, sign in enumerate(plain, 1):
        chosen: tuple[float, _Match | None] = (
            best[place - 1][0] + (_FIGURE if sign.isdigit() else _LETTER),
            None,
        )
        for word in ending.get(place, ()):
            bits = best[word.start][0] + word.bits
            if bits < chosen[0]:
                chosen = (bits, word)
        best.append(chosen)
    found: list[_Match] = []
    place = len(plain)
    while place:
        match = best[place][1]
        if match is not None:
            found.append(match)
        place = match.start if match is not None else place - 1
    return found[::-1]


def _pieces(plain: str, signs: Sequence[_Sign], covered: set[int]) -> Iterator[str]:
    """Cut what was not recognised into words and groups of figures."""
    piece = ""
    for place, sign in enumerate(plain):
        if piece and (place in covered or signs[place].begins):
            yield piece
            piece = ""
        if place not in covered:
            piece += sign
    if piece:
        yield piece


def _cost(piece: str) -> float:
    if piece.isdigit():
        return len(piece) * _FIGURE
    vowels = sum(letter in _VOWELS for letter in piece) / len(piece)
    if len(piece) >= _SHORT_TEXT and vowels < _LEAST_VOWELS:
        return len(piece) * _RANDOM_LETTER
    longest = _WORD if len(piece) <= _LONGEST_WORD else len(piece) * _JOINED_LETTER
    return min(len(piece) * _LETTER, longest)


def _read(plain: str, also: dict[str, str]) -> str:
    return plain.translate(str.maketrans({**_READ_AS, **also}))


def _compact(text: str) -> str:
    return "".join(letter for letter in plain_letters(text) if letter.isalnum())


@cache
def _commonplaces() -> tuple[tuple[str, str], ...]:
    entries = content.load("secrets/commonplaces.toml", _Commonplaces)
    return tuple(
        (entry.said, _compact(text))
        for entry in entries
        if entry.id not in ("keys", "upper-row")
        for text in entry.texts
    )


@cache
def _rows(entry_id: str) -> tuple[str, ...]:
    return content.load("secrets/commonplaces.toml", _Commonplaces)[entry_id].texts


def _own(known: Sequence[str]) -> set[str]:
    """Return each thing known, whole and word by word."""
    parts = {part for text in known for part in (text, *re.split(r"[\s\-'’]+", text))}
    return {compact for part in parts if len(compact := _compact(part)) >= 3}


def _figures_for_upper_row(text: str) -> str:
    """Write ``&é"'`` as 1234: the same keys of a French keyboard, and the same run."""
    (row,) = _rows("upper-row")
    figures = "1234567890-="
    start = 0
    while start <= len(text) - _RUN:
        if text[start : start + _RUN].casefold() in row:
            end = start + _RUN
            while end < len(text) and text[start : end + 1].casefold() in row:
                end += 1
            place = row.index(text[start:end].casefold())
            text = text[:start] + figures[place : place + end - start] + text[end:]
            start = end
        else:
            start += 1
    return text
