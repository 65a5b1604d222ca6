# SPDX-License-Identifier: GPL-3.0-or-later
"""What schema 0003 recovers of the links that earlier versions told by titles."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from egn_desktop.actions.queries import actions
from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.connection import connect
from egn_desktop.drills.history import Histories
from egn_desktop.drills.queries import drills
from egn_desktop.plans.comparison import compare
from egn_desktop.plans.queries import (
    content,
    review_lines,
    taken_up,
    version_content,
    versions_listing,
)
from egn_desktop.plans.review import LineKind

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "0001-demonstration.egn"
KEY = bytes(range(32))
Change = Callable[[str, tuple[Any, ...]], None]
MEASURE, POSTED, ALERT_TAUGHT, MESSAGE = 1, 2, 4, 5
"""Actions of the demonstration: of a risk, of a gap and closed, of the alert's two lessons."""


@pytest.fixture
def old(tmp_path: Path) -> SimpleNamespace:
    """The demonstration as the first version left it, to be changed and then migrated."""
    path = tmp_path / "ecole.egn"
    path.write_bytes(GOLDEN.read_bytes())

    def change(sql: str, values: tuple[Any, ...] = ()) -> None:
        with closing(connect(path, KEY)) as file:
            file.execute(sql, values)

    def listed(number: int, titles: list[str]) -> None:
        with closing(connect(path, KEY)) as file:
            [(text,)] = file.execute(
                "SELECT snapshot FROM plan_version WHERE number = ?", (number,)
            ).fetchall()
            plan = json.loads(text)
            first = plan["actions"][0]
            plan["actions"] = [first | {"title": title} for title in titles]
            file.execute(
                "UPDATE plan_version SET snapshot = ? WHERE number = ?",
                (json.dumps(plan), number),
            )

    return SimpleNamespace(change=change, listed=listed, open=lambda: Dossier.open(path, key=KEY))


def test_the_demonstration_gets_its_links_back(old: SimpleNamespace) -> None:
    line = "\n- Préparer le message de fermeture en trois langues"
    done = "\n- Afficher qui appeler en cas de panne (fait le 08/01/2026)"
    written = "UPDATE plan_section SET text = text || ? WHERE section = ?"
    old.change(written, (line, "amelioration"))
    old.change(written, (done, "ressources"))
    old.change(written, ("\n- Vérifier le numéro de M. Roux (Mairie)", "amelioration"))
    with old.open() as dossier:
        assert versions_listing(dossier) == {MEASURE: [1, 2]}
        rows = {row.kind: row for row in taken_up(dossier)}
        assert rows.keys() == {LineKind.LESSON, LineKind.GAP, LineKind.CONTACT}
        assert (rows[LineKind.LESSON].action_id, rows[LineKind.GAP].action_id) == (MESSAGE, POSTED)
        assert all(row.recovered and row.version is None for row in rows.values())
        assert not any(row.is_rewritten for row in rows.values())
        assert {row.id: row.plan_version for row in drills(dossier)} == {1: 1, 2: 2, 3: None}
        sources = {row.id: row.source.campaign_id for row in actions(dossier)}
        assert sources[POSTED] == 1
        assert sources[ALERT_TAUGHT] is None
        asked = [row.action_id for row in review_lines(dossier) if row.action_id]
        assert asked == [ALERT_TAUGHT]
        history = Histories(dossier).of(POSTED).replace("\u00a0", " ")
        assert "(état des lieux du 12/11/2025) → action n° 2" in history
        # What was adopted is as it was: its digests, its PDF, and what it says.
        assert looked_over(dossier).ok, looked_over(dossier).lines
        frozen = version_content(dossier, 2)
        assert [action.id for action in frozen.actions] == [MEASURE]
        assert compare(frozen, content(dossier)).applied_to(frozen) == content(dossier)


def test_titles_are_matched_as_they_were_with_or_without_their_stop(old: SimpleNamespace) -> None:
    old.listed(2, ["Faire vérifier les coordonnées à chaque rentrée.", "D’autre part"])
    with old.open() as dossier:
        assert versions_listing(dossier) == {MEASURE: [1], ALERT_TAUGHT: [2]}
        assert [action.id for action in version_content(dossier, 2).actions] == [ALERT_TAUGHT, None]
        assert [row.action_id for row in review_lines(dossier) if row.action_id] == [MESSAGE]


def test_actions_of_one_title_are_all_known_and_each_has_its_place(old: SimpleNamespace) -> None:
    old.change("UPDATE action SET title = 'Sifflets', created_at = '2026-01-01T08:00:00+00:00'")
    old.listed(2, ["Sifflets", "Sifflets", "Autre"])
    with old.open() as dossier:
        frozen = version_content(dossier, 2).actions
        assert [row.id for row in frozen] == [MEASURE, 4, None]
        known = {action for action, numbers in versions_listing(dossier).items() if 2 in numbers}
        assert known == {1, 4, 5, 6, 7, 8, 9, 10}


def test_a_line_of_an_adopted_version_was_taken_up_with_the_first_that_has_it(
    old: SimpleNamespace,
) -> None:
    with closing(connect(GOLDEN, KEY)) as file:
        snapshots = file.execute("SELECT number, snapshot FROM plan_version").fetchall()
    for number, text in snapshots:
        plan = json.loads(text)
        for entry in plan["sections"]:
            if entry["id"] == "amelioration" and number == 2:
                entry["text"] += (
                    "\n- Imprimer l’annuaire de crise et le ranger dans la mallette PPMS"
                )
        old.change(
            "UPDATE plan_version SET snapshot = ? WHERE number = ?", (json.dumps(plan), number)
        )
    with old.open() as dossier:
        (row,) = taken_up(dossier)
        assert (row.action_id, row.version, row.recovered) == (3, 2, True)
        assert "lien retrouvé" in row.line
        told = Histories(dossier).of(3).replace("\u00a0", " ").replace("\u202f", " ")
        assert told.startswith(
            "Plan, version 1 → exercice du 02/04/2026 → leçon n° 1 → action n° 3"
        )
        assert "plan, version 2 (« Amélioration ») → exercice du 06/10/2026" in told


def test_a_word_of_the_plan_is_no_link(old: SimpleNamespace) -> None:
    old.change("UPDATE action SET title = 'Le plan' WHERE id = ?", (MESSAGE,))
    with old.open() as dossier:
        assert MESSAGE in [row.action_id for row in review_lines(dossier)]
        assert not taken_up(dossier)
