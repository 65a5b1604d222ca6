# SPDX-License-Identifier: GPL-3.0-or-later
"""The file under the open window: folded in, watched, lost, moved, taken over, damaged."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from egn_desktop.dossier import Dossier, log
from egn_desktop.dossier import open_file as files
from egn_desktop.dossier.errors import PlaceLostError
from egn_desktop.dossier.mark import mark_of
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.bugs import BugError, BugHandler
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY

NAME = "École Jules-Verne"
LOST = "n’est plus à sa place"


@pytest.fixture
def school(tmp_path: Path, keyring: dict[str, bytes]) -> Path:
    """A dossier that this computer's keyring opens."""
    folder = tmp_path / "documents"
    folder.mkdir()
    with Dossier.create(folder / f"{NAME}.egn", key=KEY) as made:
        keyring[made.dossier_id] = KEY
        SchoolService(made).save(Identity(name=NAME))
        return made.path


@pytest.fixture
def window(qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppWindow]:
    monkeypatch.setattr("egn_desktop.ui.upkeep.EVERY_MS", 50)
    made = AppWindow(MachineSettings())
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible())


def opened(qtbot, window: AppWindow, path: Path) -> ShellView:
    with qtbot.waitSignal(window.dossier_shown):
        window.open_path(path)
    qtbot.waitUntil(lambda: not window.is_busy)
    assert isinstance(window.view, ShellView)
    return window.view


