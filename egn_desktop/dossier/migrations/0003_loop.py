# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""The ids that tie the loop: gap, action, plan, drill.

Until now what a plan had taken up was told by titles. What these still tell is noted once, marked
as recovered; an adopted snapshot is left as it is.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

# How the review wrote its lines, by what they are about, when no action tells it.
WRITTEN = {
    "head": re.compile(r"- Direction depuis cette mise à jour\u202f: .+\."),
    "class": re.compile(
        r"- «\u202f.+\u202f» est passée de \d+ à \d+ élèves\."
        r"|- La classe «\u202f.+\u202f» (?:est nouvelle|n’existe plus)\."
    ),
    "contact": re.compile(r"- Vérifier le numéro de .+ \(.+\)"),
}


def upgrade(op: Operations) -> None:
    op.create_table(
        "plan_taken_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("recovered", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_plan_taken_up_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["plan_version.number"], name=op.f("fk_plan_taken_up_version_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_taken_up")),
    )
    with op.batch_alter_table("plan_taken_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_taken_up_action_id"), ["action_id"], unique=False)

    op.create_table(
        "plan_version_action",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("recovered", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_plan_version_action_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["plan_version.number"],
            name=op.f("fk_plan_version_action_version_plan_version"),
        ),
        sa.PrimaryKeyConstraint("version", "action_id", name=op.f("pk_plan_version_action")),
    )
    with op.batch_alter_table("plan_version_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_version_action_action_id"), ["action_id"], unique=False
        )

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source_within", sa.Text(), server_default=sa.text("''"), nullable=False)
        )

    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_version", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_drill_plan_version_plan_version"),
            "plan_version",
            ["plan_version"],
            ["number"],
        )
    _recover(op.get_bind())


def _recover(bind: sa.Connection) -> None:
    """Note the links that titles and days tell."""
    bind.exec_driver_sql(
        "UPDATE action SET source_within = coalesce((SELECT 'campaign:' || id FROM audit_campaign "
        "WHERE started_at <= action.created_at ORDER BY started_at DESC LIMIT 1), '') "
        "WHERE source_kind = 'audit' AND source_ref != ''"
    )
    bind.exec_driver_sql(
        "UPDATE drill SET plan_version = (SELECT max(number) FROM plan_version "
        "WHERE adopted_on <= drill.held_on) WHERE state = 'held'"
    )
    actions = bind.exec_driver_sql(
        "SELECT id, title, source_kind, substr(created_at, 1, 10) AS made_on, closed_on "
        "FROM action ORDER BY id"
    ).all()
    versions = bind.exec_driver_sql(
        "SELECT number, adopted_on, snapshot FROM plan_version ORDER BY number"
    ).all()
    if not versions:
        return
    texts: list[tuple[int | None, str, str, list[str]]] = []
    for number, adopted_on, snapshot in versions:
        plan = _read(snapshot)
        for action_id, place in _listed(plan, actions, adopted_on):
            bind.exec_driver_sql(
                "INSERT INTO plan_version_action (version, action_id, place, recovered) "
                "VALUES (?, ?, ?, 1)",
                (number, action_id, place),
            )
        texts += [
            (number, adopted_on, one["id"], one["text"].splitlines())
            for one in plan.get("sections", ())
        ]
    last_day = versions[-1].adopted_on
    drafts = bind.exec_driver_sql("SELECT section, text, looked_at FROM plan_section").all()
    texts += [(None, day or last_day, name, text.splitlines()) for name, text, day in drafts]
    for kind, action_id, line in (*_lines_of(actions), *_other_lines(texts)):
        # Where it was first written is where it was taken up.
        for number, day, section, lines in texts:
            written = next((one for one in lines if _bare(one) == line), None)
            if written is not None:
                bind.exec_driver_sql(
                    "INSERT INTO plan_taken_up "
                    "(kind, action_id, section, words, taken_on, version, recovered) "
                    "VALUES (?, ?, ?, ?, ?, ?, 1)",
                    (kind, action_id, section, written, day, number),
                )
                break


def _read(snapshot: str) -> dict[str, Any]:
    try:
        found = json.loads(snapshot)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _listed(plan: dict[str, Any], actions: Any, adopted_on: str) -> Iterator[tuple[int, int]]:
    """Return the actions that a snapshot lists, with their place there."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(plan.get("actions", ())):
        places.setdefault(_bare(one["title"]), []).append(place)
    for title, found in places.items():
        alike = [one for one in actions if _bare(one.title) == title]
        open_then = [
            one
            for one in alike
            if one.made_on <= adopted_on and (one.closed_on is None or one.closed_on >= adopted_on)
        ]
        for at, one in enumerate(open_then or alike):
            yield one.id, found[min(at, len(found) - 1)]


def _lines_of(actions: Any) -> Iterator[tuple[str, int | None, str]]:
    """Return the line that each action of a lesson, or of a closed gap, would have been given."""
    for one in actions:
        if one.source_kind == "drill":
            yield "lesson", one.id, _bare(one.title)
        elif one.source_kind == "audit" and one.closed_on:
            year, month, day = one.closed_on.split("-")
            yield "gap", one.id, f"{_bare(one.title)} (fait le {day}/{month}/{year})"


def _other_lines(
    texts: list[tuple[int | None, str, str, list[str]]],
) -> Iterator[tuple[str, int | None, str]]:
    """Return the lines of the draft that the review wrote about anything but an action."""
    lines = [line for number, _, _, each in texts if number is None for line in each]
    for line in dict.fromkeys(lines):
        for kind, pattern in WRITTEN.items():
            if pattern.fullmatch(line):
                yield kind, None, _bare(line)


def _bare(text: str) -> str:
    return text.removeprefix("- ").strip().rstrip(".")
