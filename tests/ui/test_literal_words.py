# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of users are shown as they are written: Qt would take some for HTML and fetch files."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from egn_desktop.school.queries import Identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.rows_model import ColumnSpec
from egn_desktop.ui.shell.rail import Rail
from egn_desktop.ui.shell.undo_row import UndoRow
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.labels import body
from egn_desktop.ui.widgets.tips import literal, set_tip


def is_fetched(file: Path, show: Callable[[], object]) -> bool:
    """Tell whether a file is opened while something is shown.

    It is a pipe: who reads it waits for the shell, and the shell for who reads it.
    """
    os.mkfifo(file)
    mark = file.with_suffix(".lu")
    writes = f"while echo x > '{file}'; do echo x > '{mark}'; done"
    shell = subprocess.Popen(["/bin/sh", "-c", writes])
    try:
        show()
        QApplication.processEvents()
    finally:
        shell.kill()
        shell.wait()
    return mark.exists()


def hover(table: RowsTable) -> None:
    place = table.visualRect(table.model().index(0, 0)).center()
    where = table.viewport().mapToGlobal(place)
    QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, where))


@pytest.fixture
def name(tmp_path: Path) -> str:
    return f"<img src='file://{tmp_path / 'leak.png'}'><b>Ada</b> & Lovelace, élève de CM2"


def test_a_name_in_a_table_fetches_no_file(qtbot, tmp_path: Path, name: str) -> None:
    table = RowsTable([ColumnSpec("Nom", lambda row: row)])
    qtbot.addWidget(table)
    table.set_rows([name])
    table.show()
    assert not is_fetched(tmp_path / "leak.png", lambda: hover(table))
    said = QTextDocument()
    said.setHtml(QToolTip.text())
    assert said.toPlainText() == name
    QToolTip.hideText()


@pytest.mark.qt_log_ignore("QFile::at", "This plugin does not support")
def test_the_guard_above_can_tell(qtbot, tmp_path: Path, name: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    assert is_fetched(tmp_path / "leak.png", lambda: QToolTip.showText(QPoint(5, 5), name, widget))
    QToolTip.hideText()


def test_a_school_and_a_label_fetch_no_file(
    qtbot, context: Context, tmp_path: Path, name: str
) -> None:
    rail = Rail(UndoRow(context))
    label = body(name)
    for widget in (rail, label):
        qtbot.addWidget(widget)

    def show() -> None:
        rail.show_school(Identity(name=name, town=name))
        for widget in (rail, label):
            widget.show()
            widget.grab()

    assert not is_fetched(tmp_path / "leak.png", show)
    assert all(
        shown.textFormat() == Qt.TextFormat.PlainText
        for shown in (label, *rail.findChildren(QLabel))
    )


@pytest.mark.parametrize("text", ["Dupont & fils", "3 < 4 > 2", "L’essentiel (Ctrl+1)", "a\nb", ""])
def test_an_ordinary_tip_stays_as_it_is(qtbot, text: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, text)
    assert widget.toolTip() == literal(text) == text
