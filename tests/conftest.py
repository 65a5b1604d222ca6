# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil
import subprocess

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.report import Finding

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _throwaway_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "profile"))


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier as it is when just made: laying its tables takes most of a short test's time."""
    path = tmp_path_factory.mktemp("new") / "ecole.egn"
    Dossier.create(path, key=KEY, clock=lambda: NOW).close()
    return path


@pytest.fixture
def dossier(tmp_path: Path, new_file: Path, request: pytest.FixtureRequest) -> Iterator[Dossier]:
    """A new, empty, real dossier whose clock stands at 24 November 2026.

    Whatever a test did to it through the services, the journal must say so: no use case may have
    ``verify`` cry wolf. A test that writes past the services is marked ``tampers``.
    """
    path = Path(shutil.copy(new_file, tmp_path))
    with Dossier.open(path, key=KEY, clock=lambda: NOW) as opened:
        yield opened
        if "tampers" not in request.keywords:
            altered = [one for one in looked_over(opened).checks if one.finding is Finding.ALTERED]
            assert not altered


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return a real file system of that size; needs the right to mount one."""
    place = tmp_path / "small"
    is_mounted = False

    def mount(size: str) -> Path:
        nonlocal is_mounted
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if shutil.which("mount"):
            is_mounted = not subprocess.run(command, capture_output=True, check=False).returncode
        if not is_mounted:
            pytest.skip("a small disk can be mounted by root alone")
        return place

    yield mount
    if is_mounted:
        subprocess.run(["umount", str(place)], check=True)
