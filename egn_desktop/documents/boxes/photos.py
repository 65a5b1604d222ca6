# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos on a page: side by side on one line, each with its words below."""

from collections.abc import Iterator
from dataclasses import dataclass

from egn_desktop.documents import blocks, images
from egn_desktop.documents.boxes.box import Box, TextBox
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import styles
from egn_desktop.documents.text.styles import MM, WRITE_LINE

A_LINE = 3
HIGHEST = 55 * MM
GAP = 10.0
BELOW = 4.0


@dataclass(slots=True, kw_only=True)
class _Printed:
    """One photo with its element and its words."""

    content: bytes
    ratio: float
    element: Element
    words: TextBox


@dataclass(slots=True, kw_only=True)
class PhotosBox(Box):
    """One line of photos."""

    photos: list[_Printed]

    def height(self, width: float) -> float:
        """Return the height of the highest with its words."""
        share = self._share(width)
        return max(
            self._size(photo, share)[1] + BELOW + photo.words.height(share) for photo in self.photos
        )

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the photos at one height, their words below each."""
        share = self._share(width)
        for at, photo in enumerate(self.photos):
            left = x + at * (share + GAP)
            wide, high = self._size(photo, share)
            photo.element.box = (left, top - high, left + wide, top)
            with sheet.tag(photo.element):
                sheet.photo(photo.content, left, top - high, wide, high)
                sheet.box(left, top - high, wide, high, stroke=WRITE_LINE, thickness=0.5)
            photo.words.draw(sheet, left, top - high - BELOW, share)

    def _share(self, width: float) -> float:
        return (width - (A_LINE - 1) * GAP) / A_LINE

    def _size(self, printed: _Printed, share: float) -> tuple[float, float]:
        wide = min(share, HIGHEST * printed.ratio)
        return wide, wide / printed.ratio


def photos(block: blocks.Photos, parent: Element) -> Iterator[Box]:
    """Yield the lines of a block of photos."""
    for start in range(0, len(block.items), A_LINE):
        yield PhotosBox(
            photos=[_printed(item, parent) for item in block.items[start : start + A_LINE]],
            before=6.0,
            after=10.0,
        )


def _printed(photo: blocks.Photo, parent: Element) -> _Printed:
    width, height = images.size(photo.content)
    return _Printed(
        content=photo.content,
        ratio=width / height,
        element=parent.add("Figure", alt=photo.words),
        words=TextBox(text=photo.words, style=styles.SMALL, element=parent.add("P")),
    )
