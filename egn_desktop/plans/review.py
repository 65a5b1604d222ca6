# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review: what has changed in the dossier since the plan was adopted."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from egn_desktop import french
from egn_desktop.plans.rules import needs_check
from egn_desktop.plans.snapshot import ClassPart, ContactPart, PlanContent


class LineKind(StrEnum):
    """What a line of the review is about; the value is kept with what is taken up."""

    HEAD = "head"
    CLASS = "class"
    CONTACT = "contact"
    GAP = "gap"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class ClosedAction:
    """An action that came from a gap or a lesson; ``closed_on`` is None while it is open."""

    id: int
    title: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Something that the plan may have to say otherwise.

    Attributes:
        key: tells it from the other lines, as long as it stands.
        action_id: the action that it is about; None for what is no action.
        place: where it is settled, as ``rules.Missing.place``.
        section, words: the line that taking it up adds to a section of the draft.
    """

    kind: LineKind
    key: str
    what: str
    place: str
    section: str
    words: str
    action_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan has taken up already.

    Attributes:
        lines: what the draft, or the last version, has taken up: kind and words of each.
        gaps: closed actions that some version, or the draft, tells of.
        lessons: actions of lessons that some version has taken up or lists, or the draft tells of.
    """

    lines: Collection[tuple[LineKind, str]] = frozenset()
    gaps: Collection[int] = frozenset()
    lessons: Collection[int] = frozenset()

    def has(self, line: ReviewLine) -> bool:
        """Tell whether a line is taken up; an action counts by its id, whatever it is called."""
        match line.kind:
            case LineKind.GAP:
                return line.action_id in self.gaps
            case LineKind.LESSON:
                return line.action_id in self.lessons
            case _:
                return (line.kind, line.words) in self.lines


def review(
    adopted: PlanContent,
    today: PlanContent,
    *,
    adopted_on: date,
    gaps: Sequence[ClosedAction],
    lessons: Sequence[ClosedAction],
    known: Known,
) -> tuple[ReviewLine, ...]:
    """Return what has changed since a version was adopted, and is not taken up yet.

    Args:
        gaps: actions made of gaps of the audit.
        lessons: actions made of lessons of drills and crises.
    """
    lines = (
        *_head(adopted, today),
        *_classes(adopted.classes, today.classes),
        *_contacts(today.contacts, today.taken_on),
        *_gaps(gaps, adopted_on),
        *_lessons(lessons, adopted_on),
    )
    return tuple(line for line in lines if not known.has(line))


def _head(adopted: PlanContent, today: PlanContent) -> Iterator[ReviewLine]:
    before, now = adopted.school.head, today.school.head
    if now and before != now:
        was = f" (avant\u202f: {before})" if before else ""
        yield ReviewLine(
            LineKind.HEAD,
            "head",
            f"La direction a changé\u202f: {now}{was}.",
            "contacts",
            "identite",
            f"- Direction depuis cette mise à jour\u202f: {now}.",
        )


def _classes(before: Sequence[ClassPart], now: Sequence[ClassPart]) -> Iterator[ReviewLine]:
    old = {part.key: part for part in before}
    new = {part.key: part for part in now}
    for key, after in new.items():
        if key not in old:
            yield _moved(key, f"La classe «\u202f{after.name}\u202f» est nouvelle.")
        elif _is_moved(old[key], after):
            was, is_now = old[key].pupils, after.pupils
            yield _moved(key, f"«\u202f{after.name}\u202f» est passée de {was} à {is_now} élèves.")
    for key, gone in old.items():
        if key not in new:
            yield _moved(key, f"La classe «\u202f{gone.name}\u202f» n’existe plus.")


def _moved(key: str, what: str) -> ReviewLine:
    return ReviewLine(LineKind.CLASS, f"class:{key}", what, "classes", "classes", f"- {what}")


def _is_moved(before: ClassPart, now: ClassPart) -> bool:
    return None not in (before.pupils, now.pupils) and before.pupils != now.pupils


def _contacts(people: Iterable[ContactPart], today: date) -> Iterator[ReviewLine]:
    for person in people:
        if needs_check(person.checked_on, today):
            who = person.name or person.role
            day = french.short_date(person.checked_on)
            words = f"non vérifié depuis le {day}" if day else "jamais vérifié"
            what = f"Numéro de {who} ({person.role}) {words}."
            todo = f"- Vérifier le numéro de {who} ({person.role})"
            key = f"contact:{person.id}"
            yield ReviewLine(LineKind.CONTACT, key, what, "contacts", "amelioration", todo)


def _gaps(gaps: Iterable[ClosedAction], adopted_on: date) -> Iterator[ReviewLine]:
    for gap in gaps:
        if gap.closed_on and gap.closed_on >= adopted_on:
            day = french.short_date(gap.closed_on)
            yield ReviewLine(
                LineKind.GAP,
                f"gap:{gap.id}",
                f"Écart comblé le {day}\u202f: {gap.title}.",
                "section:ressources",
                "ressources",
                f"- {gap.title} (fait le {day})",
                gap.id,
            )


def _lessons(lessons: Iterable[ClosedAction], adopted_on: date) -> Iterator[ReviewLine]:
    for lesson in lessons:
        is_old = lesson.closed_on is not None and lesson.closed_on < adopted_on
        if not is_old:
            yield ReviewLine(
                LineKind.LESSON,
                f"lesson:{lesson.id}",
                f"Leçon à reprendre\u202f: {lesson.title}.",
                "section:amelioration",
                "amelioration",
                f"- {lesson.title}",
                lesson.id,
            )
