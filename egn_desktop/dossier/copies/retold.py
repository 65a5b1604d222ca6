# SPDX-License-Identifier: GPL-3.0-or-later
"""What the other copy's journal tells of the things taken over, told again in this one.

Each entry keeps its time and who made it; the chain carries on from this journal's own last entry.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from egn_desktop.dossier import journal
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.ids import MISSING, Ids
from egn_desktop.dossier.copies.lines import Kind, Line
from egn_desktop.dossier.copies.subjects import Row, Subject

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def retell(
    dossier: "Dossier", there: Book, here: Book, ids: Ids, lines: Sequence[Line], *, after: int
) -> None:
    """Journal again what the other copy journalled of these lines, within the write under way."""
    by_id = {line.id: line for line in lines}
    unclaimed = list(lines)
    told: set[str] = set()
    undone = there.undone()
    _tell_undone(dossier, there, here, ids, lines, after=after)
    for entry in there.entries(after):
        details = entry["details"]
        found = _line_of(entry, by_id, unclaimed, there, ids) if details else None
        if found is None or details is None or entry["id"] in undone:
            continue
        line, subject = found
        if line.kind is Kind.ERASURE and line.here:
            continue
        told.add(line.id)
        dossier.record(
            entry["what"],
            subject,
            before=_renumbered(details["before"], line.subject, ids),
            after=_renumbered(details["after"], line.subject, ids),
            at=entry["at"],
            who=entry["who"],
        )
    for line in lines:
        is_untold = not line.here and line.id not in told
        if is_untold or (line.kind is Kind.CONFLICT and not line.rivals):
            _tell_standing(dossier, here, ids, line)


def _tell_undone(
    dossier: "Dossier", there: Book, here: Book, ids: Ids, lines: Sequence[Line], *, after: int
) -> None:
    """Journal which of the entries that both share were undone, or done again, there alone."""
    undone_there, undone_here = there.undone(), here.undone()
    if undone_there == undone_here:
        return
    by_id, unclaimed = {line.id: line for line in lines}, list(lines)
    for what, differing, whole in (
        (journal.UNDONE, undone_there - undone_here, here),
        (journal.REDONE, undone_here - undone_there, there),
    ):
        # Where it counts, an entry says what it is about; where it was undone, perhaps no more.
        told = [
            entry["id"]
            for entry in whole.entries(0)
            if entry["id"] in differing
            and entry["id"] <= after
            and entry["details"]
            and _line_of(entry, by_id, unclaimed, whole, ids)
        ]
        if told:
            dossier.record(what, "journal", after={"entries": journal.spans(told)})
            journal.give_details(dossier.raw, there.details(told))


def _line_of(
    entry: Row, by_id: Mapping[str, Line], unclaimed: list[Line], there: Book, ids: Ids
) -> tuple[Line, str] | None:
    """Return the line that an entry is about, and what its subject is called here."""
    kind, _, name = entry["subject"].partition(":")
    subject = ids.subjects.changes.get(entry["what"])
    if subject is not None:
        line = _claimed(entry, subject.table, name, by_id, unclaimed, there)
        if line is None:
            return None
        of = ids.subjects.kinds.get(kind)
        called = name if of is None else _called(of, name, ids)
        return None if called is None else (line, f"{kind}:{called}")
    of = ids.subjects.kinds.get(kind)
    if of is None:
        return None
    line = by_id.get(f"{of.table}:{name.removeprefix(of.key_prefix)}")
    called = _called(of, name, ids)
    return None if line is None or called is None else (line, f"{kind}:{called}")


def _called(of: Subject, name: str, ids: Ids) -> str | None:
    """Return what the journal calls a thing here, or None when it is no more here."""
    number = name.removeprefix(of.key_prefix)
    (key,) = ids.key(of.table, (int(number) if number.isdecimal() else number,))
    return None if key is MISSING else f"{of.key_prefix}{key}"


def _claimed(
    entry: Row,
    table: str,
    name: str,
    by_id: Mapping[str, Line],
    unclaimed: list[Line],
    there: Book,
) -> Line | None:
    subject = there.subjects.of[table]
    details = entry["details"]
    if subject.numbered_in:
        number = (details["before"] | details["after"]).get(subject.numbered_in)
        return by_id.get(f"{table}:{number}")
    assert subject.under is not None  # noqa: S101 - a test holds the table of subjects to it
    column = subject.under[0]
    for line in unclaimed:
        if line.subject is subject:
            row = there.row(table, line.key_there)
            if row is not None and str(row[column]) == name:
                unclaimed.remove(line)
                return line
    return None


def _tell_standing(dossier: "Dossier", here: Book, ids: Ids, line: Line) -> None:
    """Journal how a thing now stands: both had their word on it, or the other's was erased."""
    subject = line.subject
    key = line.key_here or ids.key(subject.table, line.key_there)
    row = None if any(part is MISSING for part in key) else here.row(subject.table, key)
    if row is None:
        return
    if subject.under is not None:
        # The other journal's words went with a person; that it came about still counts.
        column, kind = subject.under
        dossier.record(subject.changes[0], f"{kind}:{row[column]}")
        return
    if not subject.kinds:
        return
    kind = row.get("kind") if row.get("kind") in subject.kinds else subject.kinds[0]
    told = subject.journalled(here, row) if subject.journalled else _plain(here, line, row)
    name = f"{subject.key_prefix}{key[0]}"
    dossier.record(f"{kind}.joined", f"{kind}:{name}", after=told)


def _plain(here: Book, line: Line, row: Row) -> dict[str, Any]:
    own = here.subjects.shape(line.subject.table).key
    return {
        name: value
        for name, value in row.items()
        if name not in own and not isinstance(value, bytes)
    }


def _renumbered(fields: Mapping[str, Any], subject: Subject, ids: Ids) -> dict[str, Any]:
    """Return an entry's fields with the numbers that they name as they are here."""
    found = dict(fields)
    for name, prefixes in subject.texts.items():
        if name in found:
            found[name] = ids.text(found[name], prefixes)
    for name, table in ids.subjects.journal_refs.items():
        value = found.get(name)
        if isinstance(value, list):
            found[name] = [_number(named, table, ids) for named in cast("list[Any]", value)]
        elif isinstance(value, int):
            found[name] = _number(value, table, ids)
    return found


def _number(number: Any, table: str, ids: Ids) -> Any:
    here = ids.number(table, number)
    return number if here is MISSING else here
