# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer falls asleep, the session ends: what was done is in the file by then.

The mocked logind runs on a bus of its own: nobody's computer is put to sleep.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from egn_desktop.dossier import Dossier, log
from egn_desktop.dossier.backup import list_backups
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY

MOCK = Path("/usr/lib/python3/dist-packages/dbusmock")
TYPED = "Tapee et pas quittee"


def opened(qtbot, dossier: Dossier) -> AppWindow:
    window = AppWindow(MachineSettings())
    window.show()
    window.show_dossier(dossier)
    qtbot.waitUntil(lambda: not window.is_busy)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def type_without_leaving(qtbot, window: AppWindow) -> None:
    window.view.show_page("settings", "school")
    field = next(
        edit
        for edit in window.view.page.findChildren(QLineEdit)
        if edit.isVisible() and "Nom" in edit.accessibleName()
    )
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, TYPED)
    assert QApplication.focusWidget() is field


def name_in(path: Path) -> str:
    with Dossier.open(path, key=KEY) as dossier:
        return SchoolService(dossier).identity().name


def test_a_session_that_ends_finds_everything_in_one_file_and_a_backup(
    qtbot, dossier: Dossier
) -> None:
    window = opened(qtbot, dossier)
    type_without_leaving(qtbot, window)
    window.farewell.end_session()
    assert not window.isVisible()
    assert not log.log_of(dossier.path).exists()
    assert name_in(dossier.path) == TYPED
    assert list_backups(dossier.dossier_id)


def test_before_sleep_the_field_is_left_and_the_log_folded_in(
    qtbot, dossier: Dossier, tmp_path: Path
) -> None:
    window = opened(qtbot, dossier)
    type_without_leaving(qtbot, window)
    window.farewell.sleep.falling_asleep.emit()
    qtbot.waitUntil(lambda: not window.is_busy)
    assert log.log_of(dossier.path).stat().st_size == 0
    copy = shutil.copy(dossier.path, tmp_path / "copie.egn")
    assert name_in(Path(copy)) == TYPED
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


CHILD = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from egn_desktop.dossier import Dossier, log
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.session import EndWatch
from egn_desktop.ui.start import make_application
from egn_desktop.ui.window import AppWindow
app = make_application()
settings = MachineSettings()
theme.apply(app, settings)
window = AppWindow(settings)
EndWatch(window).ended.connect(window.farewell.end_session)
window.show()
path = Path(sys.argv[1])
dossier = Dossier.open(path, key=bytes(range(32)))
window.show_dossier(dossier)
SchoolService(dossier).save(Identity(name="Avant"))

def look():
    if window.is_busy:
        return
    if window.farewell.sleep._delay is not None and "delay" not in told:
        told.append("delay")
        print("delayed", flush=True)
    if "shown" not in told:
        told.append("shown")
        print("shown", log.log_of(path).stat().st_size > 0, flush=True)
    if "delay" in told and window.farewell.sleep._delay is None and "slept" not in told:
        told.append("slept")
        print("slept", log.log_of(path).stat().st_size, flush=True)

told = []
timer = QTimer(); timer.timeout.connect(look); timer.start(20)
app.exec()
"""


def start(path: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a session by a message")
def test_a_process_asked_to_end_closes_the_dossier_first(dossier: Dossier) -> None:
    path = dossier.path
    dossier.close()
    child = start(path)
    assert child.stdout is not None
    assert child.stdout.readline() == "shown True\n"
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=30)
    assert child.returncode == 0
    assert [file.name for file in path.parent.glob("*ecole*")] == [path.name]
    assert name_in(path) == "Avant"


@pytest.mark.skipif(
    not MOCK.is_dir() or shutil.which("dbus-daemon") is None,
    reason="needs python3-dbusmock and dbus-daemon, which dev.py test installs as root",
)
def test_logind_waits_until_the_log_is_folded_in(dossier: Dossier) -> None:
    path = dossier.path
    dossier.close()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert bus.stdout is not None
    address = {"DBUS_SYSTEM_BUS_ADDRESS": bus.stdout.readline().strip()}
    mock = subprocess.Popen(
        ["/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **address},
    )
    child = None
    try:
        logind(address, "org.freedesktop.login1.Manager.ListInhibitors", patience=100)
        child = start(path, **address)
        assert child.stdout is not None
        assert {child.stdout.readline(), child.stdout.readline()} == {"shown True\n", "delayed\n"}
        assert "EGN Desktop" in logind(address, "org.freedesktop.login1.Manager.ListInhibitors")
        prepare_for_sleep(address, begins=True)
        assert child.stdout.readline() == "slept 0\n"
    finally:
        for process in (child, mock, bus):
            if process is not None:
                process.terminate()
                process.communicate(timeout=30)


def logind(address: dict[str, str], method: str, *arguments: str, patience: int = 0) -> str:
    call = [
        *("gdbus", "call", "--address", address["DBUS_SYSTEM_BUS_ADDRESS"]),
        *("--dest", "org.freedesktop.login1", "--object-path", "/org/freedesktop/login1"),
        *("--method", method, *arguments),
    ]
    while True:
        done = subprocess.run(call, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout
        assert patience > 0, done.stderr
        patience -= 1


def prepare_for_sleep(address: dict[str, str], *, begins: bool) -> None:
    logind(
        address,
        "org.freedesktop.DBus.Mock.EmitSignal",
        *("org.freedesktop.login1.Manager", "PrepareForSleep", "b", f"[<{str(begins).lower()}>]"),
    )
