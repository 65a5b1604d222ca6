# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's identity: one row, one row a level, and how its calendar differs."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from egn_desktop.dossier import Base


class School(Base):
    """The one school (or cité scolaire) of the dossier."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    uai: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    academie: Mapped[str] = mapped_column(default="")
    district: Mapped[str] = mapped_column(default="")
    holiday_zone: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    teachers: Mapped[int | None]
    head: Mapped[str] = mapped_column(default="")
    risk_register_owner: Mapped[str] = mapped_column(default="")
    levels: Mapped[list["SchoolLevel"]] = relationship(
        order_by="SchoolLevel.position", cascade="all, delete-orphan"
    )


class SchoolLevel(Base):
    """The classes and pupils of one level."""

    __tablename__ = "school_level"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    classes: Mapped[int | None]
    pupils: Mapped[int | None]


class CalendarCorrection(Base):
    """Days on which the school is closed, or open in spite of the known school holidays."""

    __tablename__ = "calendar_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    is_open: Mapped[bool] = mapped_column(default=False)
