# SPDX-License-Identifier: GPL-3.0-or-later
"""Which column holds what: header words → fields, or what the user says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from egn_desktop import content
from egn_desktop.collation import fold
from egn_desktop.errors import UserError
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.lines import Cells
from egn_desktop.exchange.table import Row, Table
from egn_desktop.exchange.titles import Recogniser, header_word
from egn_desktop.fields import Field, fields_of

IGNORED = ""
"""The field of a column that the user wants left out."""


class ImportField(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a column can hold.

    Attributes:
        words: header titles that mean it, as ``header_word`` writes them, the surest first.
        repeats: whether it comes again for each child of a line.
    """

    label: str
    words: tuple[str, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    Attributes:
        position: its place, from 0.
        title: as written; empty where the file has none.
        field: id of what it holds, or ``IGNORED``.
        sample: its first filled cell.
    """

    position: int
    title: str
    field: str
    sample: str


@cache
def fields(kind: ImportKind) -> content.Catalogue[ImportField]:
    """Return what the columns of such a list can hold: the noun's fields, then what files add."""
    files = content.load("exchange/columns.toml", ImportField)
    added = [file for file in files if file.id.startswith(f"{kind}.")]
    found = [_described(field) for field in fields_of(kind.list.noun)]
    found += [msgspec.structs.replace(entry, id=entry.id.partition(".")[2]) for entry in added]
    return content.Catalogue(files.version, tuple(found))


def _described(field: Field) -> ImportField:
    own = header_word(field.label)
    words = field.words if own in field.words else (*field.words, own)
    return ImportField(id=field.name, source="egn-desktop", label=field.label, words=words)


def recogniser(kind: ImportKind, extra: Sequence[str] = ()) -> Recogniser:
    """Return what counts the known header words of a line, for finding the header.

    Args:
        extra: titles that the user has named.
    """
    known = {word for field in fields(kind) for word in field.words}
    return Recogniser(frozenset(known | {header_word(title) for title in extra}))


def columns(table: Table, kind: ImportKind, chosen: Mapping[int, str]) -> tuple[Column, ...]:
    """Return what each column holds: as chosen, else as its title says."""
    found = dict(chosen)
    words = [header_word(title) for title in table.header]
    for field in fields(kind):
        if field.id in chosen.values():
            continue
        places = [p for p, word in enumerate(words) if word in field.words and p not in found]
        if field.repeats:
            found.update(dict.fromkeys(places, field.id))
        elif places:
            found[min(places, key=lambda p: field.words.index(words[p]))] = field.id
    _find_longer_titles(kind, words, found)
    return tuple(
        Column(p, title, found.get(p, IGNORED), _sample(table.rows, p))
        for p, title in enumerate(table.header)
        if title or p in found or _sample(table.rows, p)
    )


def _find_longer_titles(kind: ImportKind, words: Sequence[str], found: dict[int, str]) -> None:
    """Find titles that say more than a known one: "numero serie constructeur"."""
    if not kind.list.has_longer_titles:
        return
    for field in fields(kind):
        if field.id in found.values():
            continue
        known = [set(word.split()) for word in field.words if " " in word]
        for place, word in enumerate(words):
            if place not in found and any(two <= set(word.split()) for two in known):
                found[place] = field.id
                break


def _sample(rows: Sequence[Row], place: int) -> str:
    return next((row.cells[place] for row in rows if row.cells[place]), "")


def chosen_columns(table: Table, kind: ImportKind, by_title: Mapping[str, str]) -> dict[int, str]:
    """Return the choice that a user made by titles, by position.

    Raises:
        UserError: the file has no such title, or there is no such field.
    """
    chosen = dict[int, str]()
    for title, field in by_title.items():
        places = [
            p for p, known_title in enumerate(table.header) if fold(known_title) == fold(title)
        ]
        if not places:
            known = ", ".join(f"« {title} »" for title in table.header if title)
            raise UserError(
                f"« {table.name} » n’a pas de colonne « {title} ».", todo=f"Ses colonnes : {known}."
            )
        if field != IGNORED and field not in fields(kind):
            known = ", ".join(f"{field.id} ({field.label})" for field in fields(kind))
            raise UserError(f"Le champ « {field} » n’existe pas.", todo=f"Au choix : {known}.")
        repeats = field != IGNORED and fields(kind)[field].repeats
        chosen.update(dict.fromkeys(places if repeats or field == IGNORED else places[:1], field))
    return chosen


def digest(table: Table, kind: ImportKind) -> str:
    """Return what tells a header row from others; the titles cannot be read back from it."""
    titles = "\x1f".join((kind, *(fold(title) for title in table.header))).rstrip("\x1f")
    return hashlib.sha256(titles.encode()).hexdigest()[:24]


def as_remembered(table: Table, chosen: Mapping[int, str]) -> list[str]:
    """Return a choice to be kept with the header's digest: the field of each column."""
    return [chosen.get(place, IGNORED) for place in range(len(table.header))]


def recalled(table: Table, kind: ImportKind, kept: Sequence[str]) -> dict[int, str]:
    """Return a choice that was kept, by position; what a field is no more is left out."""
    known = zip(range(len(table.header)), kept, strict=False)
    return {place: word for place, word in known if word == IGNORED or word in fields(kind)}


def missing(kind: ImportKind, found: Sequence[Column]) -> tuple[str, ...]:
    """Return what no column holds though it is needed, in French."""
    held = {column.field for column in found}
    return tuple(
        " ou ".join(f"« {fields(kind)[field].label} »" for field in group)
        for group in kind.list.needed
        if not held & set(group)
    )


def cells_of(kind: ImportKind, columns: Sequence[Column], row: Row) -> Cells:
    """Return the cells of a line by field, the repeated ones by position."""
    own, children = dict[str, str](), list[dict[str, str]]()
    seen = dict[str, int]()
    for column in columns:
        if column.field == IGNORED:
            continue
        text = row.cells[column.position]
        if not fields(kind)[column.field].repeats:
            own[column.field] = text
            continue
        place = seen.get(column.field, 0)
        seen[column.field] = place + 1
        while len(children) <= place:
            children.append({})
        children[place][column.field] = text
    return Cells(own, tuple(child for child in children if any(child.values())))
