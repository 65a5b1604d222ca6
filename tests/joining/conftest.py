# SPDX-License-Identifier: GPL-3.0-or-later
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services

KEY = bytes(range(32))
MORNING = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)

Opened = Callable[[Path], AbstractContextManager[Services]]


class Clock:
    def __init__(self) -> None:
        self._at = MORNING

    def __call__(self) -> datetime:
        self._at += timedelta(seconds=5)
        return self._at


@pytest.fixture(scope="session")
def _school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("school") / "ecole.egn"
    with Dossier.create(path, key=KEY, clock=lambda: MORNING - timedelta(days=60)) as made:
        services = Services.of(made)
        for number in range(1, 31):
            services.devices.add_device(
                DeviceInput(f"PC-{number:03}", DeviceKind.LAPTOP, accessories=("chargeur",))
            )
            pupil = services.pupils.add_pupil(PupilInput(f"Nom{number}", "Léa", school_class="CM1"))
            services.pupils.add_guardian(pupil, GuardianFields(last_name=f"Parent{number}"))
        for number in range(1, 6):
            services.loans.lend(device_id=number, borrower_id=number)
    return path


@pytest.fixture
def open_at() -> Opened:
    """Open a copy as its own computer would, its clock going on by itself."""
    clock = Clock()

    @contextmanager
    def opened(path: Path) -> Iterator[Services]:
        with Dossier.open(path, key=KEY, clock=clock) as dossier:
            yield Services.of(dossier)

    return opened


@pytest.fixture
def here(tmp_path: Path, _school: Path) -> Path:
    (tmp_path / "école").mkdir()
    return Path(shutil.copy(_school, tmp_path / "école" / "école.egn"))


@pytest.fixture
def there(here: Path) -> Path:
    """Another copy, in the same state."""
    return Path(shutil.copy(here, here.with_name("école (copie en conflit de POSTE-2).egn")))
