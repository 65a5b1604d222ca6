# SPDX-License-Identifier: GPL-3.0-or-later
"""What each kind of block looks like, and the elements that it adds to the structure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from egn_desktop.documents import blocks
from egn_desktop.documents.boxes.box import Box, Stack, TextBox
from egn_desktop.documents.boxes.charts import BarsBox, FiguresBox, QrBox
from egn_desktop.documents.boxes.foreign import both, foreign_box, side_by_side
from egn_desktop.documents.boxes.forms import CodeLineBox, SignaturesBox, Signer, WriteLinesBox
from egn_desktop.documents.boxes.items import CalloutBox, ChipBox, ItemBox, Sign
from egn_desktop.documents.boxes.photos import photos
from egn_desktop.documents.boxes.tables import Row, TableBox
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import styles
from egn_desktop.documents.text.lines import longest_word, plain

_BETWEEN = 9.0
_BARS_TOGETHER = 40
_LONGEST_CHIP = 60
_SIGN_SAYS: dict[blocks.Tone, str] = {"attention": "Attention", "bad": "Important"}


def boxes_of(block: blocks.Block, parent: Element) -> Iterator[Box]:
    """Yield the boxes of a block, whose elements become the parent's children."""
    yield from _SHAPES[type(block)](block, parent)


def _paragraph(block: blocks.Paragraph, parent: Element) -> Iterator[Box]:
    style = {"body": styles.BODY, "lead": styles.LEAD, "muted": styles.SMALL}[block.style]
    if isinstance(block.text, blocks.Foreign):
        yield replace(foreign_box(block.text, style, parent.add("P")), before=5.0, after=8.0)
        return
    announces = plain(block.text).rstrip().endswith(":")
    yield TextBox(
        text=block.text,
        style=style,
        element=parent.add("P"),
        before=5.0,
        after=5.0 if announces else 8.0,
        keep=announces and len(plain(block.text)) < 400,
    )


def _bullets(block: blocks.Bullets, parent: Element) -> Iterator[Box]:
    whole = parent.add("L")
    whole.numbering = "Decimal" if block.ordered else "None" if block.checks else "Disc"
    sign: Sign = "check" if block.checks else "words" if block.ordered else "bullet"
    between = 1.5 if block.close else 3.0 + 2.0 * block.checks
    for number, text in enumerate(block.items, 1):
        item = whole.add("LI")
        label = item.add("Lbl")
        if not block.ordered:
            label.actual = "☐" if block.checks else "•"
        style = replace(styles.BODY, colour=styles.BRAND, font=styles.STRONG)
        yield ItemBox(
            label=TextBox(text=f"{number}." if block.ordered else "", style=style, element=label),
            body=TextBox(text=text, style=styles.BODY, element=item.add("LBody")),
            indent=22.0 if block.ordered or block.checks else 15.0,
            sign=sign,
            before=min(between, 3.0),
            after=_BETWEEN if number == len(block.items) else between,
        )


def _facts(block: blocks.Facts, parent: Element) -> Iterator[Box]:
    whole = parent.add("L")
    style = replace(styles.BODY, colour=styles.MUTED)
    besides = [*block.beside, *[None] * len(block.items)]
    for number, (label, value) in enumerate(block.items, 1):
        item = whole.add("LI")
        element, beside = item.add("Lbl"), besides[number - 1]
        french = element.add("Span") if beside else element
        yield ItemBox(
            label=TextBox(text=label, style=style, element=french),
            beside=foreign_box(beside, style, element, align="right"),
            body=TextBox(text=value, style=styles.BODY, element=item.add("LBody")),
            indent=styles.TEXT_WIDTH * 0.32,
            before=2.0,
            after=_BETWEEN if number == len(block.items) else 2.0,
        )


