# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from egn_desktop.cli import attachments as command
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.documents.pdf.received import ActiveContentError
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.backup import back_up, restore
from egn_desktop.errors import UserError
from egn_desktop.plans import attachments as files
from egn_desktop.plans.attachments import AttachmentKind
from egn_desktop.plans.queries import attachment_file, attachments, version_content, versions
from egn_desktop.plans.report.plan import plan_annex
from egn_desktop.plans.service import PlanService
from tests.plans.test_plan_report import printed
from tests.plans.test_plan_service import journaled


def pdf_of(pages: int = 1, width: int = 595) -> bytes:
    file = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(width, 842))
        document.save(file, deterministic_id=True)
    return file.getvalue()


def acting_pdf() -> bytes:
    """Return a PDF that runs a script when it is opened, spelt so that it does not show."""
    with pikepdf.new() as document:
        document.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = action
        written = BytesIO()
        document.save(written)
    return written.getvalue().replace(b"/JavaScript", b"/Java#53cript")


@pytest.fixture
def duerp(tmp_path: Path) -> Path:
    path = tmp_path / "DUERP 2024 – École Jules-Verne.pdf"
    path.write_bytes(pdf_of(3))
    return path


def test_a_pdf_is_kept_byte_for_byte_and_listed(
    dossier: Dossier, service: PlanService, duerp: Path
) -> None:
    number = service.attach(
        files.read(duerp), kind=AttachmentKind.DUERP, dated_on=date(2024, 11, 8)
    )
    service.attach(files.checked("plan.pdf", pdf_of()), title="Plan de 2020")
    first, second = attachments(dossier)
    assert first.title == "DUERP 2024 – École Jules-Verne"
    assert first.about.startswith("DUERP antérieur · du 08/11/2024 · 3 pages · ")
    assert first.file_name == f"document-joint-{number}-duerp-2024-ecole-jules-verne.pdf"
    assert second.title == "Plan de 2020"
    file = attachment_file(dossier, number)
    assert (file.name, file.pdf) == (first.file_name, duerp.read_bytes())
    assert file.sha256 == first.sha256


def test_it_is_changed_removed_put_back_and_erased_each_in_the_journal(
    dossier: Dossier, service: PlanService, duerp: Path
) -> None:
    number = service.attach(files.read(duerp))
    service.change_attachment(
        number, title=" Le  DUERP ", kind=AttachmentKind.DUERP, dated_on=date(2024, 1, 2)
    )
    (row,) = attachments(dossier)
    assert (row.title, row.kind, row.dated_on) == ("Le DUERP", "duerp", date(2024, 1, 2))
    with pytest.raises(UserError, match="encore joint"):
        service.erase_attachment(number)
    service.remove_attachment(number)
    assert not attachments(dossier)
    service.restore_attachment(number)
    assert [row.id for row in attachments(dossier)] == [number]
    service.remove_attachment(number)
    assert [row.id for row in attachments(dossier, removed=True)] == [number]
    service.erase_attachment(number)
    assert not attachments(dossier, removed=True)
    with pytest.raises(UserError, match="pas de document joint n° 1"):
        attachment_file(dossier, number)
    kept = dossier.raw.execute("SELECT details FROM journal").fetchall()
    assert not any("Le DUERP" in str(line) for line in kept), "the title goes with the file"
    assert journaled(dossier, f"attachment:{number}") == [
        f"attachment.{what}"
        for what in ("added", "changed", "removed", "restored", "removed", "erased")
    ]


def test_the_same_file_is_not_kept_twice(service: PlanService, duerp: Path) -> None:
    service.attach(files.read(duerp), title="Le DUERP")
    with pytest.raises(UserError, match="déjà joint : « Le DUERP »"):
        service.attach(files.read(duerp))


def test_a_day_to_come_and_an_empty_title_are_refused(
    dossier: Dossier, service: PlanService, duerp: Path
) -> None:
    with pytest.raises(UserError, match="à venir"):
        service.attach(files.read(duerp), dated_on=date(2026, 11, 25))
    assert not attachments(dossier)
    number = service.attach(files.read(duerp))
    with pytest.raises(UserError, match="titre"):
        service.change_attachment(number, title="  ")


