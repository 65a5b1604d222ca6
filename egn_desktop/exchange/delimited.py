# SPDX-License-Identifier: GPL-3.0-or-later
"""Text files: csv with semicolons, commas or tabs, quoted or not."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from egn_desktop.exchange.table import HEADER_SEARCH, Recognise, Row, filled_rows, header_place

DELIMITERS = (";", "\t", ",", "|")

_END = "\0end\0"

Line = tuple[int, Sequence[str]]


def rows_of(text: str, recognise: Recognise) -> list[Row]:
    """Return the filled lines of a text, cut by the delimiter that suits its header best.

    Raises:
        csv.Error: a cell is larger than any cell of a table.
    """
    return filled_rows(records(text, _best_delimiter(text, recognise)))


def _best_delimiter(text: str, recognise: Recognise) -> str:
    """Return the delimiter that finds most known words in a header, else most cells in it."""

    def worth(delimiter: str) -> tuple[int, int]:
        rows = filled_rows(islice(records(text, delimiter), HEADER_SEARCH))
        found = header_place(rows, recognise)
        if found is None:
            return -1, 0
        place, known = found
        return known, len(rows[place].cells)

    return max(DELIMITERS, key=worth)


def records(text: str, delimiter: str) -> Iterator[Line]:
    """Yield each record with the number of the line it starts on.

    A quote that is never closed would swallow the rest of the file; then each line is read by
    itself, so that only the faulty one suffers.
    """
    lines = io.StringIO(text, newline="")
    read = _read(lines, delimiter) if '"' in text else _cut(lines, delimiter)
    yield from (
        read if '"' not in text or _quotes_close(text, delimiter) else _one_by_one(text, delimiter)
    )


def _quotes_close(text: str, delimiter: str) -> bool:
    lines = io.StringIO(text, newline="")
    (last,) = deque(_read(_ended(lines), delimiter), maxlen=1)
    return list(last[1]) == [_END]


def _ended(lines: Iterable[str]) -> Iterator[str]:
    yield from lines
    yield _END


def _read(lines: Iterable[str], delimiter: str) -> Iterator[Line]:
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    for record in reader:
        yield start, record
        start = reader.line_num + 1


def _cut(lines: Iterable[str], delimiter: str) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        yield number, line.rstrip("\r\n").split(delimiter)


def _one_by_one(text: str, delimiter: str) -> Iterator[Line]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        for record in csv.reader([line], delimiter=delimiter):
            yield number, record
