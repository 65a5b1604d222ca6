# SPDX-License-Identifier: GPL-3.0-or-later
"""Fail what a disk is asked: at one call or from then on, while the dossier is opened and used.

A fault may stop a change, never take back one that was acknowledged; it has its own words, and
nothing is called damaged. Once the disk answers again the dossier goes on, or says that it cannot.
"""

import errno
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from egn_desktop.dossier import Dossier, life, open_file
from egn_desktop.dossier.errors import DamagedError, DiskFullError
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import ExitCode, UserError
from tests.torture import shim
from tests.torture.rack import (
    KEY,
    SideLog,
    Tally,
    add,
    ended,
    fork,
    lines_of,
    main,
    names,
    workshop,
)

ERRORS = {
    "EIO": errno.EIO,
    "ENOSPC": errno.ENOSPC,
    "EDQUOT": errno.EDQUOT,
    "EROFS": errno.EROFS,
    "EACCES": errno.EACCES,
}
KINDS = {
    "write": shim.WRITE,
    "sync": shim.SYNC,
    "truncate": shim.TRUNCATE,
    "unlink": shim.UNLINK,
    "all": shim.WRITE | shim.SYNC | shim.TRUNCATE | shim.UNLINK,
}
WORD = "école"


def torture(rounds: int, chance: random.Random) -> Tally:
    """Run so many failing disks, then a full one."""
    tally = Tally()
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    with workshop() as folder:
        path, new = folder / "a.egn", folder.parent / "neuf.egn"
        Dossier.create(new, key=KEY).close()
        for number in range(rounds):
            if number % 40 == 0:
                shutil.copy(new, path)
                shutil.rmtree(folder.parent / "profil", ignore_errors=True)
            fault = Fault(chance)
            side = folder.parent / "notes"
            side.unlink(missing_ok=True)
            drive = fault.drive(path, side, f"r{number:04}")
            code = ended(fork(drive))
            tally.expect(code == 0, f"{number} {fault}: the driver ended with {code}")
            look(path, side, fault, f"r{number:04}", tally)
    full_disk(tally)
    return tally


class Fault:
    """One way in which a disk fails."""

    def __init__(self, chance: random.Random) -> None:
        self.error = chance.choice(list(ERRORS))
        self.kind = chance.choice(list(KINDS))
        self.number = chance.randrange(1, 30)
        self.stays = chance.random() < 0.5
        self.is_half = chance.random() < 0.3
        self.at_opening = chance.random() < 0.3
        self.ends_by_kill = chance.random() < 0.5

    def __str__(self) -> str:
        return (
            f"{self.error} at {self.kind} {self.number}{' on' if self.stays else ''}"
            f"{' half' if self.is_half else ''}{' opening' if self.at_opening else ''}"
            f"{' killed' if self.ends_by_kill else ''}"
        )

    def arm(self) -> None:
        """Let the disk fail from now on."""
        number = self.number // 3 + 1 if self.at_opening else self.number
        shim.fail(
            WORD,
            KINDS[self.kind],
            number,
            ERRORS[self.error],
            stays=self.stays,
            half=self.is_half,
        )

    def drive(self, path: Path, side: Path, word: str) -> Callable[[], None]:
        """Return the work of the process that meets it."""

        def work() -> None:
            notes = SideLog(side)
            if self.at_opening:
                self.arm()
            try:
                dossier = Dossier.open(path, key=KEY)
            except BaseException as error:
                notes.note("raised", "opening", *_named(error))
                return
            if not self.at_opening:
                self.arm()
            for number in range(6):
                name = f"{word}-{number}"
                try:
                    add(dossier, name)
                    notes.note("did", name)
                except BaseException as error:
                    notes.note("raised", "writing", *_named(error))
                try:
                    dossier.upkeep()
                except BaseException as error:
                    notes.note("raised", "upkeep", *_named(error))
            if not verify(dossier).ok:
                notes.note("cried", "wolf", *verify(dossier).lines)
            notes.note("failed", shim.failed())
            shim.heal()
            try:
                add(dossier, f"{word}-healed")
                notes.note("did", f"{word}-healed")
            except BaseException as error:
                reason = dossier.read_only.name if dossier.read_only else ""
                notes.note("raised", "healed", *_named(error), reason)
            if self.ends_by_kill:
                return  # leaves by os._exit: nothing is closed
            try:
                told = life.close_dossier(dossier)
                if told is not None:
                    notes.note("told", *_named(told))
            except BaseException as error:
                notes.note("raised", "closing", *_named(error))

        return work


