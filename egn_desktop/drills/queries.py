# SPDX-License-Identifier: GPL-3.0-or-later
"""Drills as screens and documents read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.rules import SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules
from egn_desktop.drills.model import Drill, DrillResult, Lesson
from egn_desktop.drills.rules import DrillKind, DrillState, Kind, Measure
from egn_desktop.errors import UserError
from egn_desktop.plans.catalogue import Scenario
from egn_desktop.plans.queries import own_scenarios
from egn_desktop.plans.rules import scenarios
from egn_desktop.school.calendar import drill_year
from egn_desktop.school.queries import calendar, identity
from egn_desktop.school.words import SchoolKind
from egn_desktop.todo import Todo, Urgency


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One measure of a drill: its value, or None when it was not taken."""

    measure: Measure
    value: float | None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None when it was not measured."""
        return None if self.value is None else rules.target_met(self.measure, self.value)

    @property
    def text(self) -> str:
        """The figure in French with its unit, or an empty string."""
        return "" if self.value is None else rules.with_unit(self.measure, self.value)


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One drill in a list.

    Attributes:
        school: what decides the words of what the drill is made of.
        scenario: id of the plan's scenario, empty when it plays none.
        scenario_title: its French title; ``scenario_short`` the one that fits a list.
        result: the most telling measure taken, or None.
        plan_version: the version of the plan that it tried, or None.
        lessons: how many lessons were drawn.
    """

    id: int
    school: SchoolKind
    kind: DrillKind
    scenario: str
    scenario_title: str
    scenario_short: str
    script: str
    aim: str
    planned_on: date | None
    held_on: date | None
    state: DrillState
    plan_version: int | None
    result: MeasureResult | None
    lessons: int

    @property
    def kind_entry(self) -> Kind:
        """The kind's content entry."""
        return rules.kinds(self.school)[self.kind]

    @property
    def title(self) -> str:
        """The kind and the scenario: "Exercice sur table : Cyberattaque"."""
        title = self.kind_entry.title
        if not self.scenario:
            return title
        return f"{title} : {self.scenario_short}"

    @property
    def day(self) -> date | None:
        """The day it was held, else the day it is planned for."""
        return self.held_on or self.planned_on

    @property
    def headline(self) -> str:
        """The most telling result in French ("94 % des familles jointes en 2 h"), or empty."""
        if self.result is None:
            return ""
        return f"{self.result.text} {self.result.measure.headline}"


@dataclass(frozen=True, slots=True)
class LessonRow:
    """Something learnt, with the action that it led to."""

    id: int
    text: str
    action: ActionRow


@dataclass(frozen=True, slots=True)
class LessonLink:
    """The ids of a lesson, its drill and its action."""

    id: int
    drill_id: int
    action_id: int


@dataclass(frozen=True, slots=True)
class DrillDetail:
    """One drill with everything noted about it.

    Attributes:
        participants: function → people, in the order of the kind's functions.
        measures: what is to be measured, in order of importance, taken or not.
        answers: id of a debrief question → answer.
        prepared: what is ticked off the kind's preparation, by id.
    """

    row: DrillRow
    participants: dict[str, str]
    course: str
    measures: tuple[MeasureResult, ...]
    answers: dict[str, str]
    lessons: tuple[LessonRow, ...]
    cancelled_because: str
    prepared: frozenset[str]


@dataclass(frozen=True, slots=True)
class DrillSummary:
    """What the home page says of drills.

    Attributes:
        year: the drill year that runs, which begins in July: "2026-2027".
        held_this_year: drills held in it.
    """

    last: DrillRow | None
    next: DrillRow | None
    year: str
    held_this_year: int


@dataclass(frozen=True, slots=True)
class DueDrill:
    """When the next drill of a kind should be held, by its cadence.

    Attributes:
        last_held: the day the kind was last held, or None.
        due_on: by which day the next one is due; None when the kind has no cadence.
        planned_on: the day for which one is already planned, or None.
    """

    kind: Kind
    last_held: date | None
    due_on: date | None
    planned_on: date | None


def drilled_scenarios(dossier: Dossier) -> Mapping[str, Scenario]:
    """Return what a drill can play, by id: the proposed scenarios, then the school's own."""
    proposed = scenarios(identity(dossier).kind)
    return {scenario.id: scenario for scenario in proposed} | dict(own_scenarios(dossier))


