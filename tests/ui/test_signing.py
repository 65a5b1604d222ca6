# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper signed through the window: drawn with the mouse, kept, read back, withdrawn."""

import hashlib
import math
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.documents.blocks import Document
from egn_desktop.inventory.papers.queries import paper_pdf, papers
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.papers.handover_panel import HandoverPanel
from egn_desktop.ui.pages.loans.papers.signed_panel import SignedPanel
from egn_desktop.ui.pages.loans.papers.signer_block import SignerBlock
from egn_desktop.ui.pages.loans.papers.signing import SigningPanel
from egn_desktop.ui.pages.loans.targets import HandOver, LentTogether, Loan
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.signature import ASPECT, SignaturePad
from tests.ui.test_page_guards import cut, settle, unnamed

Show = Callable[[QWidget], None]
Said = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def school(context: Context) -> None:
    """Inès was lent a laptop and a 4G key today and a tablet in September; Noé a laptop today."""
    context.services.school.save(
        Identity(
            name="École Jules-Verne",
            town="Yssingeaux",
            head="Anne Roy",
            owners=(EquipmentOwner(Owner.COMMUNE, accord_on=date(2026, 9, 1)),),
        )
    )
    services = context.services
    family = GuardianFields("Mme", "Benali", "Nadia", email="nadia@exemple.fr")
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2", guardians=(family,)))
    services.pupils.add_pupil(PupilInput("Traoré", "Noé", school_class="CP"))
    for number, (kind, pupil_id, lent_on) in enumerate(
        (
            (DeviceKind.LAPTOP, 1, None),
            (DeviceKind.HOTSPOT, 1, None),
            (DeviceKind.TABLET, 1, date(2026, 9, 7)),
            (DeviceKind.LAPTOP, 2, None),
        ),
        1,
    ):
        device = services.devices.add_device(
            DeviceInput(f"YSS-{number:04}", kind, "HP", "X2", accessories=("chargeur",))
        )
        services.loans.lend(
            device_id=device, borrower_id=pupil_id, lent_on=lent_on, due_on=date(2027, 7, 2)
        )


@pytest.fixture
def page(context: Context, school: None, show: Show) -> LoansPage:
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


@pytest.fixture
def said(context: Context) -> Said:
    found: Said = []
    context.said.connect(lambda text, undo: found.append((text, undo)))
    return found


def press(widget: QWidget, words: str) -> None:
    (found,) = (
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )
    assert found.isEnabled()
    found.click()


