# SPDX-License-Identifier: GPL-3.0-or-later
"""Sheets of labels: a code that a reader scans, and the same words for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import pikepdf
from reportlab.graphics.barcode.code128 import Code128

from egn_desktop.documents.blocks import Document
from egn_desktop.documents.boxes.charts import dark_stretches, qr_rows
from egn_desktop.documents.label_formats import LabelFormat
from egn_desktop.documents.pdf.metadata import describe
from egn_desktop.documents.pdf.seal import with_seal
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.structure import mend_text_maps, write_structure
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import bidi, fonts
from egn_desktop.documents.text.lines import one_line
from egn_desktop.documents.text.styles import (
    MM,
    MUTED,
    PAGE_HEIGHT,
    STRONG,
    TEXT,
    Colour,
    TextStyle,
)

Kind = Literal["qr", "code128"]

BLACK = Colour(0, 0, 0)
THINNEST_BAR = 0.19 * MM
"""Below this, common readers and office printers no longer agree on a Code 128."""
QUIET = 10
"""The white on both sides of a Code 128, in bars of the thinnest kind."""
QR_QUIET = 2
_BARS_SHARE = 0.97
_PAD = 0.12
"""The white inside a label, as a share of its height: on the outer ones, no printer reaches it."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the code that is scanned and written, and one or two lines for people."""

    code: str
    name: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """Labels on as many sheets as they need.

    Attributes:
        kind: what is scanned.
        first: the place of the first label on the first sheet, from 1: the sheet may be begun.
        shift: how far a printer prints off, in millimetres: to the right, and down.
        printed_on: the French date; the same labels of the same day have the same bytes.
    """

    title: str
    school: str
    printed_on: str
    format: LabelFormat
    labels: Sequence[Label]
    kind: Kind = "qr"
    first: int = 1
    shift: tuple[float, float] = (0.0, 0.0)


def narrowest_bar(code: str, width_mm: float) -> float:
    """Return how wide the thinnest bar of a code would print on a label, in points; 0 if it cannot.

    Code 128 writes the letters and signs of English only.
    """
    if not code.isascii() or not code.isprintable():
        return 0.0
    modules = sum(width for _, width in _bars(code)) + 2 * QUIET
    return width_mm * MM * _BARS_SHARE / modules


def render_labels(sheet: LabelSheet) -> bytes:
    """Return the labels as a PDF: A4, tagged, archival."""
    root = Element("Document")
    whole = root.add("L")
    whole.numbering = "None"
    drawn = Sheet()
    place = sheet.first - 1
    for number, label in enumerate(sheet.labels):
        if number and place == sheet.format.count:
            drawn.next_page()
            place = 0
        _draw(drawn, sheet, label, place, whole.add("LI"))
        place += 1
    drawn.next_page()
    about = Document(title=sheet.title, school=sheet.school, printed_on=sheet.printed_on, blocks=())
    with pikepdf.open(BytesIO(drawn.finished())) as pdf:
        mend_text_maps(pdf)
        write_structure(pdf, root)
        describe(pdf, about)
        return with_seal(pdf)


def _draw(drawn: Sheet, sheet: LabelSheet, label: Label, place: int, item: Element) -> None:
    form = sheet.format
    row, column = divmod(place, form.columns)
    x = (form.left + column * form.across + sheet.shift[0]) * MM
    top = PAGE_HEIGHT - (form.top + row * form.down + sheet.shift[1]) * MM
    width, height = form.width * MM, form.height * MM
    pad = height * _PAD
    body = item.add("LBody")
    if sheet.kind == "qr":
        side = min(height - 2 * pad, width * 0.46)
        _draw_qr(drawn, label.code, x + pad, top - (height - side) / 2, side, body)
        left = x + pad + side + pad * 0.6
        room = x + width - pad * 0.6 - left
        _write(drawn, label, left, top - height / 2, room, height - 2 * pad, body)
    else:
        high = height * 0.42
        _draw_bars(drawn, label.code, x, top - pad, width, high, body)
        under = height - pad * 1.5 - high
        middle = top - height + pad * 0.5 + under / 2
        _write(drawn, label, x + pad, middle, width - 2 * pad, under, body)


def _write(
    drawn: Sheet, label: Label, x: float, middle: float, room: float, high: float, body: Element
) -> None:
    """Write the code and what fits below it, centred on the height of ``middle``."""
    scale = min(1.0, high / 34)
    styles = [
        (label.code, _fitted(label.code, 11 * max(scale, 0.7), room)),
        (label.name, TextStyle(7.4, 9.4)),
        (label.owner, TextStyle(6.4, 8.4, MUTED)),
    ]
    lines: list[tuple[str, TextStyle]] = []
    for words, style in styles:
        leading = sum(line.leading for _, line in lines) + style.leading
        if words and (not lines or leading <= high):
            lines.append((words, style))
    y = middle + sum(style.leading for _, style in lines) / 2
    for words, style in lines:
        y -= style.leading
        line, element = one_line(words, style, room), body.add("P")
        if not line.runs:
            continue
        if bidi.has_right_to_left(words):
            element.actual = words
        with drawn.tag(element):
            drawn.text(x, y + style.leading * 0.24, line.runs, style.size, style.colour)


def _fitted(code: str, size: float, room: float) -> TextStyle:
    """Return the style in which the whole code fits on one line: it is what people type."""
    words = fonts.printable(code, STRONG)
    wide = fonts.width(words, STRONG, size)
    size = max(4.0, min(size, size * room / wide if wide else size))
    return TextStyle(size, size * 1.3, TEXT, font=STRONG)


def _draw_qr(drawn: Sheet, code: str, x: float, top: float, side: float, body: Element) -> None:
    rows = qr_rows(code)
    module = side / (len(rows) + 2 * QR_QUIET)
    figure = body.add("Figure", alt=f"Code QR : {code}")
    figure.box = (x, top - side, x + side, top)
    with drawn.tag(figure):
        for down, row in enumerate(rows):
            y = top - (down + QR_QUIET + 1) * module
            for start, length in dark_stretches(row):
                across = x + (start + QR_QUIET) * module
                drawn.box(across, y, length * module, module + 0.02, fill=BLACK)


def _draw_bars(
    drawn: Sheet, code: str, x: float, top: float, width: float, high: float, body: Element
) -> None:
    bars = list(_bars(code))
    modules = sum(length for _, length in bars) + 2 * QUIET
    module = min(width * _BARS_SHARE / modules, 0.5 * MM)
    across = x + (width - module * modules) / 2 + QUIET * module
    figure = body.add("Figure", alt=f"Code-barres : {code}")
    figure.box = (x, top - high, x + width, top)
    with drawn.tag(figure):
        for dark, length in bars:
            if dark:
                drawn.box(across, top - high, length * module, high, fill=BLACK)
            across += length * module


def _bars(code: str) -> Iterator[tuple[bool, int]]:
    """Yield bars and spaces in turn with their widths, from the start code to the stop code."""
    barcode: Any = Code128(code)
    barcode.validate()
    barcode.encode()
    for letter in barcode.decompose():
        yield letter.isupper(), ord(letter.lower()) - ord("a") + 1
