# SPDX-License-Identifier: GPL-3.0-or-later
"""TEMPORARY while the first models are being written: create whatever is mapped."""

import importlib

from alembic.operations import Operations

from egn_desktop.dossier.base import Base


def upgrade(op: Operations) -> None:
    for name in ("dossier", "school", "actions", "audit", "inventory", "plans", "drills"):
        try:
            importlib.import_module(f"egn_desktop.{name}.model")
        except ModuleNotFoundError:
            continue
    Base.metadata.create_all(op.get_bind())
