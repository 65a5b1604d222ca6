# SPDX-License-Identifier: GPL-3.0-or-later
"""Cut, flip and exchange the log that a power cut leaves beside the file."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from egn_desktop.dossier import Dossier, errors
from egn_desktop.dossier.compaction import compact
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import mark_of
from egn_desktop.dossier.verify import verify
from tests.torture.rack import (
    KEY,
    Tally,
    add,
    another_computer,
    main,
    names,
    workshop,
)

HEAD, FRAME = 32, 24 + 4096
CUT_EVERY = 512
CHANGES, LAST = 30, 8


def torture(rounds: int, chance: random.Random) -> Tally:
    """Cut a log at each 512 bytes, flip ``rounds`` bits of it, and lay it beside other files."""
    tally = Tally()
    with workshop() as folder:
        path, ends = crashed(folder, CHANGES)
        cut(path, ends, tally, range(ends[-LAST - 1], ends[-1] + 1, CUT_EVERY))
        flip(path, ends, tally, rounds, chance)
    for variant in VARIANTS:
        with workshop() as folder:
            foreign(folder, variant, tally)
    return tally


def crashed(folder: Path, changes: int, word: str = "ici") -> tuple[Path, list[int]]:
    """Make a dossier and its log as a power cut leaves them, and where each change ends in it."""
    path = folder / "a.egn"
    ends: list[int] = []
    with Dossier.create(path, key=KEY) as dossier:
        add(dossier, "avant")
        dossier.fold()
        for number in range(changes):
            add(dossier, f"{word}{number:03}")
            ends.append(log_of(path).stat().st_size)
        left = {file: file.read_bytes() for file in (path, log_of(path), mark_of(path))}
    for file, content in left.items():
        file.write_bytes(content)
    return path, ends


def _laid_out(path: Path, log: bytes, place: str) -> Path:
    """Copy a file to a folder of its own, with this log."""
    folder = path.parent / place
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = Path(shutil.copy(path, folder / path.name))
    log_of(copy).write_bytes(log)
    return copy


def cut(path: Path, ends: list[int], tally: Tally, places: range) -> None:
    """Cut the log at each place: every change up to there is found, and nothing is said."""
    log = log_of(path).read_bytes()
    for place in places:
        copy = _laid_out(path, log[:place], "coupé")
        expected = sum(end <= place for end in ends)
        with Dossier.open(copy, key=KEY) as dossier:
            found = len(names(dossier)) - 1
            tally.counts["cuts of the log"] += 1
            tally.expect(found == expected, f"cut at {place}: {found} of {expected}")
            tally.expect(not dossier.remarks, f"cut at {place}: {dossier.remarks}")


def flip(path: Path, ends: list[int], tally: Tally, rounds: int, chance: random.Random) -> None:
    """Flip one bit: the changes before it are there, how many are lost is told, the log is kept."""
    log = log_of(path).read_bytes()
    for number in range(rounds):
        # One in four in what is not a page: the log's head, or that of a frame.
        place = chance.randrange(len(log))
        if number % 4 == 0:
            place = chance.choice([0, HEAD + FRAME * chance.randrange(len(log) // FRAME)])
            place += chance.randrange(24)
        bit = 1 << chance.randrange(8)
        flipped = bytearray(log)
        flipped[place] ^= bit
        copy = _laid_out(path, bytes(flipped), "abîmé")
        with Dossier.open(copy, key=KEY) as dossier:
            found = names(dossier) - {"avant"}
            tally.expect(
                found == {f"ici{number:03}" for number in range(len(found))},
                f"flip {place}: no prefix",
            )
            tally.expect(verify(dossier).ok, f"flip {place}: not sound")
            told = [
                remark for remark in dossier.remarks if isinstance(remark, errors.ChangesLostNotice)
            ]
            lost = len(ends) - len(found)
            words = "la dernière modification" if lost == 1 else f"les {lost} dernières"
            tally.expect(told and words in told[0].what, f"flip {place} {bit}: {lost} lost, {told}")
        kept = [file.read_bytes() for file in copy.parent.glob("*.journal")]
        tally.expect(kept == [bytes(flipped)], f"flip {place}: the log is not kept")
        tally.counts["flipped bits of the log"] += 1
        tally.counts["changes that went with them, each told"] += lost


def _plain(home: Path) -> None:
    _write(home, 12)


def _compacted(home: Path) -> None:
    _write(home, 3)
    with Dossier.open(home, key=KEY) as dossier:
        compact(dossier)


def _unchanged_but_compacted(home: Path) -> None:
    with Dossier.open(home, key=KEY) as dossier:
        compact(dossier)


def _opened_only(home: Path) -> None:
    with Dossier.open(home, key=KEY):
        pass


def _long(home: Path) -> None:
    _write(home, 120)


def _write(home: Path, count: int) -> None:
    with Dossier.open(home, key=KEY) as dossier:
        add(dossier, *(f"maison{number:03}" for number in range(count)))


# What was done at home with a copy that was taken before the school's power cut.
VARIANTS: tuple[Callable[[Path], None], ...] = (
    _plain,
    _long,
    _compacted,
    _unchanged_but_compacted,
    _opened_only,
)


def foreign(folder: Path, variant: Callable[[Path], None], tally: Tally) -> None:
    """Lay the school's log beside the file from home, and the log from home beside the school's."""
    what = variant.__name__.strip("_").replace("_", " ")
    school = folder / "a.egn"
    with Dossier.create(school, key=KEY) as dossier:
        add(dossier, "avant")
    base = Path(shutil.copy(school, folder / "départ.egn"))
    home = Path(shutil.copy(school, folder / "maison.egn"))
    _cut_power(school, "ecole", 7)
    log = log_of(school).read_bytes()
    with another_computer(folder):
        variant(home)
        with Dossier.open(home, key=KEY) as dossier:
            expected = names(dossier)
    for round_ in range(2):
        # The file from home takes the place of the school's; then it is put there once more.
        log_of(school).write_bytes(log)
        shutil.copy(home, school)
        before = len(list(folder.glob("*.journal")))
        with Dossier.open(school, key=KEY) as dossier:
            found = names(dossier)
            told = [
                remark for remark in dossier.remarks if isinstance(remark, errors.LogSetAsideNotice)
            ]
            if variant is _opened_only:
                # The file as it was when the log began: the log is its own.
                tally.expect(len(found) == 8 and not told, f"{what}: {len(found)}, {told}")
            else:
                tally.expect(found == expected, f"{what} {round_}: {len(found)}")
                tally.expect(told, f"{what} {round_}: not told")
            tally.expect(verify(dossier).ok, f"{what} {round_}: not sound")
        kept = list(folder.glob("*.journal"))
        if variant is not _opened_only:
            tally.expect(len(kept) == before + 1, f"{what} {round_}: the log is not kept")
            tally.expect(all(path.read_bytes() == log for path in kept), f"{what}: log changed")
        tally.counts[f"foreign logs: {what}"] += 1
    # The other way round: home lost its power, and its log lies beside the school's older file.
    with another_computer(folder):
        _cut_power(home, "soir", 5)
    evening = log_of(home).read_bytes()
    shutil.copy(base, school)
    log_of(school).write_bytes(evening)
    is_own = variant is _opened_only
    with Dossier.open(school, key=KEY) as dossier:
        expected_here = 6 if is_own else 1
        found = names(dossier)
        tally.expect(len(found) == expected_here, f"{what}, evening: {len(found)} here")
        tally.expect(verify(dossier).ok, f"{what}, evening: not sound")
    if not is_own:
        kept_logs = [path.read_bytes() for path in folder.glob("*.journal")]
        tally.expect(evening in kept_logs, f"{what}, evening: not kept")
    tally.counts[f"foreign logs: {what}"] += 1
    # And beside its own file it is read back whole.
    with another_computer(folder), Dossier.open(home, key=KEY) as dossier:
        tally.expect(len(names(dossier)) == len(expected) + 5, f"{what}: own log not read")


def _cut_power(path: Path, word: str, count: int) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, *(f"{word}{number:03}" for number in range(count)))
        left = {file: file.read_bytes() for file in (path, log_of(path), mark_of(path))}
    for file, content in left.items():
        file.write_bytes(content)


if __name__ == "__main__":
    main("logs", torture, 60)
