# SPDX-License-Identifier: GPL-3.0-or-later
"""The draft of the plan, its adopted versions, and what was done in a crisis."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column

from egn_desktop.dossier import Base


class PlanSection(Base):
    """The draft text of one section."""

    __tablename__ = "plan_section"

    section: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(default="")
    done: Mapped[bool] = mapped_column(default=False)
    looked_at: Mapped[date | None]


class PlanClass(Base):
    """How one class goes on; numbers are None until somebody says them.

    Attributes:
        school_class: the name by which pupils are listed in it; empty when there are none.
        without_device: pupils with none of their own at home.
    """

    __tablename__ = "plan_class"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_class: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    teacher: Mapped[str] = mapped_column(default="")
    tool: Mapped[str] = mapped_column(default="")
    tool_status: Mapped[str] = mapped_column(default="not_assessed")
    rhythm: Mapped[str] = mapped_column(default="")
    rota: Mapped[str] = mapped_column(default="")
    pupils: Mapped[int | None]
    without_device: Mapped[int | None]
    without_connection: Mapped[int | None]
    packs: Mapped[int | None]
    deleted_at: Mapped[datetime | None]


class PlanScenario(Base):
    """Whether a scenario is part of the plan, and what still works in it (None: as proposed)."""

    __tablename__ = "plan_scenario"

    scenario: Mapped[str] = mapped_column(primary_key=True)
    chosen: Mapped[bool] = mapped_column(default=False)
    stock: Mapped[bool | None]
    network: Mapped[bool | None]


class OwnScenario(Base):
    """A scenario of the school's own; its other fields are ``PlanScenarioText`` rows."""

    __tablename__ = "own_scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[datetime | None]


class PlanScenarioText(Base):
    """A field of a scenario in the school's own words; without a row, the proposal stands."""

    __tablename__ = "plan_scenario_text"

    scenario: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class RiskLine(Base):
    """One line of the DUERP; lists are kept one item per line."""

    __tablename__ = "risk_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    risk: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    family: Mapped[str] = mapped_column(default="")
    work_units: Mapped[str] = mapped_column(default="")
    situations: Mapped[str] = mapped_column(default="")
    in_place: Mapped[str] = mapped_column(default="")
    to_take: Mapped[str] = mapped_column(default="")
    severity: Mapped[int | None]
    likelihood: Mapped[int | None]
    control: Mapped[int | None]
    deleted_at: Mapped[datetime | None]


class CrisisContact(Base):
    """Somebody to call; ``role`` is the id of one of the content's roles, or free words.

    Attributes:
        called_by: who calls this person in the phone tree, in words; empty: whoever leads.
        deleted_at: when an earlier version took the person off the list and kept the row; now a
            removal leaves none, and takes those with it.
    """

    __tablename__ = "crisis_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    deputy: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    deputy_phone: Mapped[str] = mapped_column(default="")
    called_by: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None]
    deleted_at: Mapped[datetime | None]


class PlanVersion(Base):
    """An adopted plan: never changed, never deleted.

    Attributes:
        snapshot: the ``snapshot.PlanContent`` of that day as JSON.
        pdf: the printed annex; ``sha256`` is its hexadecimal digest.
    """

    __tablename__ = "plan_version"

    number: Mapped[int] = mapped_column(primary_key=True)
    adopted_on: Mapped[date]
    body: Mapped[str]
    participants: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    snapshot: Mapped[str] = mapped_column(deferred=True)
    pdf: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]


class PlanVersionAction(Base):
    """An action that an adopted version lists as still to be done.

    Attributes:
        place: where it stands in the list of the version's snapshot, from 0.
        recovered: found by its title when schema 0003 came, as the snapshot held no ids.
    """

    __tablename__ = "plan_version_action"

    version: Mapped[int] = mapped_column(ForeignKey("plan_version.number"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True, index=True)
    place: Mapped[int]
    recovered: Mapped[bool] = mapped_column(default=False)


class PlanTakenUp(Base):
    """A line of the yearly review that the plan has taken up.

    Attributes:
        kind: a ``review.LineKind`` value.
        action_id: the action that it is about; None for what is no action.
        section: the section of the plan that got it; ``words`` are the line as it was written.
        version: the version with which it was adopted; None while it waits in the draft.
        recovered: found by its words when schema 0003 came; ``taken_on`` is then the day of the
            first version that has them, or of the last look at the draft's section.
    """

    __tablename__ = "plan_taken_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    section: Mapped[str]
    words: Mapped[str]
    taken_on: Mapped[date]
    version: Mapped[int | None] = mapped_column(ForeignKey("plan_version.number"))
    recovered: Mapped[bool] = mapped_column(default=False)


class PlanMilestone(Base):
    """What became of an adopted version: one dated fact that somebody noted, never assumed.

    Attributes:
        kind: a ``milestones.MilestoneKind`` value.
        body: who was told, or did it, in words ("IEN d’Yssingeaux", "IA-DASEN").
        deleted_at: when it was taken back; it can be put back by undoing that.
    """

    __tablename__ = "plan_milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("plan_version.number"), index=True)
    kind: Mapped[str]
    done_on: Mapped[date]
    body: Mapped[str]
    recorded_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class PlanSubmission(Base):
    """One time that the draft was submitted; adopting or withdrawing it ends that."""

    __tablename__ = "plan_submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    submitted_on: Mapped[date]
    body: Mapped[str]
    recorded_at: Mapped[datetime]
    snapshot: Mapped[str] = mapped_column(deferred=True)
    adopted_as: Mapped[int | None] = mapped_column(ForeignKey("plan_version.number"))
    withdrawn_at: Mapped[datetime | None]


class Attachment(Base):
    """A PDF kept beside the plan: an earlier plan, an earlier DUERP, or something else.

    Attributes:
        kind: a ``rules.AttachmentKind`` value.
        dated_on: the day that the document bears, where it is known.
        sha256: the hexadecimal digest of ``pdf``.
        deleted_at: when it was taken off the list; it can be put back until it is erased.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    dated_on: Mapped[date | None]
    pages: Mapped[int]
    size: Mapped[int]
    pdf: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class Crisis(Base):
    """One time that a scenario was set in motion; open until it is ended."""

    __tablename__ = "crisis"

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CrisisEntry(Base):
    """Something done in a crisis: an act ticked off its list, or a note ("note" as field)."""

    __tablename__ = "crisis_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    crisis_id: Mapped[int] = mapped_column(ForeignKey("crisis.id"), index=True)
    field: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


@event.listens_for(PlanVersion, "before_update")
@event.listens_for(PlanVersion, "before_delete")
def _refuse(_mapper: Any, _connection: Any, version: PlanVersion) -> None:
    raise RuntimeError(f"version {version.number} of the plan is adopted and cannot change")
