# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a noun's fields, from their descriptions."""

import argparse
from collections.abc import Collection
from typing import Any

from egn_desktop.cli.parser import cents, day, spelt
from egn_desktop.fields import Field, Shape, fields_of

YES_NO = {"oui": True, "non": False}
_READ = {
    Shape.DAY: (day, "JJ/MM/AAAA"),
    Shape.TERM: (day, "JJ/MM/AAAA"),
    Shape.MONEY: (cents, "EUROS"),
    Shape.COUNT: (int, "N"),
}


def add_options(
    parser: argparse.ArgumentParser, noun: type[Any], *, but: Collection[str] = ()
) -> None:
    """Add an option for each field of a noun."""
    for field in fields_of(noun):
        if field.name not in but:
            _add(parser, field)


def given(
    options: argparse.Namespace, noun: type[Any], *, but: Collection[str] = ()
) -> dict[str, Any]:
    """Return what the options say of a noun, by the names of its fields.

    Raises:
        UserError: a number or an address is none.
    """
    found: dict[str, Any] = {}
    for field in fields_of(noun):
        value = getattr(options, field.name, None)
        if value is None or field.name in but:
            continue
        if field.shape is Shape.CHOICE:
            value = field.choice(value)
        elif field.shape is Shape.YES_NO:
            value = YES_NO[value]
        elif field.spelling is not None:
            value = spelt(field.spelling, value)
        found[field.name] = value
    return found


def _add(parser: argparse.ArgumentParser, field: Field) -> None:
    name, help = field.option or f"--{field.name.replace('_', '-')}", _help(field)
    if field.choices:
        values = [choice.value for choice in field.choices]
        parser.add_argument(name, dest=field.name, choices=values, help=help)
    elif field.shape is Shape.YES_NO:
        parser.add_argument(name, dest=field.name, choices=tuple(YES_NO), help=help)
    elif field.shape is Shape.NAMES:
        again = f"{help} ; se répète, et remplace la liste"
        parser.add_argument(name, dest=field.name, action="append", metavar="NOM", help=again)
    else:
        read, shape = _READ.get(field.shape, (str, "TEXTE"))
        parser.add_argument(name, dest=field.name, type=read, metavar=shape, help=help)


def _help(field: Field) -> str:
    """Return what an option is, as a help line says it; a sign of percent means another thing."""
    words = field.lower_label
    if field.choices:
        words += f" : {', '.join(choice.label.lower() for choice in field.choices)}"
    return words.replace("%", "%%")
