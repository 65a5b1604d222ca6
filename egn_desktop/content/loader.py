# SPDX-License-Identifier: GPL-3.0-or-later
"""Read and validate the content files, once per process."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from egn_desktop import paths

OWN_PROPOSAL = "egn-desktop"


class ContentError(Exception):
    """A content file is wrong: ours to mend, never the user's fault."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What every entry of every content file has.

    Attributes:
        id: stable name, unique in its catalogue; answers in dossiers refer to it.
        source: id of an entry of ``sources.toml``.
    """

    id: str
    source: str


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact of the content can be checked.

    Attributes:
        place: where in the text: article, number of the Bulletin officiel, page; empty for our own
            proposals.
        address: where to read it; empty for our own proposals.
        checked: the day on which it was last read there.
        note: which copy was read where the text itself was not, and what is not known of it.
    """

    id: str
    title: str
    publisher: str
    year: int
    place: str = ""
    address: str = ""
    checked: date
    note: str = ""

    @property
    def is_own_proposal(self) -> bool:
        """Tell whether nobody but us stands behind it."""
        return self.id == OWN_PROPOSAL

    @property
    def citation(self) -> str:
        """Return the one-line French citation shown beside a question or in a PDF."""
        if self.is_own_proposal:
            return "Proposition EGN Desktop"
        return f"{self.publisher}, {self.dated}"

    @property
    def dated(self) -> str:
        """Return the title with its year, which some titles say themselves."""
        return self.title if str(self.year) in self.title else f"{self.title}, {self.year}"

    @property
    def reference(self) -> str:
        """Return the citation with the place in the text and the address, for a list of sources."""
        if self.is_own_proposal:
            return self.citation
        where = f"\u202f: {self.place}" if self.place else ""
        return f"{self.citation}{where}. {self.address}".strip()


E_ = TypeVar("E_", bound=Entry)


class Catalogue(Generic[E_]):
    """The entries of one kind, in file order, with the content's version."""

    def __init__(self, version: str, entries: tuple[E_, ...]) -> None:
        self.version = version
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}

    def __iter__(self) -> Iterator[E_]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._by_id

    def __getitem__(self, entry_id: str) -> E_:
        return self._by_id[entry_id]

    def get(self, entry_id: str) -> E_ | None:
        """Return the entry of that id, or None if this version does not have it."""
        return self._by_id.get(entry_id)

    def worded(self, words: Mapping[str, str]) -> "Catalogue[E_]":
        """Return the same entries with each ``{name}`` of ``words`` replaced in their texts."""
        said = (
            msgspec.convert(_worded(msgspec.to_builtins(entry), words), type(entry))
            for entry in self.entries
        )
        return Catalogue(self.version, tuple(said))


def _worded(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
        return value
    if isinstance(value, dict):
        return {key: _worded(text, words) for key, text in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, (list, tuple)):
        return [_worded(part, words) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return value


class _SourcesFile(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    entry: tuple[Source, ...]


def load(pattern: str, entry_type: type[E_], *, folder: Path | None = None) -> Catalogue[E_]:
    """Read every file of ``resources`` that matches, in name order, as one catalogue.

    Args:
        pattern: glob below ``resources``, for instance ``audit/*.toml``.
        entry_type: the struct of one entry; unknown fields are refused if it says so.
        folder: another folder than the shipped one.

    Raises:
        ContentError: no file matches, a file does not fit the type, an id is used twice, or a
            source is not listed.
    """
    root = folder or paths.resources()
    file_type = msgspec.defstruct("_File", [("version", str), ("entry", tuple[entry_type, ...])])
    version, entries = "", list[E_]()
    for path in sorted(root.glob(pattern)):
        try:
            content = msgspec.toml.decode(path.read_bytes(), type=file_type)
        except msgspec.DecodeError as error:
            raise ContentError(f"{path.name}: {error}") from error
        version = max(version, content.version)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
        entries.extend(content.entry)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
    if not entries:
        raise ContentError(f"no content in {root / pattern}")
    seen: set[str] = set()
    known = sources()
    for entry in entries:
        if entry.id in seen:
            raise ContentError(f"{pattern}: id {entry.id} is used twice")
        if entry.source not in known:
            raise ContentError(f"{pattern}: {entry.id} has the unknown source {entry.source}")
        seen.add(entry.id)
    return Catalogue(version, tuple(entries))


@cache
def sources() -> dict[str, Source]:
    """Return every source of the content by id.

    Raises:
        ContentError: the file does not fit the type.
    """
    path = paths.resources() / "sources.toml"
    try:
        content = msgspec.toml.decode(path.read_bytes(), type=_SourcesFile)
    except msgspec.DecodeError as error:
        raise ContentError(f"{path.name}: {error}") from error
    return {entry.id: entry for entry in content.entry}


def source(entry: Entry) -> Source:
    """Return the source of an entry."""
    return sources()[entry.source]
