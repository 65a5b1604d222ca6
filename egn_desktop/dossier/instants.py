# SPDX-License-Identifier: GPL-3.0-or-later
"""How an instant is kept as text: in UTC, with what the clock showed that day beside it.

A paper that says 08:12 must say so on every computer, whatever zone that one is set to: a dossier
is carried, and a laptop's zone may be wrong while its clock shows the right hour.
"""

import re
from datetime import UTC, datetime

# RFC 9557's suffix of an offset. UTC comes first, so that texts sort as the instants do.
_KEPT = re.compile(r"(?P<utc>[^\[]+)\[(?P<offset>[^\]]+)\]")
_TO_THE_SECOND = "2026-11-30T08:12:00"


def written(moment: datetime) -> str:
    """Return "2026-11-30T07:12:00+00:00[+01:00]" for 08:12 in a Paris winter.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    utc = moment.astimezone(UTC).isoformat(timespec="seconds")
    offset = moment.isoformat(timespec="seconds")[len(_TO_THE_SECOND) :]
    return f"{utc}[{offset}]"


def read(text: str) -> datetime:
    """Return an instant as the clock showed it where it was written.

    Before the ninth step of the schema no offset was kept: it is then shown in local time.

    Raises:
        ValueError: it is no instant.
    """
    kept = _KEPT.fullmatch(text)
    if kept is None:
        return datetime.fromisoformat(text).astimezone()
    zone = datetime.strptime(kept["offset"], "%z").tzinfo
    return datetime.fromisoformat(kept["utc"]).astimezone(zone)