def text(window: AppWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def button(window: AppWindow, label: str) -> QPushButton:
    found = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    return next(button for button in found if button.text() == label)


def rename(window: AppWindow, name: str) -> None:
    assert window._context is not None
    try:
        window._context.services.school.save(Identity(name=name))
    except UserError as error:
        window._context.fail(error)


def name_in(path: Path) -> str:
    with Dossier.open(path, key=KEY) as dossier:
        return SchoolService(dossier).identity().name


def choose(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(
        "egn_desktop.ui.context.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )


def size_of_log(path: Path) -> int:
    found = log.log_of(path)
    return found.stat().st_size if found.exists() else 0


def test_a_copy_of_the_open_file_alone_holds_what_was_done(
    qtbot, window: AppWindow, school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "IDLE_SECONDS", 0.2)
    opened(qtbot, window, school)
    for number in range(5):
        rename(window, f"École {number}")
    assert size_of_log(school) > 0
    qtbot.waitUntil(lambda: size_of_log(school) == 0)
    copy = shutil.copy(school, tmp_path / "clé.egn")
    assert name_in(Path(copy)) == "École 4"


def test_what_is_late_is_at_most_half_a_minute() -> None:
    from egn_desktop.ui.upkeep import EVERY_MS

    assert files.IDLE_SECONDS + 2 * EVERY_MS / 1000 <= 30


def test_upkeep_is_never_on_the_windows_thread_nor_twice_at_once(
    qtbot, window: AppWindow, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, window, school)
    here, seen = threading.get_ident(), []
    under_way: list[int] = []

    def upkeep(_: Dossier) -> None:
        under_way.append(1)
        seen.append((threading.get_ident(), len(under_way)))
        under_way.pop()

    monkeypatch.setattr(Dossier, "upkeep", upkeep)
    qtbot.waitUntil(lambda: len(seen) > 3)
    assert all(thread != here and count == 1 for thread, count in seen)
    assert not window.is_busy


def test_a_file_moved_away_is_told_and_the_work_goes_on_elsewhere(
    qtbot, window: AppWindow, school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, window, school)
    rename(window, "Enregistré")
    school.rename(school.with_name("ailleurs.egn"))
    qtbot.waitUntil(lambda: LOST in text(window))
    rename(window, "Refusé")
    assert text(window).count(LOST) == 1
    target = tmp_path / "suite"
    choose(monkeypatch, target)
    button(window, "Enregistrer le dossier ailleurs…").click()
    qtbot.waitUntil(lambda: LOST not in text(window))
    suite = tmp_path / "suite.egn"
    assert window.dossier is not None
    assert window.dossier.path == suite
    assert window.windowTitle().startswith("suite")
    assert MachineSettings.load().recent_files[0] == suite
    rename(window, "Après")
    qtbot.waitUntil(lambda: "Après" in text(window))
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    assert name_in(suite) == "Après"


def test_a_file_put_back_in_its_place_is_used_again(qtbot, window: AppWindow, school: Path) -> None:
    opened(qtbot, window, school)
    aside = school.with_name("ailleurs.egn")
    school.rename(aside)
    qtbot.waitUntil(lambda: LOST in text(window))
    aside.rename(school)
    qtbot.waitUntil(lambda: LOST not in text(window))
    rename(window, "De retour")
    qtbot.waitUntil(lambda: "De retour" in text(window))


def test_a_file_that_another_replaced_is_told_and_both_are_kept(
    qtbot, window: AppWindow, school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "autre.egn"
    with Dossier.open(Path(shutil.copy(school, other)), key=KEY) as there:
        SchoolService(there).save(Identity(name="Là-bas"))
    opened(qtbot, window, school)
    rename(window, "Ici")
    other.replace(school)
    qtbot.waitUntil(lambda: "a pris la place" in text(window))
    button(window, "Réessayer").click()
    qtbot.waitUntil(lambda: text(window).count("a pris la place") == 2)
    choose(monkeypatch, tmp_path / "ici.egn")
    button(window, "Enregistrer le dossier ailleurs…").click()
    qtbot.waitUntil(lambda: window.dossier.path == tmp_path / "ici.egn")
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    assert name_in(school) == "Là-bas"
    assert name_in(tmp_path / "ici.egn") == "Ici"


OTHER = """
import sys
from pathlib import Path
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
path, how = Path(sys.argv[1]), sys.argv[2]
# As on a share whose locks do not reach the other computer.
from egn_desktop.dossier import connection, guard
guard.hold = lambda path: None
with Dossier.open(path, key=bytes(range(32)), take_over=how == "take_over") as dossier:
    print("open", flush=True)
    if how == "die":
        import os
        os._exit(0)
    sys.stdin.readline()
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[[Path, str], subprocess.Popen[str]]]:
    """Another computer: another profile, whose lock does not reach this process."""
    running: list[subprocess.Popen[str]] = []

    def start(path: Path, how: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "EGN_DESKTOP_HOME": str(tmp_path / "autre poste")}
        child = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(path), how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        running.append(child)
        return child

    yield start
    for child in running:
        child.communicate("\n")


def test_a_dossier_open_on_another_computer_says_who_and_opens_by_a_click(
    qtbot, window: AppWindow, school: Path, elsewhere
) -> None:
    assert elsewhere(school, "die").wait() == 0
    window.open_path(school)
    qtbot.waitUntil(lambda: "est ouvert par" in text(window))
    assert "depuis le" in text(window)
    with qtbot.waitSignal(window.dossier_shown):
        button(window, "Ouvrir ici quand même").click()
    qtbot.waitUntil(lambda: not window.is_busy)
    rename(window, "Repris")
    qtbot.waitUntil(lambda: "Repris" in text(window))


def test_a_dossier_taken_over_is_only_left(qtbot, window: AppWindow, school: Path) -> None:
    opened(qtbot, window, school)
    mark = mark_of(school)
    told = json.loads(mark.read_bytes())
    told |= {"token": "0" * 16, "poste": "autre", "ordinateur": "PC-BUREAU", "par": "Mme Roux"}
    mark.write_bytes(json.dumps(told).encode().ljust(512))
    qtbot.waitUntil(lambda: "a été repris par Mme Roux" in text(window))
    rename(window, "Refusé")
    shown = [button.text() for button in window.view.notices.findChildren(QPushButton)]
    assert shown == ["Fermer le dossier"]
    button(window, "Fermer le dossier").click()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    assert mark.exists()


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch, school: Path) -> Iterator[set[Path]]:
    """What no read reaches while it holds the school's file: a share that went away."""
    unreachable: set[Path] = set()
    transaction = Dossier._transaction

    @contextmanager
    def guarded(dossier: Dossier) -> Iterator[object]:
        if dossier.path in unreachable:
            raise PlaceLostError(dossier.path)
        with transaction(dossier) as session:
            yield session

    def check(dossier: Dossier) -> None:
        if dossier.path in unreachable:
            raise PlaceLostError(dossier.path)

    monkeypatch.setattr(Dossier, "_transaction", guarded)
    monkeypatch.setattr(Dossier, "upkeep", check)
    yield unreachable
    unreachable.clear()


@pytest.fixture
def told(window: AppWindow, monkeypatch: pytest.MonkeyPatch) -> list[UserError]:
    """What the window was told as the program's own handler would have it told."""
    errors: list[UserError] = []

    def tell(error: UserError) -> None:
        errors.append(error)
        window.tell(error)

    handler = BugHandler(tell)
    monkeypatch.setattr(sys, "excepthook", handler.handle)
    return errors


UNREAD = "Cette page ne peut pas être lue"


def test_a_page_that_cannot_be_read_says_so_and_is_read_once_the_place_is_back(
    qtbot, window: AppWindow, school: Path, lost: set[Path], told: list[UserError]
) -> None:
    shell = opened(qtbot, window, school)
    pages = ("audit", "drills", "documents")
    for page in pages:
        shell._make_page(page)
    lost.add(school)
    for page in pages:
        shell.show_page(page)
        assert UNREAD in text(window)
        seen = [state for state in shell.page.findChildren(EmptyState) if state.isVisible()]
        assert seen == [shell.page._unread]
    assert text(window).count("ne répond plus : rien") == 1
    assert {type(words) for words in told} == {PlaceLostError}
    lost.clear()
    button_in(shell.page, "Réessayer").click()
    qtbot.waitUntil(lambda: UNREAD not in text(window))
    assert not shell.notices.isVisible()
    for page in pages:
        shell.show_page(page)
        assert UNREAD not in text(window)
        assert shell.page.body.parentWidget().isVisible()


def test_what_a_page_showed_stays_and_a_list_it_turns_to_is_not_called_empty(
    qtbot, window: AppWindow, school: Path, lost: set[Path], told: list[UserError]
) -> None:
    shell = opened(qtbot, window, school)
    shell.show_page("loans")
    lost.add(school)
    window._upkeep.tend()
    qtbot.waitUntil(shell.notices.isVisible)
    assert UNREAD not in text(window)
    shell.page.turn_to("pupils")
    assert UNREAD in text(window)
    assert "élève" not in text(window).partition(UNREAD)[2]
    lost.clear()
    window._upkeep.tend()
    qtbot.waitUntil(lambda: UNREAD not in text(window))
    assert shell.page.shown.empty.isVisible()


def test_a_page_that_a_fault_of_ours_keeps_from_reading_is_not_called_empty(
    qtbot, window: AppWindow, school: Path, told: list[UserError], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = opened(qtbot, window, school)
    shell._make_page("loans")
    page = shell._pages["loans"]
    with monkeypatch.context() as broken:
        broken.setattr(page, "reload", lambda: {}["missing"])
        shell.show_page("loans")
        assert UNREAD in text(window)
        assert "partage" not in text(window).partition(UNREAD)[2]
        assert [type(words) for words in told] == [BugError]
    button_in(page, "Réessayer").click()
    assert UNREAD not in text(window)


def button_in(parent: QWidget, label: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == label)


def test_what_the_opening_found_is_said_once(qtbot, window: AppWindow, school: Path) -> None:
    log.log_of(school).write_bytes(b"\\1" * 8192)
    opened(qtbot, window, school)
    assert window.dossier is not None
    assert window.dossier.remarks
    assert window.dossier.remarks[0].what in text(window)
    while window.view.notices.shown is not None:
        button(window, "J’ai compris").click()
    assert not window.view.notices.isVisible()


def test_an_older_file_put_back_leads_to_the_comparison(
    qtbot, window: AppWindow, school: Path
) -> None:
    older = school.read_bytes()
    opened(qtbot, window, school)
    rename(window, "Plus récent")
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    school.write_bytes(older)
    opened(qtbot, window, school)
    assert "est plus ancien que celui" in text(window)
    button(window, "Comparer deux copies…").click()
    assert window.view.notices.shown is None
    assert "Réunir deux copies" in text(window)


def test_a_damaged_page_is_found_after_opening_and_a_backup_is_offered(
    qtbot, window: AppWindow, school: Path
) -> None:
    damage(school, page=page_of(school, "signed_paper"))
    opened(qtbot, window, school)
    qtbot.waitUntil(lambda: "est abîmé" in text(window))
    before = school.read_bytes()
    button(window, "Restaurer une sauvegarde…").click()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))
    assert "Restaurer une sauvegarde" in text(window)
    assert school.read_bytes() == before


def test_a_page_damaged_that_opening_reads_is_told_before_anything_is_shown(
    qtbot, window: AppWindow, school: Path
) -> None:
    damage(school, page=page_of(school, "writes"))
    window.open_path(school)
    qtbot.waitUntil(lambda: "est abîmé" in text(window))
    assert button(window, "Restaurer une sauvegarde").isVisible()


def test_a_sound_file_is_called_neither_damaged_nor_anything(
    qtbot, window: AppWindow, school: Path
) -> None:
    shell = opened(qtbot, window, school)
    assert window._upkeep is not None
    checked: list[object] = []
    original = window._upkeep._checked
    window._upkeep._checked = lambda found: (checked.append(found), original(found))
    window._upkeep.check_pages()
    qtbot.waitUntil(lambda: checked == [None])
    assert not shell.notices.isVisible()


def page_of(path: Path, table: str) -> int:
    """Return the number of the first page of a table."""
    with Dossier.open(path, key=KEY) as dossier:
        question = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return dossier.raw.execute(question, (table,)).fetchone()[0]


def damage(path: Path, *, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 1000)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("how", ["empty", "first page", "salt", "first 70 pages"])
def test_a_damaged_beginning_is_recognised_and_its_backups_are_offered(
    qtbot, window: AppWindow, school: Path, how: str
) -> None:
    content = bytearray(school.read_bytes())
    if how == "empty":
        content.clear()
    elif how == "first page":
        content[:4096] = bytes(4096)
    elif how == "salt":
        content[3] ^= 1
    else:
        content[: 4096 * 70] = os.urandom(4096 * 70)
    school.write_bytes(content)
    window.open_path(school)
    qtbot.waitUntil(lambda: "est abîmé" in text(window))
    assert "n’est pas un dossier" not in text(window)
    assert "Code de secours" not in text(window)
    button(window, "Restaurer une sauvegarde").click()
    assert school.read_bytes() == content
