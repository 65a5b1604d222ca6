# SPDX-License-Identifier: GPL-3.0-or-later
"""How raw values of a file are said in French, for the features' words on their rows."""

from contextlib import suppress
from datetime import date
from typing import Any

from egn_desktop.dossier import instants


def day(value: Any) -> str:
    """Return "24/11/2026" of a day or an instant kept as text; an empty text of nothing."""
    if not value:
        return ""
    with suppress(ValueError):
        if "T" in value:
            return f"{instants.read(value):%d/%m/%Y à %H:%M}"
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return str(value)


def yes(value: Any) -> str:
    """Return "oui", "non", or an empty text where nothing is said."""
    return "" if value is None else "oui" if value else "non"


def short(text: Any, longest: int = 60) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()}…"


def quoted(text: Any) -> str:
    """Return « a text », cut where it is long."""
    return f"« {short(text)} »"
