# SPDX-License-Identifier: GPL-3.0-or-later
"""The locked window: what it hides, what it keeps, what shows it again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from egn_desktop.dossier import Dossier, Protection, computer_code, passphrase, recovery
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.lock import LockView, idle
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow

KEY = bytes(range(32))
CODE = "483920"
NAME = "École Jules-Verne"
PHRASE = "lampe corbeau tiroir mardi"

pytestmark = pytest.mark.usefixtures("keyring")


@pytest.fixture
def school(tmp_path: Path, keyring: dict[str, bytes]) -> Path:
    path = tmp_path / f"{NAME}.egn"
    with Dossier.create(path, key=KEY) as made:
        keyring[made.dossier_id] = KEY
        SchoolService(made).save(Identity(uai="0430999C", name=NAME, town="Yssingeaux"))
    return path


@pytest.fixture
def window(qtbot, qapp: QApplication) -> Iterator[AppWindow]:
    made = AppWindow(MachineSettings())
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())


@pytest.fixture
def shell(qtbot, window: AppWindow, school: Path) -> ShellView:
    return open_shell(qtbot, window, school)


def open_shell(qtbot, window: AppWindow, path: Path) -> ShellView:
    with qtbot.waitSignal(window.dossier_shown):
        window.open_path(path)
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, ShellView)
    return window.view


def lock(qtbot, window: AppWindow) -> LockView:
    window.lock_now()
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, LockView)
    return window.view


def words_on(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def give(qtbot, window: AppWindow, text: str = "") -> None:
    view = window.view
    assert isinstance(view, LockView)
    if text:
        view._field.set_text(text)
    view._open.click()
    qtbot.waitUntil(lambda: not window.is_busy)


def press_ctrl_l(window: QWidget) -> None:
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_l_hides_all_of_the_dossier_and_a_click_shows_it_again(
    qtbot, window: AppWindow, shell: ShellView
) -> None:
    shell.show_page("settings")
    press_ctrl_l(window)
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, LockView)
    shown = words_on(window)
    assert NAME not in shown
    assert "Yssingeaux" not in shown
    assert window.windowTitle() == "Verrouillé — EGN Desktop"
    assert "un clic le rouvre" in shown
    assert not shell.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    give(qtbot, window)
    assert window.view is shell
    assert shell.isVisible()
    assert shell._shown == "settings"
    assert NAME in window.windowTitle()


def test_the_code_of_this_computer_is_asked_and_five_wrong_ones_leave_the_recovery_code(
    qtbot, window: AppWindow, shell: ShellView
) -> None:
    assert window.dossier
    computer_code.choose(window.dossier.dossier_id, CODE)
    lock(qtbot, window)
    give(qtbot, window, "111222")
    assert "il reste 4 essais" in words_on(window)
    give(qtbot, window, CODE)
    assert window.view is shell
    lock(qtbot, window)
    for _ in range(computer_code.TRIES):
        give(qtbot, window, "111222")
    give(qtbot, window, CODE)
    assert "n’est plus accepté" in words_on(window)
    give(qtbot, window, recovery.code_of(bytes(reversed(KEY))))
    assert isinstance(window.view, LockView)
    give(qtbot, window, recovery.code_of(KEY))
    assert window.view is shell
    lock(qtbot, window)
    give(qtbot, window, CODE)
    assert window.view is shell


def test_a_passphrase_dossier_asks_for_its_passphrase(
    qtbot, window: AppWindow, tmp_path: Path
) -> None:
    path, salt = tmp_path / "phrase.egn", bytes(range(16))
    dossier = Dossier.create(path, key=passphrase.key_of(PHRASE, salt), salt=salt)
    dossier.protection = Protection.PASSPHRASE
    window.show_dossier(dossier)
    qtbot.waitUntil(lambda: not window.is_busy)
    lock(qtbot, window)
    field = window.findChild(LockView)._field.line
    assert field.echoMode() is QLineEdit.EchoMode.Password
    give(qtbot, window, "pas la bonne phrase du tout")
    assert isinstance(window.view, LockView)
    give(qtbot, window, PHRASE)
    assert isinstance(window.view, ShellView)
    lock(qtbot, window)
    give(qtbot, window, recovery.code_of(dossier.key))
    assert isinstance(window.view, ShellView)


def test_what_is_being_typed_is_kept(qtbot, window: AppWindow, shell: ShellView) -> None:
    shell.show_page("settings", "school")
    assert window.dossier
    form = shell.page._school._form  # type: ignore[attr-defined]
    field = form.field("town").control
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    field.setText("Le Puy-en-Velay")
    lock(qtbot, window)
    from egn_desktop.school.queries import identity

    assert identity(window.dossier).town == "Le Puy-en-Velay"
    give(qtbot, window)
    assert field.isVisible()
    assert QApplication.focusWidget() is field


def test_a_dialog_is_left_as_escape_would(qtbot, window: AppWindow, shell: ShellView) -> None:
    answers: list[bool] = []
    rescue = QTimer(window)

    def lock_above() -> None:
        above = QApplication.activeModalWidget()
        assert isinstance(above, QDialog)
        # A test that fails must not wait for someone to answer.
        rescue.timeout.connect(above.accept)
        rescue.start(5000)
        press_ctrl_l(above)

    QTimer.singleShot(0, window, lock_above)
    answers.append(shell._context.confirm("Effacer ?", "Maëlys Kervadec", "Effacer"))
    rescue.stop()
    assert answers == [False]
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, LockView)
    assert not [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible() and widget != window
    ]


def test_the_file_alone_holds_everything_once_locked(
    qtbot, window: AppWindow, shell: ShellView
) -> None:
    dossier = window.dossier
    assert dossier
    SchoolService(dossier).save(Identity(name="Une autre"))
    log = dossier.path.with_name(f"{dossier.path.name}-wal")
    assert log.stat().st_size > 0
    lock(qtbot, window)
    qtbot.waitUntil(lambda: not log.exists() or log.stat().st_size == 0)


def test_no_document_opens_over_a_locked_window(
    qtbot, window: AppWindow, shell: ShellView, tmp_path: Path
) -> None:
    file = QUrl.fromLocalFile(str(tmp_path / "absent.pdf"))
    lock(qtbot, window)
    # Taken, and left shut; unlocked, the platform of the tests opens nothing and says so.
    assert QDesktopServices.openUrl(file)
    give(qtbot, window)
    assert not QDesktopServices.openUrl(file)


def test_left_alone_the_window_locks(
    qtbot, window: AppWindow, shell: ShellView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "MINUTE_MS", 1)
    window._settings.lock_after = 5
    QTest.mouseMove(window.windowHandle(), QPoint(40, 40))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    qtbot.waitUntil(lambda: isinstance(window.view, LockView))
    qtbot.waitUntil(lambda: not window.is_busy)


def test_a_touch_begins_the_time_anew_and_never_means_never(
    qtbot, window: AppWindow, shell: ShellView
) -> None:
    timer = window._lock._idle._timer
    assert timer.interval() == 10 * idle.MINUTE_MS
    window._settings.lock_after = 30
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert timer.isActive()
    assert timer.interval() == 30 * idle.MINUTE_MS
    window._settings.lock_after = 0
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not timer.isActive()


def test_work_that_is_waited_for_keeps_the_window_open(
    qtbot, window: AppWindow, shell: ShellView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "shown_now", True)
    window._lock._idle.passed.emit()
    assert window.view is shell
    monkeypatch.setattr(Jobs, "shown_now", False)
    window._lock._idle.passed.emit()
    assert isinstance(window.view, LockView)
    qtbot.waitUntil(lambda: not window.is_busy)


def test_a_locked_window_closes_with_its_backup(
    qtbot, window: AppWindow, shell: ShellView, school: Path
) -> None:
    lock(qtbot, window)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    Dossier.open(school, key=KEY).close()


def test_opening_asks_for_the_code_and_takes_the_recovery_code_too(
    qtbot, window: AppWindow, school: Path, keyring: dict[str, bytes]
) -> None:
    [name] = keyring
    computer_code.choose(name, CODE)
    window.open_path(school)
    qtbot.waitUntil(lambda: isinstance(window.view, LockView))
    give(qtbot, window, "111222")
    assert "il reste 4 essais" in words_on(window)
    with qtbot.waitSignal(window.dossier_shown):
        give(qtbot, window, CODE)
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, ShellView)


def test_another_dossier_can_be_opened_instead(
    qtbot, window: AppWindow, school: Path, keyring: dict[str, bytes]
) -> None:
    [name] = keyring
    computer_code.choose(name, CODE)
    window.open_path(school)
    qtbot.waitUntil(lambda: isinstance(window.view, LockView))
    [button] = [
        button
        for button in window.findChildren(QPushButton)
        if button.text() == "Ouvrir un autre dossier"
    ]
    button.click()
    assert isinstance(window.view, WelcomeView)


def test_without_a_dossier_there_is_nothing_to_lock(window: AppWindow) -> None:
    press_ctrl_l(window)
    window.lock_now()
    assert isinstance(window.view, WelcomeView)


def test_crisis_mode_is_hidden_too_and_is_there_again(
    qtbot, window: AppWindow, shell: ShellView
) -> None:
    shell.show_crisis()
    lock(qtbot, window)
    assert "Mode crise" not in words_on(window)
    give(qtbot, window)
    assert "Mode crise" in words_on(window)


def test_the_settings_choose_delay_and_code(
    qtbot, window: AppWindow, shell: ShellView, show: Callable[[QWidget], None]
) -> None:
    assert window.dossier
    shell.show_page("settings", "security")
    qtbot.waitUntil(lambda: not window.is_busy)
    card = shell.page._security._lock  # type: ignore[attr-defined]
    assert "Aucun code" in words_on(card)
    card._form.edited.emit("lock_after", 30)
    assert MachineSettings.load().lock_after == 30
    card._choose.click()
    card._field.set_text("123456")
    card._keep()
    assert "le premier que l’on essaierait" in words_on(card)
    card._field.set_text(CODE)
    card._keep()
    qtbot.waitUntil(lambda: "déverrouille, et il est demandé" in words_on(card))
    computer_code.check(window.dossier.dossier_id, CODE)
    card._forget.click()
    qtbot.waitUntil(lambda: "Aucun code" in words_on(card))
    assert not computer_code.is_set(window.dossier.dossier_id)
