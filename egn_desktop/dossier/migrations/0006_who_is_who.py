# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Who is who."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    op.create_table(
        "school_owner",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("representative", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("accord_on", sa.Date(), nullable=True),
        sa.Column("accord_reference", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_owner_school_id_school")
        ),
        sa.PrimaryKeyConstraint("school_id", "position", name=op.f("pk_school_owner")),
    )
    op.create_table(
        "school_site",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("uai", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("street", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("postcode", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("town", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("levels", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("owner", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_site_school_id_school")
        ),
        sa.PrimaryKeyConstraint("school_id", "position", name=op.f("pk_school_site")),
    )
    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("contract", sa.Text(), server_default=sa.text("'public'"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("head_gender", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("authority", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("controller", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("dpo", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("dpo_email", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("employer", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("council_accord_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "council_accord_reference", sa.Text(), server_default=sa.text("''"), nullable=False
            )
        )
