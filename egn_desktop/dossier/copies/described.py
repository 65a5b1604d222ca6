# SPDX-License-Identifier: GPL-3.0-or-later
"""How two copies say the fields of a noun that they differ in, from their descriptions."""

from collections.abc import Callable
from typing import Any

from egn_desktop.dossier.copies.words import day
from egn_desktop.fields import Field, Shape, fields_of


def labels(noun: type[Any]) -> dict[str, str]:
    """Return the French name of each field, within a sentence."""
    return {field.name: field.lower_label for field in fields_of(noun)}


def values(noun: type[Any]) -> dict[str, Callable[[Any], str]]:
    """Return how a file's values are said, where they are no text."""
    found: dict[str, Callable[[Any], str]] = {}
    for field in fields_of(noun):
        if field.shape in (Shape.DAY, Shape.TERM):
            found[field.name] = day
        elif field.choices:
            found[field.name] = _label(field)
        elif field.shape in (Shape.MONEY, Shape.COUNT, Shape.YES_NO):
            found[field.name] = field.shown
    return found


def _label(field: Field) -> Callable[[Any], str]:
    return lambda value: field.choice(value).label.lower() if value else ""
