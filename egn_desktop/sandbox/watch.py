# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what is being read is still wanted."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

_watch: ContextVar[Callable[[], object]] = ContextVar("_watch", default=lambda: None)


@contextmanager
def watched(check: Callable[[], object]) -> Generator[None]:
    """Within this block, ``check`` is called while files are read; it raises to stop the reading.

    So that a job that can be cancelled need not hand this down to whatever reads a file for it.
    """
    before = _watch.set(check)
    try:
        yield
    finally:
        _watch.reset(before)


def still_wanted() -> None:
    """Raise what stops the reading, if it is to be stopped."""
    _watch.get()()
