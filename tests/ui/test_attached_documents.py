# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from egn_desktop.documents.render import render
from egn_desktop.errors import UserError
from egn_desktop.plans.attachments import AttachmentKind
from egn_desktop.plans.queries import attachments, version_pdf
from egn_desktop.plans.report.plan import plan_annex
from egn_desktop.school.queries import Identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.documents import DocumentsPage
from egn_desktop.ui.pages.documents.attachment_panel import AttachmentPanel
from egn_desktop.ui.pages.documents.verify_card import VerifyPanel
from tests.plans.test_attachments import acting_pdf, pdf_of

Said = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def page(qtbot, context: Context) -> DocumentsPage:
    made = DocumentsPage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    return made


@pytest.fixture
def said(context: Context) -> Said:
    found: Said = []
    context.said.connect(lambda text, undo: found.append((text, undo)))
    return found


@pytest.fixture
def refused(context: Context) -> list[UserError]:
    found: list[UserError] = []
    context.failed.connect(found.append)
    return found


@pytest.fixture
def duerp(tmp_path: Path) -> Path:
    path = tmp_path / "duerp-2024.pdf"
    path.write_bytes(pdf_of(2))
    return path


def drop(widget: QWidget, file: Path) -> None:
    """Drag a file over a widget and let it go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    shape = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), *shape, keys)
    widget.dragEnterEvent(entered)
    assert entered.isAccepted()
    widget.dropEvent(QDropEvent(QPointF(5, 5), *shape, keys))


def press(widget: QWidget, name: str) -> None:
    next(
        button for button in widget.findChildren(QAbstractButton) if button.accessibleName() == name
    ).click()


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_dropped_pdf_is_kept_named_and_dated(
    qtbot, page: DocumentsPage, context: Context, duerp: Path, said: Said
) -> None:
    dossier = context.services.dossier
    drop(page.attachments, duerp)
    qtbot.waitUntil(lambda: isinstance(page.panel, AttachmentPanel))
    panel = page.panel
    assert isinstance(panel, AttachmentPanel)
    assert "duerp-2024" in shown(page.attachments)
    assert "1 document joint" in page._state.text()
    panel.form.set_value("title", "DUERP de 2024")
    for name, value in (
        ("title", "DUERP de 2024"),
        ("kind", AttachmentKind.DUERP),
        ("dated_on", date(2024, 11, 8)),
    ):
        panel.form.edited.emit(name, value)
    (row,) = attachments(dossier)
    assert (row.title, row.kind, row.dated_on) == (
        "DUERP de 2024",
        AttachmentKind.DUERP,
        date(2024, 11, 8),
    )
    assert "DUERP antérieur · du 08/11/2024 · 2 pages" in shown(page.attachments)
    panel.form.edited.emit("dated_on", date(2030, 1, 1))
    assert attachments(dossier)[0].dated_on == date(2024, 11, 8)
    assert "encore à venir" in shown(panel)
    while dossier.undo_stack.last is not None:
        context.undo()
    assert not attachments(dossier)
    assert page.panel is None


def test_it_is_opened_removed_put_back_and_erased(
    qtbot,
    page: DocumentsPage,
    context: Context,
    duerp: Path,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = context.services.dossier
    monkeypatch.setattr(context, "ask_open_file", lambda *_: duerp)
    page.attachments.add.click()
    qtbot.waitUntil(lambda: bool(page.attachments.lines))
    page.close_panel()
    target, opened = tmp_path / "copie.pdf", []
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    press(page.attachments, "Ouvrir duerp-2024")
    assert target.read_bytes() == duerp.read_bytes()
    assert opened == [str(target)]
    press(page.attachments, "Retirer duerp-2024")
    assert not attachments(dossier)
    assert page.attachments.removed.text() == "1 document retiré"
    assert "duerp-2024" not in shown(page.attachments)
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert len(attachments(dossier)) == 1
    press(page.attachments, "Retirer duerp-2024")
    page.attachments.removed.click()
    press(page.attachments, "Remettre duerp-2024")
    assert len(attachments(dossier)) == 1
    press(page.attachments, "Retirer duerp-2024")
    page.attachments.removed.click()
    monkeypatch.setattr(context, "confirm", lambda *_: False)
    press(page.attachments, "Effacer duerp-2024 définitivement")
    assert attachments(dossier, removed=True)
    monkeypatch.setattr(context, "confirm", lambda *_: True)
    press(page.attachments, "Effacer duerp-2024 définitivement")
    qtbot.waitUntil(lambda: not page.attachments.removed.isVisible())
    assert not attachments(dossier, removed=True)
    qtbot.waitUntil(lambda: "pour de bon" in said[-1][0])


def test_what_is_no_pdf_is_refused_in_french(
    qtbot, page: DocumentsPage, tmp_path: Path, refused: list[UserError]
) -> None:
    text = tmp_path / "plan.pdf"
    text.write_text("Bonjour", encoding="utf-8")
    drop(page.attachments, text)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].what == "« plan.pdf » n’est pas un PDF."
    assert not page.attachments.lines


def test_the_search_finds_an_attached_pdf(qtbot, page: DocumentsPage, duerp: Path) -> None:
    drop(page.attachments, duerp)
    qtbot.waitUntil(lambda: bool(page.attachments.lines))
    page._search.setText("duerp-2024")
    qtbot.waitUntil(lambda: not page.verify.isVisible())
    assert page.attachments.lines[0].isVisible()
    page._search.setText("programme exercices")
    qtbot.waitUntil(lambda: not page.attachments.isVisible())
    page._search.setText("")
    qtbot.waitUntil(page.verify.isVisible)
    assert page.attachments.lines[0].isVisible()


def verified(qtbot, page: DocumentsPage, file: Path, content: bytes) -> str:
    """Return what the page says of a file dropped on it."""
    page.close_panel()
    file.write_bytes(content)
    drop(page.verify, file)
    qtbot.waitUntil(lambda: isinstance(page.panel, VerifyPanel))
    return shown(page.panel)


def test_a_received_pdf_is_recognised(
    qtbot, page: DocumentsPage, context: Context, tmp_path: Path, refused: list[UserError]
) -> None:
    services, dossier, file = context.services, context.services.dossier, tmp_path / "recu.pdf"
    services.school.save(Identity(name="École Jules-Verne", uai="0430999C"))
    from egn_desktop.plans import rules

    for section in rules.sections():
        if section.obligatory:
            services.plans.write_section(section.id, section.example)
    services.plans.choose_scenario("coupure")
    services.plans.rate_risk(
        services.plans.add_risk(risk="surcharge"), severity=2, likelihood=2, control=2
    )
    draft = plan_annex(dossier, "projet")
    assert not isinstance(draft, bytes)
    printed = render(draft)
    services.plans.adopt(body="conseil d’école")
    adopted = version_pdf(dossier, 1)
    told = verified(qtbot, page, file, adopted)
    assert "version 1, arrêtée le 24/11/2026 (avis : conseil d’école)" in told
    assert "Prouvé par le dossier" in told
    told = verified(qtbot, page, file, adopted[:-40] + b"x" + adopted[-39:])
    assert "modifié ou réenregistré" in told
    assert "Version 1 arrêtée" in told
    told = verified(qtbot, page, file, printed)
    assert "aucune version figée" in told
    assert "Projet, non arrêté" in told
    assert "pas un document d’EGN Desktop" in verified(qtbot, page, file, pdf_of(5))
    file.write_text("Bonjour", encoding="utf-8")
    drop(page.verify, file)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].what == "« recu.pdf » n’est pas un PDF."


def test_a_pdf_that_would_do_something_is_kept_only_with_a_word(
    qtbot,
    page: DocumentsPage,
    context: Context,
    tmp_path: Path,
    refused: list[UserError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier, asked = context.services.dossier, list[tuple[str, ...]]()
    path = tmp_path / "plan.pdf"
    path.write_bytes(acting_pdf())
    answers = iter([False, True])

    def confirm(*words: str) -> bool:
        asked.append(words)
        return next(answers)

    monkeypatch.setattr(context, "confirm", confirm)
    drop(page.attachments, path)
    qtbot.waitUntil(lambda: bool(asked) and not context.jobs.busy)
    assert not attachments(dossier)
    title, text, action = asked[0]
    assert "tel quel" in title
    assert "« plan.pdf » contient autre chose que des pages : du code JavaScript." in text
    assert action == "Joindre quand même"
    drop(page.attachments, path)
    qtbot.waitUntil(lambda: isinstance(page.panel, AttachmentPanel))
    assert [row.title for row in attachments(dossier)] == ["plan"]
    assert not refused