def _table(block: blocks.Table, parent: Element) -> Iterator[Box]:
    element = parent.add("Table")
    if block.caption:
        caption = element.add("Caption")
        yield TextBox(
            text=block.caption, style=styles.CAPTION, element=caption, before=8.0, after=4.0,
            keep=True,
        )  # fmt: skip
    body = styles.CELL_SMALL if block.small else styles.CELL
    head = styles.CELL_HEADER_SMALL if block.small else styles.CELL_HEADER
    chip = styles.CHIP_SMALL if block.small else styles.CHIP
    header = None
    if any(column.title for column in block.columns):
        line = element.add("TR")
        header = Row([_column_header(column, head, line) for column in block.columns])
    rows: list[Row] = []
    for cells in block.rows:
        line = element.add("TR")
        padded = [*cells, *[""] * len(block.columns)][: len(block.columns)]
        row: list[Box] = []
        for at, (cell, column) in enumerate(zip(padded, block.columns, strict=True)):
            heads = block.row_headers and at == 0
            style = replace(body, font=styles.MEDIUM) if heads else body
            row.append(_cell(cell, style.aligned(column.align), chip, line, heads=heads))
        rows.append(Row(row))
    yield TableBox(
        shares=[column.width for column in block.columns],
        header=header,
        rows=rows,
        pad=3.2 if block.small else 5.0,
        before=7.0,
        after=13.0,
    )


def _column_header(column: blocks.Column, style: styles.TextStyle, line: Element) -> Box:
    header = line.add("TH" if column.title else "TD")
    header.scope = "Column" if column.title else ""
    if column.below:
        return both(column.title, column.below, style.aligned(column.align), header)
    return TextBox(text=column.title, style=style.aligned(column.align), element=header)


def _cell(
    cell: blocks.Cell,
    style: styles.TextStyle,
    chip: styles.TextStyle,
    line: Element,
    *,
    heads: bool,
) -> Box:
    element = line.add("TH" if heads else "TD")
    element.scope = "Row" if heads else ""
    if isinstance(cell, blocks.Chip) and len(cell.text) > _LONGEST_CHIP:
        # A chip is never cut at a page's end; a whole sentence in one prints as plain words.
        cell = cell.text
    if isinstance(cell, blocks.Both):
        return both(cell.text, cell.below, style, element)
    if isinstance(cell, blocks.Chip):
        aligned = chip.aligned(style.align)
        return ChipBox(text=cell.text, tone=cell.tone, style=aligned, element=element)
    return TextBox(text=cell, style=style, element=element, split_at=1)


def _figures(block: blocks.Figures, parent: Element) -> Iterator[Box]:
    label_style = replace(styles.SMALL, leading=11.5)
    for start in range(0, len(block.items), 4):
        figure = _fitting([value for value, _ in block.items[start : start + 4]])
        pairs: list[tuple[TextBox, TextBox]] = []
        for value, label in block.items[start : start + 4]:
            element = parent.add("P")
            pairs.append(
                (
                    TextBox(text=value, style=figure, element=element),
                    TextBox(text=label, style=label_style, element=element),
                )
            )
        yield FiguresBox(pairs=pairs, before=11.0, after=14.0)


def _fitting(values: Sequence[str]) -> styles.TextStyle:
    """Return the style in which no figure of a line is cut: "1 240,50 €" is long."""
    room = FiguresBox.room(len(values))
    longest = max(1.0, *(longest_word(value, styles.FIGURE) for value in values))
    share = min(max(room / longest, 0.5), 1.0)
    return replace(styles.FIGURE, size=styles.FIGURE.size * share)


def _callout(block: blocks.Callout, parent: Element) -> Iterator[Box]:
    frame = parent.add("Div")
    says = _SIGN_SAYS.get(block.tone, "")
    boxes: list[Box] = []
    sign = None
    body = styles.LARGE if block.large else styles.BODY
    if block.title:
        element = frame.add("P")
        sign = element.add("Span", alt=says) if says else None
        style = replace(body, font=styles.STRONG)
        boxes.append(TextBox(text=block.title, style=style, element=element, after=2.0, keep=True))
    if plain(block.text) or not boxes:
        element = frame.add("P")
        if says and sign is None:
            sign = element.add("Span", alt=says)
        boxes.append(TextBox(text=block.text, style=body, element=element))
    yield CalloutBox(
        content=Stack(boxes=boxes), tone=block.tone, sign_element=sign, before=8.0, after=13.0
    )


