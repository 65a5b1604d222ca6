# SPDX-License-Identifier: GPL-3.0-or-later
"""Drills, what was seen and measured, and what was learnt."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from egn_desktop.dossier import Base


class Drill(Base):
    """One exercise, planned, held or cancelled.

    Attributes:
        plan_version: the version of the plan that it tried; None before it is held, and where no
            version was adopted by then.
    """

    __tablename__ = "drill"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scenario: Mapped[str] = mapped_column(default="")
    script: Mapped[str] = mapped_column(default="")
    aim: Mapped[str] = mapped_column(default="")
    planned_on: Mapped[date | None]
    held_on: Mapped[date | None]
    state: Mapped[str]
    plan_version: Mapped[int | None] = mapped_column(ForeignKey("plan_version.number"))
    course: Mapped[str] = mapped_column(default="")
    cancelled_because: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    participants: Mapped[list["DrillParticipants"]] = relationship(
        order_by="DrillParticipants.position", cascade="all, delete-orphan"
    )
    results: Mapped[list["DrillResult"]] = relationship(cascade="all, delete-orphan")
    answers: Mapped[list["DrillAnswer"]] = relationship(cascade="all, delete-orphan")
    preparations: Mapped[list["DrillPreparation"]] = relationship(cascade="all, delete-orphan")
    lessons: Mapped[list["Lesson"]] = relationship(order_by="Lesson.id")


class DrillPreparation(Base):
    """One thing of the kind's preparation that is done, by its id in the content."""

    __tablename__ = "drill_preparation"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)


class DrillParticipants(Base):
    """Who took part in a drill, by what they did there."""

    __tablename__ = "drill_participants"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), primary_key=True)
    function: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    people: Mapped[str]


class DrillResult(Base):
    """One measure of a drill, in the unit of its entry in the content."""

    __tablename__ = "drill_result"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]


class DrillAnswer(Base):
    """One answer of the hot debrief."""

    __tablename__ = "drill_answer"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]


class Lesson(Base):
    """Something learnt; what was decided, by whom and for when is its action."""

    __tablename__ = "drill_lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), index=True)
    text: Mapped[str]
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    deleted_at: Mapped[datetime | None]
