# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window shows of the user guide, and what is found in it.

The guide is written for three readers: a head, whoever works by commands, and a DSI. The window is
the head's: what is typed in a terminal is left out of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from egn_desktop import paths
from egn_desktop.collation import fold

CONTENTS: Final = "README.md"
SHORTCUTS: Final = "raccourcis.md"
MOST_FOUND: Final = 30
_COMMANDS: Final = re.compile(r"^## Sans la fenêtre\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^#{1,3} +(.+)$")
_MARKS: Final = re.compile(r"\*\*|`|\[|\]\([^)]*\)")
_EXCERPT: Final = 160
_BEFORE: Final = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page, under one heading.

    Attributes:
        page: its file.
        title: what the page is called.
        heading: what stands above the passage; the title itself for the first one.
        text: its words, on one line, without Markdown's marks.
    """

    page: str
    title: str
    heading: str
    text: str


@cache
def page(name: str) -> str:
    """Return a page as Markdown, without the commands."""
    text = (paths.guide() / name).read_text(encoding="utf-8")
    return _COMMANDS.sub("", text).rstrip() + "\n"


def found(words: str) -> list[Passage]:
    """Return the passages that have all of these words, or parts of words.

    First those whose heading has them; accents and capitals do not count.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    hits = [
        passage
        for passage in _passages()
        if _has(wanted, f"{passage.title} {passage.heading} {passage.text}")
    ]
    hits.sort(key=lambda passage: not _has(wanted, passage.heading))
    return hits[:MOST_FOUND]


def excerpt(passage: Passage, words: str) -> str:
    """Return the part of a passage where the first of the words stands."""
    text = passage.text
    # Folding keeps no places (œ is two letters there): near enough, and cut between words.
    at = max(fold(text).find((fold(words).split() or [""])[0]) - _BEFORE, 0)
    start = text.find(" ", at) + 1 if at else 0
    end = text.rfind(" ", start, start + _EXCERPT) if len(text) > start + _EXCERPT else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def results(words: str) -> str:
    """Return what is found as a page of its own, whose links lead to the passages."""
    hits = found(words)
    if not hits:
        return f"# Rien sur « {_plain(words)} »\n\nEssayez un seul mot, ou son début.\n"
    lines = [f"# « {_plain(words)} »\n"]
    for hit in hits:
        place = hit.heading if hit.heading == hit.title else f"{hit.title} · {hit.heading}"
        target = f"{hit.page}#{hit.heading.replace(' ', '%20')}"
        lines.append(f"**[{place}]({target})**\n\n{_plain(excerpt(hit, words))}\n")
    return "\n".join(lines)


@cache
def _passages() -> tuple[Passage, ...]:
    names = sorted(file.name for file in paths.guide().glob("*.md") if file.name != CONTENTS)
    return tuple(passage for name in names for passage in _cut(name))


def _cut(name: str) -> Iterator[Passage]:
    title = heading = ""
    words: list[str] = []
    for line in page(name).splitlines():
        if headed := _HEADING.match(line):
            if heading:
                yield Passage(name, title, heading, " ".join(words))
            heading, words = _MARKS.sub("", headed[1]), []
            title = title or heading
        elif not re.fullmatch(r"[|\-: ]*", line):
            words.extend(_MARKS.sub("", line).replace("|", " ").lstrip("-").split())
    yield Passage(name, title, heading, " ".join(words))


def _has(wanted: list[str], text: str) -> bool:
    plain = fold(text)
    return all(word in plain for word in wanted)


def _plain(text: str) -> str:
    """Return a text in which Markdown reads nothing of its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)
