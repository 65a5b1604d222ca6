# SPDX-License-Identifier: GPL-3.0-or-later
"""The September list in the window: doubts, who is absent, one undo, columns as last time."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.imports.absent_view import AbsentBox
from egn_desktop.ui.imports.columns_view import ColumnChoice
from egn_desktop.ui.imports.doubts_view import DoubtsView
from egn_desktop.ui.imports.review import Review
from egn_desktop.ui.page import Page

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

Open = Callable[[str], ImportPanel]
HEADER = "Nom;Prénom;Date naissance;Classe\n"
KNOWN = (
    PupilInput("Benali", "Inès", born_on=date(2016, 3, 4), school_class="CM1"),
    PupilInput("Martin", "Léa", born_on=date(2016, 5, 1), school_class="CM1"),
    PupilInput("Martin", "Léa", born_on=date(2017, 8, 9), school_class="CE2"),
    PupilInput("Noël", "Rose", born_on=date(2014, 7, 3), school_class="CM2"),
    PupilInput("Petit", "Adam", born_on=date(2014, 1, 1), school_class="CM2"),
)
RENAMED = "HADDAD;Inès;04/03/2016;CM2\n"
SLIP = "BENHALI;Inès;04/03/2016;CM2\n"
NAMESAKE = "MARTIN;Léa;;6e\n"
OTHERS = "NOËL;Rose;03/07/2014;6e\nMARTIN;Léa;01/05/2016;CM2\nMARTIN;Léa;09/08/2017;CM1\n"


@pytest.fixture
def opened(context: Context, qtbot: QtBot, show: Callable[[QWidget], None], tmp_path: Path) -> Open:
    """A panel that has read a list, beside a dossier of five; Adam has a laptop."""
    services = context.services
    ids = [services.pupils.add_pupil(pupil) for pupil in KNOWN]
    laptop = services.devices.add_device(DeviceInput("YSS-1", DeviceKind.LAPTOP, "HP", "ProBook"))
    services.loans.lend(device_id=laptop, borrower_id=ids[-1])
    pages: list[Page] = []

    def opened(text: str) -> ImportPanel:
        file = tmp_path / "eleves.csv"
        file.write_text(text, "utf-8")
        page = Page(context)
        pages.append(page)
        page.resize(1158, 720)
        panel = ImportPanel(context, "pupils")
        page.open_panel(panel, panel.heading)
        show(page)
        panel.load(file)
        qtbot.waitUntil(lambda: not context.jobs.busy)
        return panel

    return opened


def press(panel: QWidget, words: str) -> None:
    (found,) = (
        button
        for button in panel.findChildren(QPushButton)
        if button.isVisible() and words in button.text()
    )
    found.click()


def texts(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def tabs(panel: QWidget) -> list[str]:
    (widget,) = panel.findChildren(QTabWidget)
    return [widget.tabText(at) for at in range(widget.count()) if widget.isTabVisible(at)]


def doubts(panel: QWidget) -> DoubtsView:
    (found,) = panel.findChildren(DoubtsView)
    return found


def replies(panel: QWidget) -> list[str]:
    view = doubts(panel)
    return [view._answer(row).text for row in view._table.rows()]


def imported(panel: QWidget, context: Context, qtbot: QtBot) -> None:
    (review,) = panel.findChildren(Review)
    review.import_button.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)


def names(dossier: Dossier) -> list[str]:
    return [row.name.title() for row in pupils(dossier)]


def test_doubts_come_first_and_are_answered_by_the_keyboard(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    panel = opened(HEADER + RENAMED + NAMESAKE)
    assert tabs(panel)[0] == "Doutes : 2"
    table = doubts(panel)._table
    assert table.hasFocus()
    assert replies(panel) == ["Autre élève ?", "Autre élève ?"]
    said = texts(panel)
    for words in ("Est-ce la même personne ?", "HADDAD", "Benali", "un autre nom", "04/03/2016"):
        assert words in said
    qtbot.keyClick(table, Qt.Key.Key_M)
    assert replies(panel)[0] == "Même élève"
    assert "Dossier (2)" in texts(panel)
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert replies(panel) == ["Même élève", "Même élève"]
    imported(panel, context, qtbot)
    assert names(dossier).count("Haddad Inès") == 1
    assert len(pupils(dossier)) == 5
    assert [row.school_class for row in pupils(dossier) if row.name == "MARTIN Léa"] == ["6e"]


def test_the_answer_proposed_is_the_safe_one_and_the_mouse_changes_it(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    panel = opened(HEADER + SLIP)
    assert replies(panel) == ["Même élève ?"]
    assert "Réponses seulement proposées : 1." in texts(panel)
    press(panel, "Autre élève")
    assert replies(panel) == ["Autre élève"]
    assert "seulement proposées" not in texts(panel)
    imported(panel, context, qtbot)
    assert len(pupils(dossier)) == 6


def test_one_pupil_is_not_two_lines(opened: Open) -> None:
    panel = opened(HEADER + "HADDAD;Inès;04/03/2016;CM2\nCARON;Inès;04/03/2016;CM2\n")
    doubts(panel)._same()
    doubts(panel)._same()
    assert sorted(replies(panel)) == ["Autre élève ?", "Même élève"]
    assert len(set(doubts(panel).answers.values())) == 2


def test_a_list_of_the_whole_school_offers_to_mark_who_left(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    panel = opened(HEADER + OTHERS + RENAMED)
    assert "Absents : 2" in tabs(panel)
    (box,) = panel.findChildren(AbsentBox)
    assert box.isVisible()
    assert not box.is_ticked
    doubts(panel)._same()
    assert "Absents : 1" in tabs(panel)
    assert box.box.text() == "Marquer l’absent comme parti"
    assert "1 élève a encore un appareil" in texts(panel).replace("\u202f", " ")
    box.box.click()
    imported(panel, context, qtbot)
    assert "1 marqué comme parti" in texts(panel).replace("\u202f", " ")
    gone = [row.name for row in pupils(dossier) if row.left_on]
    assert gone == ["Petit Adam"]
    assert "Retirer de la liste" not in "".join(
        button.text() for button in panel.findChildren(QPushButton) if button.isVisible()
    )


def test_who_left_with_nothing_is_taken_off_the_list_at_the_end(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    panel = opened(HEADER + OTHERS)
    (box,) = panel.findChildren(AbsentBox)
    box.box.click()
    imported(panel, context, qtbot)
    press(panel, "Retirer de la liste : 1")
    assert "Benali Inès" not in names(dossier)
    said[-1]()
    assert "Benali Inès" in names(dossier)


def test_a_partial_list_offers_it_only_to_who_looks_at_the_absent(opened: Open) -> None:
    panel = opened(HEADER + "NOËL;Rose;03/07/2014;6e\n")
    (box,), (widget,) = panel.findChildren(AbsentBox), panel.findChildren(QTabWidget)
    assert not box.isVisible()
    (place,) = (at for at in range(widget.count()) if widget.tabText(at).startswith("Absents"))
    widget.setCurrentIndex(place)
    assert box.isVisible()


def test_the_whole_import_is_undone_in_one(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    before = pupils(dossier)
    panel = opened(HEADER + OTHERS + RENAMED)
    (box,) = panel.findChildren(AbsentBox)
    box.box.click()
    imported(panel, context, qtbot)
    assert pupils(dossier) != before
    said[-1]()
    assert pupils(dossier) == before


def test_columns_are_as_last_time_for_the_same_titles(
    opened: Open, context: Context, qtbot: QtBot, dossier: Dossier
) -> None:
    text = "Étiquette;Prénom;Date naissance\nNOËL;Rose;03/07/2014\n"
    panel = opened(text)
    assert "Aucune colonne ne contient" in texts(panel)

    def set_first(panel: QWidget, field: str) -> None:
        box = panel.findChildren(ColumnChoice)[0]
        box.setCurrentIndex(box.findData(field))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(lambda: not context.jobs.busy)

    set_first(panel, "last_name")
    imported(panel, context, qtbot)
    kept = MachineSettings.load().imports
    assert list(kept.values()) == [["last_name", "first_name", "born_on"]]
    assert not any("NOËL" in part or "Étiquette" in part for part in map(str, kept.items()))
    panel = opened(text)
    assert "colonnes comme la dernière fois" in texts(panel)
    assert tabs(panel)[0] == "À importer : 1"
    # Corrected to what the titles say by themselves, it is forgotten.
    panel = opened(HEADER + OTHERS)
    set_first(panel, "")
    set_first(panel, "last_name")
    imported(panel, context, qtbot)
    assert MachineSettings.load().imports == kept
    assert len(pupils(dossier)) == 5


def test_siecles_xml_is_read_as_any_list(
    context: Context, qtbot: QtBot, show: Callable[[QWidget], None], tmp_path: Path
) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "exchange"))
    import siecle_samples

    file = tmp_path / "ElevesSansAdresses.xml"
    file.write_bytes(siecle_samples.pupils())
    page = Page(context)
    panel = ImportPanel(context, "pupils")
    page.open_panel(panel, panel.heading)
    show(page)
    panel.load(file)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    said = texts(panel)
    assert "2 lignes, export XML de SIECLE, un élève sorti laissé de côté" in said
    imported(panel, context, qtbot)
    assert names(context.services.dossier) == ["Cœuret Zoé", "Traoré Noé"]
