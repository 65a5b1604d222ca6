# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.queries.photos import photo_image, photos
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.photos.photo_strip import PhotoStrip
from egn_desktop.ui.pages.loans.photos.photo_viewer import PhotoViewer
from egn_desktop.ui.widgets.buttons import Button

Show = Callable[[QWidget], None]


@pytest.fixture
def laptop(context: Context) -> int:
    services = context.services
    return services.devices.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP, brand="HP"))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("dos.png", "capot.jpg")]
    for path, colour in zip(made, ("red", "green"), strict=True):
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        assert image.save(str(path))
    return made


def wait_for_jobs(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


def choose(monkeypatch: pytest.MonkeyPatch, context: Context, paths: list[Path]) -> None:
    monkeypatch.setattr(context, "ask_open_files", lambda *_: paths)


@pytest.mark.child
def test_chosen_photos_are_kept_and_shown_and_taken_back(
    context: Context,
    laptop: int,
    files: list[Path],
    qtbot: QtBot,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strip = PhotoStrip(context, device_id=laptop)
    show(strip)
    choose(monkeypatch, context, files)
    with qtbot.waitSignal(context.said) as said:
        strip.add_button.click()
    assert said.args is not None
    assert said.args[0] == "2 photos ajoutées."
    assert [thumb.accessibleName() for thumb in strip.thumbs] == ["Photo du 24/11/2026"] * 2
    qtbot.waitUntil(lambda: all(thumb.isVisible() for thumb in strip.thumbs))
    drawn = strip.thumbs[0].grab().toImage()
    centre = drawn.pixelColor(drawn.rect().center())
    assert centre.red() > 200 > 60 > centre.blue()
    said.args[1]()
    assert not strip.thumbs
    assert not photos(context.services.dossier, laptop)


def test_one_file_refused_is_told_and_the_ones_before_it_are_kept(
    context: Context,
    laptop: int,
    files: list[Path],
    qtbot: QtBot,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    wrong = tmp_path / "facture.pdf"
    wrong.write_bytes(b"%PDF-1.7")
    strip = PhotoStrip(context, device_id=laptop)
    show(strip)
    choose(monkeypatch, context, [files[0], wrong, files[1]])
    with qtbot.waitSignal(context.failed) as failed:
        strip.add_button.click()
    assert failed.args is not None
    error = failed.args[0]
    assert isinstance(error, UserError)
    assert "facture.pdf" in error.what
    assert len(strip.thumbs) == 1


def test_files_are_dropped_and_a_picture_is_pasted(
    context: Context, laptop: int, files: list[Path], qtbot: QtBot, show: Show
) -> None:
    strip = PhotoStrip(context, device_id=laptop)
    show(strip)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    enter.ignore()
    strip.dragEnterEvent(enter)
    assert enter.isAccepted()
    strip.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    wait_for_jobs(qtbot, context)
    assert len(strip.thumbs) == 2

    QGuiApplication.clipboard().setImage(QImage(str(files[0])))
    strip.add_button.setFocus()
    QTest.keyClick(strip.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, context)
    assert len(strip.thumbs) == 3

    QGuiApplication.clipboard().setText("rien à voir")
    with qtbot.waitSignal(context.said) as said:
        QTest.keyClick(strip.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args is not None
    assert "pas de photo à coller" in said.args[0]


def test_a_photo_is_seen_large_captioned_and_removed_by_keyboard(
    context: Context, laptop: int, files: list[Path], qtbot: QtBot, show: Show
) -> None:
    services, dossier = context.services, context.services.dossier
    for path in files:
        services.photos.add_photo(laptop, path.read_bytes())
    strip = PhotoStrip(context, device_id=laptop)
    show(strip)
    strip.thumbs[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(strip.thumbs[0], Qt.Key.Key_Return)
    viewer = opened()
    qtbot.waitUntil(viewer.isActiveWindow)
    caption = viewer._form.field("caption").control
    caption.setFocus()
    QTest.keyClicks(caption, "Capot raye")
    QTest.keyClick(viewer, Qt.Key.Key_PageDown)
    assert [row.caption for row in photos(dossier, laptop)] == ["Capot raye", ""]
    assert viewer._form.value("caption") == ""
    assert viewer._place.text().endswith("2 sur 2")
    viewer._leave()
    assert strip.thumbs[0].accessibleName() == "Photo du 24/11/2026 : Capot raye"

    kept = photo_image(dossier, strip.thumbs[1].row.id)
    strip.thumbs[1].setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(context.said) as said:
        QTest.keyClick(strip.thumbs[1], Qt.Key.Key_Delete)
    assert len(strip.thumbs) == 1
    assert said.args is not None
    said.args[1]()
    assert photo_image(dossier, strip.thumbs[1].row.id) == kept


def opened() -> PhotoViewer:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, PhotoViewer)]
    assert len(found) == 1
    return found[0]


def test_a_copy_leaves_the_dossier_and_the_viewer_can_remove(
    context: Context,
    laptop: int,
    files: list[Path],
    qtbot: QtBot,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    services, dossier = context.services, context.services.dossier
    made = services.photos.add_photo(laptop, files[0].read_bytes())
    strip = PhotoStrip(context, device_id=laptop)
    show(strip)
    strip.thumbs[0].click()
    viewer = opened()
    qtbot.waitUntil(viewer.isVisible)
    target = tmp_path / "copie.jpg"
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    buttons = {button.text(): button for button in viewer.findChildren(Button)}
    buttons["Enregistrer une copie"].click()
    assert target.read_bytes() == photo_image(dossier, made)
    buttons["Retirer"].click()
    assert not strip.thumbs
    assert not photos(dossier, laptop)


def test_a_loans_strip_shows_its_own_and_wraps_where_there_is_little_room(
    context: Context, laptop: int, files: list[Path], qtbot: QtBot, show: Show
) -> None:
    services = context.services
    pupil = services.pupils.add_pupil(PupilInput("Benali", "Inès"))
    loan = services.loans.lend(device_id=laptop, borrower_id=pupil)
    services.photos.add_photo(laptop, files[0].read_bytes())
    for _ in range(5):
        services.photos.add_photo(laptop, files[1].read_bytes(), loan_id=loan)
    strip = PhotoStrip(context, device_id=laptop, loan_id=loan)
    strip.resize(300, 400)
    show(strip)
    assert len(strip.thumbs) == 5
    qtbot.waitUntil(lambda: strip.thumbs[3].y() > strip.thumbs[2].y())
    assert max(thumb.geometry().right() for thumb in strip.thumbs) < strip.width()