def drills(dossier: Dossier, state: DrillState | None = None) -> Sequence[DrillRow]:
    """Return the drills: planned ones first, soonest first, then the others, latest first."""
    wanted = select(
        Drill.id,
        Drill.kind,
        Drill.scenario,
        Drill.script,
        Drill.aim,
        Drill.planned_on,
        Drill.held_on,
        Drill.state,
        Drill.plan_version,
    )
    if state is not None:
        wanted = wanted.where(Drill.state == state)
    with dossier.read() as session:
        found = session.execute(wanted).all()
        values: dict[int, dict[str, float]] = {}
        for drill_id, measure, value in session.execute(
            select(DrillResult.drill_id, DrillResult.measure, DrillResult.value)
        ):
            values.setdefault(drill_id, {})[measure] = value
        lessons: dict[int, int] = {}
        for (drill_id,) in session.execute(
            select(Lesson.drill_id).where(Lesson.deleted_at.is_(None))
        ):
            lessons[drill_id] = lessons.get(drill_id, 0) + 1
    played, school = drilled_scenarios(dossier), identity(dossier).kind
    rows = [
        DrillRow(
            id=todo.id,
            school=school,
            kind=DrillKind(todo.kind),
            scenario=todo.scenario,
            scenario_title=_title_of(played, todo.scenario),
            scenario_short=_short_of(played, todo.scenario),
            script=todo.script,
            aim=todo.aim,
            planned_on=todo.planned_on,
            held_on=todo.held_on,
            state=DrillState(todo.state),
            plan_version=todo.plan_version,
            result=_headline(DrillKind(todo.kind), todo.script, values.get(todo.id, {}), school),
            lessons=lessons.get(todo.id, 0),
        )
        for todo in found
    ]
    return sorted(rows, key=_order)


def drill(dossier: Dossier, drill_id: int) -> DrillDetail:
    """Return one drill with everything noted about it.

    Raises:
        UserError: there is no such drill.
    """
    row = next((drill for drill in drills(dossier) if drill.id == drill_id), None)
    if row is None:
        raise UserError(f"Il n’y a pas d’exercice n° {drill_id} dans ce dossier.")
    with dossier.read() as session:
        found = session.get_one(Drill, drill_id)
        ticked = {preparation.item for preparation in found.preparations}
        return DrillDetail(
            row=row,
            participants={
                participant.function: participant.people for participant in found.participants
            },
            course=found.course,
            measures=_results(
                row.kind, row.script, {r.measure: r.value for r in found.results}, row.school
            ),
            answers={answer.question: answer.answer for answer in found.answers if answer.answer},
            lessons=_lessons(dossier, drill_id),
            cancelled_because=found.cancelled_because,
            prepared=frozenset(
                item.id for item in row.kind_entry.preparation if item.is_in(ticked)
            ),
        )


def lesson_links(dossier: Dossier) -> Sequence[LessonLink]:
    """Return which drill taught each lesson and which action it led to, oldest lesson first."""
    wanted = select(Lesson.id, Lesson.drill_id, Lesson.action_id)
    rows = dossier.rows(wanted.where(Lesson.deleted_at.is_(None)).order_by(Lesson.id))
    return [LessonLink(*row) for row in rows]


def summary(dossier: Dossier) -> DrillSummary:
    """Return the last drill held, the next one planned and how many were held this year."""
    rows = drills(dossier)
    held = [row for row in rows if row.state is DrillState.HELD and row.held_on]
    planned = [row for row in rows if row.state is DrillState.PLANNED and row.planned_on]
    year = drill_year(dossier.today())
    return DrillSummary(
        last=max(held, key=lambda row: row.held_on or date.min, default=None),
        next=min(planned, key=lambda row: row.planned_on or date.max, default=None),
        year=f"{year}-{year + 1}",
        held_this_year=sum(drill_year(row.held_on) == year for row in held if row.held_on),
    )


