# SPDX-License-Identifier: GPL-3.0-or-later
"""What is worked out of a whole dossier, kept in memory until anything in it changes."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from egn_desktop.dossier.store import Dossier

Result = TypeVar("Result")
Moment = tuple[str, int, date]

# The name of the last write alone would not do: it is given when a write begins, and a write that
# failed gives it back. SQLite's own count goes up within a write, and never down.
_MOMENT = "SELECT (SELECT token FROM state), total_changes()"


class Kept(Generic[Result]):
    """A reading of the dossier that is made once for each state, and each day, that it is in.

    What it returns is shared by all who ask: it must be something that nobody can change.
    """

    def __init__(self, make: Callable[[Dossier], Result]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[Dossier, tuple[Moment, Result]] = WeakKeyDictionary()
        self.__doc__ = make.__doc__

    def __call__(self, dossier: Dossier) -> Result:
        """Return what the dossier now gives, made before or made now."""
        now = moment(dossier)
        kept = self._kept.get(dossier)
        if kept is not None and kept[0] == now:
            return kept[1]
        # Made outside the lock; what read two states, before and after a write, is made again.
        made = self._make(dossier)
        if moment(dossier) != now:
            with dossier.locked:
                now, made = moment(dossier), self._make(dossier)
        self._kept[dossier] = (now, made)
        return made


def moment(dossier: Dossier) -> Moment:
    """Return the state and the day that a dossier is in: the same until anything in it changes."""
    with dossier.read() as session:
        # Within a write, what is still to be written counts too.
        session.flush()
        token, changes = session.connection().exec_driver_sql(_MOMENT).one()
    return token or "", changes, dossier.today()
