# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's own tables: what it says of itself, and its journal."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from egn_desktop.dossier.base import Base


class Meta(Base):
    """One fact that the dossier keeps about itself."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class JournalEntry(Base):
    """One journalled change, chained to the one before it.

    The chain covers ``details_digest``, not the details: erasing a person blanks ``details`` and
    ``salt`` and leaves every hash verifiable (RGPD, article 17).
    """

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    details: Mapped[str | None]
    salt: Mapped[str | None]
    details_digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class State(Base):
    """Where the dossier stands: one row; see ``state``."""

    __tablename__ = "state"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    token: Mapped[str]
    base: Mapped[str]
    at: Mapped[datetime]
    computer: Mapped[str]


class Write(Base):
    """The name of a state passed through, so that two copies find where they part."""

    __tablename__ = "writes"

    number: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str]


class Touched(Base):
    """Which write last changed a row; ``row`` is the row's key as a JSON array.

    No content of the row is here, so that erasing a person needs nothing of it. ``made`` is the
    write that made the row, where it was made since rows are watched: two copies that each made a
    row give it the same id, though it is not the same thing.
    """

    __tablename__ = "touched"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    gone: Mapped[bool]
    made: Mapped[int | None]
