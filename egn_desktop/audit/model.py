# SPDX-License-Identifier: GPL-3.0-or-later
"""Audits, one a school year, their answers and what backs these."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from egn_desktop.dossier import Base


class Campaign(Base):
    """The audit of one school year.

    Attributes:
        school_year: the calendar year in which it began.
        place: key of the question that the head was last at.
        frame: empty while it is open; then all that it was judged by, so that neither a newer
            catalogue nor other levels alter it.
    """

    __tablename__ = "audit_campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_year: Mapped[int] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    closed_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    frame: Mapped[str] = mapped_column(default="")
    answers: Mapped[list["CampaignAnswer"]] = relationship(cascade="all, delete-orphan")


class CampaignAnswer(Base):
    """What was answered to one question.

    Attributes:
        level: empty when the question was asked of the whole school.
        version: of the catalogue that asked it.
        value: a small JSON text; empty when it is not known or does not apply.
        origin: what it was taken from; empty when it was answered unaided.
    """

    __tablename__ = "audit_answer"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("audit_campaign.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True, default="")
    version: Mapped[str]
    standing: Mapped[str]
    value: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]


class AnswerEvidence(Base):
    """A photo or a document that backs an answer; removed, nothing of it is left."""

    __tablename__ = "audit_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("audit_campaign.id"), index=True)
    criterion: Mapped[str]
    level: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]
    added_at: Mapped[datetime]
