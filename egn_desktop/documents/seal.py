# SPDX-License-Identifier: GPL-3.0-or-later
"""A digest of the whole file within the file: what was changed after printing shows.

The digest stands in the metadata, which is the one part of a file that is not compressed. It is
taken over all bytes, with zeros where it stands itself. Whoever knows this can make another file
with a seal of its own: a seal tells that nothing was changed, never who printed.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from io import BytesIO
from typing import Any, Final

import pikepdf

from egn_desktop.documents.metadata import NAMESPACE, PROGRAM, UNSEALED, one_line
from egn_desktop.documents.reading import opened

_SEAL: Final = re.compile(rb"\n  <egn:seal>([0-9a-f]{64})</egn:seal>\n")
_LONGEST: Final = 200


class SealState(StrEnum):
    """What a PDF's seal tells."""

    INTACT = "intact"
    CHANGED = "changed"
    UNSEALED = "unsealed"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Print:
    """What a PDF says of itself; only when its seal is intact has nobody changed it since.

    Attributes:
        reference: what tells this print from another one ("Version 1 adoptée le 12/10/2026").
        printed_on: the date that it bears, year-month-day, empty when it bears none.
        journal: how many entries the dossier's journal had at printing, and the last one's hash.
    """

    state: SealState
    title: str = ""
    school: str = ""
    reference: str = ""
    printed_on: str = ""
    journal: tuple[int, str] | None = None


def with_seal(document: pikepdf.Pdf) -> bytes:
    """Save a described document and seal it; the same document always gives the same bytes."""
    finished = BytesIO()
    document.save(
        finished,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return sealed(finished.getvalue())


def sealed(pdf: bytes) -> bytes:
    """Return a PDF that ``metadata.describe`` has prepared with its seal filled in."""
    found = _SEAL.findall(pdf)
    if found != [UNSEALED.encode()]:
        raise ValueError("a PDF is sealed once, after it was described")
    place = _SEAL.search(pdf)
    assert place is not None  # noqa: S101
    start, end = place.span(1)
    return pdf[:start] + hashlib.sha256(pdf).hexdigest().encode() + pdf[end:]


def examined(pdf: bytes, name: str) -> Print:
    """Return what a PDF says of itself, and whether that is as it was printed.

    Args:
        name: names the file to the user.

    Raises:
        UserError: it is no PDF, or one that does not open.
    """
    with opened(pdf, name) as document:
        packet, producer = _packet(document), _producer(document)
    state = _state(pdf, packet, producer)
    if state is SealState.FOREIGN:
        return Print(state)
    return Print(
        state,
        title=_said(packet, rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>"),
        school=_said(packet, rb"<egn:school>(.*?)</egn:school>"),
        reference=_said(packet, rb"<egn:reference>(.*?)</egn:reference>"),
        printed_on=_said(packet, rb"<egn:printedOn>(.*?)</egn:printedOn>"),
        journal=_journal(_said(packet, rb"<egn:journal>(.*?)</egn:journal>")),
    )


def is_intact(pdf: bytes) -> bool:
    """Tell whether a file is byte for byte what was sealed."""
    places = list(_SEAL.finditer(pdf))
    if len(places) != 1:
        return False
    start, end = places[0].span(1)
    blank = pdf[:start] + UNSEALED.encode() + pdf[end:]
    return hashlib.sha256(blank).hexdigest().encode() == places[0][1]


def _state(pdf: bytes, packet: bytes, producer: str) -> SealState:
    if is_intact(pdf):
        return SealState.INTACT
    if NAMESPACE.encode() in packet:
        return SealState.CHANGED
    return SealState.UNSEALED if producer == PROGRAM else SealState.FOREIGN


def _packet(document: pikepdf.Pdf) -> bytes:
    root: Any = document.Root
    try:
        return bytes(root.Metadata.read_bytes())
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):
        return b""


def _producer(document: pikepdf.Pdf) -> str:
    info: Any = document.trailer.get("/Info")
    try:
        return str(info["/Producer"])
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):
        return ""


def _journal(said: str) -> tuple[int, str] | None:
    found = re.fullmatch(r"(\d{1,9}) ([0-9a-f]{64})", said)
    return (int(found[1]), found[2]) if found else None


def _said(packet: bytes, pattern: bytes) -> str:
    """Return some words of the metadata, harmless to show: they may be a stranger's."""
    found = re.search(pattern, packet, re.DOTALL)
    words = unescape(found[1].decode("utf-8", "replace")) if found else ""
    return one_line(words)[:_LONGEST]
