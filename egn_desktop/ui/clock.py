# SPDX-License-Identifier: GPL-3.0-or-later
"""The time by which the window reads « demain » and notes « Enregistré à »: the dossier's."""

from collections.abc import Callable
from datetime import date, datetime
from typing import cast

from PySide6.QtCore import QDateTime


def _machine_time() -> datetime:
    return cast("datetime", QDateTime.currentDateTime().toPython())


_now: Callable[[], datetime] = _machine_time


def follow(now: Callable[[], datetime] | None) -> None:
    """Take the time from ``now`` from here on; from the machine again with None."""
    global _now
    _now = now or _machine_time


def now() -> datetime:
    """Return the time."""
    return _now()


def today() -> date:
    """Return the day."""
    return _now().date()
