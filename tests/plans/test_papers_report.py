# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import export_all, offer_of, pdf_bytes
from egn_desktop.plans import attachments as files
from egn_desktop.plans.offers import journals
from egn_desktop.plans.report.papers import crisis_journal
from egn_desktop.plans.service import PlanService
from tests.plans.test_attachments import pdf_of
from tests.plans.test_plan_report import printed


def test_the_journal_of_a_crisis_says_what_was_done_and_when(
    complete: Dossier, service: PlanService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not journals(complete)
    service.tick("inondation", field="first_hour", text="Appliquer le PPMS")
    undone = service.tick("inondation", field="first_hour", text="Couper le gaz")
    service.untick(undone)
    service.note_in_crisis("inondation", "Le pont est coupé")
    (subject,) = journals(complete)
    assert subject.label == "Inondation, 24/11/2026"
    text, _ = printed(crisis_journal(complete, subject.key), tmp_path)
    for expected in (
        "mardi 24 novembre 2026, 08:12",
        "en cours",
        "08:12 Appliquer le PPMS Première heure",
        "08:12 Le pont est coupé Événement noté",
        "Claire Morvan",
    ):
        assert expected in text, expected
    assert "Couper le gaz" not in text
    later = datetime(2026, 11, 24, 8, 12, tzinfo=UTC) + timedelta(days=1, hours=2)
    monkeypatch.setattr(complete, "now", lambda: later)
    service.note_in_crisis("inondation", "Retour à l’école")
    service.end_crisis("inondation")
    text, _ = printed(crisis_journal(complete, subject.key), tmp_path)
    assert "25/11/2026 10:12 Retour à l’école" in text
    assert "mercredi 25 novembre 2026, 10:12" in text
    with pytest.raises(UserError, match="pas de crise n° 9"):
        crisis_journal(complete, "9")


def test_an_attached_pdf_goes_out_with_the_other_documents(
    dossier: Dossier, service: PlanService, tmp_path: Path
) -> None:
    assert not offer_of("document-joint").subjects(dossier)
    service.attach(files.checked("duerp.pdf", pdf_of(2)), title="DUERP de 2024")
    assert pdf_bytes(dossier, "document-joint") == pdf_of(2)
    written = {
        exported.path.name: exported.path
        for exported in export_all(dossier, tmp_path / "inspection")
    }
    assert written["document-joint-1-duerp-de-2024.pdf"].read_bytes() == pdf_of(2)
