# SPDX-License-Identifier: GPL-3.0-or-later
"""The one list of actions."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from egn_desktop.dossier import Base


class Action(Base):
    """Something that somebody has undertaken to do; its source is a ``rules.Source``."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    source_kind: Mapped[str] = mapped_column(index=True)
    source_ref: Mapped[str] = mapped_column(default="")
    source_within: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    provider: Mapped[str | None]
    due_on: Mapped[date | None]
    state: Mapped[str]
    cost: Mapped[str] = mapped_column(default="")
    cost_cents: Mapped[int | None]
    created_at: Mapped[datetime]
    closed_on: Mapped[date | None]
