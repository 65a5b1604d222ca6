# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import text

from egn_desktop.cli import verify
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.offers import register_periods
from egn_desktop.inventory.lending.report.registers import loan_register
from egn_desktop.plans import attachments as files
from egn_desktop.plans.queries import version_pdf
from egn_desktop.plans.recognition import recognised
from egn_desktop.plans.report.plan import plan_annex
from egn_desktop.plans.service import PlanService
from tests.documents.test_seal import saved_again
from tests.plans.test_attachments import pdf_of


@pytest.fixture
def adopted(complete: Dossier, service: PlanService) -> Dossier:
    """A dossier with two adopted versions."""
    service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    service.write_section("objet", "Le second objet")
    service.adopt(body="conseil d’école")
    return complete


def flipped(pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    changed[len(changed) // 2] ^= 1
    return bytes(changed)


def without_page(pdf: bytes) -> bytes:
    return saved_again(pdf, lambda document: document.pages.__delitem__(1))


@pytest.mark.parametrize(("number", "day"), [(1, "20/11/2026"), (2, "24/11/2026")])
def test_a_version_says_which_it_is_with_and_without_the_dossier(
    adopted: Dossier, number: int, day: str
) -> None:
    pdf = version_pdf(adopted, number)
    proven = recognised(pdf, "plan.pdf", adopted)
    assert proven.is_good
    assert f"version {number}, arrêtée le {day} (avis : conseil d’école)" in proven.headline
    assert "figé ce jour-là" in proven.proof
    alone = recognised(pdf, "plan.pdf")
    assert alone.is_good
    assert "intact depuis son impression" in alone.headline
    for expected in (f"Version {number} arrêtée le {day}", "École Jules-Verne", "0430999C"):
        assert expected in alone.said
    assert "ne prouve pas qui l’a imprimé" in alone.proof


@pytest.mark.parametrize("tamper", [flipped, saved_again, without_page])
@pytest.mark.parametrize("number", [1, 2])
def test_a_tampered_copy_is_told_apart(adopted: Dossier, number: int, tamper) -> None:  # type: ignore[no-untyped-def]
    copy = tamper(version_pdf(adopted, number))
    for dossier in (adopted, None):
        found = recognised(copy, "plan.pdf", dossier)
        assert found.tone == "bad"
        assert "modifié" in found.headline
        assert f"Version {number} arrêtée" in found.said


def test_a_forged_version_convinces_without_the_dossier_but_not_with_it(
    adopted: Dossier, service: PlanService
) -> None:
    """Whoever has the program can print anything: only the dossier knows what was adopted."""
    service.write_section("objet", "Un faux")
    from egn_desktop.plans.annex import Edition, annex
    from egn_desktop.plans.queries import content

    edition = Edition(number=1, adopted_on=date(2026, 11, 20), body="conseil d’école")
    forged = render(annex(content(adopted), edition))
    assert recognised(forged, "plan.pdf").is_good
    found = recognised(forged, "plan.pdf", adopted)
    assert not found.is_good
    assert "aucune version figée" in found.headline


def replaced(adopted: Dossier, pdf: bytes) -> None:
    """Put another file in version 2's place, with its digest, as who has the secret can."""
    with adopted.write() as session:
        digest = hashlib.sha256(pdf).hexdigest()
        session.execute(
            text("UPDATE plan_version SET pdf = :pdf, sha256 = :digest WHERE number = 2"),
            {"pdf": pdf, "digest": digest},
        )


@pytest.mark.tampers
def test_a_plan_replaced_in_the_dossier_is_not_proven_and_the_original_still_is(
    adopted: Dossier,
) -> None:
    original, forged = version_pdf(adopted, 2), pdf_of(3)
    assert recognised(original, "plan.pdf", adopted).is_good
    replaced(adopted, forged)
    found = recognised(forged, "plan.pdf", adopted)
    assert found.tone == "bad"
    assert "ce n’est pas le fichier d’origine" in found.headline
    assert "son journal n’en a pas l’empreinte" in found.proof
    kept = recognised(original, "plan.pdf", adopted)
    assert kept.tone == "attention"
    assert "d’après le journal, le fichier figé comme version 2" in kept.headline


@pytest.mark.tampers
def test_nothing_is_proven_by_a_journal_that_was_changed(adopted: Dossier) -> None:
    pdf = version_pdf(adopted, 1)
    with adopted.write() as session:
        session.execute(text("UPDATE journal SET who = 'autre' WHERE id = 1"))
    found = recognised(pdf, "plan.pdf", adopted)
    assert found.tone == "attention"
    assert "rien n’est donc prouvé" in found.proof


@pytest.mark.tampers
def test_a_register_tells_whether_the_journal_went_on_from_it(adopted: Dossier) -> None:
    register = loan_register(adopted, register_periods(adopted)[0].key)
    assert register.journal is not None
    pdf = render(register)
    PlanService(adopted).add_risk(title="Panne de chauffage")
    assert "est bien passé par là" in recognised(pdf, "registre.pdf", adopted).proof
    with adopted.write() as session:
        session.execute(text("DELETE FROM journal WHERE id >= 2"))
    found = recognised(pdf, "registre.pdf", adopted)
    assert found.tone == "bad"
    assert "n’est jamais passé par l’état" in found.headline


def test_a_draft_is_intact_but_nothing_that_was_adopted(adopted: Dossier) -> None:
    draft = plan_annex(adopted, "projet")
    assert not isinstance(draft, bytes)
    pdf = render(draft)
    assert "Projet, non arrêté" in recognised(pdf, "projet.pdf").said
    assert recognised(pdf, "projet.pdf", adopted).tone == "attention"


def test_an_attached_pdf_is_recognised(adopted: Dossier, service: PlanService) -> None:
    number = service.attach(files.checked("duerp.pdf", pdf_of(2)), title="DUERP de 2024")
    assert "« DUERP de 2024 »" in recognised(pdf_of(2), "duerp.pdf", adopted).headline
    service.remove_attachment(number)
    assert recognised(pdf_of(2), "duerp.pdf", adopted).is_good
    assert not recognised(pdf_of(2), "duerp.pdf").is_good


class Cli:
    """Runs the command as ``egn-desktop`` does."""

    def __init__(self) -> None:
        self.parser = FrenchParser(prog="egn-desktop")
        verify.register(SubCommands(self.parser))

    def __call__(self, *arguments: str) -> None:
        parsed = self.parser.parse_args(arguments)
        parsed.run_bare(parsed)


@pytest.fixture
def cli(adopted: Dossier, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command, with the dossier that the test has open already."""

    @contextmanager
    def already_open(path: Path, **_: object) -> Iterator[Dossier]:
        assert path == Path("ecole.egn")
        yield adopted

    monkeypatch.setattr(verify, "open_for_cli", already_open)
    return Cli()


@pytest.mark.parametrize("arguments", [["ecole.egn"], ["--dossier", "ecole.egn"], []])
def test_the_command_recognises_a_version(
    cli: Cli,
    adopted: Dossier,
    arguments: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(version_pdf(adopted, 1))
    cli("verify-pdf", str(pdf), *arguments)
    told = capsys.readouterr().out
    assert "arrêtée le 20/11/2026" in told
    assert "École Jules-Verne" in told
    assert ("Prouvé par le dossier" in told) == bool(arguments)


@pytest.mark.parametrize("arguments", [["ecole.egn"], []])
def test_the_command_refuses_what_is_not_as_it_was_printed(
    cli: Cli, adopted: Dossier, arguments: list[str], tmp_path: Path
) -> None:
    pdf = tmp_path / "plan.pdf"
    foreign = BytesIO()
    with pikepdf.open(BytesIO(pdf_of())) as document:
        document.save(foreign)
    for content, told in (
        (flipped(version_pdf(adopted, 2)), "modifié ou réenregistré"),
        (version_pdf(adopted, 2) + b"\n", "modifié ou réenregistré"),
        (foreign.getvalue(), "pas un document d’EGN Desktop"),
        (b"Bonjour", "n’est pas un PDF"),
    ):
        pdf.write_bytes(content)
        with pytest.raises(UserError, match=told):
            cli("verify-pdf", str(pdf), *arguments)
    with pytest.raises(UserError, match="ne peut pas être lu"):
        cli("verify-pdf", str(tmp_path / "absent.pdf"), *arguments)
