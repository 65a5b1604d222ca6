# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who holds the secret changes past EGN Desktop is noticed, and named."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from egn_desktop.audit.queries import campaigns
from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.connection import connect
from egn_desktop.dossier.report import Finding, Report
from egn_desktop.dossier.verify import held_against_paper
from egn_desktop.errors import UserError
from egn_desktop.services import Services
from tests.conftest import KEY, NOW
from tests.documents.test_images import shot
from tests.statements import statements

MOST_ASKED = 56
"""How much a look over the demonstration reads: each kind of record, and each file, once."""

Tamper = Callable[[Any], object]


@pytest.fixture(scope="module")
def whole(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration school, with a photo and a piece of evidence besides; closed."""
    path = Path(shutil.copy(demonstration, tmp_path_factory.mktemp("whole") / "ecole.egn"))
    with Dossier.open(path, key=KEY, clock=lambda: NOW) as dossier:
        services = Services.of(dossier)
        services.photos.add_photo(1, shot((64, 48)), "Angle ébréché")
        campaign = campaigns(dossier)[0]
        paper = path.with_name("facture.txt")
        paper.write_text("Facture")
        services.audit.add_evidence(campaign.id, "res-01", paper)
    return path


@pytest.fixture
def tampered(whole: Path, tmp_path: Path) -> Callable[[str], Report]:
    """Run some SQL on a copy as somebody with the secret would, and look it over."""

    def run(sql: str) -> Report:
        path = Path(shutil.copy(whole, tmp_path))
        connection = connect(path, KEY)
        connection.execute("PRAGMA foreign_keys = OFF")
        before = connection.total_changes
        connection.executescript(sql)
        assert connection.total_changes > before, "the tampering changed nothing"
        connection.close()
        with Dossier.open(path, key=KEY, clock=lambda: NOW) as dossier:
            return looked_over(dossier)

    return run


def told(report: Report) -> str:
    assert not report.ok
    assert all(check.finding is not Finding.DAMAGED for check in report.checks)
    assert "changé autrement que par EGN Desktop" in report.conclusion
    return " ".join(check.detail for check in report.checks if not check.ok)


def test_the_whole_dossier_is_sound_before(whole: Path, tmp_path: Path) -> None:
    with Dossier.open(Path(shutil.copy(whole, tmp_path)), key=KEY) as dossier:
        report = looked_over(dossier)
    assert [check for check in report.checks if check.finding is not Finding.GOOD] == []
    assert report.conclusion == "Le dossier est sain."


def test_what_was_undone_is_read_once_for_all_features(demo: Dossier) -> None:
    with statements(demo) as asked:
        assert looked_over(demo).ok
    # But for the chain, which is walked in parts, and the state that what is kept is held against.
    told = [words for words in asked if words.startswith("SELECT")]
    told = [words for words in told if "journal.previous" not in words and "token" not in words]
    assert sum("journal.details IS NOT NULL" in words for words in told) == 1
    assert len(told) <= MOST_ASKED


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE loan SET due_on = '2031-01-02' WHERE id = 3", "Prêt n° 3, à rendre le"),
        ("UPDATE loan SET state = 'returned' WHERE id = 98", "Prêt n° 98, issue"),
        ("UPDATE loan SET borrower_id = borrower_id + 1 WHERE id = 5", "Prêt n° 5, emprunteur"),
        (
            "DELETE FROM loan_accessory WHERE loan_id = 98; DELETE FROM loan WHERE id = 98",
            "la fiche manque",
        ),
        (
            "INSERT INTO loan SELECT id + 500, device_id, borrower_id, school_class, lent_on, "
            "due_on, ended_on, 'cancelled', condition_out, condition_in, note_out, note_in, NULL, "
            "wiped, created_at FROM loan WHERE id = 1",
            "Prêt n° 501 : aucune écriture du journal",
        ),
        ("DELETE FROM loan_accessory WHERE loan_id = 1", "Prêt n° 1, accessoires remis"),
        ("UPDATE incident SET cost_cents = 1 WHERE id = 1", "Incident n° 1, coût"),
        ("UPDATE signed_paper SET pdf = X'00' WHERE id = 2", "Papier signé n° 2 : le fichier"),
        ("UPDATE signed_paper SET signed_by = 'Un autre' WHERE id = 2", "Papier signé n° 2, signé"),
        ("DELETE FROM loan_paper; DELETE FROM signed_paper WHERE id = 6", "Papier signé n° 6"),
        ("UPDATE plan_version SET pdf = X'25504446' WHERE number = 2", "Plan, version 2 : le fich"),
        (
            "UPDATE plan_version SET pdf = X'00', sha256 = "
            "'5ad5ad3ec9fd4b8d8f3a4cc1d9bd2dbdd3d0b5ed6b4b5c4f1bd3c8e0e3a1f1a2' WHERE number = 2",
            "Plan, version 2, empreinte du PDF",
        ),
        ("UPDATE plan_version SET snapshot = '{}' WHERE number = 1", "version 1, empreinte du con"),
        ("UPDATE plan_version SET adopted_on = '2020-01-01' WHERE number = 1", "jour"),
        (
            "DELETE FROM plan_version_action WHERE version = 1;"
            "UPDATE plan_taken_up SET version = NULL WHERE version = 1;"
            "UPDATE drill SET plan_version = NULL WHERE plan_version = 1;"
            "DELETE FROM plan_version WHERE number = 1",
            "Plan, version 1 : la fiche manque",
        ),
        ("UPDATE attachment SET pdf = X'25504446'", "Document joint « "),
        ("UPDATE risk_line SET severity = 1 WHERE id = 1", "Ligne de risque n° 1, gravité"),
        ("DELETE FROM crisis_entry WHERE id = 1", "lignes du journal de crise"),
        ("UPDATE drill SET held_on = '2026-01-05' WHERE id = 1", "Exercice n° 1, jour tenu"),
        ("UPDATE drill_lesson SET text = 'Tout va bien' WHERE id = 1", "Enseignement n° 1, texte"),
        ("UPDATE action SET title = 'Autre' WHERE id = 10", "Action n° 10, "),
        ("UPDATE audit_answer SET note = 'autre' WHERE campaign_id = 1", "empreinte des réponses"),
        ("UPDATE photo SET image = X'FFD8' WHERE id = 1", "Photo n° 1, empreinte de l’image"),
        ("UPDATE audit_evidence SET content = X'00'", "Pièce n° 1, empreinte du fichier"),
        ("DELETE FROM audit_evidence", "Pièce n° 1 : la fiche manque"),
        ("UPDATE journal SET who = 'autre' WHERE id = 2", "rompue à l’écriture n° 2"),
        ("DELETE FROM journal WHERE id = 400", "rompue à l’écriture n° 401"),
        (
            "UPDATE journal SET details = NULL, salt = NULL WHERE subject = 'loan:3'",
            "a perdu ses détails sans qu’un effacement le dise",
        ),
    ],
)
def test_what_is_changed_past_the_program_is_named(
    tampered: Callable[[str], Report], sql: str, named: str
) -> None:
    assert named in told(tampered(sql))


@pytest.mark.parametrize("sql", ["DELETE FROM journal WHERE id > 870", "DELETE FROM journal"])
def test_a_journal_cut_at_its_end_is_told_by_what_this_computer_saw(
    tampered: Callable[[str], Report], whole: Path, tmp_path: Path, sql: str
) -> None:
    with Dossier.open(whole, key=KEY):
        pass  # this computer has seen it
    report = tampered(sql)
    assert "Cet ordinateur a vu ce journal" in told(report)
    assert "il n’en a plus que" in told(report)
    with Dossier.open(tmp_path / whole.name, key=KEY) as again:
        assert "des écritures en ont été retirées" in again.remarks[0].what
        assert not looked_over(again).ok


def test_a_journal_rewritten_after_a_print_is_told_by_the_paper(whole: Path) -> None:
    with Dossier.open(whole, key=KEY) as dossier:
        stamp = dossier.journal_stamp()
        printed = f"Journal du dossier : {stamp.entries} écritures, empreinte {stamp.fingerprint}"
        assert held_against_paper(dossier, printed).ok
        assert held_against_paper(dossier, f"{stamp.entries}:{stamp.fingerprint.upper()}").ok
        wrong = held_against_paper(dossier, f"{stamp.entries - 1} {stamp.fingerprint}")
        assert "le journal" in wrong.detail
        assert not wrong.ok
        more = held_against_paper(dossier, f"1\u202f{stamp.entries} {stamp.fingerprint}")
        assert "le journal n’en a que" in more.detail
        with pytest.raises(UserError, match="n’est pas ce qu’un papier dit"):
            held_against_paper(dossier, "875 écritures")


def test_many_faults_are_summed_up(tampered: Callable[[str], Report]) -> None:
    assert "Et 94 de plus." in told(tampered("UPDATE loan SET due_on = '2031-01-02'"))
