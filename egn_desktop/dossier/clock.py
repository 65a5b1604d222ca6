# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the computer's clock can be right: it cannot be behind what was written already."""

from datetime import UTC, datetime, timedelta
from typing import Final

from egn_desktop.dossier.errors import ClockDoubtError

TOLERANCE: Final = timedelta(minutes=10)
"""Two computers that write one dossier, or one just set by the network, differ by minutes."""


class ClockWatch:
    """The latest instant at which something was written, held against the clock.

    Instants are compared, so that neither another zone nor summer time matters. A clock that runs
    ahead looks like a long pause: it is known once it is set right.
    """

    def __init__(self) -> None:
        self._latest: datetime | None = None

    def heed(self, moment: datetime) -> None:
        """Note that something was written at that moment."""
        # In one zone, Python compares what the wall clock shows, which repeats an hour in October.
        instant = moment.astimezone(UTC)
        self._latest = max(instant, self._latest or instant)

    def doubt(self, now: datetime) -> ClockDoubtError | None:
        """Return why the clock cannot be right, or None."""
        if self._latest is None or now.astimezone(UTC) >= self._latest - TOLERANCE:
            return None
        return ClockDoubtError(now=now, last=self._latest)

    def trust(self) -> None:
        """Take the clock as right from now on: whoever is at the keyboard has said so."""
        self._latest = None
