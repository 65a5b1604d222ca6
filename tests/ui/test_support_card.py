# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from egn_desktop.errors import UserError
from egn_desktop.support import self_test
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    made.arrive("about")
    return made


def button(parent: QWidget, text: str) -> QPushButton:
    [found] = [button for button in parent.findChildren(QPushButton) if button.text() == text]
    return found


def test_the_trial_is_started_from_the_window_and_told_there(
    page: SettingsPage, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "run_apart", lambda _: "Polices : correct. Inter-Bold.")
    start = button(page, "Essayer le logiciel")
    start.click()
    assert not start.isEnabled()
    qtbot.waitUntil(start.isEnabled)
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Polices : correct. Inter-Bold." in shown


def test_a_trial_that_does_not_start_is_told_as_what_was_refused(
    page: SettingsPage, context: Context, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> str:
        raise UserError("L’essai n’a pas pu démarrer.")

    monkeypatch.setattr(self_test, "run_apart", refused)
    told: list[UserError] = []
    context.failed.connect(told.append)
    start = button(page, "Essayer le logiciel")
    start.click()
    qtbot.waitUntil(start.isEnabled)
    assert [words.what for words in told] == ["L’essai n’a pas pu démarrer."]


def test_the_diagnosis_counts_the_open_dossier(
    page: SettingsPage,
    context: Context,
    qtbot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "diagnostic.txt"
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    with qtbot.waitSignal(context.said):
        button(page, "Écrire un diagnostic…").click()
    assert "Table loan : 0" in target.read_text(encoding="utf-8")


def test_who_chooses_no_file_writes_none(
    page: SettingsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "ask_save_file", lambda *_: None)
    button(page, "Écrire un diagnostic…").click()
    assert not context.jobs.busy