def due_drills(dossier: Dossier) -> Sequence[DueDrill]:
    """Return, for each kind of drill, when it was last held and when the next one is due."""
    today = dossier.today()
    rows = drills(dossier)
    due: list[DueDrill] = []
    for kind in rules.kinds(identity(dossier).kind):
        of_kind = [row for row in rows if row.kind == kind.id]
        held = [row.held_on for row in of_kind if row.state is DrillState.HELD and row.held_on]
        planned = [
            row.planned_on
            for row in of_kind
            if row.state is DrillState.PLANNED and row.planned_on and row.planned_on >= today
        ]
        last = max(held, default=None)
        due_on = rules.due_on(kind.cadence, last, today)
        if due_on is not None and due_on > today:
            # Nobody holds a drill on a Sunday or in the holidays.
            due_on = max(today, calendar(dossier).last_open(due_on))
        due.append(DueDrill(kind, last, due_on, min(planned, default=None)))
    return due


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return what drills ask for: a first one, one to record, one to prepare, one that is due."""
    rows = drills(dossier)
    if not any(row.state is not DrillState.CANCELLED for row in rows):
        text = "Préparer un premier exercice d’alerte : un quart d’heure suffit"
        return (Todo(Urgency.START, "À commencer", text, page="drills", action="Préparer"),)
    today = dossier.today()
    found: list[Todo] = []
    for row in rows:
        if row.state is not DrillState.PLANNED or row.planned_on is None:
            continue
        name, day = row.kind_entry.short.lower(), french.short_date(row.planned_on)
        if row.planned_on < today:
            text = f"Exercice « {name} » prévu le {day} : dites comment cela s’est passé"
            found.append(Todo(Urgency.NOW, "À noter", text, "drills", "Noter", str(row.id)))
        elif row.planned_on <= today + timedelta(days=rules.SOON_DAYS):
            text = f"Exercice « {name} » prévu le {day}"
            found.append(Todo(Urgency.SOON, "Bientôt", text, "drills", "Préparer", str(row.id)))
    for due in due_drills(dossier):
        if due.due_on is None or due.planned_on or _waits_for_its_record(rows, due.kind):
            continue
        name, day = due.kind.short.lower(), french.short_date(due.due_on)
        if due.due_on < today:
            text = f"Exercice « {name} » : il aurait dû se tenir avant le {day}"
            found.append(Todo(Urgency.LATE, "En retard", text, page="drills", action="Préparer"))
        elif due.due_on <= today + timedelta(days=rules.SOON_DAYS):
            text = f"Exercice « {name} » à tenir avant le {day}"
            found.append(Todo(Urgency.SOON, "Bientôt", text, page="drills", action="Préparer"))
    return found


def _title_of(played: Mapping[str, Scenario], scenario: str) -> str:
    known = played.get(scenario)
    return known.title if known else scenario.replace("-", " ").capitalize()


def _short_of(played: Mapping[str, Scenario], scenario: str) -> str:
    known = played.get(scenario)
    return known.short if known else _title_of(played, scenario)


def _waits_for_its_record(rows: Sequence[DrillRow], kind: Kind) -> bool:
    return any(row.kind == kind.id and row.state is DrillState.PLANNED for row in rows)


def _order(row: DrillRow) -> tuple[bool, int]:
    planned = row.state is DrillState.PLANNED
    day = (row.day or date.max).toordinal()
    return not planned, day if planned else -day


def _results(
    kind: DrillKind, script_id: str, values: dict[str, float], school: SchoolKind
) -> tuple[MeasureResult, ...]:
    proposed = rules.measures_for(kind, rules.scripts().get(script_id), school)
    others = [
        measure
        for measure in rules.measures(school)
        if measure.id in values and measure not in proposed
    ]
    return tuple(MeasureResult(measure, values.get(measure.id)) for measure in proposed + others)


def _headline(
    kind: DrillKind, script_id: str, values: dict[str, float], school: SchoolKind
) -> MeasureResult | None:
    taken = (
        result for result in _results(kind, script_id, values, school) if result.value is not None
    )
    return next(taken, None)


def _lessons(dossier: Dossier, drill_id: int) -> tuple[LessonRow, ...]:
    by_id = {action.id: action for action in actions(dossier, source_kind=SourceKind.DRILL)}
    rows = dossier.rows(
        select(Lesson.id, Lesson.text, Lesson.action_id)
        .where(Lesson.drill_id == drill_id, Lesson.deleted_at.is_(None))
        .order_by(Lesson.id)
    )
    return tuple(LessonRow(row.id, row.text, by_id[row.action_id]) for row in rows)
