# SPDX-License-Identifier: GPL-3.0-or-later
"""The one window: what it shows first, how it moves between pages, and how it closes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from egn_desktop import features, paths
from egn_desktop.actions.queries import actions
from egn_desktop.dossier import Dossier, ReadOnly, keys, life
from egn_desktop.dossier.backup import list_backups
from egn_desktop.dossier.errors import SecretNeededError
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.help import GUIDE_PAGES
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow

KEY = bytes(range(32))


@pytest.fixture
def school(tmp_path: Path, keyring: dict[str, bytes]) -> Path:
    """A dossier that this machine's keyring opens."""
    path = tmp_path / "École Jules-Verne.egn"
    with Dossier.create(path, key=KEY) as made:
        keyring[made.dossier_id] = KEY
        SchoolService(made).save(
            Identity(uai="0430999C", name="École Jules-Verne", town="Yssingeaux")
        )
    return path


@pytest.fixture
def window(qtbot) -> Iterator[AppWindow]:
    made = AppWindow(MachineSettings())
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())


def open_school(qtbot, window: AppWindow, path: Path) -> ShellView:
    with qtbot.waitSignal(window.dossier_shown):
        window.open_path(path)
    assert isinstance(window.view, ShellView)
    qtbot.waitUntil(lambda: not window._context.jobs.busy)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.view


def shown_text(parent) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def test_the_window_is_made_before_the_database_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from egn_desktop.settings import MachineSettings\n"
        "from egn_desktop.ui import theme\n"
        "from egn_desktop.ui.start import make_application\n"
        "from egn_desktop.ui.window import AppWindow\n"
        "app = make_application(); settings = MachineSettings()\n"
        "theme.apply(app, settings)\n"
        "window = AppWindow(settings); window.show(); app.processEvents()\n"
        "heavy = {'sqlalchemy', 'reportlab', 'alembic', 'keyring', 'pikepdf'}\n"
        "loaded = sorted(set(sys.modules) & heavy)\n"
        "window.close()\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_with_nothing_to_open_the_assistant_is_shown(window: AppWindow) -> None:
    window.start()
    assert isinstance(window.view, WelcomeView)
    assert "Par quoi voulez-vous commencer" in shown_text(window)


