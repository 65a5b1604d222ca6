# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Find what was lent, ended and given back since a day without reading all of ten years."""

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    with op.batch_alter_table("loan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_loan_ended_on"), ["ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_loan_lent_on"), ["lent_on"], unique=False)

    with op.batch_alter_table("loan_accessory", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_loan_accessory_returned_on"), ["returned_on"], unique=False
        )
