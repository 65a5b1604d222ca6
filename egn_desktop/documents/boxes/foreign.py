# SPDX-License-Identifier: GPL-3.0-or-later
"""Words in another language than the document's: in its direction, and named in the structure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import overload

from egn_desktop.documents.blocks import Foreign, SideBySide, Text
from egn_desktop.documents.boxes.box import Box, Stack, TextBox
from egn_desktop.documents.boxes.tables import Row, TableBox
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import styles
from egn_desktop.documents.text.styles import Align, TextStyle


@overload
def foreign_box(
    words: Foreign, style: TextStyle, parent: Element, *, align: Align = "left"
) -> TextBox: ...
@overload
def foreign_box(
    words: None, style: TextStyle, parent: Element, *, align: Align = "left"
) -> None: ...
@overload
def foreign_box(
    words: Foreign | None, style: TextStyle, parent: Element, *, align: Align = "left"
) -> TextBox | None: ...
def foreign_box(
    words: Foreign | None, style: TextStyle, parent: Element, *, align: Align = "left"
) -> TextBox | None:
    """Return the words as a part of the parent's, in a style near to that of the French ones."""
    if words is None:
        return None
    element = parent.add("Span", language=words.language)
    style = style.aligned(align).foreign(right_to_left=words.right_to_left)
    return TextBox(text=words.text, style=style, element=element, split_at=1)


def both(french: Text, words: Foreign, style: TextStyle, parent: Element) -> Stack:
    """Return French words, and the same in another language below them."""
    return Stack(
        boxes=(
            TextBox(text=french, style=style, element=parent.add("Span")),
            foreign_box(words, style, parent),
        )
    )


def side_by_side(block: SideBySide, parent: Element) -> Iterator[Box]:
    """Yield a table of two columns, French on the left."""
    element = parent.add("Table")
    body = styles.LARGE if block.large else styles.CELL
    head = styles.CELL_HEADER
    french, other = block.titles
    line = element.add("TR")
    titles: list[Box] = []
    for words in (french, other):
        cell = line.add("TH")
        cell.scope = "Column"
        titles.append(_cell(words, head, cell))
    rows: list[Row] = []
    for pair in block.rows:
        line = element.add("TR")
        rows.append(Row([_cell(words, body, line.add("TD")) for words in pair]))
    yield TableBox(
        shares=(1.0, 1.0), header=Row(titles), rows=rows, pad=5.0, before=7.0, after=13.0
    )


def _cell(words: Text | Foreign, style: TextStyle, element: Element) -> TextBox:
    if isinstance(words, Foreign):
        element.language = words.language
        style = style.foreign(right_to_left=words.right_to_left)
        return TextBox(text=words.text, style=style, element=element, split_at=1)
    return TextBox(text=words, style=replace(style), element=element, split_at=1)
