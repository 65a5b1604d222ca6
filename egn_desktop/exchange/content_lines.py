# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines that agendas and address books exchange: RFC 5545 (iCalendar), RFC 2426 (vCard 3.0).

Both write a property a line, in UTF-8, without a mark at the beginning, ended by CR and LF, and go
on below, after a space, before a line has more than 75 octets.
"""

from collections.abc import Sequence
from uuid import UUID, uuid5

from egn_desktop.dossier import Dossier
from egn_desktop.exchange.spreadsheets import visible

LONGEST_LINE = 75
"""In octets, without its end."""


def escaped(text: str) -> str:
    """Return a text as the value of a property, which no sign of it can end or divide."""
    plain = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in "\\;,":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line cut before it is too long, never inside a character."""
    parts, part, room = list[str](), "", LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(part)
            # The space that the next line begins with is one of its octets.
            part, room = "", LONGEST_LINE - 1
        part, room = part + sign, room - size
    return "\r\n ".join([*parts, part])


def as_bytes(lines: Sequence[str]) -> bytes:
    """Return a whole file."""
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def identifier(dossier: Dossier, what: str) -> str:
    """Return an identifier that is the same for ever, in every copy of the dossier.

    What is taken a second time then takes the place of the first.
    """
    return str(uuid5(UUID(dossier.dossier_id), what))
