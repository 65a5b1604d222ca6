# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock behind what was written already is noticed; nothing dated is written unasked."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from egn_desktop.dossier import Dossier, life, recovery
from egn_desktop.dossier.backup import back_up
from egn_desktop.dossier.errors import ClockDoubtError
from egn_desktop.errors import ExitCode, UserError
from tests.conftest import KEY, NOW

PARIS = ZoneInfo("Europe/Paris")


def note(dossier: Dossier) -> None:
    with dossier.write():
        dossier.record("test.noted", "test:1")


@pytest.fixture
def opened(new_file: Path, tmp_path: Path) -> Callable[[datetime], Dossier]:
    path = Path(shutil.copy(new_file, tmp_path))
    return lambda now: Dossier.open(path, key=KEY, clock=lambda: now)


def test_a_clock_set_back_is_told_and_nothing_is_written(
    opened: Callable[[datetime], Dossier],
) -> None:
    with opened(datetime(2015, 1, 2, 8, 12, tzinfo=UTC)) as dossier:
        doubt = dossier.clock_doubt
        assert doubt is not None
        assert "indique le 02/01/2015 à 08:12" in doubt.what
        assert "est du 24/11/2026" in doubt.what
        number = dossier.journal_stamp().entries
        with pytest.raises(ClockDoubtError) as refused:
            note(dossier)
        assert refused.value.exit_code is ExitCode.CLOCK
        assert dossier.journal_stamp().entries == number
        assert dossier.state() is not None


def test_it_is_asked_once_and_the_answer_holds_for_what_follows(
    opened: Callable[[datetime], Dossier],
) -> None:
    asked: list[ClockDoubtError] = []
    with opened(NOW - timedelta(days=400)) as dossier:
        dossier.ask_clock = lambda doubt: not asked.append(doubt)
        note(dossier)
        note(dossier)
        assert len(asked) == 1
        assert dossier.clock_doubt is None
    with opened(NOW - timedelta(days=400)) as again:
        # What was written last is the witness: whoever said yes is not asked again next day.
        assert again.clock_doubt is None


def test_a_forward_clock_is_known_once_it_is_set_right(
    opened: Callable[[datetime], Dossier],
) -> None:
    with opened(NOW.replace(year=2036)) as dossier:
        assert dossier.clock_doubt is None  # it looks like a long pause
        note(dossier)
    with opened(NOW) as dossier:
        assert dossier.clock_doubt is not None
        assert "24/11/2036" in dossier.clock_doubt.what
        dossier.trust_clock()
        note(dossier)
    with opened(NOW) as dossier:
        assert dossier.clock_doubt is None


def test_it_is_noticed_while_the_dossier_is_open(dossier: Dossier) -> None:
    note(dossier)
    dossier.clock = lambda: NOW - timedelta(hours=2)
    with pytest.raises(ClockDoubtError):
        note(dossier)


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(minutes=9)])
def test_minutes_between_two_computers_do_not_matter(dossier: Dossier, behind: timedelta) -> None:
    note(dossier)
    dossier.clock = lambda: NOW - behind
    note(dossier)


def test_summer_time_and_other_zones_do_not_matter(dossier: Dossier) -> None:
    before = datetime(2027, 10, 31, 2, 50, tzinfo=PARIS, fold=0)  # summer time still
    after = datetime(2027, 10, 31, 2, 5, tzinfo=PARIS, fold=1)  # 15 minutes later
    dossier.clock = lambda: before
    note(dossier)
    dossier.clock = lambda: after
    note(dossier)
    spring = datetime(2028, 3, 26, 1, 59, tzinfo=PARIS)
    dossier.clock = lambda: spring
    note(dossier)
    for zone in ("Pacific/Noumea", "America/Cayenne", "Indian/Reunion"):
        dossier.clock = lambda zone=zone: spring.astimezone(ZoneInfo(zone))
        note(dossier)
    assert dossier.clock_doubt is None


def test_a_backup_that_is_newer_than_now_is_a_witness_too(new_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(new_file, tmp_path))
    with Dossier.open(path, key=KEY, clock=lambda: NOW) as dossier:
        dossier.clock = lambda: NOW + timedelta(days=30)
        back_up(dossier)
    with life.open_dossier(path, secret=recovery.code_of(KEY), clock=lambda: NOW) as dossier:
        assert dossier.clock_doubt is not None
        assert "24/12/2026" in dossier.clock_doubt.what


def test_a_refused_write_keeps_nothing(dossier: Dossier) -> None:
    note(dossier)
    dossier.clock = lambda: NOW - timedelta(days=1)
    with pytest.raises(UserError, match="L’horloge de l’ordinateur"), dossier.write():
        pytest.fail("the write began")
