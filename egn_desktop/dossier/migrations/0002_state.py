# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""The name of each state, which write last touched each row, and defaults that rows know."""

import re

import sqlalchemy as sa
from alembic.operations import Operations

# table → default, as SQL writes it → the columns that have it
DEFAULTS = {
    "action": {"''": ("source_ref", "responsible", "cost")},
    "audit_answer": {"''": ("level", "value", "reason", "note", "origin")},
    "audit_campaign": {"''": ("place", "frame")},
    "audit_evidence": {"''": ("level",)},
    "borrower": {"''": ("usual_name",)},
    "calendar_correction": {"''": ("name",), "0": ("is_open",)},
    "crisis_contact": {"''": ("name", "deputy", "phone", "deputy_phone", "called_by")},
    "device": {
        "''": (
            "brand",
            "model",
            "serial_number",
            "owner",
            "funding",
            "maintained_by",
            "reserved_note",
            "place",
            "notes",
        ),
        "0": ("refurbished",),
    },
    "device_accessory": {"1": ("present",)},
    "drill": {"''": ("scenario", "script", "aim", "course", "cancelled_because")},
    "guardian": {"''": ("title", "last_name", "first_name", "email", "phone", "address")},
    "incident": {"''": ("description", "report_number", "repairer"), "0": ("by_end",)},
    "loan": {"''": ("school_class", "note_out", "note_in")},
    "own_scenario": {"''": ("summary",)},
    "photo": {"''": ("caption",)},
    "plan_class": {
        "''": ("school_class", "teacher", "tool", "rhythm", "rota"),
        "'not_assessed'": ("tool_status",),
    },
    "plan_scenario": {"0": ("chosen",)},
    "plan_section": {"''": ("text",), "0": ("done",)},
    "plan_version": {"''": ("participants",)},
    "pupil_need": {"''": ("answers", "reason")},
    "risk_line": {"''": ("risk", "family", "work_units", "situations", "in_place", "to_take")},
    "school": {
        "''": (
            "uai",
            "name",
            "street",
            "postcode",
            "town",
            "academie",
            "district",
            "holiday_zone",
            "phone",
            "email",
            "head",
            "risk_register_owner",
        )
    },
}


def upgrade(op: Operations) -> None:
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("computer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state")),
    )
    op.create_table(
        "touched",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("table_name", "row", name=op.f("pk_touched")),
    )
    with op.batch_alter_table("touched", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touched_number"), ["number"], unique=False)

    op.create_table(
        "writes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_writes")),
    )
    # Named and dated by whoever runs the step, as every write is.
    op.execute(
        "INSERT INTO state (id, number, token, base, at, computer) "
        "VALUES (1, 0, '', '', '1970-01-01T00:00:00+00:00', '')"
    )
    _say_defaults(op)


def _say_defaults(op: Operations) -> None:
    """Write the defaults into the SQL of the tables; no row is touched.

    Rebuilding the tables, as for other changes, would copy every photo into the log and leave the
    file twice as large. For what changes nothing of what is stored, SQLite's documentation of ALTER
    TABLE (section 7) gives this way.
    """
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, defaults in DEFAULTS.items():
        made = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
        sql = bind.exec_driver_sql(made, (table,)).scalar_one()
        for default, columns in defaults.items():
            for column in columns:
                sql, found = re.subn(
                    rf"(\t{column} \w+)( NOT NULL)", rf"\1 DEFAULT {default}\2", sql
                )
                if found != 1:
                    raise ValueError(f"{table}.{column} is not as 0001 made it")
        changed = "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?"
        bind.exec_driver_sql(changed, (sql, table))
    # Both have SQLite read the schema anew.
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
