# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService

PHRASE = "quatre chevaux gris au bord du lac"
NAME = "Maëlys Kervadec-Le Bihan"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def phrase() -> str:
    return PHRASE


@pytest.fixture
def write_name() -> Callable[[Dossier], None]:
    """Have a dossier hold a name that no other byte of it could spell."""
    return lambda dossier: SchoolService(dossier).save(Identity(name=NAME, head=NAME))


@pytest.fixture
def python() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run code in a process of its own, as another window or another user would."""

    def run(code: str, *arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            **options,
        )

    return run
