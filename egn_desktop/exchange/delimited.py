# SPDX-License-Identifier: GPL-3.0-or-later
"""Text files: csv with semicolons, commas or tabs, quoted or not."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from egn_desktop.exchange.table import HEADER_SEARCH, Recognise, Row, filled_rows, header_place

DELIMITERS = (";", "\t", ",", "|")

MOST_LINES_A_RECORD = 30
"""How far the end of a quoted cell is looked for."""

Line = tuple[int, Sequence[str]]


def rows_of(text: str, recognise: Recognise) -> list[Row]:
    """Return the filled lines of a text, cut by the delimiter that suits its header best.

    Raises:
        csv.Error: a cell is larger than any cell of a table.
    """
    return filled_rows(records(text, _best_delimiter(text, recognise)))


def _best_delimiter(text: str, recognise: Recognise) -> str:
    """Return the delimiter that finds most known words in a header, else cuts most lines."""

    def worth(delimiter: str) -> tuple[int, int, int]:
        rows = filled_rows(islice(records(text, delimiter), HEADER_SEARCH))
        found = header_place(rows, recognise)
        if found is None:
            return 0, 0, 0
        place, known = found
        cut = sum(len(row.cells) > 1 for row in rows)
        return known, cut, len(rows[place].cells)

    return max(DELIMITERS, key=worth)


def records(text: str, delimiter: str) -> Iterator[Line]:
    """Yield each record with the number of the line it starts on.

    A line whose quotes make no sense, or never close, is read by itself, so that it does not
    swallow those that follow.
    """
    lines = list(io.StringIO(text, newline=""))
    place = 0
    while place < len(lines):
        record, used = _record(lines, place, delimiter)
        yield place + 1, record
        place += used


def _record(lines: Sequence[str], place: int, delimiter: str) -> tuple[Sequence[str], int]:
    """Return the record that starts on a line, and how many lines it takes."""
    line = lines[place]
    if '"' not in line:
        return line.rstrip("\r\n").split(delimiter), 1
    reader = csv.reader(
        lines[place : place + MOST_LINES_A_RECORD], delimiter=delimiter, strict=True
    )
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return next(csv.reader([line], delimiter=delimiter)), 1
