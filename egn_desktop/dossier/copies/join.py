# SPDX-License-Identifier: GPL-3.0-or-later
"""Take what was chosen of the other copy over into this one: all of it in one write, or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import backup, state
from egn_desktop.dossier.connection import DatabaseError
from egn_desktop.dossier.copies import fork as forks
from egn_desktop.dossier.copies import retold
from egn_desktop.dossier.copies.book import Book, Thing
from egn_desktop.dossier.copies.compare import Compared
from egn_desktop.dossier.copies.errors import ChangedMeanwhileError, NotJoinedError
from egn_desktop.dossier.copies.ids import MISSING
from egn_desktop.dossier.copies.lines import Kind, Line
from egn_desktop.dossier.copies.other import OtherCopy
from egn_desktop.dossier.copies.subjects import Key, Row
from egn_desktop.dossier.shelf import Backup, Reason

if TYPE_CHECKING:
    from egn_desktop.dossier.copies.fork import Renamed
    from egn_desktop.dossier.store import Dossier


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a joining came to.

    Attributes:
        taken: how many things were taken over, by heading.
        left: how many of the other copy's stay in its backup alone.
        erasures: how many persons or loans were erased as in the other copy.
        before: the backup of this dossier as it was.
        other: the backup of the other copy.
    """

    taken: Mapping[str, int]
    left: int
    erasures: int
    before: Backup
    other: Backup


def join(
    dossier: "Dossier", other: OtherCopy, compared: Compared, chosen: Collection[str]
) -> Outcome:
    """Take the chosen lines over, with what they need; both copies are backed up first.

    Raises:
        BackupFailedError: nothing was attempted without a verified backup of both.
        ChangedMeanwhileError: the dossier was written to since it was compared.
        NotJoinedError: what was chosen does not fit together; nothing of it was kept.
    """
    before = backup.back_up(dossier, Reason.JOINING)
    theirs = state.standing(other.connection)
    kept = backup.keep_other(
        dossier,
        other.kept,
        source=other.path,
        number=theirs.number if theirs else None,
        spared=before.path,
    )
    comparison = compared.comparison
    taken = comparison.settled(chosen)
    lines = [line for line in comparison.lines if line.id in taken]
    try:
        with dossier.write(*Changed) as session:
            joining = _Joining(dossier, session, other, compared, lines)
            joining.run()
    except DatabaseError as error:
        raise NotJoinedError(
            "deux lignes ne peuvent pas être vraies ensemble, ou une fiche citée manque."
        ) from error
    finally:
        dossier.undo_stack.clear()
    counts: dict[str, int] = {}
    for line in lines:
        if line.kind is not Kind.ERASURE and line.id not in joining.held_back:
            counts[line.subject.heading] = counts.get(line.subject.heading, 0) + 1
    return Outcome(
        taken=counts,
        left=len(comparison.lines) - len(lines) + len(joining.held_back),
        erasures=sum(line.kind is Kind.ERASURE for line in lines),
        before=before,
        other=kept,
    )