def seen(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def draw(pad: SignaturePad, points: int = 60) -> None:
    """Draw a wave with the mouse."""
    left = Qt.MouseButton.LeftButton
    width, height = pad.width(), round(pad.width() / ASPECT)

    def at(step: int) -> QPoint:
        share = step / points
        return QPoint(
            round(width * (0.1 + 0.8 * share)), round(height * (0.5 + 0.3 * math.sin(share * 20)))
        )

    QTest.mousePress(pad, left, pos=at(0))
    for step in range(1, points):
        QTest.mouseMove(pad, at(step))
    QTest.mouseRelease(pad, left, pos=at(points))


def open_signing(page: LoansPage, loan_id: int = 1) -> SigningPanel:
    page._opening.go(Loan(loan_id))
    press(panel_of(page, LoanPanel), "Faire signer à l’écran")
    QApplication.processEvents()
    return panel_of(page, SigningPanel)


def panel_of(page: LoansPage, kind: type) -> QWidget:
    assert isinstance(page.panel, kind)
    return page.panel


def blocks(panel: QWidget) -> list[SignerBlock]:
    return panel.findChildren(SignerBlock)


def pad_of(block: SignerBlock) -> SignaturePad:
    return block.findChild(SignaturePad)


def ink(pdf_bytes: bytes) -> list[int]:
    """Return how many pieces each curly line of the PDF has."""
    found: list[int] = []
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        for page in pdf.pages:
            length = 0
            for _, operator in pikepdf.parse_content_stream(page):
                length = length + 1 if str(operator) == "l" else 0
                if length == 20:
                    found.append(length)
    return found


def test_a_signature_drawn_with_the_mouse_is_in_the_paper_that_is_kept(
    page: LoansPage, context: Context, said: Said, qtbot: QtBot
) -> None:
    panel = open_signing(page)
    guardian, head = blocks(panel)
    assert "2 juillet 2027" in seen(panel)
    assert guardian.findChild(QLineEdit).text() == "Mme Nadia Benali"
    sign = next(
        button for button in panel.findChildren(QPushButton) if button.text() == "Signer et garder"
    )
    assert not sign.isEnabled()
    draw(pad_of(guardian))
    assert sign.isEnabled()
    assert head.signature() is None
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    (row,) = papers(context.services.dossier)
    pdf = paper_pdf(context.services.dossier, row.id)
    assert row.loan_ids == (1, 2), "what was lent the same day is covered, the older loan is not"
    assert row.signed_by == "Mme Nadia Benali"
    assert hashlib.sha256(pdf).hexdigest() == row.digest
    assert len(ink(pdf)) == 1
    assert "signature de Mme Nadia Benali le 24 novembre 2026" in seen(page.panel)
    assert "nadia@exemple.fr" in seen(page.panel)
    words, undo = said[-1]
    assert "signé et gardé" in words
    assert undo is not None
    undo()
    assert not papers(context.services.dossier)
    assert page.panel is None


def test_a_paper_is_composed_once_when_it_is_signed(
    page: LoansPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[str] = []
    make = Document.__init__

    def counted(self: Document, *, title: str, **rest: object) -> None:
        composed.append(title)
        make(self, title=title, **rest)

    monkeypatch.setattr(Document, "__init__", counted)
    panel = open_signing(page)
    checks = {box.text(): box for box in panel.findChildren(QCheckBox) if "YSS" in box.text()}
    checks["HP X2 · YSS-0003"].click()
    panel._words._form.field("language").control.setCurrentIndex(1)
    assert "Return date: 02/07/2027" in seen(panel), "the panel says it in the other language"
    draw(pad_of(blocks(panel)[0]))
    assert composed == []
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    assert composed == ["Convention de prêt"]


def test_who_cannot_draw_signs_by_the_name(page: LoansPage, context: Context, qtbot: QtBot) -> None:
    panel = open_signing(page, 4)
    guardian = blocks(panel)[0]
    by_name = next(box for box in guardian.findChildren(QCheckBox) if "par le nom" in box.text())
    by_name.setFocus()
    QTest.keyClick(by_name, Qt.Key.Key_Space)
    assert not pad_of(guardian).isVisible()
    press(panel, "Signer et garder")
    assert "Indiquez qui signe." in seen(panel), "no representative is known"
    guardian.findChild(QLineEdit).setText("Aminata Traoré")
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    (row,) = papers(context.services.dossier)
    assert (row.signed_by, row.loan_ids) == ("Aminata Traoré", (4,))
    assert ink(paper_pdf(context.services.dossier, row.id)) == []


def test_a_name_that_the_paper_cannot_show_is_told_before_it_is_signed(
    page: LoansPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.services.pupils.change_pupil(1, first_name="王")
    panel = open_signing(page)
    asked: list[str] = []
    answers = iter([False, True])

    def confirm(_title: str, text: str, _action: str) -> bool:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(context, "confirm", confirm)
    draw(pad_of(blocks(panel)[0]))
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert "王" in asked[0]
    assert not papers(context.services.dossier)
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    assert len(papers(context.services.dossier)) == 1


def test_what_one_signature_covers_is_chosen(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    panel = open_signing(page)
    checks = {box.text(): box for box in panel.findChildren(QCheckBox) if "YSS" in box.text()}
    assert {text: check.isChecked() for text, check in checks.items()} == {
        "HP X2 · YSS-0001": True, "HP X2 · YSS-0002": True, "HP X2 · YSS-0003": False,
    }  # fmt: skip
    for check in checks.values():
        check.setChecked(False)
    draw(pad_of(blocks(panel)[0]))
    assert "Cochez au moins un appareil." in seen(panel)
    checks["HP X2 · YSS-0003"].setChecked(True)
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    (row,) = papers(context.services.dossier)
    assert row.loan_ids == (3,)


def test_a_hand_over_goes_from_one_person_to_the_next_with_the_heads_signature_kept(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    page._opening.go(Loan(4))
    press(panel_of(page, LoanPanel), "Remise du 24/11 : 2 à signer")
    listed = panel_of(page, HandoverPanel)
    assert "2 personnes à faire signer" in seen(listed)
    press(listed, "Faire signer la personne suivante")
    QApplication.processEvents()
    panel = panel_of(page, SigningPanel)
    guardian, head = blocks(panel)
    assert not pad_of(head).isVisible()
    next(box for box in head.findChildren(QCheckBox) if "facultatif" in box.text()).click()
    QApplication.processEvents()
    draw(pad_of(head))
    next(box for box in head.findChildren(QCheckBox) if "garder" in box.text()).setChecked(True)
    assert not guardian.signature()
    guardian.findChild(QLineEdit).setText("Aminata Traoré")
    draw(pad_of(guardian))
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    press(page.panel, "Personne suivante")
    QApplication.processEvents()
    second = panel_of(page, SigningPanel)
    assert blocks(second)[1].signature() is not None, "the head need not sign again"
    draw(pad_of(blocks(second)[0]))
    press(second, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    rows = papers(context.services.dossier)
    assert [row.signed_by for row in rows] == [
        "Mme Nadia Benali, Anne Roy", "Aminata Traoré, Anne Roy",
    ]  # fmt: skip
    assert not any(
        button.text() == "Personne suivante" for button in page.panel.findChildren(QPushButton)
    )
    page._opening.go(HandOver(page.services.dossier.today()))
    assert "Tout est signé." in seen(panel_of(page, HandoverPanel))


def test_lending_together_leads_to_signing_person_by_person(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    page._opening.go(LentTogether(2))
    press(page.panel, "Faire signer à l’écran")
    listed = panel_of(page, HandoverPanel)
    table = listed.findChild(RowsTable)
    noe = next(row for row in table.rows() if row.name == "Traoré Noé")
    table.opened.emit(noe)
    QApplication.processEvents()
    panel = panel_of(page, SigningPanel)
    assert "Traoré Noé" in seen(panel)
    blocks(panel)[0].findChild(QLineEdit).setText("Aminata Traoré")
    draw(pad_of(blocks(panel)[0]))
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    page._opening.go(HandOver(page.services.dossier.today()))
    rows = panel_of(page, HandoverPanel).findChild(RowsTable).rows()
    assert {row.name: row.is_signed for row in rows} == {"Benali Inès": False, "Traoré Noé": True}


def test_a_signed_paper_is_saved_and_withdrawn_from_its_loan(
    page: LoansPage, context: Context, said: Said, qtbot: QtBot, monkeypatch, tmp_path
) -> None:
    panel = open_signing(page)
    draw(pad_of(blocks(panel)[0]))
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    (row,) = papers(context.services.dossier)
    pdf = paper_pdf(context.services.dossier, row.id)
    press(page.panel, "Voir le prêt")
    shown = panel_of(page, LoanPanel)
    target = tmp_path / "convention.pdf"
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: True)
    with qtbot.waitSignal(context.printed):
        press(shown, "Enregistrer")
    assert target.read_bytes() == pdf
    asked: list[str] = []
    monkeypatch.setattr(context, "confirm", lambda *words: bool(asked.append(words[1])))
    press(shown, "Retirer…")
    assert "pour de bon" in asked[0]
    assert papers(context.services.dossier)
    monkeypatch.setattr(context, "confirm", lambda *_: True)
    press(shown, "Retirer…")
    assert papers(context.services.dossier) == []
    QApplication.processEvents()
    press(panel_of(page, LoanPanel), "Faire signer à l’écran")


def test_a_return_is_signed_from_the_loan_that_ended(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    page._opening.go(Loan(1))
    press(panel_of(page, LoanPanel), "Noter et faire signer")
    QApplication.processEvents()
    panel = panel_of(page, SigningPanel)
    assert "Rendu le 24 novembre 2026" in seen(panel)
    giver = blocks(panel)[0]
    assert giver.findChild(QLineEdit).text() == "Mme Nadia Benali"
    draw(pad_of(giver))
    press(panel, "Signer et garder")
    qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
    (row,) = papers(context.services.dossier)
    assert (row.title, row.loan_ids) == ("Reçu de retour", (1,))
    assert len(ink(paper_pdf(context.services.dossier, row.id))) == 1
    context.services.loans.return_device(2)
    panel = open_signing(page, 2)
    assert "YSS-0001" not in seen(panel), "that receipt is signed already"


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGER])
def test_no_word_is_cut_and_every_control_has_a_name(
    page: LoansPage, qapp: QApplication, qtbot: QtBot, size: TextSize
) -> None:
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT, text_size=size))
    try:
        page.resize(744 if size is TextSize.LARGER else 1064, 700)
        panel = open_signing(page)
        for block in blocks(panel)[1:]:
            next(box for box in block.findChildren(QCheckBox) if "facul" in box.text()).click()
        settle(qapp)
        assert (cut(panel), unnamed(panel)) == ([], [])
        for block in blocks(panel):
            draw(pad_of(block))
        press(panel, "Signer et garder")
        qtbot.waitUntil(lambda: isinstance(page.panel, SignedPanel))
        settle(qapp)
        assert (cut(page.panel), unnamed(page.panel)) == ([], [])
        page._opening.go(Loan(1))
        settle(qapp)
        assert (cut(page.panel), unnamed(page.panel)) == ([], [])
    finally:
        theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))


class TestPad:
    """The pad alone: mouse, finger, stylus, keyboard."""

    @pytest.fixture
    def pad(self, show: Show) -> Iterator[SignaturePad]:
        made = SignaturePad("Signature : essai")
        made.resize(600, 200)
        show(made)
        yield made
        made.hide()

    def test_strokes_are_shares_of_the_paper_and_never_leave_it(
        self, pad: SignaturePad, qtbot: QtBot
    ) -> None:
        left = Qt.MouseButton.LeftButton
        with qtbot.waitSignal(pad.changed):
            QTest.mousePress(pad, left, pos=QPoint(60, 20))
            QTest.mouseMove(pad, QPoint(300, 100))
            QTest.mouseMove(pad, QPoint(5000, -300))
            QTest.mouseRelease(pad, left, pos=QPoint(5000, -300))
        (stroke,) = pad.drawing().strokes
        assert stroke[0] == pytest.approx((0.1, 0.1))
        assert stroke[-1] == (1.0, 0.0)
        QTest.mouseClick(pad, left, pos=QPoint(300, 100))
        assert len(pad.drawing().strokes) == 2, "a dot is a stroke of one point"
        assert "dessinée" in pad.accessibleDescription()

    def test_a_finger_signs(self, pad: SignaturePad) -> None:
        finger = QTest.createTouchDevice()
        QTest.touchEvent(pad, finger).press(0, QPoint(60, 20), pad).commit()
        QTest.touchEvent(pad, finger).move(0, QPoint(300, 100), pad).commit()
        QTest.touchEvent(pad, finger).move(0, QPoint(500, 40), pad).commit()
        QTest.touchEvent(pad, finger).release(0, QPoint(500, 40), pad).commit()
        (stroke,) = pad.drawing().strokes
        assert len(stroke) == 3

    def test_the_keyboard_erases(self, pad: SignaturePad) -> None:
        draw(pad)
        pad.setFocus()
        QTest.keyClick(pad, Qt.Key.Key_Delete)
        assert pad.drawing() is None
        assert "Au clavier" in pad.accessibleDescription()

    def test_the_ink_is_dark_on_light_paper(self, pad: SignaturePad) -> None:
        draw(pad)
        shot = pad.grab().toImage()
        shades = [
            shot.pixelColor(x, y).lightness()
            for x in range(40, shot.width() - 40, 3)
            for y in range(20, shot.height() - 70, 3)
        ]
        assert min(shades) < 60
        assert max(shades) == 255
