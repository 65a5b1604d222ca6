# SPDX-License-Identifier: GPL-3.0-or-later
"""What is worked out of the whole dossier is made once for each state that it is in."""

from datetime import timedelta
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.backup import back_up
from egn_desktop.dossier.kept import Kept
from egn_desktop.school.model import School
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.service import SchoolService


class Counted:
    """Reads the school's name, and counts how often."""

    def __init__(self) -> None:
        self.times = 0
        self.reading = Kept(self._read)

    def _read(self, dossier: Dossier) -> str:
        self.times += 1
        with dossier.read() as session:
            return session.query(School.name).scalar() or ""


def name(dossier: Dossier, school: str) -> None:
    SchoolService(dossier).save(Identity(name=school))


def test_it_is_read_once_until_something_is_written(dossier: Dossier) -> None:
    counted = Counted()
    assert [counted.reading(dossier) for _ in range(3)] == ["", "", ""]
    assert counted.times == 1
    name(dossier, "Jules-Verne")
    assert [counted.reading(dossier) for _ in range(2)] == ["Jules-Verne"] * 2
    assert counted.times == 2


def test_a_backup_which_counts_the_writes_anew_brings_nothing_old_back(dossier: Dossier) -> None:
    counted = Counted()
    name(dossier, "Jules-Verne")
    assert counted.reading(dossier) == "Jules-Verne"
    back_up(dossier)
    name(dossier, "Colette")
    assert counted.reading(dossier) == "Colette"


def test_what_is_seen_within_a_write_that_fails_is_forgotten(dossier: Dossier) -> None:
    counted = Counted()
    name(dossier, "Jules-Verne")

    def failing() -> None:
        with dossier.write() as session:
            session.query(School).one().name = "Colette"
            # Not yet sent to SQLite, and seen all the same.
            assert counted.reading(dossier) == "Colette"
            raise KeyError

    assert counted.reading(dossier) == "Jules-Verne"
    with pytest.raises(KeyError):
        failing()
    assert counted.reading(dossier) == "Jules-Verne"


def test_another_day_is_another_state(dossier: Dossier) -> None:
    counted = Counted()
    counted.reading(dossier)
    later = dossier.now() + timedelta(days=1)
    dossier.clock = lambda: later
    counted.reading(dossier)
    assert counted.times == 2


def test_each_dossier_has_its_own(dossier: Dossier, tmp_path: Path) -> None:
    name(dossier, "Jules-Verne")
    with Dossier.create(tmp_path / "autre.egn", key=bytes(32)) as other:
        name(other, "Colette")
        assert (identity(dossier).name, identity(other).name) == ("Jules-Verne", "Colette")