class _Joining:
    """One joining, within its write."""

    def __init__(
        self,
        dossier: "Dossier",
        session: Session,
        other: OtherCopy,
        compared: Compared,
        lines: list[Line],
    ) -> None:
        self._dossier = dossier
        self._session = session
        self._raw = dossier.raw
        self._compared = compared
        self._ids = compared.ids
        self._lines = lines
        self._subjects = compared.ids.subjects
        self._here = Book(dossier.raw, self._subjects)
        self._there = Book(other.connection, self._subjects)
        self._coming = {
            (line.subject.table, line.key_here) for line in lines if line.kind is not Kind.REMOVED
        }
        self.held_back: set[str] = set()

    def run(self) -> None:
        """Do all of it."""
        number = self._take_number()
        self._raw.execute("PRAGMA defer_foreign_keys = ON")
        self._note()
        self._erase()
        for line in sorted(self._lines, key=self._place, reverse=True):
            if line.kind is Kind.REMOVED:
                self._remove(line)
        for line in self._lines:
            self._have_way(line)
        coming = [line for line in self._lines if self._comes(line)]
        for line in sorted(coming, key=self._place):
            if line.key_here and self._here.row(line.subject.table, line.key_here) is not None:
                self._replace(line)
        for line in sorted(coming, key=self._place):
            if self._here.row(line.subject.table, self._key_here(line)) is None:
                self._insert(line)
        for subject in self._subjects.all:
            if subject.tidy is not None:
                subject.tidy(self._raw)
        retold.retell(
            self._dossier,
            self._there,
            self._here,
            self._ids,
            [line for line in self._lines if line.id not in self.held_back],
            after=self._compared.comparison.journal_shared,
        )
        forks.remember(
            self._raw, self._there, self._compared.fork, number=number, renamed=self._renamed()
        )
        self._session.expire_all()

    def _take_number(self) -> int:
        """Number the write after all that either copy has seen."""
        standing, theirs = self._here.standing, self._there.standing
        assert standing is not None  # noqa: S101 - a dossier open to be written has one
        if standing.number != self._compared.comparison.number + 1:
            raise ChangedMeanwhileError
        number = max(standing.number, (theirs.number if theirs else 0) + 1)
        self._raw.execute("UPDATE state SET number = ?", (number,))
        self._raw.execute(
            "UPDATE writes SET number = ? WHERE number = ?", (number, standing.number)
        )
        return number

    def _note(self) -> None:
        comparison = self._compared.comparison
        theirs = self._there.standing
        self._dossier.record(
            "dossier.joined",
            "dossier",
            after={
                "head": self._there.head(),
                "entries": self._there.journal_length(),
                "shared_entries": comparison.journal_shared,
                "number": theirs.number if theirs else 0,
                "token": theirs.token if theirs else "",
                "computer": comparison.computer_there,
                "taken": len(self._lines),
                "left": len(comparison.lines) - len(self._lines),
            },
        )

    def _erase(self) -> None:
        """Erase whom the other copy erased, in the journal too."""
        is_held_back = any(
            line.kind is Kind.LEFT and line.subject.erase is not None
            for line in self._compared.comparison.lines
        )
        for line in self._lines:
            if line.kind is Kind.ERASURE and line.subject.erase is not None and line.key_here:
                number = line.key_here[0]
                if self._here.get(line.subject.table, number) is not None:
                    line.subject.erase(self._dossier, self._session, number)
                    row = self._here.get(line.subject.table, number) or {}
                    kind = row.get("kind", line.subject.kinds[0])
                    self._dossier.record(f"{kind}.erased", f"{kind}:{number}")
        if is_held_back:
            return
        shared = self._compared.comparison.journal_shared
        gone = self._there.erased(shared).items() - self._here.erased(shared).items()
        if gone:
            self._dossier.erase_details(*{subject for _, subject in gone})
        self._session.flush()

    def _remove(self, line: Line) -> None:
        """Remove a thing that the other copy removed, unless something here still names it."""
        assert line.key_here is not None  # noqa: S101 - what is removed is here
        table = line.subject.table
        if len(line.key_here) == 1 and self._is_named(table, line.key_here[0], line.subject.parts):
            self.held_back.add(line.id)
            return
        self._drop_parts(line)
        delete = f'DELETE FROM "{table}"'  # noqa: S608 - a table's own name
        self._raw.execute(*_where(delete, self._names(table), line.key_here))

    def _is_named(self, table: str, number: Any, parts: Collection[str]) -> bool:
        for name in self._subjects.tables:
            if name in parts:
                continue
            for reference in self._subjects.shape(name).references:
                if reference.table == table and self._here.rows(
                    name, f'"{reference.column}" = ?', number
                ):
                    return True
        return False

    def _have_way(self, line: Line) -> None:
        for _, key in line.rivals:
            give_way = line.subject.give_way
            if give_way is not None:
                what, name, after = give_way(self._raw, key[0], self._dossier.today())
                self._dossier.record(what, name, after=after)

    def _comes(self, line: Line) -> bool:
        if line.kind is Kind.REMOVED or self._there.row(line.subject.table, line.key_there) is None:
            # Chosen against what this copy says: the other has it no more.
            if line.kind is Kind.CONFLICT and line.key_here:
                self._remove(line)
            return False
        if line.kind is Kind.ERASURE and line.subject.erase is not None:
            return self._here.row(line.subject.table, self._key_here(line)) is None
        return True

    def _replace(self, line: Line) -> None:
        thing = self._mapped(line)
        table, names = line.subject.table, self._names(line.subject.table)
        row = self._fit(table, thing.row)
        set_ = ", ".join(f'"{name}" = ?' for name in row)
        update = f'UPDATE "{table}" SET {set_}'  # noqa: S608 - names of columns
        sql, values = _where(update, names, self._key_here(line))
        self._raw.execute(sql, (*row.values(), *values))
        self._drop_parts(line)
        self._add_parts(thing)

    def _insert(self, line: Line) -> None:
        thing = self._mapped(line)
        parts = [part for rows in thing.parts.values() for part in rows]
        if (
            line.subject.needs_part
            and parts
            and not any(
                self._fits(table, part) for table, rows in thing.parts.items() for part in rows
            )
        ):
            self.held_back.add(line.id)
            return
        self._put(line.subject.table, self._fit(line.subject.table, thing.row))
        self._add_parts(thing)

    def _add_parts(self, thing: Thing) -> None:
        for table, rows in thing.parts.items():
            own = self._subjects.shape(table)
            for row in rows:
                if self._fits(table, row):
                    fitted = self._fit(table, row)
                    if own.has_own_number:
                        del fitted[own.key[0]]
                    self._put(table, fitted)

    def _drop_parts(self, line: Line) -> None:
        key = self._key_here(line)
        for table, column in line.subject.parts.items():
            self._raw.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', (key[0],))  # noqa: S608

    def _put(self, table: str, row: Row) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        self._raw.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608
            tuple(row.values()),
        )

    def _fits(self, table: str, row: Row) -> bool:
        """Tell whether all that a part must name is here, or comes."""
        return all(
            self._is_here(reference.table, row[reference.column])
            for reference in self._subjects.shape(table).references
            if not reference.may_be_empty
        )

    def _fit(self, table: str, row: Row) -> dict[str, Any]:
        """Return a row without the names of what is not here and does not come."""
        fitted = dict(row)
        for reference in self._subjects.shape(table).references:
            number = fitted[reference.column]
            if reference.may_be_empty and not self._is_here(reference.table, number):
                fitted[reference.column] = None
        return fitted

    def _is_here(self, table: str, number: Any) -> bool:
        return number is not MISSING and (
            number is None
            or (table, (number,)) in self._coming
            or self._here.get(table, number) is not None
        )

    def _mapped(self, line: Line) -> Thing:
        theirs = self._there.thing(line.subject, line.key_there)
        assert theirs is not None  # noqa: S101 - see _comes
        return self._ids.thing(theirs)

    def _key_here(self, line: Line) -> Key:
        return line.key_here or self._ids.key(line.subject.table, line.key_there)

    def _names(self, table: str) -> tuple[str, ...]:
        return self._subjects.shape(table).key

    def _place(self, line: Line) -> tuple[int, Key]:
        return self._subjects.in_order.index(line.subject), self._key_here(line)

    def _renamed(self) -> dict[str, dict[int, int | None]]:
        """Return what each number of the other copy means here, when it is not the same row."""
        fork = self._compared.fork
        before: Renamed = fork.renamed if fork else {}
        renamed = {table: dict(ids) for table, ids in before.items()}
        for table, ids in self._ids.renamed.items():
            for theirs, mine in ids.items():
                is_here = self._here.get(table, mine) is not None
                if not is_here or theirs != mine:
                    renamed.setdefault(table, {})[theirs] = mine if is_here else None
        return renamed


def _where(sql: str, names: Collection[str], key: Key) -> tuple[str, Key]:
    return f"{sql} WHERE " + " AND ".join(f'"{name}" IS ?' for name in names), key
