# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from egn_desktop.dossier.errors import ClockDoubtError
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.shell.clock_banner import ClockBanner
from tests.conftest import NOW


@pytest.fixture
def behind(context: Context) -> Context:
    """A dossier that was written today, on a computer that believes to be in 2015."""
    dossier = context.services.dossier
    with dossier.write():
        dossier.record("test.noted", "test:1")
    dossier.clock = lambda: NOW.replace(year=2015, month=1, day=2)
    return context


@pytest.fixture
def banner(qtbot: QtBot, behind: Context) -> ClockBanner:
    made = ClockBanner(behind)
    qtbot.addWidget(made)
    return made


def test_the_line_says_both_dates_and_goes_when_the_clock_is_right(
    banner: ClockBanner, behind: Context
) -> None:
    assert not banner.isHidden()
    assert "indique le 02/01/2015" in banner.accessibleName()
    assert "est du 24/11/2026" in banner.accessibleName()
    assert "Corrigez la date" in banner.accessibleName()
    behind.services.dossier.clock = lambda: NOW + timedelta(minutes=1)
    banner.reload()
    assert banner.isHidden()


def test_nothing_is_written_before_the_answer_is_yes(
    qtbot: QtBot, banner: ClockBanner, behind: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = [False, True]
    monkeypatch.setattr(
        Context, "confirm", lambda *args: asked.append(" ".join(args[1:])) or answers.pop(0)
    )
    services = behind.services
    with pytest.raises(ClockDoubtError):
        services.pupils.add_pupil(PupilInput("Benali", "Inès"))
    assert not banner.isHidden()
    services.pupils.add_pupil(PupilInput("Benali", "Inès"))
    services.pupils.add_pupil(PupilInput("Petit", "Awa"))
    assert len(asked) == 2
    assert "porterait cette date" in asked[0]
    qtbot.waitUntil(banner.isHidden)


def test_work_off_the_window_is_refused_unasked(
    qtbot: QtBot, banner: ClockBanner, behind: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "confirm", lambda *_: pytest.fail("asked off the window"))
    told: list[Exception] = []

    def work(_: Progress) -> object:
        return behind.services.pupils.add_pupil(PupilInput("Benali", "Inès"))

    behind.jobs.run(work, done=pytest.fail, failed=told.append, label="…")
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], ClockDoubtError)
    assert not banner.isHidden()
