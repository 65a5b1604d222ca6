# SPDX-License-Identifier: GPL-3.0-or-later
"""Which pupil of the dossier a line of a new list means: surely, with a doubt, or nobody. Pure.

What is sure is settled first, so that only pupils whom no line names surely can be in doubt: in
September these are few, those who leave and those who come. A doubt is for a human to settle.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from egn_desktop.collation import fold
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import PupilInput


class DoubtReason(StrEnum):
    """Why two pupils may be one person; the likeliest comes first."""

    OTHER_INE = "other_ine"
    USUAL_NAME = "usual_name"
    SPELLING = "spelling"
    NAMESAKES = "namesakes"
    FIRST_NAME = "first_name"
    RENAMED = "renamed"
    OTHER_BIRTH = "other_birth"
    SAME_INE = "same_ine"

    @property
    def label(self) -> str:
        """What is alike and what is not, in French."""
        return {
            DoubtReason.OTHER_INE: "Mêmes noms et même naissance, mais un autre INE",
            DoubtReason.USUAL_NAME: "Même prénom, même naissance, les noms se croisent",
            DoubtReason.SPELLING: "Le nom diffère d’une lettre",
            DoubtReason.NAMESAKES: "Mêmes noms, et rien d’autre ne départage",
            DoubtReason.FIRST_NAME: "Noms proches, même naissance : peut-être des jumeaux",
            DoubtReason.RENAMED: "Même prénom, même naissance, un autre nom",
            DoubtReason.OTHER_BIRTH: "Mêmes noms, mais une autre date de naissance",
            DoubtReason.SAME_INE: "Même INE, mais d’autres noms",
        }[self]


class Person(NamedTuple):
    """What tells pupils apart: names folded, an INE only where it is well formed."""

    last: str
    usual: str
    first: str
    born_on: date | None
    ine: str
    school_class: str

    @property
    def names(self) -> tuple[str, str]:
        """The family name and the first name."""
        return self.last, self.first


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may mean somebody known.

    Attributes:
        row: the line's place in the list.
        candidates: ids of those whom it may mean, the likeliest first.
        likely: the one to be taken where nobody says otherwise; None: it means somebody new.
    """

    row: int
    reason: DoubtReason
    candidates: tuple[int, ...]
    likely: int | None


@dataclass(frozen=True, slots=True)
class Matches:
    """Who is who.

    Attributes:
        same_as: place of a line → place of an earlier line of the same person.
        found: place of a line → id of the pupil that it means, the likely ones included.
        doubts: what nobody has settled.
    """

    same_as: Mapping[int, int]
    found: Mapping[int, int]
    doubts: tuple[Doubt, ...]


def person(
    last_name: str, usual_name: str, first_name: str, born_on: date | None, ine: str, class_: str
) -> Person:
    """Return what tells a pupil apart, from the fields as they are written."""
    normal = rules.normal_ine(ine) if ine else ""
    return Person(
        fold(last_name or usual_name),
        fold(usual_name),
        fold(first_name),
        born_on,
        "" if not normal or rules.ine_problem(normal) else normal,
        class_.strip(),
    )


def person_of(pupil: PupilInput) -> Person:
    """Return what tells the pupil of a form or of a line apart."""
    return person(
        pupil.last_name,
        pupil.usual_name,
        pupil.first_name,
        pupil.born_on,
        pupil.ine,
        pupil.school_class,
    )


def match(
    known: Mapping[int, Person],
    rows: Sequence[Person],
    answers: Mapping[int, int | None] | None = None,
) -> Matches:
    """Return who is who.

    Args:
        answers: what a human said of some lines: the id of the pupil meant, None for another one.
            An id that another line has taken already is passed over.
    """
    same_as = _same_lines(rows)
    run = _Run(known, rows)
    for row, answer in (answers or {}).items():
        if row < len(rows) and row not in same_as:
            run.answer(row, answer)
    left = [row for row in range(len(rows)) if row not in same_as and row not in run.settled]
    for sure in (run.by_ine, run.by_birth, run.by_class):
        left = [row for row in left if not run.take(row, sure(rows[row]))]
    doubts = run.namesakes(left)
    in_doubt = {doubt.row for doubt in doubts}
    doubts += run.near([row for row in left if row not in run.found and row not in in_doubt])
    doubts.sort(key=lambda doubt: doubt.row)
    for doubt in doubts:
        run.take(doubt.row, [] if doubt.likely is None else [doubt.likely])
    return Matches(same_as, run.found, tuple(doubts))


