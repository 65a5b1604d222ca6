# SPDX-License-Identifier: GPL-3.0-or-later
"""What the dossier keeps about itself, one fact a name: see who writes each name."""

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from egn_desktop.dossier.model import Meta

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def fact(dossier: "Dossier", name: str) -> str:
    """Return a fact, or an empty text when there is none."""
    rows = dossier.rows(select(Meta.value).where(Meta.key == name))
    return rows[0].value if rows else ""


def set_fact(session: Session, name: str, value: str) -> None:
    """Keep a fact in the caller's transaction; an empty text removes it."""
    if value:
        session.merge(Meta(key=name, value=value))
    else:
        session.execute(delete(Meta).where(Meta.key == name))
