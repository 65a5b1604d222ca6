# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Which write made a row, so that two copies of a dossier can tell their new rows apart."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    with op.batch_alter_table("touched", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made", sa.Integer(), nullable=True))
