# SPDX-License-Identifier: GPL-3.0-or-later
"""Two copies in the window: noticed at opening, compared, joined, left for the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from egn_desktop.dossier import Dossier, keys
from egn_desktop.dossier.backup import list_backups
from egn_desktop.dossier.shelf import Reason
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.copies.choices import Conflict, SubjectLines
from egn_desktop.ui.shell.copies_strip import CopiesStrip
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY


@pytest.fixture
def window(
    qtbot, monkeypatch: pytest.MonkeyPatch, copies: tuple[Path, Path]
) -> Iterator[AppWindow]:
    monkeypatch.setattr(keys, "is_available", lambda: True)
    monkeypatch.setattr(keys, "note", lambda _: None)
    monkeypatch.setattr(keys, "find", lambda _: (KEY,))
    made = AppWindow(MachineSettings())
    made.resize(1280, 720)
    made.show()
    made.show_dossier(Dossier.open(copies[0], key=KEY))
    qtbot.waitUntil(lambda: not made.is_busy)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())


def words(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def press(qtbot, parent: QWidget, text: str) -> None:
    [button] = [
        button
        for button in parent.findChildren(QPushButton)
        if button.text() == text and button.isVisible()
    ]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def compared(qtbot, window: AppWindow) -> ShellView:
    shell = window.view
    assert isinstance(shell, ShellView)
    strip = shell.findChild(CopiesStrip)
    assert strip is not None
    qtbot.waitUntil(strip.isVisible)
    assert "« École (copie en conflit).egn »" in words(strip)
    press(qtbot, strip, "Comparer…")
    qtbot.waitUntil(lambda: "se sont séparées" in words(shell.page))
    assert not strip.isVisible()
    return shell


def test_a_copy_beside_is_said_compared_and_joined(qtbot, window: AppWindow) -> None:
    shell = compared(qtbot, window)
    assert "1 écriture ici, 2 écritures là-bas" in words(shell.page)
    [conflict] = shell.page.findChildren(Conflict)
    assert "PC-1, Nom1 Léa" in words(conflict)
    assert "PC-1, Nom2 Léa" in words(conflict)
    press(qtbot, shell.page, "Réunir : reprendre 1 chose")
    qtbot.waitUntil(lambda: "Les deux copies sont réunies" in words(shell.page))
    dossier = window.dossier
    assert dossier is not None
    held = {(row.device_id, row.borrower_id) for row in loans(dossier, state=LoanState.OPEN)}
    assert held == {(1, 1), (3, 3)}
    reasons = {backup.reason for backup in list_backups(dossier.dossier_id)}
    assert {Reason.JOINING, Reason.OTHER_COPY} <= reasons


def test_what_is_ticked_and_decided_is_what_is_taken(qtbot, window: AppWindow) -> None:
    shell = compared(qtbot, window)
    [conflict] = shell.page.findChildren(Conflict)
    [lines] = shell.page.findChildren(SubjectLines)
    conflict.set_there(True)
    press(qtbot, shell.page, "Rien")
    assert lines.chosen() == set()
    press(qtbot, shell.page, "Réunir : reprendre 1 chose")
    qtbot.waitUntil(lambda: "Les deux copies sont réunies" in words(shell.page))
    dossier = window.dossier
    assert dossier is not None
    held = {(row.device_id, row.borrower_id) for row in loans(dossier, state=LoanState.OPEN)}
    assert held == {(1, 2)}


def test_the_other_copy_is_opened_instead(
    qtbot, window: AppWindow, copies: tuple[Path, Path]
) -> None:
    shell = compared(qtbot, window)
    press(qtbot, shell.page, "Continuer avec l’autre copie")
    qtbot.waitUntil(lambda: window.dossier is not None and window.dossier.path == copies[1])
    qtbot.waitUntil(lambda: not window.is_busy)


def reopened(qtbot, window: AppWindow, path: Path) -> CopiesStrip:
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    window.show_dossier(Dossier.open(path, key=KEY))
    qtbot.waitUntil(lambda: not window.is_busy)
    strip = window.view.findChild(CopiesStrip)
    assert strip is not None
    return strip


def test_the_line_that_was_closed_comes_back_only_when_the_other_copy_changes(
    qtbot, window: AppWindow, copies: tuple[Path, Path]
) -> None:
    here, there = copies
    strip = window.view.findChild(CopiesStrip)
    qtbot.waitUntil(strip.isVisible)
    buttons = strip.findChildren(QAbstractButton)
    [cross] = [button for button in buttons if button.accessibleName() == "Fermer cette ligne"]
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.is_busy)
    assert not strip.isVisible()
    assert window.dossier is not None
    Services.of(window.dossier).pupils.add_pupil(PupilInput("Nouveau", "Ali"))
    assert not reopened(qtbot, window, here).isVisible()
    with Dossier.open(there, key=KEY) as other:
        Services.of(other).pupils.add_pupil(PupilInput("Nouvelle", "Mia"))
    assert reopened(qtbot, window, here).isVisible()


def test_a_copy_for_a_second_desk_is_written(
    qtbot, window: AppWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = window.view
    assert isinstance(shell, ShellView)
    target = tmp_path / "clé.egn"
    monkeypatch.setattr(shell._context, "ask_save_file", lambda *_: target)
    shell.show_page("settings", "copies")
    press(qtbot, shell.page, "Préparer une copie pour un second poste…")
    qtbot.waitUntil(lambda: not window.is_busy)
    with Dossier.open(target, key=KEY) as copy:
        assert window.dossier is not None
        assert copy.state() == window.dossier.state()
