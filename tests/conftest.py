# SPDX-License-Identifier: GPL-3.0-or-later
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _throwaway_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "profile"))


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    """A new, empty, real dossier whose clock stands at 24 November 2026."""
    with Dossier.create(tmp_path / "ecole.egn", key=KEY, clock=lambda: NOW) as opened:
        yield opened