def contradicts(person: Person, two: Person) -> bool:
    """Tell whether two namesakes cannot be one person: another birth date, or another INE."""
    if person.ine and two.ine and person.ine != two.ine:
        return True
    return bool(person.born_on and two.born_on and person.born_on != two.born_on)


def _same_lines(rows: Sequence[Person]) -> dict[int, int]:
    """Return which lines of one list are surely one person."""
    by_ine: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    by_names: dict[tuple[str, str], list[tuple[int, Person]]] = defaultdict(list)
    same: dict[int, int] = {}
    for place, row in enumerate(rows):
        others = by_ine[row.ine] if row.ine else []
        first = next((p for p, other in others if _a_name_agrees(other, row)), None)
        if first is None:
            namesakes = by_names[row.names]
            first = next((p for p, namesake in namesakes if _surely_same(namesake, row)), None)
        if first is not None:
            same[place] = first
        here = (place if first is None else first, row)
        by_names[row.names].append(here)
        if row.ine:
            by_ine[row.ine].append(here)
    return same


def _surely_same(person: Person, two: Person) -> bool:
    if contradicts(person, two):
        return False
    return bool(person.born_on and two.born_on) or person.school_class == two.school_class


def _a_name_agrees(person: Person, two: Person) -> bool:
    return person.last == two.last or person.first == two.first


class _Run:
    """One pass over a list; who was taken is taken."""

    def __init__(self, known: Mapping[int, Person], rows: Sequence[Person]) -> None:
        self._known, self._rows = known, rows
        self.found: dict[int, int] = {}
        self.settled: set[int] = set()
        self._taken: set[int] = set()
        self._by_ine: dict[str, list[int]] = defaultdict(list)
        self._by_names: dict[tuple[str, str], list[int]] = defaultdict(list)
        for id_, person in known.items():
            self._by_names[person.names].append(id_)
            if person.ine:
                self._by_ine[person.ine].append(id_)

    def answer(self, row: int, id_: int | None) -> None:
        if id_ is None or id_ not in self._known or self.take(row, [id_]):
            self.settled.add(row)

    def take(self, row: int, candidates: Iterable[int]) -> bool:
        """Take the only candidate who is still free, if one only is."""
        free = [id_ for id_ in candidates if id_ not in self._taken]
        if len(free) != 1:
            return False
        self.found[row] = free[0]
        self._taken.add(free[0])
        return True

    def by_ine(self, row: Person) -> Iterator[int]:
        holders = self._by_ine.get(row.ine, ()) if row.ine else ()
        return (id_ for id_ in holders if _a_name_agrees(self._known[id_], row))

    def by_birth(self, row: Person) -> Sequence[int]:
        born = [
            id_ for id_ in self._possible(row) if row.born_on and self._known[id_].born_on
        ]  # fmt: skip
        if len(born) < 2:
            return born
        return [id_ for id_ in born if self._known[id_].school_class == row.school_class] or born

    def by_class(self, row: Person) -> Sequence[int]:
        possible = self._possible(row)
        return [id_ for id_ in possible if self._known[id_].school_class == row.school_class]

    def namesakes(self, left: Sequence[int]) -> list[Doubt]:
        """Take namesakes of whom there is one on either side; the others are in doubt."""
        rows = [row for row in left if row not in self.found]
        possible = {row: ids for row in rows if (ids := self._possible(self._rows[row]))}
        claims: dict[int, int] = defaultdict(int)
        for ids in possible.values():
            for id_ in ids:
                claims[id_] += 1
        doubts: list[Doubt] = []
        for row, ids in possible.items():
            if len(ids) == 1 and claims[ids[0]] == 1:
                self.take(row, ids)
                continue
            given = self._rows[row]
            same_birth = given.born_on and all(self._known[i].born_on == given.born_on for i in ids)
            likely = ids[0] if same_birth else None
            doubts.append(Doubt(row, DoubtReason.NAMESAKES, tuple(ids), likely))
        return doubts

    def near(self, left: Sequence[int]) -> list[Doubt]:
        """Return the lines that somebody known resembles whom no line named surely."""
        free = {id_: person for id_, person in self._known.items() if id_ not in self._taken}
        if not left or not free:
            return []
        index = _Likeness(free)
        doubts: list[Doubt] = []
        for row in left:
            given = self._rows[row]
            alike = sorted(index.alike(given), key=lambda reason: (_ORDER[reason[0]], reason[1]))
            if alike:
                reason, first = alike[0]
                sure = reason in _LIKELY and given.born_on and len(alike) == 1
                ids = tuple(dict.fromkeys(id_ for _, id_ in alike))
                doubts.append(Doubt(row, reason, ids, first if sure else None))
        return doubts

    def _possible(self, row: Person) -> list[int]:
        return [
            id_
            for id_ in self._by_names.get(row.names, ())
            if id_ not in self._taken and not contradicts(self._known[id_], row)
        ]


