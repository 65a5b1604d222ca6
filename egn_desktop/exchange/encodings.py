# SPDX-License-Identifier: GPL-3.0-or-later
"""Which encoding a French text file is in.

UTF-8 proves itself. The others never do, so the reading that gives the most letters of French,
and the fewest signs that no list of names holds, is taken; measured on a few hundred bytes, this
is surer than a detector made for pages of prose in any language.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Windows first: it wins when readings are equal. The last ones are what spreadsheets of the
# Macintosh and of DOS wrote, which some offer to this day.
_CANDIDATES = ("cp1252", "iso8859-15", "mac_roman", "cp850")

_FRENCH = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŸŒÆ’‘“”«»…–—°º€\u00a0")
_NAMES = frozenset("áíóúñãõåøßšžýðþÿÁÍÓÚÑÃÕÅØŠŽÝÐÞ²³µ")

_SAMPLE = 200_000
"""How many bytes are judged, from the first one that is not ASCII."""


def decode(content: bytes) -> str:
    """Return the text of a file, whatever its encoding; never fails."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_likeliest(content), errors="replace")


def _likeliest(content: bytes) -> str:
    first = re.search(rb"[\x80-\xff]", content)
    assert first is not None  # noqa: S101
    start = max(first.start() - 1, 0)
    sample = content[start : start + _SAMPLE]
    # UTF-8 last, with a few damaged bytes, as two files joined by hand give.
    encodings = (*_CANDIDATES, "utf-8")
    return max(encodings, key=lambda encoding: _likeness(sample.decode(encoding, errors="replace")))


def _likeness(text: str) -> float:
    """Return how much the signs beyond ASCII look like French names and addresses."""
    score = 0.0
    previous = " "
    for sign in text:
        if sign > "\x7f":
            if sign in _FRENCH:
                # A capital inside a word, as in "cafÉ", is the mark of a wrong reading.
                score += 0.2 if sign.isupper() and previous.islower() else 1
            elif sign in _NAMES:
                score += 0.3
            else:
                score -= 3 if sign == "\ufffd" else 1
        previous = sign
    return score
