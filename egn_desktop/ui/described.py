# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms and columns of a noun's fields, from their descriptions."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from egn_desktop.fields import REQUIRED, Field, Shape, field_of, fields_of
from egn_desktop.ui.fields import Check
from egn_desktop.ui.forms import Form
from egn_desktop.ui.tables import ColumnSpec

NOT_SAID = "Non précisé"
_SHORT = (Shape.DAY, Shape.TERM, Shape.MONEY, Shape.COUNT)
"""What leaves room for another field beside it."""


def add_field(
    form: Form,
    field: Field,
    value: Any,
    *,
    help: str = "",
    check: Check | None = None,
    width: int | None = None,
) -> None:
    """Add the control of a field to a form, as its shape wants it.

    Args:
        help: said instead of its own, where the value itself gives more to say.
        check: says what is wrong with a text, or None.
        width: of the control of a short text.
    """
    help = help or field.help
    match field.shape:
        case Shape.CHOICE:
            options: list[tuple[object, str]] = [(choice, choice.label) for choice in field.choices]
            if field.blank is None:
                options.insert(0, (None, NOT_SAID))
            form.add_choice(field.name, field.label, options, value=value, help=help)
        case Shape.DAY | Shape.TERM:
            optional = field.blank is not REQUIRED
            form.add_date(
                *(field.name, field.label),
                value=value,
                optional=optional,
                help=help,
                is_past=field.is_past,
            )
        case Shape.MONEY:
            form.add_money(field.name, field.label, value=value, help=help)
        case Shape.COUNT:
            form.add_number(field.name, field.label, value=value, help=help)
        case Shape.YES_NO:
            form.add_check(field.name, field.label, value=value, help=help)
        case _:
            lines = {Shape.LINES: 2, Shape.NAMES: 3}.get(field.shape, 1)
            words = "\n".join(value) if field.shape is Shape.NAMES else value
            form.add_text(
                *(field.name, field.label),
                value=words,
                help=help,
                placeholder=field.placeholder,
                lines=lines,
                check=check,
                spelling=field.spelling,
                width=width,
            )


def add_fields(form: Form, noun: type[Any], kept: Any, *, but: Collection[str] = ()) -> None:
    """Add a noun's fields in their order, days and amounts that follow each other two a line."""
    wanted = [field for field in fields_of(noun) if field.name not in but]
    for is_short, group in groupby(wanted, lambda field: field.shape in _SHORT):
        fields = list(group)
        if not is_short:
            for described_field in fields:
                add_field(form, described_field, getattr(kept, described_field.name))
            continue
        for place in range(0, len(fields), 2):
            add_row(form, noun, kept, *(field.name for field in fields[place : place + 2]))


def add_row(
    form: Form, noun: type[Any], kept: Any, *names: str, check: Check | None = None
) -> None:
    """Add fields side by side."""
    with form.row():
        for name in names:
            add_field(form, field_of(noun, name), getattr(kept, name), check=check)


def columns(noun: type[Any], *, but: Collection[str] = ()) -> Iterator[ColumnSpec]:
    """Yield a column, hidden until it is asked for, for each field that a list may show."""
    for field in fields_of(noun):
        if field.in_list and field.name not in but:
            yield column(field, shown=False)


def column(field: Field, *, shown: bool = True, stretch: bool = False) -> ColumnSpec:
    """Return the column of a field."""
    read: Callable[[Any], Any] = attrgetter(field.name)
    return ColumnSpec(
        field.label,
        partial(_text, field),
        sort=read if field.shape in _SHORT else None,
        by=field.name,
        stretch=stretch,
        align_right=field.shape in (Shape.MONEY, Shape.COUNT),
        shown=shown,
    )


def _text(field: Field, row: Any) -> str:
    return field.shown(getattr(row, field.name))
