# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import settings

import tests.screen  # noqa: F401 - before Qt
from egn_desktop.checkup import looked_over
from egn_desktop.demo import create_demonstration
from egn_desktop.dossier import Dossier, passphrase
from egn_desktop.dossier.report import Finding
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.sandbox import limits, parent
from egn_desktop.services import Services
from tests import reading_here
from tests.announced import Announcements

# No deadline: a loaded machine makes any example slow, and a test that hangs has its own timeout.
settings.register_profile("daily", deadline=None, max_examples=100)
# What turns red in CI is then of this commit; chance looks for faults in daily and long runs.
settings.register_profile("ci", settings.get_profile("daily"), derandomize=True)
# Of `python3 dev.py properties`: forty times the examples of each test, see `examples`.
settings.register_profile("long", settings.get_profile("daily"), max_examples=4000)
settings.load_profile("ci" if "CI" in os.environ else "daily")

BEGUN = pytest.StashKey[float]()
TORTURE = Path(__file__).parent / "torture"
KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
# What tests take, in seconds of processor time, the mean of a test's cases: those that take
# SLOW_FROM or more, a line each, as `dev.py test --note-times` last measured them.
TIMES = Path(__file__).parent / "times.txt"
# From here on a test is left out of `--fast`; from there on of `--daily` too.
SLOW_FROM = 0.15
LONG_FROM = 1.0
# Seconds that none of those that are not noted may take, on a machine that is loaded as well.
NEVER_FAST_FROM = 20.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast", action="store_true", help="leave out what is slow, and the look over each dossier"
    )
    parser.addoption("--daily", action="store_true", help="leave out what is long")
    parser.addoption(
        "--note-times", action="store_true", help=f"note in {TIMES.name} what the tests take"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--note-times") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(TimedTests())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow or long, and leave out what was asked to be."""
    taken = {name: float(seconds) for seconds, name in map(str.split, _noted_times())}
    for item in items:
        seconds = taken.get(item.nodeid.partition("[")[0], 0.0)
        wants = set(getattr(item, "fixturenames", ()))
        if seconds or TORTURE in item.path.parents or "demonstration" in wants:
            item.add_marker("slow")
            item.add_marker(pytest.mark.timeout(900))
        if seconds >= LONG_FROM:
            item.add_marker("long")
    for option, mark in (("--fast", "slow"), ("--daily", "long")):
        if config.getoption(option):
            config.hook.pytest_deselected(items=[item for item in items if mark in item.keywords])
            items[:] = [item for item in items if mark not in item.keywords]


def _noted_times() -> list[str]:
    return TIMES.read_text(encoding="utf-8").splitlines()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hand on what each test takes, what it sets up included."""
    item.stash[BEGUN] = processor_time()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "teardown":
        taken = processor_time() - item.stash[BEGUN]
        report.user_properties.append(("processor", taken))
        if "CI" in os.environ and "slow" not in item.keywords and taken > NEVER_FAST_FROM:
            report.outcome = "failed"
            report.longrepr = f"{taken:.1f} s of processor: make it faster, or note what it takes"
    return report


class TimedTests:
    """Notes what tests take, when a run of all of them has measured each."""

    def __init__(self) -> None:
        self._taken: dict[str, list[float]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, taken in report.user_properties:
            if name == "processor":
                assert isinstance(taken, float)
                self._taken.setdefault(report.nodeid.partition("[")[0], []).append(taken)

    def pytest_sessionfinish(self) -> None:
        means = {name: fmean(taken) for name, taken in self._taken.items()}
        noted = [
            f"{means[name]:.2f} {name}\n" for name in sorted(means) if means[name] >= SLOW_FROM
        ]
        TIMES.write_text("".join(noted), encoding="utf-8")


def processor_time() -> float:
    """Return the seconds that this process and the children that it waited for have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.fixture(autouse=True)
def _throwaway_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "profile"))


@pytest.fixture(autouse=True, scope="session")
def _each_passphrase_derived_once() -> Iterator[None]:
    """A passphrase takes as long to derive as a guesser shall wait; the same one gives the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase, "_derived", cache(passphrase._derived))
        yield


@pytest.fixture(autouse=True)
def _files_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files from elsewhere in this process: starting a child costs more than most tests.

    A test that is about the child itself is marked ``child``.
    """
    if "child" not in request.keywords:
        monkeypatch.setattr(parent, "_Conversation", reading_here.Conversation)
        monkeypatch.setattr(limits, "limit_this_process", lambda: None)


@pytest.fixture(scope="session")
def made_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a file once a run, for every test and every process of the run that only reads it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder /= "made-once"
    folder.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        path, draft, under_way = folder / name, folder / f"draft-{name}", folder / f"{name}-begun"
        while not path.exists():
            with suppress(FileExistsError):
                under_way.mkdir()
                try:
                    make(draft)
                    draft.replace(path)
                finally:
                    under_way.rmdir()
                continue
            time.sleep(0.05)
        return path

    return made


@pytest.fixture(scope="session")
def demonstration(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The demonstration school on 24 November 2026, closed; open it, or a copy, with its clock."""
    return made_once(
        "demonstration.egn",
        lambda path: create_demonstration(path, key=KEY, today=NOW.date()).close(),
    )


@pytest.fixture(scope="module")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dossier]:
    """A copy of the demonstration school, open, for tests of a module that only read it."""
    path = Path(shutil.copy(demonstration, tmp_path_factory.mktemp("demo") / "demo.egn"))
    with Dossier.open(path, key=KEY, clock=lambda: NOW) as opened:
        yield opened


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
    ``verify`` cry wolf; and every write announced what it touched. A test that writes past the
    services is marked ``tampers``.
    """
    path = Path(shutil.copy(new_file, tmp_path))
    with Dossier.open(path, key=KEY, clock=lambda: NOW) as opened:
        announcements = Announcements(opened)
        yield opened
        if "tampers" not in request.keywords:
            assert not announcements.unannounced
            if opened.writes and not request.config.getoption("--fast"):
                checks = looked_over(opened).checks
                assert not [check for check in checks if check.finding is Finding.ALTERED]


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies: a device lent to one pupil here and to another there, one more lent there."""
    here = tmp_path / "École.egn"
    there = tmp_path / "École (copie en conflit).egn"
    with Dossier.create(here, key=KEY) as made:
        services = Services.of(made)
        for number in (1, 2, 3):
            services.devices.add_device(DeviceInput(f"PC-{number}", DeviceKind.LAPTOP))
            services.pupils.add_pupil(PupilInput(f"Nom{number}", "Léa"))
    shutil.copy(here, there)
    for path, lent in ((here, ((1, 1),)), (there, ((1, 2), (3, 3)))):
        with Dossier.open(path, key=KEY) as opened:
            for device, borrower in lent:
                Services.of(opened).loans.lend(device_id=device, borrower_id=borrower)
    return here, there


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
