# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing a list from the window: real files, the real panel, the real dossier."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.exchange.columns import IGNORED
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.ui.context import Context
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.imports.columns_view import ColumnChoice
from egn_desktop.ui.imports.drop_zone import DropZone
from egn_desktop.ui.page import Page
from egn_desktop.ui.tables import RowsTable

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
# The platform without a screen has no size hints to hand on, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

Open = Callable[..., ImportPanel]


@pytest.fixture
def opened(context: Context, qtbot: QtBot, show: Callable[[QWidget], None]) -> Open:
    """A panel at the right of a page; given a file, it has read it."""
    pages: list[Page] = []  # Python would take away a page that nobody holds

    def opened(kind: ImportKind | str, file: Path | None = None) -> ImportPanel:
        page = Page(context)
        pages.append(page)
        page.resize(1158, 720)
        panel = ImportPanel(context, kind)
        page.open_panel(panel, panel.heading)
        show(page)
        if file is not None:
            panel.load(file)
            qtbot.waitUntil(lambda: not context.jobs.busy)
        return panel

    return opened


def button(panel: QWidget, text: str) -> QPushButton:
    found = [
        button
        for button in panel.findChildren(QPushButton)
        if button.isVisible() and text in button.text()
    ]
    assert len(found) == 1, [button.text() for button in panel.findChildren(QPushButton)]
    return found[0]


def texts(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def tabs(panel: QWidget) -> list[str]:
    (widget,) = panel.findChildren(QTabWidget)
    return [widget.tabText(at) for at in range(widget.count()) if widget.isTabVisible(at)]


def choice(panel: QWidget, title: str) -> ColumnChoice:
    (found,) = [c for c in panel.findChildren(ColumnChoice) if f"« {title} »" in c.accessibleName()]
    return found


def choose(qtbot: QtBot, context: Context, box: ColumnChoice, field: str) -> None:
    place = box.findData(field)
    box.setCurrentIndex(place)
    box.activated.emit(place)
    qtbot.waitUntil(lambda: not context.jobs.busy)


@pytest.mark.child
def test_a_list_is_seen_then_imported_then_told(
    opened: Open, context: Context, qtbot: QtBot
) -> None:
    panel = opened("pupils", SAMPLES / "onde_eleves.csv")
    assert tabs(panel) == ["À importer : 190", "Colonnes : 6 sur 22"]
    assert "onde_eleves.csv\n190 lignes" in texts(panel)
    assert not pupils(context.services.dossier)
    with qtbot.waitSignals([panel.imported, context.said, context.changed]):
        qtbot.mouseClick(button(panel, "Importer 190 élèves"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert len(pupils(context.services.dossier)) == 190
    qtbot.waitUntil(lambda: "La liste est importée" in texts(panel))
    assert "190 élèves en plus." in texts(panel)
    page = panel.window()
    assert isinstance(page, Page)
    with qtbot.waitSignal(panel.left):
        button(panel, "Terminé").click()
    assert page.panel is None


def test_rejected_lines_come_first_with_their_reason(
    opened: Open, context: Context, tmp_path: Path
) -> None:
    file = tmp_path / "parc.csv"
    file.write_text(
        "Inventaire;Type;État\nE-1;PC;Bon\n;Tablette;\nE-1;PC;Bon\nE-4;Chariot;Bon\n", "cp1252"
    )
    panel = opened("devices", file)
    assert tabs(panel) == [
        "À importer : 2", "À vérifier : 1", "Rejetées : 2", "Colonnes : 3 sur 3"
    ]  # fmt: skip
    (widget,) = panel.findChildren(QTabWidget)
    table = widget.currentWidget()
    assert isinstance(table, RowsTable)
    assert [row.line for row in table.rows()] == [3, 4]
    assert "Il manque le numéro" in table.model().index(0, 1).data()
    assert button(panel, "Importer 2 appareils").isEnabled()


def test_a_column_that_is_not_recognised_is_chosen(
    opened: Open, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "parc.csv"
    file.write_text("Étiquette bleue;Objet;Type\nX1;Tablette;ancien\n", "utf-8")
    panel = opened(ImportKind.DEVICES, file)
    assert "Aucune colonne ne contient « N° d’inventaire »" in texts(panel)
    assert not button(panel, "Importer").isEnabled()
    choose(qtbot, context, choice(panel, "Étiquette bleue"), "asset_number")
    assert button(panel, "Importer 1 appareil").isEnabled()
    assert "Aucune colonne" not in texts(panel)
    # What one column holds, another gives up.
    choose(qtbot, context, choice(panel, "Objet"), "kind")
    assert choice(panel, "Type").read() == IGNORED
    button(panel, "Importer 1 appareil").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    (device,) = devices(context.services.dossier)
    assert device.code == "X1"
    assert device.kind is DeviceKind.TABLET


def test_the_children_of_a_line_keep_their_columns(opened: Open) -> None:
    panel = opened("guardians", SAMPLES / "onde_responsables.csv")
    boxes = [c for c in panel.findChildren(ColumnChoice) if c.read() == "child_first_name"]
    assert len(boxes) == 3
    assert "Importer 190 responsables légaux" in button(panel, "Importer").text()


def test_a_file_that_cannot_be_read_says_why_and_another_can_be_chosen(
    opened: Open, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF-1.7")
    panel = opened("devices", file)
    assert "« plan.pdf » est un document PDF" in texts(panel)
    assert "Rien n’a été modifié." in texts(panel)
    monkeypatch.setattr(context, "ask_open_file", lambda *_: SAMPLES / "materiel.csv")
    button(panel, "Choisir un fichier").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert "PDF" not in texts(panel)
    assert button(panel, "Importer 60 appareils").isEnabled()
    button(panel, "Changer de fichier").click()
    qtbot.waitUntil(lambda: "Déposez ici" in texts(panel))


def test_no_file_chosen_changes_nothing(
    opened: Open, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened("devices")
    monkeypatch.setattr(context, "ask_open_file", lambda *_: None)
    button(panel, "Choisir un fichier").click()
    assert "Déposez ici" in texts(panel)
    assert not context.jobs.busy


def test_a_file_is_dropped(opened: Open, context: Context, qtbot: QtBot) -> None:
    panel = opened("devices")
    (zone,) = panel.findChildren(DropZone)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "materiel.csv"))])
    copy, left, none = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )  # fmt: skip
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, data, left, none)
    zone.dragEnterEvent(enter)
    assert enter.isAccepted()
    zone.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert tabs(panel) == ["À importer : 60", "Colonnes : 11 sur 11"]


