# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes onto pages: no heading alone at a page's foot, no group torn, nothing lost."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from egn_desktop.documents.boxes.box import Box, NewPage, Stack
from egn_desktop.documents.text.styles import (
    BODY_BOTTOM,
    BODY_TOP,
    BODY_TOP_AFTER_FIRST,
    TEXT_WIDTH,
)

_CHAIN_LIMIT = 400.0
"""A chain of kept boxes higher than this is let go: better a torn group than an empty page."""


_COMPANY, _TAKEN_BACK = 45.0, 220.0
"""How high, at least and at most, is what is taken back to precede a box that would be alone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where its top stands on the page."""

    box: Box
    top: float


@dataclass(slots=True)
class _Pages:
    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    top: float = BODY_TOP
    gap: float = 0.0

    @property
    def empty(self) -> bool:
        return not self.pages[-1]

    @property
    def only_kept(self) -> bool:
        """Whether the page holds nothing but what must precede the next box."""
        return all(placed.box.keep for placed in self.pages[-1])

    def room(self, before: float) -> float:
        """Return what is left below the white space that a box asks for."""
        gap = 0.0 if self.empty else max(self.gap, before)
        return self.top - gap - BODY_BOTTOM

    def turn(self) -> None:
        self.pages.append([])
        self.top, self.gap = BODY_TOP_AFTER_FIRST, 0.0

    def take_back(self) -> list[Box]:
        """Take the last box off the page, with what is kept with it, to precede another one."""
        page, start = self.pages[-1], len(self.pages[-1]) - 1
        while start > 0 and (page[start - 1].box.keep or _height(page[start:]) < _COMPANY):
            start -= 1
        if start < 2 or _height(page[start:]) > _TAKEN_BACK:
            return []
        taken = [placed.box for placed in page[start:]]
        del page[start:]
        return taken

    def put(self, box: Box) -> None:
        gap = 0.0 if self.empty else max(self.gap, box.before)
        self.pages[-1].append(Placed(box, self.top - gap))
        self.top -= gap + box.height(TEXT_WIDTH)
        self.gap = box.after


def paginate(boxes: Iterable[Box]) -> list[list[Placed]]:
    """Return the pages: each box, or its pieces, once and in order."""
    laid = _Pages()
    waiting = deque(boxes)
    while waiting:
        box = waiting.popleft()
        if isinstance(box, NewPage):
            if not laid.empty:
                laid.turn()
            continue
        if box.keep and not laid.empty and _need(box, waiting) > laid.room(box.before):
            laid.turn()
        _place(laid, box, waiting)
    if laid.empty and len(laid.pages) > 1:
        laid.pages.pop()
    return laid.pages


def _height(placed: Iterable[Placed]) -> float:
    return sum(item.box.height(TEXT_WIDTH) for item in placed)


def _need(box: Box, following: Iterable[Box]) -> float:
    """Return the height of the kept boxes and of the beginning of what they are kept with."""
    total = box.height(TEXT_WIDTH)
    for following_box in following:
        if isinstance(following_box, NewPage):
            break
        total += max(box.after, following_box.before)
        if total > _CHAIN_LIMIT:
            break
        if not following_box.keep:
            total += following_box.start_height(TEXT_WIDTH)
            break
        total += following_box.height(TEXT_WIDTH)
        box = following_box
    return total


def _place(laid: _Pages, box: Box, waiting: deque[Box]) -> None:
    room = laid.room(box.before)
    if box.height(TEXT_WIDTH) <= room + 0.01:
        laid.put(box)
        return
    pieces = box.split(TEXT_WIDTH, room)
    if pieces:
        laid.put(pieces[0])
        laid.turn()
        waiting.appendleft(pieces[1])
    elif isinstance(box, Stack) and laid.only_kept:
        waiting.extendleft(reversed(box.boxes))
    elif not laid.empty:
        company = laid.take_back() if box.accompanied else []
        laid.turn()
        waiting.extendleft(reversed([*company, replace(box, accompanied=False)]))
    else:
        laid.put(box)