def test_what_is_no_good_pdf_is_refused_in_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.pdf"
    for content, told in ((b"Bonjour", "n’est pas un PDF"), (pdf_of(9)[:200], "abîmé")):
        path.write_bytes(content)
        with pytest.raises(UserError, match=told) as refused:
            files.read(path)
        assert refused.value.kept == files.NOTHING_ADDED
    with pikepdf.open(BytesIO(pdf_of())) as document:
        document.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(UserError, match="mot de passe"):
        files.read(path)
    monkeypatch.setattr(files, "LARGEST", 1024 * 1024)
    path.write_bytes(pdf_of() + b" " * 1024 * 1024)
    with pytest.raises(UserError, match=r"ne dépasse pas 1\u202fMo"):
        files.read(path)
    with pytest.raises(UserError, match="ne peut pas être lu"):
        files.read(tmp_path / "absent.pdf")


def test_the_annex_names_what_is_attached_and_adoption_keeps_it(
    complete: Dossier, service: PlanService, duerp: Path, tmp_path: Path
) -> None:
    number = service.attach(
        files.read(duerp),
        kind=AttachmentKind.DUERP,
        title="DUERP de 2024",
        dated_on=date(2024, 11, 8),
    )
    service.adopt(body="conseil d’école")
    service.remove_attachment(number)
    text, _ = printed(plan_annex(complete, "1"), tmp_path)
    for expected in (
        "Documents antérieurs joints au dossier",
        "DUERP de 2024",
        "08/11/2024",
        files.read(duerp).sha256[:8],
    ):
        assert expected in text, expected
    (kept,) = version_content(complete, versions(complete)[0].number).attachments
    assert kept.title == "DUERP de 2024"
    text, _ = printed(plan_annex(complete, "projet"), tmp_path)
    assert "Documents antérieurs" not in text


def test_a_backup_carries_them(
    dossier: Dossier, service: PlanService, duerp: Path, tmp_path: Path
) -> None:
    number = service.attach(files.read(duerp))
    restored = restore(back_up(dossier).path, tmp_path / "copie.egn")
    with Dossier.open(restored, key=dossier.key) as copy:
        assert attachment_file(copy, number).pdf == duerp.read_bytes()


class Cli:
    """Runs the command on an open dossier, as ``egn-desktop`` does."""

    def __init__(self, dossier: Dossier) -> None:
        self.services: Any = SimpleNamespace(dossier=dossier, plans=PlanService(dossier))
        self.parser = FrenchParser(prog="egn-desktop")
        command.register(SubCommands(self.parser))

    def __call__(self, *arguments: str) -> None:
        parsed = self.parser.parse_args(["attachments", "ecole.egn", *arguments])
        parsed.run(self.services, parsed)


def test_the_command_does_all_of_it(
    dossier: Dossier, duerp: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Cli(dossier)
    cli()
    assert "Aucun document joint." in capsys.readouterr().out
    cli("--add", str(duerp), "--kind", "duerp", "--title", "DUERP", "--dated", "08/11/2024")
    cli("--change", "1", "--title", "DUERP de 2024")
    capsys.readouterr()
    cli()
    told = capsys.readouterr().out
    assert "DUERP de 2024 · DUERP antérieur · du 08/11/2024 · 3 pages" in told
    assert files.read(duerp).sha256 in told
    cli("--save", "1", "--to", str(tmp_path / "copie.pdf"))
    assert (tmp_path / "copie.pdf").read_bytes() == duerp.read_bytes()
    cli("--remove", "1")
    capsys.readouterr()
    cli("--removed")
    assert "DUERP de 2024" in capsys.readouterr().out
    cli("--restore", "1")
    cli("--remove", "1")
    cli("--erase", "1")
    capsys.readouterr()
    cli("--removed")
    assert "Aucun document retiré." in capsys.readouterr().out
    with pytest.raises(UserError, match="--to"):
        cli("--save", "1")


def test_a_pdf_that_would_do_something_is_kept_only_with_a_word(
    dossier: Dossier, service: PlanService, tmp_path: Path
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(acting_pdf())
    file = files.read(path)
    assert file.does == ("du code JavaScript",)
    with pytest.raises(ActiveContentError, match="du code JavaScript"):
        service.attach(file)
    assert not attachments(dossier)
    service.attach(file, with_actions=True)
    (details,) = dossier.raw.execute("SELECT details FROM journal").fetchall()[-1]
    assert "du code JavaScript" in details


def test_the_command_keeps_a_pdf_that_would_do_something_when_told(
    dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, cli = tmp_path / "plan.pdf", Cli(dossier)
    path.write_bytes(acting_pdf())
    with pytest.raises(UserError, match="--with-actions") as refused:
        cli("--add", str(path))
    assert refused.value.kept == "Rien n’a été ajouté au dossier."
    cli("--add", str(path), "--with-actions")
    assert "du code JavaScript" in capsys.readouterr().out
    assert len(attachments(dossier)) == 1
