# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with a drill: plan it, change it, record it, learn from it, cancel it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.actions.rules import Source
from egn_desktop.actions.service import ActionService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules
from egn_desktop.drills.model import (
    Drill,
    DrillAnswer,
    DrillParticipants,
    DrillPreparation,
    DrillResult,
    Lesson,
)
from egn_desktop.drills.rules import DrillKind, DrillState
from egn_desktop.errors import UserError
from egn_desktop.plans.queries import version_on
from egn_desktop.school.queries import identity

CHANGEABLE: Final = ("scenario", "script", "aim", "planned_on")
_HELD: Final = ("held_on", "state", "plan_version")


class DrillService:
    """Use cases of the drills."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._actions = ActionService(dossier)

    def plan(
        self,
        *,
        kind: DrillKind | str,
        planned_on: date | None = None,
        scenario: str = "",
        script: str = "",
        aim: str = "",
    ) -> int:
        """Plan a drill and return its id.

        Args:
            scenario: id of one of the plan's scenarios, or empty.
            script: id of one of the scripts, or empty.
            aim: the kind's own aim when left empty.

        Raises:
            UserError: there is no such kind or script.
        """
        chosen = _kind(kind)
        _check_script(script, chosen)
        with self._dossier.write(Changed.DRILLS, undo="exercice prévu") as session:
            drill = Drill(
                kind=chosen,
                scenario=scenario,
                script=script,
                aim=aim.strip() or rules.kinds(identity(self._dossier).kind)[chosen].aim,
                planned_on=planned_on,
                state=DrillState.PLANNED,
                created_at=self._dossier.now(),
            )
            session.add(drill)
            session.flush()
            after = {name: getattr(drill, name) for name in ("kind", *CHANGEABLE)}
            self._record("drill.planned", drill, after=after)
            return drill.id

    def change(self, drill_id: int, **fields: Any) -> None:
        """Change what was planned: the fields of ``CHANGEABLE``.

        Raises:
            UserError: there is no such drill or script.
        """
        unknown = set(fields) - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"not fields of a drill's plan: {sorted(unknown)}")
        with self._dossier.write(Changed.DRILLS, undo="modification de l’exercice") as session:
            drill = _find(session, drill_id)
            _check_script(fields.get("script", ""), DrillKind(drill.kind))
            before = {name: getattr(drill, name) for name in fields}
            if before == fields:
                return
            for name, value in fields.items():
                setattr(drill, name, value)
            self._record("drill.changed", drill, before=before, after=fields)

    def prepare(self, drill_id: int, item: str, *, done: bool = True) -> None:
        """Tick something of the preparation off its list, or take the tick back.

        Args:
            item: its id in the content.

        Raises:
            UserError: there is no such drill, or nothing of that id to prepare.
        """
        with self._dossier.write(Changed.DRILLS, undo="préparation de l’exercice") as session:
            drill = _find(session, drill_id)
            entry = rules.kinds(identity(self._dossier).kind)[drill.kind]
            wanted = next((known for known in entry.preparation if known.id == item), None)
            if wanted is None:
                offered = ", ".join(known.id for known in entry.preparation)
                raise UserError(
                    f"La préparation de cet exercice ne comprend pas « {item} ».",
                    todo=f"Au choix : {offered}.",
                )
            ticked = {row.item: row for row in drill.preparations}
            if done == wanted.is_in(ticked):
                return
            if done:
                drill.preparations.append(DrillPreparation(item=item))
            else:
                for kept in {item, wanted.text} & ticked.keys():
                    drill.preparations.remove(ticked[kept])
            self._record("drill.prepared", drill, after={"item": item, "done": done})

    def record(
        self,
        drill_id: int,
        *,
        held_on: date | None = None,
        participants: Mapping[str, str] | None = None,
        course: str | None = None,
        measures: Mapping[str, float | None] | None = None,
        debrief: Mapping[str, str] | None = None,
    ) -> None:
        """Note how a drill went; what is left out stays as it was.

        Args:
            held_on: the day; today if none was ever given.
            participants: function → people; an empty text removes the function.
            course: what happened, in order.
            measures: id of a measure → value in its unit, None to remove it.
            debrief: id of a question → answer.

        Raises:
            UserError: the day is still to come, a measure or question is unknown or its value
                makes no sense; nothing of this record was kept.
        """
        self._check(held_on, measures or {}, debrief or {})
        with self._dossier.write(Changed.DRILLS, undo="notes de l’exercice") as session:
            drill = _find(session, drill_id)
            before: dict[str, Any] = {name: getattr(drill, name) for name in _HELD}
            day = held_on or drill.held_on or self._dossier.today()
            drill.held_on, drill.state = day, DrillState.HELD
            drill.plan_version = version_on(self._dossier, day)
            after: dict[str, Any] = {name: getattr(drill, name) for name in _HELD}
            if course is not None:
                before["course"], after["course"] = drill.course, course.strip()
                drill.course = course.strip()
            for name, change in (
                ("participants", _note_participants(drill, participants or {})),
                ("measures", _note_results(drill, measures or {})),
                ("debrief", _note_answers(drill, debrief or {})),
            ):
                before[name], after[name] = change
            if before == after:
                return
            self._record("drill.recorded", drill, before=before, after=after)

    def add_lesson(
        self,
        drill_id: int,
        *,
        text: str,
        decision: str = "",
        responsible: str = "",
        due_on: date | None = None,
    ) -> int:
        """Note something learnt, add its action to the one list, and return the lesson's id.

        Args:
            decision: what was decided, the action's title; the lesson itself when left empty.

        Raises:
            UserError: there is no text, or no such drill.
        """
        if not text.strip():
            raise UserError("Un enseignement a besoin d’un texte.", todo="Dites ce qui est appris.")
        undo = f"ajout de l’enseignement « {text.strip()} »"
        with self._dossier.write(Changed.DRILLS, undo=undo) as session:
            drill = _find(session, drill_id)
            action_id = self._actions.add(
                title=decision.strip() or text,
                source=Source.drill(drill.id),
                responsible=responsible,
                due_on=due_on,
            )
            lesson = Lesson(drill_id=drill.id, text=text.strip(), action_id=action_id)
            session.add(lesson)
            session.flush()
            after = {"lesson": lesson.id, "text": lesson.text, "action": action_id}
            self._record("drill.lesson_added", drill, after=after)
            return lesson.id

    def remove_lesson(self, lesson_id: int) -> None:
        """Take a lesson out of its drill and drop its action."""
        with self._dossier.write(Changed.DRILLS, undo="retrait d’un enseignement") as session:
            lesson = _find_lesson(session, lesson_id)
            self._dossier.name_act(f"retrait de l’enseignement « {lesson.text} »")
            lesson.deleted_at = self._dossier.now()
            self._actions.drop(lesson.action_id)
            drill = _find(session, lesson.drill_id)
            self._record("drill.lesson_removed", drill, before={"lesson": lesson.id})

    def cancel(self, drill_id: int, *, reason: str = "") -> None:
        """Cancel a drill; it stays in the list."""
        with self._dossier.write(Changed.DRILLS, undo="annulation de l’exercice") as session:
            drill = _find(session, drill_id)
            before = {"state": drill.state}
            drill.state, drill.cancelled_because = DrillState.CANCELLED, reason.strip()
            after = {"state": drill.state, "reason": drill.cancelled_because}
            self._record("drill.cancelled", drill, before=before, after=after)

    def restore(self, drill_id: int) -> None:
        """Put a cancelled drill back as it was: held if it has a day, else planned."""
        with self._dossier.write(Changed.DRILLS, undo="exercice remis au programme") as session:
            drill = _find(session, drill_id)
            before = {"state": drill.state}
            drill.state = DrillState.HELD if drill.held_on else DrillState.PLANNED
            drill.cancelled_because = ""
            self._record("drill.restored", drill, before=before, after={"state": drill.state})

    def _check(
        self,
        held_on: date | None,
        measures: Mapping[str, float | None],
        debrief: Mapping[str, str],
    ) -> None:
        if held_on and held_on > self._dossier.today():
            raise UserError(
                "Un exercice ne peut pas s’être tenu à une date à venir.",
                todo="Indiquez le jour où il s’est tenu, ou laissez-le prévu.",
            )
        for measure_id, value in measures.items():
            measure = rules.measures().get(measure_id)
            if measure is None:
                known = ", ".join(measure.id for measure in rules.measures())
                raise UserError(f"Mesure inconnue : {measure_id}.", todo=f"Au choix : {known}.")
            problem = None if value is None else rules.measure_problem(measure, value)
            if problem:
                raise UserError(problem)
        for question in debrief:
            if question not in rules.questions():
                raise UserError(f"Question de bilan inconnue : {question}.")

    def _record(
        self,
        what: str,
        drill: Drill,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        self._dossier.record(what, f"drill:{drill.id}", before=before, after=after)


def _kind(kind: str) -> DrillKind:
    if kind not in list(DrillKind):
        known = ", ".join(DrillKind)
        raise UserError(f"Type d’exercice inconnu : {kind}.", todo=f"Au choix : {known}.")
    return DrillKind(kind)


def _check_script(script_id: str, kind: DrillKind) -> None:
    script = rules.scripts().get(script_id)
    if script_id and (script is None or script.kind is not kind):
        known = ", ".join(script.id for script in rules.scripts_for(kind))
        raise UserError(f"Déroulé inconnu : {script_id}.", todo=f"Au choix : {known}.")


def _find(session: Session, drill_id: int) -> Drill:
    drill = session.get(Drill, drill_id)
    if drill is None:
        raise UserError(f"Il n’y a pas d’exercice n° {drill_id} dans ce dossier.")
    return drill


def _find_lesson(session: Session, lesson_id: int) -> Lesson:
    lesson = session.get(Lesson, lesson_id)
    if lesson is None:
        raise UserError(f"Il n’y a pas d’enseignement n° {lesson_id} dans ce dossier.")
    return lesson


_Change = tuple[dict[str, Any], dict[str, Any]]


def _note_participants(drill: Drill, new: Mapping[str, str]) -> _Change:
    known = {row.function: row for row in drill.participants}
    before = {function: known[function].people for function in new if function in known}
    for function, people in new.items():
        row = known.get(function)
        if not people.strip():
            if row is not None:
                drill.participants.remove(row)
        elif row is not None:
            row.people = people.strip()
        else:
            place = max((row.position for row in drill.participants), default=-1) + 1
            drill.participants.append(
                DrillParticipants(function=function, position=place, people=people.strip())
            )
    return before, {function: people.strip() for function, people in new.items() if people.strip()}


def _note_results(drill: Drill, new: Mapping[str, float | None]) -> _Change:
    known = {row.measure: row for row in drill.results}
    before = {measure: known[measure].value for measure in new if measure in known}
    for measure, value in new.items():
        row = known.get(measure)
        if value is None:
            if row is not None:
                drill.results.remove(row)
        elif row is not None:
            row.value = value
        else:
            drill.results.append(DrillResult(measure=measure, value=value))
    return before, {measure: value for measure, value in new.items() if value is not None}


def _note_answers(drill: Drill, new: Mapping[str, str]) -> _Change:
    known = {row.question: row for row in drill.answers}
    before = {question: known[question].answer for question in new if question in known}
    for question, answer in new.items():
        row = known.get(question)
        if row is not None:
            row.answer = answer.strip()
        elif answer.strip():
            drill.answers.append(DrillAnswer(question=question, answer=answer.strip()))
    return before, {question: answer.strip() for question, answer in new.items() if answer.strip()}
