# SPDX-License-Identifier: GPL-3.0-or-later
"""A share that goes away under the open window: words, and a window that lives.

The share is sshfs's, served by a program on this computer, and killed: what a server does that is
switched off, or a wireless network that is left.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.errors import PlaceLostError
from egn_desktop.dossier.places import is_shared
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY
from tests.ui import lost_share

SERVER = Path("/usr/lib/openssh/sftp-server")

pytestmark = pytest.mark.skipif(
    not (SERVER.exists() and shutil.which("sshfs") and os.access("/dev/fuse", os.W_OK)),
    reason="needs sshfs and sftp-server, which dev.py test installs as root, and /dev/fuse",
)


class Share:
    """A folder seen through the network's eyes: what is written there is in ``behind``."""

    def __init__(self, folder: Path) -> None:
        self.behind, self.place = folder / "serveur", folder / "partage"
        self.behind.mkdir()
        self.place.mkdir()
        self._command = folder / "ssh"
        self._command.write_text(f"#!/bin/sh\nexec {SERVER}\n", encoding="utf-8")
        self._command.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def mount(self) -> None:
        (self.behind / "là").touch()
        self._process = subprocess.Popen(
            [
                *("sshfs", "-f", "-o", f"ssh_command={self._command}"),
                *(f"serveur:{self.behind}", str(self.place)),
            ]
        )
        while not (self.place / "là").exists():
            assert self._process.poll() is None, "sshfs did not start"

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def unmount(self) -> None:
        program = shutil.which("fusermount3") or "fusermount"
        subprocess.run([program, "-u", "-z", str(self.place)], check=False)
        if self._process is not None:
            self._process.wait(timeout=30)


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Share]:
    made = Share(tmp_path)
    made.mount()
    yield made
    made.unmount()


def test_the_window_lives_says_it_once_and_closes(
    tmp_path: Path, share: Share, demonstration: Path
) -> None:
    path = share.place / "demo.egn"
    shutil.copy(demonstration, path)
    child = subprocess.run(
        [sys.executable, "-m", lost_share.__name__, path, str(share.process_id), tmp_path],
        cwd=Path(__file__).parents[2],
        timeout=120,
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stderr
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert "ne répond plus" in report["notice"]
    assert report["said"] == 1
    assert report["faults"] == ["PlaceLostError"]
    assert report["open"]
    assert "ne répond plus" in report["closing"]


def test_a_share_that_is_back_is_used_again_by_one_click(qtbot, share: Share) -> None:
    path = share.place / "ecole.egn"
    Dossier.create(path, key=KEY).close()
    assert is_shared(path)
    window = AppWindow(MachineSettings())
    window.show()
    window.show_dossier(Dossier.open(path, key=KEY))
    qtbot.waitUntil(lambda: not window.is_busy)
    dossier = window.dossier
    assert dossier is not None
    service = SchoolService(dossier)
    service.save(Identity(name="Avant"))
    share.kill()
    with pytest.raises(PlaceLostError):
        service.save(Identity(name="Pendant"))
    window._upkeep.tend()
    qtbot.waitUntil(window.view.notices.isVisible)
    retry = window.view.notices.shown.actions[1]
    assert retry[0] == "Réessayer"
    share.unmount()
    share.mount()
    retry[1]()
    qtbot.waitUntil(lambda: not window.view.notices.isVisible())
    assert service.identity().name == "Avant"
    service.save(Identity(name="Après"))
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    with Dossier.open(share.behind / "ecole.egn", key=KEY) as there:
        assert SchoolService(there).identity().name == "Après"
