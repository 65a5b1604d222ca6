# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done since the dossier was opened, so that it can be taken back and done again.

A write that is given words becomes a step: the images of the rows that it changed, and where the
journal speaks of it. Taking a step back is itself a write, whose own images do it again. A step
holds as long as its rows are as it left them, which ``touched`` knows; steps are taken back from
the last one, so that each finds what it left.

All of it is in memory, for as long as the dossier stays open. Whatever must leave no trace empties
it: an erasure for good, another secret, the joining of two copies.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal
from egn_desktop.dossier.connection import DatabaseError, error_name
from egn_desktop.dossier.errors import (
    ChangedSinceError,
    NothingToRedoError,
    NothingToUndoError,
    NotTheLastError,
)
from egn_desktop.dossier.images import Images, Row, Statement, delete_of

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

STEPS_KEPT: Final = 200
BYTES_KEPT: Final = 64 << 20
# What is typed without a longer pause is taken back at once.
PAUSE: Final = timedelta(minutes=1)
_CONSTRAINT: Final = "SQLITE_CONSTRAINT"


@dataclass(slots=True, kw_only=True, eq=False)
class Step:
    """Something done that can be taken back; or taken back, that can be done again.

    Attributes:
        words: what it was, in French, as it follows "Annuler : ".
        kinds: what screens must show anew.
        rows: each row that it changed → the states before and after it; a state is the number of
            the write that led to it.
        back: what undoes it, in the order in which it was done.
        made: the write that had made each row which it deleted.
        entries: the journal entries that it made; see ``journal.spans``.
        details: what these entries say, while their own rows do not hold it.
        at: when it was done.
        size: about how many bytes it takes.
    """

    words: str
    kinds: frozenset[Changed]
    rows: Mapping[Row, tuple[int, int]]
    back: Sequence[Statement]
    made: Mapping[Row, int | None]
    entries: Sequence[tuple[int, int]]
    details: Sequence[journal.Details] = ()
    at: datetime
    size: int

    @property
    def removes(self) -> bool:
        """Whether rows go when it is taken back."""
        return any(sql.startswith("DELETE") for sql, _ in self.back)

    def takes_away(self, table: str, row_id: int) -> bool:
        """Tell whether a row goes when it is taken back."""
        return (delete_of(table, ("id",)), (row_id,)) in self.back

    def then(self, later: "Step") -> "Step":
        """Return this step and the one that follows it as one."""
        rows = dict(self.rows)
        for row, (before, after) in later.rows.items():
            rows[row] = self.rows.get(row, (before, after))[0], after
        return replace(
            later,
            kinds=self.kinds | later.kinds,
            rows=rows,
            back=(*self.back, *later.back),
            made={**later.made, **self.made},
            entries=(*self.entries, *later.entries),
            size=self.size + later.size,
        )


@dataclass(slots=True)
class Act:
    """One transaction under way, as far as undo is concerned.

    Attributes:
        kinds: what it changes.
        words: what a user would call it; empty when it is not for a user to take back.
        is_typed: whether it goes on with what the step before it began: a text being typed.
        is_aside: whether what it changes is nobody's doing, and stands in no undo's way.
        images: what it changed, if that is of use.
        entries: the journal entries that it made.
        settled: what is to be done with it once it is committed, if it is itself an undo.
    """

    kinds: set[Changed]
    words: str = ""
    is_typed: bool = False
    is_aside: bool = False
    images: Images | None = None
    entries: list[int] = field(default_factory=list[int])
    settled: Callable[[int], None] | None = None

    def __post_init__(self) -> None:
        if self.words or self.is_aside:
            self.images = Images()


