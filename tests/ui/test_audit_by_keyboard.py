# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole audit of a primary school, in the real window, by keyboard alone, in two sittings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from egn_desktop.audit.catalogue import Kind
from egn_desktop.audit.queries import view
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.pages.audit import AuditPage
from egn_desktop.ui.pages.audit.page import RESULT
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY

ENTER = Qt.Key.Key_Return
FIRST_SITTING = 30
TYPED = {
    Kind.YES_NO: "o",
    Kind.YES_PARTLY_NO: "p",
    Kind.DATE: "hier",
    Kind.COUNT: "2",
    Kind.MBIT: "12,5",
    Kind.DAYS: "8",
    Kind.RATIO: "4",
    Kind.PERCENT: "3",
}


class Sitting:
    """Someone at the keyboard, with a window open on the dossier."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot = qtbot
        self.window = AppWindow(MachineSettings())
        self.window.show()
        self.window.show_dossier(Dossier.open(path, key=KEY))
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.waitUntil(lambda: not self.window.is_busy)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        qtbot.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier
        )
        shell = self.window.view
        assert isinstance(shell, ShellView)
        qtbot.waitUntil(lambda: isinstance(shell.page, AuditPage))
        assert isinstance(shell.page, AuditPage)
        self.page = shell.page

    @property
    def key(self) -> str:
        """The question that has the keyboard."""
        found = self.page._questions.current
        assert found is not None
        focus = QApplication.focusWidget()
        assert focus is not None
        assert found is focus or found.isAncestorOf(focus)
        return found.key

    def press(self, *keys: str | Qt.Key) -> None:
        """Type where the keyboard is, key by key."""
        for pressed in (
            key for given in keys for key in (given if isinstance(given, str) else [given])
        ):
            where = QApplication.focusWidget()
            assert where is not None, "nothing has the keyboard"
            if isinstance(pressed, str):
                self.qtbot.keyClicks(where, pressed)
            else:
                self.qtbot.keyClick(where, pressed)

    def answer(self) -> None:
        """Answer the question there is, as its kind asks, and go on."""
        card = self.page._questions.current
        assert card is not None
        key, criterion = card.key, card.editor.criterion
        if criterion.kind is Kind.CHECKS:
            self.press("o" * (len(criterion.items) - 1), "n", ENTER)
            return
        self.press(TYPED[criterion.kind], ENTER)
        ended = self.page._stack.currentIndex() == RESULT
        current = self.page._questions.current
        if criterion.kind.has_counts and not ended and current and current.key == key:
            self.press("8", ENTER)  # what is counted out of was not known yet

    def leave(self) -> None:
        """Close the window."""
        self.window.close()
        self.qtbot.waitUntil(lambda: not self.window.isVisible())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The closed dossier of a school with a maternelle and an élémentaire."""
    path = tmp_path / "École.egn"
    with Dossier.create(path, key=KEY) as made:
        SchoolService(made).save(
            Identity(
                name="École Jules-Verne",
                teachers=10,
                levels=(
                    LevelCount(Level.MATERNELLE, 2, 50),
                    LevelCount(Level.ELEMENTAIRE, 6, 140),
                ),
            )
        )
    return path


def test_the_whole_audit_is_answered_by_keyboard_in_two_sittings(qtbot: QtBot, path: Path) -> None:
    sitting = Sitting(qtbot, path)
    sitting.press(Qt.Key.Key_Space)
    seen: list[str] = []
    for _ in range(FIRST_SITTING):
        seen.append(sitting.key)
        sitting.answer()
    left_at = sitting.key
    sitting.leave()
    sitting = Sitting(qtbot, path)
    assert sitting.key == left_at
    while sitting.page._stack.currentIndex() != RESULT:
        seen.append(sitting.key)
        assert len(seen) < 100
        sitting.answer()
    audit = view(sitting.window.dossier)  # type: ignore[arg-type]
    assert audit is not None
    assert seen == [question.key for question in audit.questions]
    assert audit.answered == len(seen)
    assert {question.criterion.domain for question in audit.questions} == {
        domain.id for domain in audit.frame.domains
    }
    sitting.leave()