def test_the_last_dossier_is_opened_at_once(qtbot, school: Path) -> None:
    settings = MachineSettings()
    settings.remember(school)
    window = AppWindow(settings)
    window.show()
    with qtbot.waitSignal(window.dossier_shown):
        window.start()
    assert "École Jules-Verne" in shown_text(window)
    assert "Yssingeaux · 0430999C" in shown_text(window)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_dossier_that_the_keyring_does_not_know_asks_for_its_code(
    qtbot, window: AppWindow, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> tuple[bytes, ...]:
        raise SecretNeededError

    monkeypatch.setattr(keys, "find", refuse)
    window.open_path(school)
    qtbot.waitUntil(lambda: "Code de secours" in shown_text(window))


def test_a_missing_dossier_offers_to_try_again_or_choose(
    qtbot, window: AppWindow, tmp_path: Path
) -> None:
    window.open_path(tmp_path / "ailleurs.egn")
    qtbot.waitUntil(lambda: "introuvable" in shown_text(window))
    buttons = {button.text() for button in window.findChildren(QPushButton) if button.isVisible()}
    assert {"Réessayer", "Choisir un autre fichier…"} <= buttons


def test_closing_makes_a_backup_and_leaves_one_file(qtbot, school: Path) -> None:
    window = AppWindow(MachineSettings())
    window.show()
    shell = open_school(qtbot, window, school)
    shell._context.services.school.save(Identity(name="École Colette"))
    dossier_id = window.dossier.dossier_id
    before = len(list_backups(dossier_id))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [path.name for path in school.parent.glob("*.egn*")] == [school.name]
    assert len(list_backups(dossier_id)) >= max(before, 1)
    with Dossier.open(school, key=KEY) as again:
        assert SchoolService(again).identity().name == "École Colette"


def test_a_backup_that_fails_is_told_before_the_window_goes(
    qtbot, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = AppWindow(MachineSettings())
    window.show()
    open_school(qtbot, window, school)

    def close(dossier: Dossier) -> UserError:
        dossier.close()
        return UserError("La sauvegarde n’a pas pu être faite.")

    monkeypatch.setattr(life, "close_dossier", close)
    window.close()
    qtbot.waitUntil(lambda: "La sauvegarde n’a pas pu être faite." in shown_text(window))
    window.close()
    assert not window.isVisible()


def test_the_window_comes_back_as_it_was_left(qtbot) -> None:
    window = AppWindow(MachineSettings())
    window.showMaximized()
    window.close()
    again = AppWindow(MachineSettings.load())
    qtbot.addWidget(again)
    assert again.isMaximized()


def test_each_page_has_its_digit(qtbot, window: AppWindow, school: Path) -> None:
    shell = open_school(qtbot, window, school)
    for place, feature in enumerate(features.FEATURES):
        qtbot.keyClick(
            shell, Qt.Key(Qt.Key.Key_1.value + place), Qt.KeyboardModifier.ControlModifier
        )
        assert shell._shown == feature.id
        assert shell._rail._entries[feature.id].isChecked()


def test_undo_and_redo_last_as_long_as_the_dossier_is_open(
    qtbot, window: AppWindow, school: Path
) -> None:
    shell = open_school(qtbot, window, school)
    services, row = shell._context.services, shell._undo_row
    assert (row.undo.isEnabled(), row.redo.isEnabled()) == (False, False)
    services.actions.add(title="Acheter un sifflet")
    services.actions.add(title="Changer la pile")
    assert "Changer la pile" in row.undo.toolTip()
    shell._bar.close_message()

    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(shell, Qt.Key.Key_Z, control)
    assert [action.title for action in actions(services.dossier)] == ["Acheter un sifflet"]
    assert "Annulé" in shown_text(shell)
    assert "Changer la pile" in row.redo.toolTip()
    row.undo.click()
    assert not actions(services.dossier)
    qtbot.keyClick(shell, Qt.Key.Key_Z, control)
    assert "Il n’y a rien à annuler." in shown_text(shell)

    qtbot.keyClick(shell, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(shell, Qt.Key.Key_Y, control)
    assert len(actions(services.dossier)) == 2
    qtbot.keyClick(shell, Qt.Key.Key_Y, control)
    assert "Il n’y a rien à rétablir." in shown_text(shell)
    shell._bar.close_message()


def test_a_field_with_nothing_typed_leaves_undo_to_the_window(
    qtbot, window: AppWindow, school: Path
) -> None:
    shell = open_school(qtbot, window, school)
    shell.show_page("documents")
    search = shell.page._search
    search.setFocus()
    dossier = shell._context.services.dossier
    shell._context.services.actions.add(title="Acheter un sifflet")
    qtbot.keyClicks(search, "plan")
    qtbot.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert search.text() == ""
    assert actions(dossier)
    qtbot.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not actions(dossier)
    shell._bar.close_message()


def test_a_long_undo_is_a_job(qtbot, window: AppWindow, school: Path) -> None:
    """The window goes on meanwhile; the words come once it is done."""
    shell = open_school(qtbot, window, school)
    services = shell._context.services
    many = [PupilInput(f"Nom{number}", "Léa") for number in range(600)]
    services.pupils.import_pupils(many)
    shell._context.undo()
    assert shell._context.jobs.busy
    qtbot.waitUntil(lambda: "Annulé" in shown_text(shell))
    assert not [row for row in pupils(services.dossier) if row.name.startswith("Nom")]
    shell._bar.close_message()


def test_f1_shows_the_guide_of_the_page_and_hides_it(
    qtbot, window: AppWindow, school: Path
) -> None:
    shell = open_school(qtbot, window, school)
    shell.show_page("documents")
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert shell._help.isVisible()
    assert "Documents" in shell._help._browser.toPlainText()
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert not shell._help.isVisible()
    shell.show_page("settings")
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert "L’école" in shell._help._browser.toPlainText()
    shell.show_page("settings", "backups")
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert "sauvegarde" in shell._help._browser.toPlainText()


def test_every_guide_page_that_f1_opens_exists() -> None:
    assert {feature.id for feature in features.FEATURES} < set(GUIDE_PAGES)
    assert [name for name in GUIDE_PAGES.values() if not (paths.guide() / name).is_file()] == []


def test_crisis_mode_takes_the_whole_window_and_gives_it_back(
    qtbot, window: AppWindow, school: Path
) -> None:
    shell = open_school(qtbot, window, school)
    qtbot.keyClick(
        shell,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert not shell._rail.isVisible()
    shell._crisis.left.emit()
    assert shell._rail.isVisible()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (ReadOnly.NEWER_VERSION, "version plus récente"),
        (ReadOnly.PLACE, "protégé en écriture"),
        (ReadOnly.NO_BACKUP, "n’a pas pu être sauvegardé"),
    ],
)
def test_read_only_is_said_above_every_page(
    qtbot, window: AppWindow, school: Path, reason: ReadOnly, words: str
) -> None:
    dossier = Dossier.open(school, key=KEY)
    dossier._file.only_read(reason)
    window.show_dossier(dossier)
    assert "Lecture seule" in window.view._banner.accessibleName()
    assert words in shown_text(window)
    qtbot.waitUntil(lambda: not window._context.jobs.busy)


def test_a_protected_dossier_is_copied_elsewhere_and_opened(
    qtbot, window: AppWindow, school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = Dossier.open(school, key=KEY)
    dossier._file.only_read(ReadOnly.PLACE)
    window.show_dossier(dossier)
    target = tmp_path / "copie.egn"
    monkeypatch.setattr(
        "egn_desktop.ui.opener.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    with qtbot.waitSignal(window.dossier_shown):
        window._copy_elsewhere()
    assert window.dossier.path == target
    assert window.dossier.read_only is None
    qtbot.waitUntil(lambda: not window._context.jobs.busy)


def test_the_demonstration_is_marked_and_gone_after_leaving(
    qtbot, window: AppWindow, tmp_path: Path
) -> None:
    folder = paths.user_data() / "demonstration" / "1"
    folder.mkdir(parents=True)
    window.show_dossier(Dossier.create(folder / "École de démonstration.egn", key=KEY))
    assert "Démonstration" in window.view._banner.accessibleName()
    assert MachineSettings.load().recent == []
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    assert not folder.exists()


def test_a_fault_told_from_a_thread_reaches_the_bar(qtbot, window: AppWindow, school: Path) -> None:
    import threading

    shell = open_school(qtbot, window, school)
    worker = threading.Thread(target=window.tell, args=(UserError("Un défaut."),))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: "Un défaut." in shown_text(shell))
    shell._bar.close_message()


def test_closing_before_the_sheet_is_proven_closes_the_new_dossier(
    qtbot, keyring: dict[str, bytes], tmp_path: Path
) -> None:
    window = AppWindow(MachineSettings())
    window.show()
    welcome = window.view
    assert isinstance(welcome, WelcomeView)
    path = tmp_path / "neuf.egn"
    welcome._created(life.create_dossier(path))
    assert "La fiche de secours" in shown_text(window)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [path.name for path in tmp_path.glob("neuf*")] == ["neuf.egn"]
    life.open_dossier(path).close()


SCALED_SCREEN = """
import sys
from PySide6.QtWidgets import QApplication
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.window import AppWindow
app = QApplication([])
settings = MachineSettings()
theme.apply(app, settings)
window = AppWindow(settings)
window.show()
app.processEvents()
room = app.primaryScreen().availableGeometry()
print(room.contains(window.geometry()), window.isMaximized())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Qt reads no screen from a path with a drive")
@pytest.mark.parametrize(
    ("width", "height", "maximised"),
    [(1920, 1080, False), (1366, 768, True), (1093, 614, True), (683, 384, True)],
)
def test_a_new_window_is_whole_on_its_screen(
    tmp_path: Path, width: int, height: int, maximised: bool
) -> None:
    screen = {"name": "1", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCALED_SCREEN],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
            "EGN_DESKTOP_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", str(maximised)]
