# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices with what goes with them, borrowers, loans, and what is kept about each."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from egn_desktop.dossier import Base
from egn_desktop.dossier.described import add_described
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    IncidentFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.terms import BorrowerKind


class Device(Base):
    """One device. That it is lent is said by its open loan, never by its own state.

    ``asset_key`` tells asset numbers apart; ``search`` and ``sort_key`` are derived texts. A
    reserved one may wait for somebody (``reserved_for``); a retired one says what became of it.
    What no code reads by its name is mapped below, from its description.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_number: Mapped[str]
    asset_key: Mapped[str]
    kind: Mapped[str]
    brand: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    serial_number: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    owner_kind: Mapped[str | None]
    acquired_on: Mapped[date | None]
    data_until: Mapped[date | None]
    value_cents: Mapped[int | None]
    refurbished: Mapped[bool] = mapped_column(default=False)
    condition: Mapped[str]
    state: Mapped[str]
    reserved_for: Mapped[int | None] = mapped_column(ForeignKey("borrower.id"), index=True)
    reserved_note: Mapped[str] = mapped_column(default="")
    retired_as: Mapped[str | None]
    retired_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    search: Mapped[str]
    sort_key: Mapped[str]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    accessories: Mapped[list["DeviceAccessory"]] = relationship(
        order_by="DeviceAccessory.position", cascade="all, delete-orphan"
    )

    __table_args__ = (
        Index(
            "uq_device_asset_key",
            "asset_key",
            unique=True,
            sqlite_where=text("asset_key <> '' AND deleted_at IS NULL"),
        ),
    )


class DeviceAccessory(Base):
    """Something that goes with a device; not ``present`` once a borrower did not return it."""

    __tablename__ = "device_accessory"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    present: Mapped[bool] = mapped_column(default=True)


class Borrower(Base):
    """One person who may borrow, with no more than a loan needs.

    Erased for good, the row stays without a name.
    """

    __tablename__ = "borrower"
    __mapper_args__: ClassVar = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    last_name: Mapped[str]
    usual_name: Mapped[str] = mapped_column(default="")
    first_name: Mapped[str]
    search: Mapped[str]
    sort_key: Mapped[str]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Pupil(Borrower):
    """A pupil; ``left_on`` is when a new list of the school's pupils was found not to name him."""

    __mapper_args__: ClassVar = {"polymorphic_identity": BorrowerKind.PUPIL}

    born_on: Mapped[date | None]
    ine: Mapped[str] = mapped_column(default="")
    school_class: Mapped[str] = mapped_column(default="")
    left_on: Mapped[date | None]


class Staff(Borrower):
    """Somebody who works at the school; ``duty`` is what as ("Enseignante, CE1")."""

    __mapper_args__: ClassVar = {"polymorphic_identity": BorrowerKind.STAFF}

    duty: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Guardian(Base):
    """One legal representative, of one pupil or of several."""

    __tablename__ = "guardian"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    first_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class PupilGuardian(Base):
    """Who represents whom, in the order of the school's file."""

    __tablename__ = "pupil_guardian"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("borrower.id"), primary_key=True)
    guardian_id: Mapped[int] = mapped_column(
        ForeignKey("guardian.id"), primary_key=True, index=True
    )
    position: Mapped[int]


class Loan(Base):
    """One loan; a device has at most one open one.

    ``school_class`` is the pupil's on that day, so that the register of a past year reads true.
    ``replaces_id`` is the loan that this one took over when its device was exchanged; ``wiped`` are
    the steps done of the wiping checklist (ids of content), None until the device is back.
    """

    __tablename__ = "loan"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    borrower_id: Mapped[int] = mapped_column(ForeignKey("borrower.id"), index=True)
    school_class: Mapped[str] = mapped_column(default="")
    lent_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[str]
    condition_out: Mapped[str]
    condition_in: Mapped[str | None]
    note_out: Mapped[str] = mapped_column(default="")
    note_in: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    wiped: Mapped[str | None]
    created_at: Mapped[datetime]
    accessories: Mapped[list["LoanAccessory"]] = relationship(
        order_by="LoanAccessory.position", cascade="all, delete-orphan"
    )

    __table_args__ = (
        Index("uq_loan_open_device", "device_id", unique=True, sqlite_where=text("state = 'open'")),
        Index("ix_loan_state_due_on", "state", "due_on"),
    )


class LoanAccessory(Base):
    """One accessory handed over with a device; ``returned`` is None while it is out.

    ``returned_on`` is the day on which it came back apart from the device, before it or after.
    """

    __tablename__ = "loan_accessory"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    returned: Mapped[bool | None]
    returned_on: Mapped[date | None] = mapped_column(index=True)


class RetentionLimit(Base):
    """A retention limit that the school set itself; the content's default where there is none."""

    __tablename__ = "retention_limit"

    id: Mapped[str] = mapped_column(primary_key=True)
    years: Mapped[int]


class CriterionLeftOut(Base):
    """A criterion of need that the school chose not to note."""

    __tablename__ = "criterion_left_out"

    id: Mapped[str] = mapped_column(primary_key=True)


class PupilNeed(Base):
    """What a pupil lacks to work at home; kept until the end of the school year, then erased.

    ``answers`` are ids of criteria; ``decided`` is a human's priority, with its ``reason``.
    """

    __tablename__ = "pupil_need"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("borrower.id"), primary_key=True)
    noted_on: Mapped[date]
    answers: Mapped[str] = mapped_column(default="")
    decided: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class Reminder(Base):
    """One reminder made to the family of a late loan."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True)
    level: Mapped[str]
    channel: Mapped[str]
    sent_on: Mapped[date]
    created_at: Mapped[datetime]


class Incident(Base):
    """Something that befell a device, during a loan or not; open until ``closed_on``.

    ``cost_cents`` is what it cost; ``outcome`` how it ended, None while it is open. ``by_end``: it
    was opened by the end of its loan, and goes with it when that end is undone.
    """

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    description: Mapped[str] = mapped_column(default="")
    report_number: Mapped[str] = mapped_column(default="")
    repairer: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date | None]
    cost_cents: Mapped[int | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]
    by_end: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class Photo(Base):
    """A picture of a device, or of its damage when an incident or a return is named with it.

    Removed, its row goes at once: who wants it back hands it in again.
    """

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    taken_on: Mapped[date]
    caption: Mapped[str] = mapped_column(default="")
    image: Mapped[bytes]
    created_at: Mapped[datetime]


class SignedPaper(Base):
    """A PDF that a borrower signed on screen, byte for byte, for all that was handed over.

    ``digest`` is its SHA-256 in hexadecimal; ``document`` the id of the document that it is. One
    that was signed by mistake and withdrawn keeps its row, without its bytes.
    """

    __tablename__ = "signed_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    borrower_id: Mapped[int] = mapped_column(ForeignKey("borrower.id"), index=True)
    document: Mapped[str]
    title: Mapped[str]
    signed_on: Mapped[date]
    signed_by: Mapped[str]
    pdf: Mapped[bytes]
    digest: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]


class LoanPaper(Base):
    """Which loans a signed paper is about."""

    __tablename__ = "loan_paper"

    paper_id: Mapped[int] = mapped_column(ForeignKey("signed_paper.id"), primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), primary_key=True, index=True)


for _table, _noun in (
    (Device, DeviceInput),
    (Pupil, PupilInput),
    (Staff, StaffFields),
    (Guardian, GuardianFields),
    (Incident, IncidentFields),
):
    add_described(_table, _noun)
