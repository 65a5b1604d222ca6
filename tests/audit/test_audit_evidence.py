# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from egn_desktop.audit import evidence as files
from egn_desktop.audit.queries import evidence, evidence_counts, evidence_file
from egn_desktop.audit.report.baseline import audit_report
from egn_desktop.audit.service import AuditService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from tests.audit.conftest import read
from tests.conftest import KEY

MEBI = 1024 * 1024


@dataclass(frozen=True)
class Hotspots:
    words: str = "Comptées au bureau."
    part: int | None = 3
    whole: int | None = None
    answer: str = ""
    source: str = "inventory"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on disk."""
    path = tmp_path / "Débit salle 4.JPG"
    path.write_bytes(b"\xff\xd8\xff" + b"x" * 2500)
    return path


def test_a_photo_is_kept_in_the_dossier_and_written_back(
    school: Dossier, service: AuditService, campaign: int, photo: Path, tmp_path: Path
) -> None:
    made = service.add_evidence(campaign, "elv-01:M", photo)
    service.add_evidence(campaign, "elv-01:M", photo)
    service.add_evidence(campaign, "res-01", photo)
    content = photo.read_bytes()
    photo.unlink()
    path = school.path
    school.close()
    with Dossier.open(path, key=KEY) as again:
        assert evidence_counts(again, campaign) == {"elv-01:M": 2, "res-01": 1}
        row = evidence(again, campaign)["elv-01:M"][0]
        assert (row.id, row.name, row.size_text) == (made, "Débit salle 4.JPG", "2\u202fko")
        files.write(evidence_file(again, made), tmp_path / "copie.jpg")
    assert (tmp_path / "copie.jpg").read_bytes() == content


def test_it_is_gone_unless_that_is_undone(
    school: Dossier, service: AuditService, campaign: int, photo: Path
) -> None:
    made = service.add_evidence(campaign, "res-01", photo)
    kept = evidence_file(school, made)
    assert service.remove_evidence(made) == kept.name
    assert not evidence(school, campaign)
    with school.read() as session:
        left = session.connection().exec_driver_sql("SELECT count(*) FROM audit_evidence")
        assert left.scalar() == 0
    with pytest.raises(UserError, match="n° "):
        service.remove_evidence(made)
    school.undo_stack.undo()
    (row,) = evidence(school, campaign)["res-01"]
    assert evidence_file(school, row.id) == kept


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("film.mp4", 10, "ni une photo ni un document"),
        ("programme.exe", 10, "ni une photo ni un document"),
        ("grand.pdf", 5 * MEBI + 1, "ne dépasse pas 5\u202fMo"),
        ("vide.png", 0, "vide"),
    ],
)
def test_what_cannot_be_kept_is_told(
    school: Dossier,
    service: AuditService,
    campaign: int,
    tmp_path: Path,
    name: str,
    size: int,
    said: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x" * size)
    with pytest.raises(UserError, match=said) as refused:
        service.add_evidence(campaign, "res-01", path)
    assert refused.value.kept == "Rien n’a été ajouté au dossier."
    assert not evidence(school, campaign)


def test_the_largest_file_allowed_is_kept(
    school: Dossier, service: AuditService, campaign: int, tmp_path: Path
) -> None:
    path = tmp_path / "releve.pdf"
    path.write_bytes(b"x" * (5 * MEBI))
    made = service.add_evidence(campaign, "res-01", path)
    assert len(evidence_file(school, made).content) == 5 * MEBI


def test_a_missing_file_and_an_unknown_question_are_told(
    school: Dossier, service: AuditService, campaign: int, photo: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="ne peut pas être lu"):
        service.add_evidence(campaign, "res-01", tmp_path / "absent.pdf")
    with pytest.raises(UserError, match="res-99"):
        service.add_evidence(campaign, "res-99", photo)
    made = service.add_evidence(campaign, "res-01", photo)
    with pytest.raises(UserError, match="n’a pas pu être écrit"):
        files.write(evidence_file(school, made), tmp_path)


def test_a_closed_audit_keeps_its_evidence_as_it_is(
    school: Dossier, service: AuditService, campaign: int, photo: Path
) -> None:
    made = service.add_evidence(campaign, "res-01", photo)
    service.answer(campaign, "res-01", "12")
    service.close(campaign)
    with pytest.raises(UserError, match="clos"):
        service.add_evidence(campaign, "res-01", photo)
    with pytest.raises(UserError, match="clos"):
        service.remove_evidence(made)
    assert evidence_counts(school, campaign) == {"res-01": 1}


def test_a_closed_audit_gives_up_its_evidence_for_good(
    school: Dossier, service: AuditService, campaign: int, photo: Path
) -> None:
    made = service.add_evidence(campaign, "res-01", photo)
    service.answer(campaign, "res-01", "12")
    service.close(campaign)
    service.erase_evidence(made)
    assert not evidence(school, campaign)
    assert read(school, campaign).answers["res-01"].value == 12
    with school.read() as session:
        kept = session.connection().exec_driver_sql("SELECT * FROM journal ORDER BY id").all()
        assert first_broken_link(school) is None
    assert "audit.evidence_erased" in str(kept[-1])
    assert "salle 4" not in str(kept)
    with pytest.raises(UserError, match="n° "):
        service.erase_evidence(made)


def test_the_printed_detail_counts_the_files_and_names_the_inventory(
    school: Dossier, campaign: int, photo: Path, tmp_path: Path
) -> None:
    service = AuditService(school, known=lambda _: {"hotspots": Hotspots()})
    service.answer(campaign, "res-01", "12", note="à 10 h")
    service.take_known(campaign)
    for key in ("res-01", "res-01", "elv-01:E"):
        service.add_evidence(campaign, key, photo)
    assert read(school).evidence == {"res-01": 2, "elv-01:E": 1}
    printed = tmp_path / "etat.pdf"
    printed.write_bytes(render(audit_report(school, str(campaign))))
    done = subprocess.run(["pdftotext", printed, "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    assert "res-01 : à 10 h (2 pièces jointes dans le dossier)" in text
    assert "elv-01 : 1 pièce jointe dans le dossier" in text
    assert "1,6 pour 100 élèves (3 sur 190) – d’après l’inventaire" in text
