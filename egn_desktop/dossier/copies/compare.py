# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold two copies of a dossier side by side: what each changed since they parted.

There is no third file to ask, and none is needed: the writes of each copy are numbered, and each
row knows the last of them that touched it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from egn_desktop.dossier.copies import fork as forks
from egn_desktop.dossier.copies.book import Book, Ref, Thing, Touch
from egn_desktop.dossier.copies.fork import Fork, Renamed
from egn_desktop.dossier.copies.ids import MISSING, Ids, told_apart
from egn_desktop.dossier.copies.lines import Comparison, Kind, Line, Own, Relation
from egn_desktop.dossier.copies.people import is_about_erased, is_of_erased
from egn_desktop.dossier.copies.subjects import Key, Row, Subject, Subjects

_MADE_AT = "created_at"
_REMOVED = "deleted_at"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and how to read the other copy's numbers, for whoever joins the two."""

    comparison: Comparison
    fork: Fork | None
    ids: Ids


def compare(here: Book, there: Book) -> Compared:
    """Hold two copies of one dossier side by side."""
    subjects, fork = here.subjects, forks.find(here, there)
    mine, theirs = here.standing, there.standing
    number = mine.number if mine else 0
    writes_here = number - fork.here if fork else None
    writes_there = theirs.number - fork.there if fork and theirs else None
    comparing = _Comparing(subjects, here, there, fork)
    has_news = fork is None or bool(writes_there) or bool(fork.passed_over)
    lines = comparing.lines() if has_news else []
    shared = here.journal_shared_with(there)
    comparison = Comparison(
        relation=_relation(fork, writes_here, writes_there),
        writes_here=writes_here,
        writes_there=writes_there,
        parted_at=here.moment(shared),
        at_here=mine.at if mine else None,
        at_there=theirs.at if theirs and fork else there.moment(there.journal_length()),
        computer_here=mine.computer if mine else "",
        computer_there=theirs.computer if theirs and fork else "",
        lines=lines,
        own=comparing.own(lines),
        number=number,
        journal_shared=shared,
    )
    return Compared(comparison, fork, comparing.ids)


def _relation(fork: Fork | None, writes_here: int | None, writes_there: int | None) -> Relation:
    """Tell which copy holds all of the other; one that took the other over has its own as well."""
    if fork is None:
        return Relation.UNKNOWN
    has_own = bool(writes_here) or fork.is_joined
    has_others = bool(writes_there) or bool(fork.passed_over)
    return {
        (False, False): Relation.EQUAL,
        (True, False): Relation.AHEAD,
        (False, True): Relation.BEHIND,
        (True, True): Relation.PARTED,
    }[has_own, has_others]


