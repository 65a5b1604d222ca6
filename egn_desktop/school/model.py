# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's identity: one row, one row a level, and how its calendar differs."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from egn_desktop.dossier import Base
from egn_desktop.dossier.described import add_described
from egn_desktop.school.identity import SchoolFields


class School(Base):
    """The one school (or cité scolaire) of the dossier.

    What no code reads by its name is mapped below, from its description.
    """

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    uai: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    holiday_zone: Mapped[str] = mapped_column(default="")
    levels: Mapped[list["SchoolLevel"]] = relationship(
        order_by="SchoolLevel.position", cascade="all, delete-orphan"
    )
    sites: Mapped[list["SchoolSite"]] = relationship(
        order_by="SchoolSite.position", cascade="all, delete-orphan"
    )
    owners: Mapped[list["SchoolOwner"]] = relationship(
        order_by="SchoolOwner.position", cascade="all, delete-orphan"
    )


class SchoolLevel(Base):
    """The classes and pupils of one level."""

    __tablename__ = "school_level"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    classes: Mapped[int | None]
    pupils: Mapped[int | None]


class SchoolSite(Base):
    """Another place of the school: of a regroupement, or a part with a UAI of its own.

    ``levels`` are ``rules.Level`` values in one word ("ME"); ``owner`` is the name of an owner.
    """

    __tablename__ = "school_site"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    uai: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    levels: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")


class SchoolOwner(Base):
    """Who owns premises or devices, who speaks for it, and its accord to the loans."""

    __tablename__ = "school_owner"

    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    representative: Mapped[str] = mapped_column(default="")
    accord_on: Mapped[date | None]
    accord_reference: Mapped[str] = mapped_column(default="")


class CalendarCorrection(Base):
    """Days on which the school is closed, or open in spite of the known school holidays."""

    __tablename__ = "calendar_correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    is_open: Mapped[bool] = mapped_column(default=False)


add_described(School, SchoolFields)
