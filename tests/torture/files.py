# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program replaces, renames, removes, links or cuts the file under a driver that writes.

Whatever it does, each change that was acknowledged is in the file, in the file's new place, or in
the copy that the driver, once told, has saved elsewhere; or the driver is told that it is damaged.
"""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from egn_desktop.dossier import Dossier, open_file
from egn_desktop.dossier.errors import DamagedError, LostFile
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError
from tests.torture.rack import (
    KEY,
    SideLog,
    Tally,
    add,
    another_computer,
    ended,
    fork,
    lines_of,
    main,
    names,
    workshop,
)

CHANGES = 40


def _replaced_by_another(path: Path, other: Path) -> None:
    copy = path.with_name("arrive.egn")
    shutil.copy(other, copy)
    copy.replace(path)


def _replaced_by_its_own_copy(path: Path, other: Path) -> None:
    copy = path.with_name("synchro.egn")
    shutil.copy(path, copy)
    copy.replace(path)


def _renamed(path: Path, other: Path) -> None:
    path.rename(path.with_name("ailleurs.egn"))


def _moved_with_its_log(path: Path, other: Path) -> None:
    folder = path.parent / "rangé"
    folder.mkdir()
    for file in (path, log_of(path)):
        if file.exists():
            file.rename(folder / file.name)


def _removed(path: Path, other: Path) -> None:
    path.unlink()


def _log_removed(path: Path, other: Path) -> None:
    log_of(path).unlink()


def _folder_removed(path: Path, other: Path) -> None:
    shutil.rmtree(path.parent)


def _folder_renamed(path: Path, other: Path) -> None:
    path.parent.rename(path.parent.with_name("école 2026"))


def _linked(path: Path, other: Path) -> None:
    os.link(path, path.with_name("lien.egn"))


def _emptied(path: Path, other: Path) -> None:
    os.truncate(path, 0)


def _cut_in_half(path: Path, other: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _written_over(path: Path, other: Path) -> None:
    path.write_bytes(other.read_bytes())


def _log_emptied(path: Path, other: Path) -> None:
    os.truncate(log_of(path), 0)


DEEDS: tuple[Callable[[Path, Path], None], ...] = (
    _replaced_by_another,
    _replaced_by_its_own_copy,
    _renamed,
    _moved_with_its_log,
    _removed,
    _folder_removed,
    _folder_renamed,
    _linked,
    _emptied,
    _cut_in_half,
    _written_over,
    _log_removed,
    _log_emptied,
)
# These destroy what is written: to be told is all that can be asked, and the backups have the rest.
DESTROYING = (_emptied, _cut_in_half, _written_over, _log_emptied)


def torture(rounds: int, chance: random.Random) -> Tally:
    """Do something to the file at a random moment, so many times."""
    tally = Tally()
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    for number in range(rounds):
        deed = DEEDS[number % len(DEEDS)]
        with workshop() as folder:
            one_round(folder, deed, chance, tally, f"{number} {deed.__name__.strip('_')}")
        tally.counts[f"file {deed.__name__.strip('_').replace('_', ' ')}"] += 1
    return tally


def one_round(
    folder: Path, deed: Callable[[Path, Path], None], chance: random.Random, tally: Tally, what: str
) -> None:
    """Start a driver, do the deed, and look for all that was acknowledged."""
    path, side = folder / "a.egn", folder.parent / "notes"
    other, saved = folder.parent / "autre.egn", folder.parent / "sauvé.egn"
    Dossier.create(path, key=KEY).close()
    shutil.copy(path, other)
    with another_computer(folder), Dossier.open(other, key=KEY) as theirs:
        add(theirs, *(f"là-bas{number}" for number in range(5)))
    drawn = chance.random()
    driver = fork(lambda: _drive(path, saved, side, random.Random(drawn)))
    wanted = chance.randrange(1, CHANGES // 2)
    deadline = time.monotonic() + 20
    while len(lines_of(side)) < wanted and time.monotonic() < deadline:
        time.sleep(0.001)
    try:
        deed(path, other)
    except OSError as error:
        tally.failures.append(f"{what}: not done: {error}")
    done_after = len(lines_of(side))
    code = ended(driver)
    tally.expect(code == 0, f"{what}: the driver ended with {code}")
    notes = lines_of(side)
    acknowledged = {words[1] for words in notes if words[0] == "did"}
    told = [words[1] for words in notes if words[0] == "told"]
    for word in told:
        tally.counts[f"told: {word}"] += 1
    for words in notes:
        if words[0] == "raised":
            tally.failures.append(f"{what}: {words}")
    tally.counts["changes acknowledged"] += len(acknowledged)
    found: set[str] = set()
    places = [saved, *folder.parent.rglob("*.egn")]
    for place in places:
        if place != other and place.is_file() and "profil" not in place.parts:
            found |= _read(place)
    lost = acknowledged - found
    if deed in DESTROYING:
        tally.expect(not lost or told, f"{what}: {len(lost)} lost without a word")
        tally.counts["destroyed: told"] += bool(told)
        tally.counts["destroyed: changes that only backups may hold"] += len(lost)
    else:
        tally.expect(not lost, f"{what}: lost {len(lost)} of {len(acknowledged)} ({done_after})")
    if deed is _replaced_by_another:
        tally.expect(path.read_bytes() == other.read_bytes(), f"{what}: theirs was touched")


def _drive(path: Path, saved: Path, side: Path, chance: random.Random) -> None:
    notes = SideLog(side)
    dossier = Dossier.open(path, key=KEY)
    for number in range(CHANGES):
        word = f"ici{number:03}"
        try:
            add(dossier, word)
            notes.note("did", word)
            if chance.random() < 0.3:
                dossier.upkeep()
        except LostFile as error:
            notes.note("told", type(error).__name__)
            _save(dossier, saved, notes)
        except UserError as error:
            notes.note("told", type(error).__name__)
            break
        except Exception as error:
            notes.note("raised", repr(error).replace(" ", "_"))
            break
    try:
        dossier.upkeep()
    except LostFile as error:
        notes.note("told", type(error).__name__)
        _save(dossier, saved, notes)
    except UserError as error:
        notes.note("told", type(error).__name__)
    if not verify(dossier).ok:
        notes.note("told", "verify")
    dossier.close()
    if dossier._file.closing_trouble is not None:
        notes.note("told", type(dossier._file.closing_trouble).__name__)


def _save(dossier: Dossier, saved: Path, notes: SideLog) -> None:
    try:
        dossier.move_to(saved)
        notes.note("saved")
    except DamagedError:
        notes.note("told", "DamagedError")
    except Exception as error:
        notes.note("raised", repr(error).replace(" ", "_"))


def _read(place: Path) -> set[str]:
    try:
        with Dossier.open(place, key=KEY, take_over=True) as dossier:
            return names(dossier) if verify(dossier).ok else set()
    except UserError:
        return set()


if __name__ == "__main__":
    main("files", torture, 130)