def _bars(block: blocks.Bars, parent: Element) -> Iterator[Box]:
    for start in range(0, len(block.bars), _BARS_TOGETHER):
        alt = block.alt if not start else f"{block.alt} (suite)"
        yield BarsBox(
            bars=block.bars[start : start + _BARS_TOGETHER],
            element=parent.add("Figure", alt=alt),
            before=5.0,
            after=12.0,
        )


def _qr_code(block: blocks.QrCode, parent: Element) -> Iterator[Box]:
    yield QrBox(
        data=block.data,
        size=block.size_mm * styles.MM,
        element=parent.add("Figure", alt=block.alt),
        before=8.0,
        after=12.0,
    )


def _code_groups(block: blocks.CodeGroups, parent: Element) -> Iterator[Box]:
    whole = parent.add("L")
    whole.numbering = "Decimal"
    groups: list[tuple[TextBox, TextBox]] = []
    for number, characters in enumerate(block.groups, 1):
        item = whole.add("LI")
        label = TextBox(
            text=str(number), style=replace(styles.SMALL, size=7.5, leading=11.0),
            element=item.add("Lbl"),
        )  # fmt: skip
        body = TextBox(text=characters, style=styles.CODE, element=item.add("LBody"))
        groups.append((label, body))
    for start in range(0, len(groups), block.per_line):
        last = start + block.per_line >= len(groups)
        yield CodeLineBox(
            groups=groups[start : start + block.per_line],
            per_line=block.per_line,
            before=7.0,
            after=14.0 if last else 7.0,
        )


def _signatures(block: blocks.Signatures, parent: Element) -> Iterator[Box]:
    frame = parent.add("Div")
    place_and_date = [
        TextBox(text=words, style=styles.BODY, element=frame.add("P"))
        for words in (("Fait à", "le") if block.place_and_date else ())
    ]
    signers = [_signer(box, frame) for box in block.boxes]
    yield SignaturesBox(
        signers=signers,
        place_and_date=place_and_date,
        before=14.0,
        after=10.0,
        accompanied=True,
    )


def _signer(box: blocks.SignatureBox, frame: Element) -> Signer:
    element = frame.add("P")
    words = [TextBox(text=box.role, style=styles.CELL_HEADER, element=element)]
    if box.name:
        words.append(TextBox(text=box.name, style=styles.CELL, element=element))
    small = replace(styles.CELL_SMALL, colour=styles.MUTED)
    if box.note:
        words.append(TextBox(text=box.note, style=small, element=element))
    words += [foreign_box(below, small, frame.add("P")) for below in box.below]
    signer = Signer(words=words)
    if box.drawing:
        signer.drawing = box.drawing
        who = box.name or box.role
        signer.figure = frame.add("Figure", alt=f"Signature dessinée à l’écran : {who}")
    if box.signed:
        signer.signed = TextBox(text=box.signed, style=small, element=frame.add("P"))
    return signer


def _write_lines(block: blocks.WriteLines, parent: Element) -> Iterator[Box]:
    if block.label:
        style = replace(styles.BODY, font=styles.MEDIUM)
        element = parent.add("P")
        yield TextBox(text=block.label, style=style, element=element, before=8.0, keep=True)
    yield WriteLinesBox(count=max(block.count, 1), after=12.0)


_SHAPES: dict[type, Callable[[Any, Element], Iterator[Box]]] = {
    blocks.Paragraph: _paragraph,
    blocks.Bullets: _bullets,
    blocks.Facts: _facts,
    blocks.SideBySide: side_by_side,
    blocks.Table: _table,
    blocks.Figures: _figures,
    blocks.Callout: _callout,
    blocks.Bars: _bars,
    blocks.QrCode: _qr_code,
    blocks.Photos: photos,
    blocks.CodeGroups: _code_groups,
    blocks.Signatures: _signatures,
    blocks.WriteLines: _write_lines,
}