class _Likeness:
    """Finds those who resemble somebody without the same names."""

    def __init__(self, people: Mapping[int, Person]) -> None:
        self._people = people
        self._by_birth: dict[date, list[int]] = defaultdict(list)
        self._by_ine: dict[str, list[int]] = defaultdict(list)
        self._by_letters: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_names: dict[tuple[str, str], list[int]] = defaultdict(list)
        for id_, person in people.items():
            if person.born_on:
                self._by_birth[person.born_on].append(id_)
            if person.ine:
                self._by_ine[person.ine].append(id_)
            self._by_names[person.names].append(id_)
            for letters in _without_one(person.last):
                self._by_letters[person.first, letters].append(id_)

    def alike(self, row: Person) -> list[tuple[DoubtReason, int]]:
        found: dict[int, DoubtReason] = {}
        for id_ in self._by_birth.get(row.born_on, ()) if row.born_on else ():
            reason = _resemblance(self._people[id_], row)
            if reason is not None:
                found[id_] = reason
        for id_ in self._by_ine.get(row.ine, ()) if row.ine else ():
            found.setdefault(id_, DoubtReason.SAME_INE)
        for id_ in self._by_names.get(row.names, ()):
            # A date corrected, or mistyped; two INE, or two namesakes both listed, are two people.
            if not (self._people[id_].ine and row.ine):
                found.setdefault(id_, DoubtReason.OTHER_BIRTH)
        for letters in _without_one(row.last):
            for id_ in self._by_letters.get((row.first, letters), ()):
                person = self._people[id_]
                if not contradicts(person, row) and near(person.last, row.last):
                    found.setdefault(id_, DoubtReason.SPELLING)
        return [(reason, id_) for id_, reason in found.items()]


def _resemblance(person: Person, two: Person) -> DoubtReason | None:
    """Return how two people born on one day resemble each other, or None."""
    other_ine = bool(person.ine and two.ine and person.ine != two.ine)
    if person.names == two.names:
        return DoubtReason.OTHER_INE if other_ine else DoubtReason.NAMESAKES
    if other_ine:
        return None
    lasts = {person.last, person.usual} - {""}, {two.last, two.usual} - {""}
    near_last = any(near(a, b) for a in lasts[0] for b in lasts[1])
    if person.first == two.first:
        if lasts[0] & lasts[1]:
            return DoubtReason.USUAL_NAME
        return DoubtReason.SPELLING if near_last else DoubtReason.RENAMED
    if (person.last, person.first) == (two.first, two.last):
        return DoubtReason.USUAL_NAME
    if near_last and near(person.first, two.first):
        return DoubtReason.FIRST_NAME
    return None


_ORDER = {reason: place for place, reason in enumerate(DoubtReason)}
_LIKELY = frozenset({DoubtReason.OTHER_INE, DoubtReason.USUAL_NAME, DoubtReason.SPELLING})
"""What only a slip explains, where the birth date is the same; twins and a new family name,
which are as likely as a slip, are nobody's without a human."""


def near(name: str, two: str) -> bool:
    """Tell whether two folded names differ by one letter at most, or one holds the other's words.

    A letter too many, missing, replaced, or two that changed places.
    """
    words = set(name.split()), set(two.split())
    if words[0] <= words[1] or words[1] <= words[0]:
        return bool(words[0] and words[1])
    a, b = name.replace(" ", ""), two.replace(" ", "")
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) < len(b):
        return rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[2:], rest_a[:2]) == (rest_b[2:], rest_b[1::-1])


def _without_one(name: str) -> set[str]:
    """Return a name, and the name without each of its letters: near names share one of these."""
    letters = name.replace(" ", "")
    return {letters, *(letters[:i] + letters[i + 1 :] for i in range(len(letters)))}
