# SPDX-License-Identifier: GPL-3.0-or-later
"""From the order of reading to the order of printing, where right-to-left words meet others.

This is the Unicode bidirectional algorithm (UAX #9) for one line, with isolates but without
embeddings and overrides, which nobody types. Rule names are those of the standard.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from egn_desktop.letters import cleaned

ISOLATE, END_OF_ISOLATE = _MARKS = ("\u2068", "\u2069")
"""What stands between them keeps its own direction, whatever surrounds it."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN"})
_OBJECT = "\ufffc"


def has_right_to_left(text: str) -> bool:
    """Tell whether some of it is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """Return a name or a number so that it stays in one piece within a sentence of any language.

    Marks of its own would end the piece, and turn the sentence around it.
    """
    return f"{ISOLATE}{cleaned(text)}{END_OF_ISOLATE}"


def visual_order(text: str, *, right_to_left: bool) -> list[tuple[int, str]]:
    """Return the characters of a line from left to right: where each is in it, and how it prints.

    A bracket turns its back where the direction does; marks of isolates are left out.
    """
    base = int(right_to_left)
    levels = _levels(text, base)
    for at in range(len(text) - 1, -1, -1):  # L1
        if text[at] not in _MARKS and unicodedata.bidirectional(text[at]) not in ("WS", "S", "B"):
            break
        levels[at] = base
    order = list(range(len(text)))
    for level in range(max(levels, default=0), 0, -1):  # L2
        turned: list[int] = []
        for high, group in groupby(order, lambda at, level=level: levels[at] >= level):
            part = list(group)
            turned.extend(reversed(part) if high else part)
        order = turned
    shown = [at for at in order if text[at] not in _MARKS]
    return [(at, text[at].translate(_MIRRORED) if levels[at] % 2 else text[at]) for at in shown]


def _levels(text: str, base: int) -> list[int]:
    """Return how deep each character is embedded: odd from right to left, even the other way."""
    outer, insides = _without_isolates(text)
    kept = dict(zip(outer, _plain_levels(text, outer, base), strict=True))
    levels = [kept.get(at, base) for at in range(len(text))]
    for start, end in insides:
        inside = text[start:end]
        deeper = base + 1 if (base + 1) % 2 == _first_strong(inside) else base + 2
        levels[start:end] = _levels(inside, deeper)
    return levels


def _without_isolates(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Return where the characters outside isolates are, marks included, and the isolates' spans."""
    outer: list[int] = []
    insides: list[tuple[int, int]] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char == ISOLATE:
            depth += 1
            if depth == 1:
                outer.append(at)
                start = at + 1
        elif char == END_OF_ISOLATE and depth:
            depth -= 1
            if depth == 0:
                insides.append((start, at))
                outer.append(at)
        elif depth == 0:
            outer.append(at)
    if depth:
        insides.append((start, len(text)))
    return outer, insides


def _first_strong(text: str) -> int:
    """Return 1 where the first letter is written from right to left, else 0 (P2, P3)."""
    for at in _without_isolates(text)[0]:
        match unicodedata.bidirectional(text[at]):
            case "L":
                return 0
            case "R" | "AL":
                return 1
            case _:
                continue
    return 0


def _plain_levels(text: str, places: Sequence[int], base: int) -> list[int]:
    chars = [_OBJECT if text[at] in _MARKS else text[at] for at in places]
    kinds = [unicodedata.bidirectional(char) or "L" for char in chars]
    around = "R" if base % 2 else "L"
    _weak(kinds, around)
    _brackets(chars, kinds, around)
    _neutral(kinds, around)
    if base % 2:  # I2
        return [base + (kind in ("L", "EN", "AN")) for kind in kinds]
    return [base + {"R": 1, "EN": 2, "AN": 2}.get(kind, 0) for kind in kinds]  # I1


def _weak(kinds: list[str], around: str) -> None:
    """Settle signs and figures by what stands beside them (W1 to W7)."""
    previous = strong = around
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kind = previous  # W1
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"  # W2
        kinds[at] = previous = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for at in range(1, len(kinds) - 1):  # W4
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and (
            (kind == "CS" and before in ("EN", "AN")) or (kind == "ES" and before == "EN")
        ):
            kinds[at] = before
    _signs_of_figures(kinds)
    strong = around
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"  # W7


def _signs_of_figures(kinds: list[str]) -> None:
    at = 0
    for kind, group in groupby(list(kinds)):
        end = at + len(list(group))
        if kind == "ET" and "EN" in (kinds[at - 1] if at else "", *kinds[end : end + 1]):
            kinds[at:end] = ["EN"] * (end - at)  # W5
        at = end
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6


def _side(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind


def _brackets(chars: Sequence[str], kinds: list[str], around: str) -> None:
    """Give the two brackets of a pair one direction, that of what they hold if it is the line's."""
    for start, end in _pairs(chars, kinds):  # N0
        inside = {_side(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if not inside:
            continue
        found = around
        if around not in inside:
            before = [_side(kind) for kind in kinds[:start] if _side(kind) in ("L", "R")]
            found = before[-1] if before and before[-1] in inside else around
        kinds[start] = kinds[end] = found


def _pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if kinds[at] != "ON":
            continue
        if char in _OPENING:
            waiting.append((_OPENING[char], at))
        elif char in _OPENING.values():
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == char:
                    pairs.append((waiting[depth][1], at))
                    del waiting[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], around: str) -> None:
    """Give spaces and signs the direction of what stands on both sides, else the line's."""
    at = 0
    for neutral, group in groupby(list(kinds), _NEUTRAL.__contains__):
        end = at + len(list(group))
        if neutral:
            before = _side(kinds[at - 1]) if at else around
            after = _side(kinds[end]) if end < len(kinds) else around
            kinds[at:end] = [before if before == after else around] * (end - at)  # N1, N2
        at = end