def _named(error: BaseException) -> tuple[str, str]:
    kind = type(error).__name__
    if not isinstance(error, UserError):
        return kind, f"raw:{error!r}".replace(" ", "_")
    said = "abîmé" if "abîm" in str(error) + error.kept + error.todo else "said"
    return kind, said


RIGHT = {
    "ENOSPC": {"DiskFullError", "NoRoomForTrialError", "BackupFailedError"},
    "EDQUOT": {"DiskFullError", "NoRoomForTrialError", "BackupFailedError"},
    "EIO": {"PlaceLostError", "ReadOnlyPlaceError", "BackupFailedError"},
    "EROFS": {"ReadOnlyPlaceError", "PlaceLostError", "BackupFailedError"},
    "EACCES": {"ReadOnlyPlaceError", "PlaceLostError", "BackupFailedError"},
}


def look(path: Path, side: Path, fault: Fault, word: str, tally: Tally) -> None:
    """Hold what is left against what was acknowledged, and the words against the fault."""
    acknowledged: set[str] = set()
    for what, *words in lines_of(side):
        if what == "did":
            acknowledged.add(words[0])
        elif what == "raised":
            when, kind, said = words[:3]
            tally.counts[f"{fault.error}: {kind}"] += 1
            # What failed once and then no more cannot be asked for its reason.
            right = RIGHT[fault.error] | (set() if fault.stays else {"PlaceLostError"})
            tally.expect(kind in right and said == "said", f"{word} {fault}: {words}")
            tally.expect(
                when != "healed" or words[3:] == ["PLACE"], f"{word} {fault}: dead afterwards"
            )
        elif what == "cried":
            tally.failures.append(f"{word} {fault}: {words}")
        elif what == "failed":
            tally.counts["faults met"] += int(words[0]) > 0
    tally.counts["changes acknowledged"] += len(acknowledged)
    try:
        with Dossier.open(path, key=KEY) as dossier:
            lost = acknowledged - names(dossier)
            tally.expect(not lost, f"{word} {fault}: lost {lost}")
            tally.expect(verify(dossier).ok, f"{word} {fault}: not sound")
            tally.expect(not dossier.remarks, f"{word} {fault}: {dossier.remarks}")
    except Exception as error:
        tally.failures.append(f"{word} {fault}: does not open: {error!r}")


def full_disk(tally: Tally) -> None:
    """Fill a real small disk up under the open dossier."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder, workshop():
        disk = Path(folder)
        mount = ["mount", "-t", "tmpfs", "-o", "size=2M", "tmpfs", folder]
        if (
            not shutil.which("mount")
            or subprocess.run(mount, capture_output=True, check=False).returncode
        ):
            tally.counts["full disk left out: only root can mount one"] += 1
            return
        try:
            _fill(disk, tally)
        finally:
            subprocess.run(["umount", folder], check=True)


def _fill(disk: Path, tally: Tally) -> None:
    path, ballast = disk / "a.egn", disk / "lest"
    dossier = Dossier.create(path, key=KEY)
    done: list[str] = []
    refused = 0
    for number in range(2000):
        if number == 5:
            with ballast.open("wb") as file:
                left = shutil.disk_usage(disk).free - 90_000
                file.write(b"x" * left)
        try:
            add(dossier, f"plein{number:04}")
            done.append(f"plein{number:04}")
        except DamagedError as error:
            tally.failures.append(f"full disk: {error!r}")
        except DiskFullError as error:
            tally.expect("plein" in str(error), "full disk: no word of it")
            refused += 1
        if number % 3 == 0:
            dossier.upkeep()
        if refused > 20:
            break
    tally.counts["full disk: refused"] += refused
    tally.counts["full disk: acknowledged"] += len(done)
    tally.expect(refused, "the disk never filled up")
    tally.expect(verify(dossier).ok, f"full disk: {verify(dossier).lines}")
    left = life.close_dossier(dossier)
    if left is not None:
        tally.expect(left.exit_code is ExitCode.DISK_FULL, f"full disk: {left!r}")
    with Dossier.open(path, key=KEY) as again:
        tally.expect(set(done) <= names(again), "full disk: lost")
    ballast.unlink()
    with Dossier.open(path, key=KEY) as again:
        tally.expect(set(done) <= names(again), "full disk: lost")
        add(again, "de nouveau")
        tally.expect(verify(again).ok, "full disk: not sound")


if __name__ == "__main__":
    shim.rerun_with_it()
    main("disks", torture, 400)