class _Comparing:
    def __init__(self, subjects: Subjects, here: Book, there: Book, fork: Fork | None) -> None:
        self._subjects = subjects
        self._here = here
        self._there = there
        self._touched_here = here.touches(fork.here if fork else 0)
        if fork is None:
            self._touched_there = dict(self._different())
        else:
            self._touched_there = there.touches(fork.since, fork.passed_over)
        renamed: Renamed = fork.renamed if fork else {}
        self.ids = Ids(subjects, here, self._touched_here, self._touched_there, renamed)
        self._changed_here = here.changed(self._touched_here, there)
        self._changed_there = sorted(
            there.changed(self._touched_there, here), key=lambda ref: (ref[0], str(ref[1]))
        )
        self._matched: dict[Ref, Key] = {}

    def lines(self) -> list[Line]:
        """Return what the other copy holds and this one does not, in the order of the subjects."""
        by_table: dict[str, list[Key]] = {}
        for table, key in self._changed_there:
            by_table.setdefault(table, []).append(key)
        for subject in self._subjects.in_order:
            if self._subjects.is_numbered(subject.table):
                for key in sorted(by_table.get(subject.table, ())):
                    self._name(subject, key)
        found: dict[str, Line] = {}
        for subject in self._subjects.in_order:
            for key in by_table.get(subject.table, ()):
                line = self._line(subject, key)
                if line is not None:
                    found[line.id] = line
        for line in list(found.values()):
            found[line.id] = self._fitted(line, found)
        place = self._subjects.places
        return sorted(found.values(), key=lambda line: (place[line.subject.table], line.there))

    def own(self, lines: list[Line]) -> list[Own]:
        """Return what this copy alone changed."""
        spoken = {(line.subject.table, line.key_here) for line in lines}
        found: list[Own] = []
        for table, key in self._changed_here - spoken:
            subject = self._subjects.of[table]
            row, old = self._here.row(table, key), self._there.row(table, key)
            if row is not None:
                found.append(Own(subject, subject.tell(self._here, row, old)))
            elif old is not None:
                told = subject.tell(self._there, old, None)
                found.append(Own(subject, f"{told} : supprimé"))
        place = self._subjects.places
        return sorted(found, key=lambda own: (place[own.subject.table], own.text))

    def _different(self) -> Iterator[tuple[str, dict[Key, Touch]]]:
        """Stand in for what neither copy remembers: each row that is not the same in both."""
        for subject in self._subjects.all:
            table = subject.table
            gone = {key for key, touch in self._touched_here.get(table, {}).items() if touch.gone}
            found: dict[Key, Touch] = {}
            for key in self._there.keys(table):
                theirs, mine = self._there.thing(subject, key), self._here.thing(subject, key)
                if theirs is None:
                    continue
                if mine is None:
                    found[key] = Touch(gone=False, born=key not in gone)
                elif told_apart(self._subjects, mine) != told_apart(self._subjects, theirs):
                    is_other = mine.row.get(_MADE_AT) != theirs.row.get(_MADE_AT)
                    found[key] = Touch(gone=False, born=is_other)
            yield table, found

    def _name(self, subject: Subject, key: Key) -> None:
        """Find what a new row of the other copy is called here: a row of its own, or its double."""
        thing = self._there.thing(subject, key)
        if thing is None or not self.ids.is_new(subject.table, key[0]):
            return
        same = self._same_here(subject, thing)
        self.ids.give(subject.table, key[0], same)
        if same is not None:
            self._matched[subject.table, key] = (same,)

    def _same_here(self, subject: Subject, thing: Thing) -> int | None:
        """Return the number of the row made here that is the same as one made there, or None."""
        born = {
            key[0] for key, touch in self._touched_here.get(subject.table, {}).items() if touch.born
        }
        born -= set(self.ids.renamed.get(subject.table, {}).values())
        mapped = self.ids.thing(thing)
        if thing.key[0] in born:
            mine = self._here.thing(subject, thing.key)
            if mine is not None and told_apart(self._subjects, mine) == told_apart(
                self._subjects, mapped
            ):
                return thing.key[0]
        if mapped.row.get(_REMOVED):
            return None
        for columns in subject.same_by:
            values = [mapped.row[column] for column in columns]
            if all(value not in (None, "") for value in values):
                where = " AND ".join(f'"{column}" = ?' for column in columns)
                for row in self._here.rows(subject.table, where, *values):
                    if row["id"] in born and not row.get(_REMOVED):
                        return row["id"]
        return None

    def _line(self, subject: Subject, key: Key) -> Line | None:
        table = subject.table
        theirs = self._there.thing(subject, key)
        is_new = self._subjects.is_numbered(table) and self.ids.is_new(table, key[0])
        if theirs is None and is_new:
            return None
        key_here = self.ids.key(table, key)
        is_nameless = any(part is MISSING for part in key_here)
        mine = None if is_nameless else self._here.thing(subject, key_here)
        mapped = self.ids.thing(theirs) if theirs else None
        if mine is None and mapped is None:
            return None
        if (
            mine is not None
            and mapped is not None
            and told_apart(self._subjects, mine) == told_apart(self._subjects, mapped)
        ):
            return None
        kind, why = self._judged(subject, key, key_here, mine, theirs, mapped)
        if kind is None:
            return None
        return Line(
            id=f"{table}:{'/'.join(map(str, key))}",
            subject=subject,
            kind=kind,
            here=subject.tell(self._here, mine.row, theirs.row if theirs else None) if mine else "",
            there=subject.tell(self._there, theirs.row, mine.row if mine else None)
            if theirs
            else "",
            detail=_differences(subject, mine.row, mapped.row) if mine and mapped else "",
            why=why,
            key_here=None if is_nameless else key_here,
            key_there=key,
        )

    def _judged(
        self,
        subject: Subject,
        key: Key,
        key_here: Key,
        mine: Thing | None,
        theirs: Thing | None,
        mapped: Thing | None,
    ) -> tuple[Kind | None, str]:
        """Return what a difference is, and why it is no plain one."""
        table = subject.table
        is_new = self._subjects.is_numbered(table) and self.ids.is_new(table, key[0])
        erased_here = (mine is not None and is_of_erased(self._here, subject, mine.row)) or (
            mapped is not None and is_about_erased(self._here, subject, mapped.row)
        )
        of_theirs = theirs or mine
        erased_there = of_theirs is not None and is_of_erased(self._there, subject, of_theirs.row)
        if erased_here:
            if erased_there:
                return None, ""
            return Kind.LEFT, "La personne a été effacée ici : rien d’elle ne revient."
        if erased_there:
            return Kind.ERASURE, "La personne a été effacée dans l’autre copie."
        is_changed_here = (table, key_here) in self._changed_here
        if theirs is None:
            if is_changed_here:
                return Kind.CONFLICT, "Modifié ici, supprimé dans l’autre copie."
            return Kind.REMOVED, ""
        if mine is None:
            was_here = is_changed_here or any(part is MISSING for part in key_here)
            if is_new or not was_here:
                return Kind.ADDED, ""
            if subject.is_final or any(part is MISSING for part in key_here):
                return Kind.LEFT, "Supprimé ici depuis."
            return Kind.CONFLICT, "Supprimé ici, modifié dans l’autre copie."
        if subject.is_frozen:
            return Kind.LEFT, "Les deux copies en ont un, et il ne se remplace pas."
        if (table, key) in self._matched:
            return Kind.CONFLICT, "Ajouté dans les deux copies."
        if is_changed_here:
            return Kind.CONFLICT, "Modifié dans les deux copies."
        return Kind.CHANGED, ""

    def _fitted(self, line: Line, lines: dict[str, Line]) -> Line:
        """Say what a line needs, and what of this copy stands in its way."""
        theirs = self._there.thing(line.subject, line.key_there)
        if theirs is None or line.kind is Kind.LEFT:
            return line
        mapped = self.ids.thing(theirs)
        line = self._with_parents(line, theirs, mapped, lines)
        if line.kind is Kind.LEFT:
            return line
        line = self._with_rivals(line, mapped.row, lines)
        if line.kind is Kind.LEFT or line.subject.obstacle is None:
            return line
        met = line.subject.obstacle(self._here, mapped.row)
        if met is None:
            return line
        why, (table, key) = met
        other = self._line_at(table, key, lines)
        if other is not None and other.id != line.id and other.kind is not Kind.LEFT:
            return replace(line, needs=line.needs | {other.id})
        return replace(line, kind=Kind.LEFT, why=why)

    def _with_parents(
        self, line: Line, theirs: Thing, mapped: Thing, lines: dict[str, Line]
    ) -> Line:
        """Have a line need the new things that it names; one left behind leaves it behind too."""
        named: list[tuple[str, Any, bool]] = []
        for reference in self._subjects.shape(line.subject.table).references:
            if mapped.row[reference.column] is MISSING and not reference.may_be_empty:
                return replace(line, kind=Kind.LEFT, why="Ce dont il dépend a été supprimé ici.")
            number = theirs.row[reference.column]
            named.append((reference.table, number, reference.may_be_empty))
        for table, rows in theirs.parts.items():
            own = line.subject.parts[table]
            named += [
                (reference.table, row[reference.column], True)
                for reference in self._subjects.shape(table).references
                if reference.column != own
                for row in rows
            ]
        for column, prefixes in line.subject.texts.items():
            for prefix, table in prefixes.items():
                rest = str(theirs.row[column] or "").removeprefix(prefix)
                if rest != theirs.row[column] and rest.isdecimal():
                    named.append((table, int(rest), False))
        for table, number, may_be_without in named:
            parent = self._new_thing(table, number, lines)
            if parent is None or parent.id == line.id:
                continue
            if parent.kind is Kind.LEFT and not may_be_without:
                return replace(line, kind=Kind.LEFT, why=f"Va avec : {parent.there}.")
            if parent.kind is not Kind.LEFT and (
                not may_be_without or parent.kind is not Kind.CONFLICT
            ):
                line = replace(line, needs=line.needs | {parent.id})
        return line

    def _new_thing(self, table: str, number: Any, lines: dict[str, Line]) -> Line | None:
        """Return the line of a named thing that this copy does not have, if there is one."""
        if number is None or (table, (number,)) in self._matched:
            return None
        line = lines.get(f"{table}:{number}")
        here = self.ids.number(table, number)
        is_here = here is not MISSING and self._here.get(table, here) is not None
        return None if is_here else line

    def _with_rivals(self, line: Line, row: Row, lines: dict[str, Line]) -> Line:
        shape = self._subjects.shape(line.subject.table)
        for unique in shape.uniques:
            if not self._counts(row, unique.where):
                continue
            where = " AND ".join(f'"{column}" = ?' for column in unique.columns)
            if unique.where:
                where = f"{where} AND ({unique.where})"
            values = [row[column] for column in unique.columns]
            if any(value is MISSING for value in values):
                continue
            for rival in self._here.rows(line.subject.table, where, *values):
                key = tuple(rival[name] for name in shape.key)
                if key != line.key_here:
                    line = self._with_rival(line, key, rival, lines)
        return line

    def _with_rival(self, line: Line, key: Key, rival: Row, lines: dict[str, Line]) -> Line:
        """Have what stands in the way change first, if the other copy changed it; else ask."""
        table = line.subject.table
        released = self._line_at(table, key, lines)
        if released is not None and released.kind is not Kind.LEFT:
            return replace(line, needs=line.needs | {released.id})
        here = line.subject.tell(self._here, rival, None)
        if line.subject.give_way is None:
            why = f"Ne peut pas aller avec ce qui est ici : {here}."
            return replace(line, kind=Kind.LEFT, here=here, why=why)
        return replace(
            line,
            kind=Kind.CONFLICT,
            here=here,
            why="Les deux ne peuvent pas être vrais ensemble.",
            rivals=(*line.rivals, (table, key)),
        )

    def _line_at(self, table: str, key_here: Key, lines: dict[str, Line]) -> Line | None:
        """Return the line that speaks of a thing of this copy."""
        for line in lines.values():
            if line.subject.table == table and line.key_here == key_here:
                return line
        return None

    def _counts(self, row: Row, where: str) -> bool:
        """Tell whether a row is among those that a unique index is about."""
        if not where:
            return True
        names = [name for name in row if row[name] is not MISSING]
        listed = ", ".join(f'? AS "{name}"' for name in names)
        sql = f"SELECT 1 FROM (SELECT {listed}) WHERE {where}"  # noqa: S608
        return bool(self._here.ask(sql, *(row[name] for name in names)))


def _differences(subject: Subject, mine: Row, theirs: Row) -> str:
    """Return in which fields two rows differ: "classe : CM1 → CM2"."""
    found: list[str] = []
    for column, label in subject.fields.items():
        before, after = mine.get(column), theirs.get(column)
        if before != after:
            say = subject.values.get(column, _plain)
            found.append(f"{label} : {say(before) or 'vide'} → {say(after) or 'vide'}")
    return " ; ".join(found)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
