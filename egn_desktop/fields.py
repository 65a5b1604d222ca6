# SPDX-License-Identifier: GPL-3.0-or-later
"""How a field of a noun is described, once, and what is read from that.

The nouns (``inventory.register.nouns``, ``school.identity``) are dataclasses whose attributes are
``described``: form, list, sheet, import, spreadsheet, command, and what is said and erased of a
person read them by ``fields_of``.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, Protocol, TypeVar

from egn_desktop import french
from egn_desktop.personal import Personal
from egn_desktop.spelling import Spelling

T = TypeVar("T")
LONGEST: Final = 200
"""How many characters a line of text holds; a file that holds more is not what it seems."""
_KEY: Final = "field"
REQUIRED: Final[Any] = dataclasses.MISSING
"""The default of an attribute that has none: who makes the noun says it."""


class Shape(StrEnum):
    """What a value is: it says how it is typed, shown, read from a cell and kept."""

    TEXT = "text"
    LINES = "lines"
    NAMES = "names"
    CHOICE = "choice"
    DAY = "day"
    TERM = "term"
    """The last day of something: a warranty, a subscription."""
    MONEY = "money"
    """In cents."""
    COUNT = "count"
    """How many: a whole number."""
    YES_NO = "yes_no"


class Choice(Protocol):
    """One of a few, with its French name."""

    @property
    def value(self) -> str:
        """As it is kept."""
        ...

    @property
    def label(self) -> str:
        """As it is read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a noun.

    Attributes:
        label: its French name, above its control and in the heading of a list or a file.
        personal: whose data it is.
        blank: what it holds when nobody has said anything; ``REQUIRED`` where somebody always has.
        choices: the enumeration of a choice.
        words: titles of columns that mean it in files from elsewhere, the surest first; its label
            means it always.
        sheet: its name on the sheet, where the value says the rest ("Garantie : jusqu’au …").
        option: its option on the command line.
        key: its name in the file of a person's data.
        in_list: whether the list offers it as a column.
        spelling: how its text is written, where that has rules.
        is_past: a day that cannot be to come.
    """

    name: str = ""
    label: str
    personal: Personal
    shape: Shape
    blank: Any
    choices: Iterable[Choice] = ()
    words: tuple[str, ...] = ()
    help: str = ""
    placeholder: str = ""
    sheet: str = ""
    option: str = ""
    key: str = ""
    in_list: bool = True
    spelling: Spelling | None = None
    is_past: bool = False

    @property
    def title(self) -> str:
        """What heads it in a spreadsheet."""
        return f"{self.label} (€)" if self.shape is Shape.MONEY else self.label

    @property
    def lower_label(self) -> str:
        """Its name within a sentence."""
        return self.label if self.label.isupper() else self.label[:1].lower() + self.label[1:]

    def choice(self, value: str) -> Any:
        """Return the member of the enumeration that a kept value is."""
        return next(choice for choice in self.choices if choice.value == value)

    def shown(self, value: Any) -> str:
        """Return a value in French; empty where nothing is known."""
        match self.shape:
            case Shape.CHOICE:
                return value.label if value is not None else ""
            case Shape.DAY | Shape.TERM:
                return french.short_date(value)
            case Shape.MONEY:
                return french.money(value)
            case Shape.COUNT:
                return "" if value is None else french.number(value, 0)
            case Shape.YES_NO:
                return "oui" if value else ""
            case Shape.NAMES:
                return ", ".join(value)
            case _:
                return value


def described(
    default: T,
    label: str,
    personal: Personal,
    shape: Shape = Shape.TEXT,
    *,
    words: str = "",
    choices: Iterable[Choice] = (),
    help: str = "",
    placeholder: str = "",
    sheet: str = "",
    option: str = "",
    key: str = "",
    in_list: bool = True,
    spelling: Spelling | None = None,
    is_past: bool = False,
) -> T:
    """Describe an attribute of a noun: a dataclass reads its default from what is returned.

    Args:
        words: as in ``Field``, between commas, written as ``header_word`` writes them.
    """
    told = Field(
        label=label,
        personal=personal,
        shape=Shape.CHOICE if choices else shape,
        blank=default,
        choices=choices,
        words=tuple(word.strip() for word in words.split(",") if word.strip()),
        help=help,
        placeholder=placeholder,
        sheet=sheet,
        option=option,
        key=key,
        in_list=in_list,
        spelling=spelling,
        is_past=is_past,
    )
    return dataclasses.field(default=default, metadata={_KEY: told})


@cache
def fields_of(noun: type[Any]) -> tuple[Field, ...]:
    """Return the described fields of a noun, in their order."""
    return tuple(
        dataclasses.replace(told, name=field.name)
        for field in dataclasses.fields(noun)
        if (told := field.metadata.get(_KEY))
    )


@cache
def field_of(noun: type[Any], name: str) -> Field:
    """Return one field of a noun."""
    return next(field for field in fields_of(noun) if field.name == name)


@cache
def names_of(noun: type[Any], *but: Shape) -> tuple[str, ...]:
    """Return the names of a noun's fields, but those of some shapes."""
    return tuple(field.name for field in fields_of(noun) if field.shape not in but)


@cache
def columns_of(noun: type[Any]) -> tuple[str, ...]:
    """Return the fields that the noun's own table holds: all but lists of names."""
    return names_of(noun, Shape.NAMES)


def trimmed(value: Any) -> Any:
    """Return a value as it is kept: a text without the blanks around it."""
    # An enumeration's member is a text too, and stays what it is.
    return value.strip() if type(value) is str else value


def given(noun: object) -> dict[str, Any]:
    """Return what a noun says, as its table keeps it."""
    return {name: trimmed(getattr(noun, name)) for name in columns_of(type(noun))}


def kept_of(noun: type[Any], source: object) -> dict[str, Any]:
    """Return what a row or a record holds of a noun, choices as what they are."""
    found: dict[str, Any] = {}
    for name, choices in _readers(noun):
        value = getattr(source, name)
        found[name] = value if choices is None or value is None else choices[value]
    return found


# Asked for each row of a list: the choices are found once.
@cache
def _readers(noun: type[Any]) -> tuple[tuple[str, Mapping[str, Any] | None], ...]:
    return tuple(
        (field.name, {member.value: member for member in field.choices} if field.choices else None)
        for field in fields_of(noun)
        if field.shape is not Shape.NAMES
    )


def too_long(noun: object) -> str | None:
    """Return which text of a noun does not fit on its line, in French, or None."""
    for field in fields_of(type(noun)):
        if field.shape is Shape.TEXT and len(getattr(noun, field.name)) > LONGEST:
            return f"Le texte est trop long pour « {field.label} » ({LONGEST} caractères au plus)."
    return None


def listed(fields: Iterable[Field]) -> str:
    """Return the names of fields, as a sentence lists them: "nom, prénom, classe"."""
    return ", ".join(dict.fromkeys(field.lower_label for field in fields))


def until(last: date | None, today: date) -> str:
    """Return what is said of a term: "jusqu’au 12/09/2027", "a expiré le 12/09/2025", nothing."""
    if last is None:
        return ""
    day = french.short_date(last)
    return f"a expiré le {day}" if last < today else f"jusqu’au {day}"
