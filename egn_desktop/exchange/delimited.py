# SPDX-License-Identifier: GPL-3.0-or-later
"""Text files: csv with semicolons, commas or tabs, quoted or not."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from egn_desktop.exchange.table import (
    HEADER_SEARCH,
    MOST_COLUMNS,
    MOST_LINES,
    Recognise,
    Row,
    filled_rows,
    header_place,
)

DELIMITERS = (";", "\t", ",", "|")

MOST_LINES_A_RECORD = 30
"""How far the end of a quoted cell is looked for."""

LAST_LINE = 1_100_000
"""How many lines are looked at, most of them empty: a spreadsheet's whole sheet, and some more."""

MOST_BEFORE_HEADER = 2_000
"""How many lines the header is looked for in, whatever they hold."""

LONGEST_LINE = 1_000_000

_EMPTY = " \t\r\n;,|\xa0"

Line = tuple[int, Sequence[str]]


def rows_of(text: str, recognise: Recognise) -> list[Row]:
    """Return the filled lines of a text, cut by the delimiter that suits its header best.

    Where there are more than ``MOST_LINES``, one more is returned and the rest is not read.

    Raises:
        csv.Error: a cell or a line is larger than any of a table.
    """
    rows = filled_rows(records(text, _best_delimiter(text, recognise)))
    return list(islice(rows, MOST_LINES + 1))


def _best_delimiter(text: str, recognise: Recognise) -> str:
    """Return the delimiter that finds most known words in a header, else cuts most lines."""

    def worth(delimiter: str) -> tuple[int, int, int]:
        first = islice(records(text, delimiter), MOST_BEFORE_HEADER)
        rows = list(islice(filled_rows(first), HEADER_SEARCH))
        found = header_place(rows, recognise)
        if found is None:
            return 0, 0, 0
        place, known = found
        cut = sum(len(row.cells) > 1 for row in rows)
        return known, cut, len(rows[place].cells)

    return max(DELIMITERS, key=worth)


def records(text: str, delimiter: str) -> Iterator[Line]:
    """Yield each record that may hold something, with the number of the line it starts on.

    A line whose quotes make no sense, or never close, is read by itself, so that it does not
    swallow those that follow.
    """
    lines = io.StringIO(text, newline="")
    ahead = deque[str]()
    place = 0
    while place < LAST_LINE and (line := ahead.popleft() if ahead else next(lines, "")):
        used = 1
        if len(line) > LONGEST_LINE:
            raise csv.Error("a line without end")
        if '"' in line:
            ahead.extend(islice(lines, MOST_LINES_A_RECORD - 1 - len(ahead)))
            record, used = _quoted([line, *ahead], delimiter)
            yield place + 1, record
            for _ in range(used - 1):
                ahead.popleft()
        elif line.strip(_EMPTY):
            yield place + 1, line.rstrip("\r\n").split(delimiter, MOST_COLUMNS)
        place += used
    if next(lines, ""):
        raise csv.Error("lines without end")


def _quoted(lines: Sequence[str], delimiter: str) -> tuple[Sequence[str], int]:
    """Return the record that starts on the first of these lines, and how many lines it takes."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return next(csv.reader([lines[0]], delimiter=delimiter)), 1
