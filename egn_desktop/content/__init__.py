# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed loader of ``resources/**/*.toml``, its only reader.

Each file holds a ``version`` and a list ``entry``; every entry has a stable ``id`` and a
``source``, the id of an entry of ``resources/sources.toml``.
"""

from egn_desktop.content.loader import (
    Catalogue,
    ContentError,
    Entry,
    Source,
    load,
    source,
    sources,
)

__all__ = ["Catalogue", "ContentError", "Entry", "Source", "load", "source", "sources"]
