# SPDX-License-Identifier: GPL-3.0-or-later
"""A digest of the whole file within the file: what was changed after printing shows.

The digest stands in the metadata, which is the one part of a file that is not compressed. It is
taken over all bytes, with zeros where it stands itself. Whoever knows this can make another file
with a seal of its own: a seal tells that nothing was changed, never who printed. ``received`` has a
child process examine a file.
"""

import hashlib
import re
import zlib
from dataclasses import asdict
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any, Final

import pikepdf

from egn_desktop.documents.pdf.metadata import NAMESPACE, PROGRAM, UNSEALED, one_line
from egn_desktop.documents.pdf.reading import opened
from egn_desktop.documents.pdf.received import Print, SealState

_SEAL: Final = re.compile(rb"\n  <egn:seal>([0-9a-f]{64})</egn:seal>\n")
_LONGEST: Final = 200
_LONGEST_PACKET: Final = 128 * 1024
"""How much of the metadata is looked at; ours has some 5 kB."""


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


def for_parent(content: bytes, about: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Examine a PDF in the child; see ``sandbox.readers``."""
    return asdict(examined_here(content, about["name"])), b""


def examined_here(pdf: bytes, name: str) -> Print:
    """Return what a PDF says of itself, opened in this process.

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
        title=_said(packet, b"<dc:title>", b"<rdf:li", b">", end=b"</rdf:li>"),
        school=_said(packet, b"<egn:school>", end=b"</egn:school>"),
        reference=_said(packet, b"<egn:reference>", end=b"</egn:reference>"),
        printed_on=_said(packet, b"<egn:printedOn>", end=b"</egn:printedOn>"),
        journal=_journal(_said(packet, b"<egn:journal>", end=b"</egn:journal>")),
    )


def is_intact(pdf: bytes) -> bool:
    """Tell whether a file is byte for byte what was sealed."""
    places = list(islice(_SEAL.finditer(pdf), 2))
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
    """Return the beginning of the metadata, unfolded no further than that.

    Ours is not compressed; what a program has saved anew often is, in the usual way.
    """
    root: Any = document.Root
    try:
        raw = bytes(root.Metadata.read_raw_bytes())
        if "/Filter" in root.Metadata:
            raw = zlib.decompressobj().decompress(raw, _LONGEST_PACKET)
        return raw[:_LONGEST_PACKET]
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError, zlib.error):
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


def _said(packet: bytes, *marks: bytes, end: bytes) -> str:
    """Return the words behind some marks, harmless to show: they may be a stranger's."""
    place = 0
    for mark in marks:
        found = packet.find(mark, place)
        if found < 0:
            return ""
        place = found + len(mark)
    until = packet.find(end, place)
    words = unescape(packet[place:until].decode("utf-8", "replace")) if until >= 0 else ""
    return one_line(words)[:_LONGEST]
