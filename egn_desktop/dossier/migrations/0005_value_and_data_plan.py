# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Value and data plan."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("data_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("value_cents", sa.Integer(), nullable=True))
