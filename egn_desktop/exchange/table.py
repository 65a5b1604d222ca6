# SPDX-License-Identifier: GPL-3.0-or-later
"""A table of text as any file gives it: a header, then lines that know their number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from egn_desktop.letters import cleaned

MOST_LINES = 20_000
"""How many lines a file may hold: our own limit, ten times the largest school."""

MOST_COLUMNS = 200
"""How many columns are read: our own limit."""

LONGEST_CELL = 4_000
"""How many characters of a cell are read, before anything is done with them: our own limit."""

HEADER_SEARCH = 25
"""How many filled lines are searched for the header, below the titles that may precede it."""

Recognise = Callable[[Sequence[str]], int]
"""Tells how many of a line's cells are header words that the import knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        line: its number in the file, as a spreadsheet or an editor shows it.
        cells: as many as the header has.
    """

    line: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """What the line holds, in one short text."""
        text = " · ".join(filter(None, self.cells))
        return text if len(text) <= 120 else f"{text[:119]}…"


@dataclass(frozen=True, slots=True)
class Table:
    """What was read of a file.

    Attributes:
        name: the file's name, for messages.
        sheet: the spreadsheet's sheet, or empty.
        header: the titles of the columns as written; the same one may come several times.
        origin: the software whose own format it is ("SIECLE"), or empty.
        remark: what was left out in reading it, in French, or empty.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    origin: str = ""
    remark: str = ""

    @property
    def read_from(self) -> str:
        """Where in the file it was found, in French: ", feuille « Parc »"; or empty."""
        if self.origin:
            return f", export XML de {self.origin}"
        return f", feuille « {self.sheet} »" if self.sheet else ""


def clean(cell: str) -> str:
    """Return a cell's text without the spaces around it and the signs that nobody sees."""
    return cleaned(cell[:LONGEST_CELL]).strip()


def filled_rows(lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """Yield the lines that hold something, their cells cleaned, empty ends cut."""
    for number, raw in lines:
        cells = [clean(cell) for cell in raw[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Row(number, tuple(cells))


def header_place(rows: Sequence[Row], recognise: Recognise) -> tuple[int, int] | None:
    """Return where the header is among the first lines, and how many words of it are known.

    The line with most known words; where none is known, the first one with two filled cells.
    None when no line has two filled cells: that is no table.
    """
    best: tuple[int, int] | None = None
    for place, row in enumerate(rows[:HEADER_SEARCH]):
        if sum(map(bool, row.cells)) < 2:
            continue
        known = recognise(row.cells)
        if best is None or known > best[1]:
            best = place, known
    return best


def as_table(name: str, rows: Sequence[Row], header_at: int, sheet: str = "") -> Table:
    """Return the table whose header is one of the lines; what precedes it is left out."""
    header = rows[header_at].cells
    width = max(len(row.cells) for row in rows[header_at:])
    return Table(
        name=name,
        sheet=sheet,
        header=_padded(header, width),
        rows=tuple(Row(row.line, _padded(row.cells, width)) for row in rows[header_at + 1 :]),
    )


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
