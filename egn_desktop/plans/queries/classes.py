# SPDX-License-Identifier: GPL-3.0-or-later
"""How each class goes on: what the school wrote of it, and the pupils that the inventory lists."""

from collections.abc import Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import needs_noted
from egn_desktop.inventory.people.queries.pupils import class_sizes
from egn_desktop.plans.model import PlanClass
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.snapshot import ClassPart

NO_DEVICE = frozenset({"no-device", "only-smartphone", "shared-device", "shared-by-many"})
NO_CONNECTION = frozenset({"no-connection", "mobile-only"})
_ANSWERED = ("answered", "answered_no_device", "answered_no_connection")


def classes(dossier: Dossier) -> Sequence[ClassPart]:
    """Return the inventory's classes, as a school orders them, then those that it does not know."""
    with dossier.read():
        rows = list(dossier.rows(select(*PlanClass.__table__.columns).order_by(PlanClass.id)))
        sizes = class_sizes(dossier)
        answered = _answered(dossier)
    removed = {row.school_class for row in rows if row.deleted_at and row.school_class}
    kept = [row for row in rows if not row.deleted_at]
    written = {row.school_class: row for row in kept if row.school_class in sizes}
    listed = [
        _part(written.get(name), name, size)
        for name, size in sizes.items()
        if name in written or name not in removed
    ]
    others = [_part(row) for row in kept if row.school_class not in sizes]
    return [
        structs.replace(part, **answered.get(part.school_class, {})) for part in listed
    ] + others


def _answered(dossier: Dossier) -> dict[str, dict[str, int]]:
    """Return what the families of each class have answered about their equipment."""
    found: dict[str, dict[str, int]] = {}
    for row in needs_noted(dossier):
        counts = found.setdefault(row.school_class, dict.fromkeys(_ANSWERED, 0))
        counts["answered"] += 1
        counts["answered_no_device"] += bool(row.answers & NO_DEVICE)
        counts["answered_no_connection"] += bool(row.answers & NO_CONNECTION)
    return found


def _part(row: Any, school_class: str = "", listed: int = 0) -> ClassPart:
    if row is None:
        return ClassPart(
            name=school_class, school_class=school_class, pupils=listed, is_listed=True
        )
    return ClassPart(
        id=str(row.id),
        name=row.name,
        school_class=row.school_class,
        teacher=row.teacher,
        tool=row.tool,
        tool_status=ToolStatus(row.tool_status),
        rhythm=row.rhythm,
        rota=row.rota,
        pupils=listed or row.pupils,
        is_listed=bool(listed),
        without_device=row.without_device,
        without_connection=row.without_connection,
        packs=row.packs,
    )
