# SPDX-License-Identifier: GPL-3.0-or-later
"""XML from elsewhere, read as a stream and without a tree: any depth, no entities, no other file.

A DOCTYPE is refused. Without one nothing can be declared: neither entities that unfold without
end, nor an external part to be fetched; and no list that schools import has one.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from xml.parsers import expat

MOST_ELEMENTS = 1_000_000
"""How many elements a file may have: our own limit, some times the largest school's."""

LONGEST_TAG = 64 * 1024
"""How many bytes a tag may have with its attributes: our own limit; a list's has a hundred."""

_LONG_TAG = re.compile(rb"<[^<>]{%d}" % LONGEST_TAG)

DEEPEST = 50
"""How deep elements may lie in one another: our own limit; a list has six floors."""


class NotMarkup(Exception):
    """It is not well-formed XML, or has what is not read here: a DOCTYPE, or too much."""


class Reader:
    """Calls back at the end of each element, with the path to it, its attributes and its text."""

    def __init__(self, ended: Callable[[tuple[str, ...], dict[str, str], str], object]) -> None:
        self._ended = ended
        self._path: list[str] = []
        self._attributes: list[dict[str, str]] = []
        self._text: list[str] = []
        self._left = MOST_ELEMENTS

    def read(self, content: bytes) -> None:
        """Read a whole file.

        Raises:
            NotMarkup: it cannot be read, or not safely.
        """
        if _LONG_TAG.search(content):
            raise NotMarkup("a tag without end")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # An encoding that is unknown, or that expat cannot take, is no ExpatError.
            raise NotMarkup(str(error)) from error

    def _doctype(self, *_declared: object) -> None:
        raise NotMarkup("doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0 or len(self._path) >= DEEPEST:
            raise NotMarkup("elements")
        self._path.append(name)
        self._attributes.append(attributes)
        self._text.clear()

    def _end(self, _name: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        self._ended(tuple(self._path), self._attributes.pop(), text)
        self._path.pop()


def root_of(content: bytes) -> str:
    """Return the name of the outermost element, or empty where it is no XML to be read here."""
    found: list[str] = []

    def start(name: str, _attributes: object) -> None:
        found.append(name)
        raise NotMarkup(name)

    def doctype(*_declared: object) -> None:
        raise NotMarkup("doctype")

    if _LONG_TAG.search(content):
        return ""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    with suppress(NotMarkup, expat.ExpatError, LookupError, ValueError):
        parser.Parse(content, True)
    return found[0] if found else ""