class UndoStack:
    """The steps of one open dossier, the last one first to go."""

    def __init__(self, dossier: "Dossier") -> None:
        self._dossier = dossier
        self._done: list[Step] = []
        self._undone: list[Step] = []
        # Rows whose last write left them in an earlier state: that write, and the state.
        self._back_in: dict[Row, tuple[int, int]] = {}

    @property
    def last(self) -> Step | None:
        """What undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Step | None:
        """What redo would do again."""
        return self._undone[-1] if self._undone else None

    def undo(self, wanted: Step | None = None) -> str:
        """Take the last step back and return its words.

        Args:
            wanted: the step meant, which must then be the last one.

        Raises:
            NothingToUndoError: there is none.
            NotTheLastError: something else was done after the step that is meant.
            ChangedSinceError: something changed its rows; the step is no longer kept.
        """
        last = self.last
        if wanted is not None and wanted is not last:
            raise NotTheLastError(wanted.words, last.words if last else "")
        return self._replay(self._done, self._undone, journal.UNDONE)

    def redo(self) -> str:
        """Do again what was taken back last and return its words.

        Raises:
            NothingToRedoError: nothing was, or something else was done since.
            ChangedSinceError: something changed its rows; the step is no longer kept.
        """
        return self._replay(self._undone, self._done, journal.REDONE)

    def join(self, steps: Sequence[Step], words: str) -> None:
        """Have the last steps taken back as one; where others came between, nothing is joined."""
        with self._dossier.locked:
            if steps and self._done[-len(steps) :] == [*steps]:
                del self._done[-len(steps) :]
                self._done.append(replace(reduce(Step.then, steps), words=words))

    def clear(self) -> None:
        """Forget every step and all that they hold."""
        with self._dossier.locked:
            self._done.clear()
            self._undone.clear()
            self._back_in.clear()

    def settle(self, act: Act) -> None:
        """Take note of a write that was committed; its lock is still held."""
        if act.images is None:
            return
        if not act.images.rows:
            self._note_entries(act)
            return
        number = self._dossier.raw.execute("SELECT number FROM state").fetchone()[0]
        if act.settled is not None:
            act.settled(number)
        elif act.is_aside:
            for row, before in act.images.rows.items():
                self._back_in[row] = number, self._state(row, before)
        else:
            self._push(_step(act, act.images, self._dossier.now(), self._states(act, number)), act)

    def _note_entries(self, act: Act) -> None:
        """Have what was journalled of a state that stood already go with what led to it."""
        if act.entries:
            self._undone.clear()
            if self._done:
                last = self._done[-1]
                last.entries = (*last.entries, *journal.spans(act.entries))

    def _states(self, act: Act, number: int) -> dict[Row, tuple[int, int]]:
        images = act.images or Images()
        return {row: (self._state(row, before), number) for row, before in images.rows.items()}

    def _push(self, step: Step, act: Act) -> None:
        last = self.last
        if (
            act.is_typed
            and last is not None
            and not self._undone
            and (last.words, last.rows.keys()) == (step.words, step.rows.keys())
            and step.at - last.at < PAUSE
        ):
            step = self._done.pop().then(step)
        self._undone.clear()
        self._done.append(step)
        size = sum(step.size for step in self._done)
        while len(self._done) > 1 and (len(self._done) > STEPS_KEPT or size > BYTES_KEPT):
            size -= self._done.pop(0).size

    def _replay(self, source: list[Step], target: list[Step], what: str) -> str:
        redo = what == journal.REDONE
        act = Act(set(), images=Images())
        step: Step | None = None
        try:
            with self._dossier.carry_out(act):
                if not source:
                    raise NothingToRedoError if redo else NothingToUndoError
                step = source[-1]
                self._put_back(step, act, redo=redo)
                act.kinds |= step.kinds
                kept = replace(step, details=self._turn_entries(step, what))
                act.settled = lambda number: self._turn(kept, act, number, source, target)
        except ChangedSinceError:
            source.pop()
            raise
        return step.words

    def _turn_entries(self, step: Step, what: str) -> Sequence[journal.Details]:
        """Journal that a step's entries count no more, or again; return what they say no more."""
        if not step.entries:
            return ()
        self._dossier.record(what, "journal", after={"entries": step.entries})
        if what == journal.REDONE:
            journal.give_details(self._dossier.raw, step.details)
            return ()
        return journal.take_details(self._dossier.raw, step.entries) if step.removes else ()

    def _put_back(self, step: Step, act: Act, *, redo: bool) -> None:
        """Give the rows of a step back what they held before it."""
        raw = self._dossier.raw
        refusal = ChangedSinceError(step.words, redo=redo)
        for row, (_, after) in step.rows.items():
            if self._state(row, _touched(raw, row)) != after:
                raise refusal
        try:
            for sql, alike in groupby(reversed(step.back), key=lambda statement: statement[0]):
                raw.executemany(sql, [values for _, values in alike])
        except DatabaseError as error:
            if error_name(error).startswith(_CONSTRAINT):
                raise refusal from error
            raise
        # A row that something made since refers to, for instance, goes with it.
        if act.images is not None and act.images.rows.keys() - step.rows.keys():
            raise refusal
        raw.executemany(
            "UPDATE touched SET made = ? WHERE table_name = ? AND row = ?",
            [(made, *row) for row, made in step.made.items()],
        )

    def _turn(
        self, step: Step, act: Act, number: int, source: list[Step], target: list[Step]
    ) -> None:
        """Lay a step that was put back on the other pile."""
        images = act.images or Images()
        rows = {row: (after, before) for row, (before, after) in step.rows.items()}
        for row, (_, state) in rows.items():
            self._back_in[row] = number, state
        source.pop()
        target.append(
            replace(step, rows=rows, back=images.back, made=images.made, size=images.size)
        )

    def _state(self, row: Row, number: int) -> int:
        """Return the state that a row is in, if that write was the last to touch it."""
        back_in = self._back_in.get(row)
        return back_in[1] if back_in is not None and back_in[0] == number else number


def _step(act: Act, images: Images, at: datetime, rows: Mapping[Row, tuple[int, int]]) -> Step:
    return Step(
        words=act.words,
        kinds=frozenset(act.kinds),
        rows=rows,
        back=images.back,
        made=images.made,
        entries=journal.spans(act.entries),
        at=at,
        size=images.size,
    )


def _touched(raw: Any, row: Row) -> int:
    found: Iterable[Any] | None = raw.execute(
        "SELECT number FROM touched WHERE table_name = ? AND row = ?", row
    ).fetchone()
    return 0 if found is None else next(iter(found))
