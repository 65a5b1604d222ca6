# SPDX-License-Identifier: GPL-3.0-or-later
"""A short form of each torture; the long ones are behind ``python3 dev.py torture``."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import files, flips, kills, logs, rack, shim

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")


def test_flipped_bytes_are_named_as_damage() -> None:
    assert not flips.torture(8, random.Random(1)).failures


def test_a_log_is_read_to_its_cut_or_to_its_wrong_bit(tmp_path: Path) -> None:
    tally = rack.Tally()
    with rack.workshop() as folder:
        path, ends = logs.crashed(folder, 4)
        logs.cut(path, ends, tally, range(ends[-2], ends[-1] + 1, 48 * logs.CUT_EVERY))
        logs.flip(path, ends, tally, 2, random.Random(1))
    assert not tally.failures


def test_a_foreign_log_is_kept_and_not_applied() -> None:
    tally = rack.Tally()
    with rack.workshop() as folder:
        logs.foreign(folder, logs._compacted, tally)
    assert not tally.failures


@needs_fork
@pytest.mark.parametrize(
    "deed", [files._replaced_by_another, files._folder_removed], ids=lambda deed: deed.__name__
)
def test_a_file_that_another_program_takes_loses_nothing(deed) -> None:
    tally = rack.Tally()
    with rack.workshop() as folder:
        files.one_round(folder, deed, random.Random(1), tally, deed.__name__)
    assert not tally.failures


@needs_fork
@pytest.mark.parametrize(
    ("name", "rounds"), [("kills", 2), ("disks", 3), ("share", 1)], ids=["kills", "disks", "share"]
)
def test_processes_that_are_killed_and_disks_that_fail_lose_nothing(name: str, rounds: int) -> None:
    """In a process of its own: the tests' own has threads, and must not be forked."""
    if name != "kills" and shim.missing():
        pytest.skip(shim.missing())
    command = [sys.executable, "-m", f"tests.torture.{name}", str(rounds), "1"]
    ran = subprocess.run(
        command, cwd=rack.ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{name}: {rounds} rounds, 0 failures" in ran.stdout


def test_the_digest_sees_half_a_change() -> None:
    """What the kills are held against must notice a single row."""
    with rack.workshop() as folder, rack.Dossier.create(folder / "a.egn", key=rack.KEY) as dossier:
        before = rack.picture(dossier)
        rack.add(dossier, "mot")
        assert rack.picture(dossier) != before


def test_a_loss_is_a_failure_of_the_kills() -> None:
    """The torture itself can fail: a driver that says more than it wrote is found out."""
    tally = rack.Tally()
    with rack.workshop() as folder:
        path = folder / "a.egn"
        rack.Dossier.create(path, key=rack.KEY).close()
        kills.look(path, [["did", "99", "lend"]], {}, 1, tally, 0)
    assert any("lost" in failure for failure in tally.failures)
    assert any("half done" in failure for failure in tally.failures)