def test_a_text_or_several_files_are_not_taken(opened: Open) -> None:
    panel = opened("devices")
    (zone,) = panel.findChildren(DropZone)
    several = QMimeData()
    several.setUrls([QUrl.fromLocalFile("/a.csv"), QUrl.fromLocalFile("/b.csv")])
    words = QMimeData()
    words.setText("a;b")
    for data in (several, words):
        enter = QDragEnterEvent(
            QPointF(5, 5).toPoint(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter.setAccepted(False)
        zone.dragEnterEvent(enter)
        assert not enter.isAccepted()


def test_a_panel_closed_while_it_reads_is_left_in_peace(
    opened: Open, context: Context, qtbot: QtBot
) -> None:
    panel = opened("devices")
    page = panel.window()
    assert isinstance(page, Page)
    panel.load(SAMPLES / "materiel.csv")
    page.close_panel()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert page.panel is None


def test_everything_is_named_and_reached_by_keyboard(opened: Open) -> None:
    panel = opened("pupils", SAMPLES / "onde_eleves.csv")
    assert button(panel, "Importer 190 élèves").hasFocus()
    for box in panel.findChildren(ColumnChoice):
        assert box.accessibleName()
        assert box.focusPolicy() & Qt.FocusPolicy.TabFocus
    for table in panel.findChildren(RowsTable):
        assert table.accessibleName()
