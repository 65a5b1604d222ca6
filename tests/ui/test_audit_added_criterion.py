# SPDX-License-Identifier: GPL-3.0-or-later
"""A criterion added to the content reaches window, score, PDF and exports without code."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from egn_desktop import paths
from egn_desktop.audit import catalogue, exports
from egn_desktop.audit.explanation import explain
from egn_desktop.audit.queries import audits
from egn_desktop.audit.report.baseline import audit_report
from egn_desktop.audit.report.letter import letter
from egn_desktop.audit.service import AuditService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.ui.pages.audit.score_panel import ScorePanel
from tests.audit.test_audit_report import text_of
from tests.ui.test_audit_page import Open, audit_of, card, open_page, school

__all__ = ["open_page", "school"]

ADDED = """
version = "2026.1"

[[entry]]
id = "zzz-01"
source = "egn-desktop"
domain = "reseau"
title = "Prises réseau dans la bibliothèque"
question = "Combien de prises réseau compte la bibliothèque ?"
help = "Comptez celles qui marchent."
kind = "count"
unit = "prise"
thresholds = [{ value = 4, nature = "proposal" }]
providers = ["authority"]
impact = 3
effort = 1
action = "Poser des prises réseau dans la bibliothèque"
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask one more question than this version ships."""
    folder = tmp_path / "resources"
    shutil.copytree(paths.resources() / "audit", folder / "audit")
    (folder / "audit" / "criteria" / "zzz.toml").write_text(ADDED, encoding="utf-8")
    frame = partial(catalogue.shipped_frame, folder=folder)
    monkeypatch.setattr(audits, "shipped_frame", frame)


@pytest.mark.usefixtures("added")
def test_it_is_everywhere(open_page: Open, school: Dossier, tmp_path: Path) -> None:
    service = AuditService(school)
    before = AuditService(school).start(2025)
    service.answer(before, "zzz-01", "1")
    service.close(before)
    service.answer(service.start(2026), "zzz-01", "2")

    page = open_page(school)
    page.arrive("zzz-01")
    assert card(page).key == "zzz-01"
    page._views.set_index(1)
    assert "zzz-01" in [row.criterion_id for row in page._result.table.rows()]
    page._result.explained.emit("reseau")
    panel = page.panel
    assert isinstance(panel, ScorePanel)
    assert "Prises réseau dans la bibliothèque" in [row.title for row in panel.table.rows()]
    page._views.set_index(2)
    assert [row.key for row in page._evolution.table.rows()] == ["zzz-01"]

    audit = audit_of(school)
    (network,) = [parts for parts in explain(audit) if parts.domain.id == "reseau"]
    assert {part.id: part.score.low for part in network.parts}["zzz-01"] == 0.5
    assert "zzz-01" in [row[0] for row in exports.answer_rows(audit)]
    said = json.loads(exports.indicators_json(audit))["criteres"]
    assert [part["bilan"] for part in said if part["critere"] == "zzz-01"] == ["ecart"]
    for name, document in (("r", audit_report(school, "")), ("c", letter(school, "co"))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(render(document))
        assert "Prises réseau dans la bibliothèque" in text_of(path)
