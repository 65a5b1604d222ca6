# SPDX-License-Identifier: GPL-3.0-or-later
"""Change one byte of a closed dossier, and see that it is named as damage, and left as it is."""

import random
import shutil
from pathlib import Path

from egn_desktop.dossier import Dossier, life, pages
from egn_desktop.dossier.errors import DamagedError
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError
from tests.torture.rack import KEY, Tally, add, main, workshop

SALT, PAGE = 16, 4096


def torture(rounds: int, chance: random.Random) -> Tally:
    """Change so many bytes, one at a time: the salt, the first page, everywhere."""
    tally = Tally()
    with workshop() as folder:
        path = folder / "a.egn"
        with Dossier.create(path, key=KEY) as dossier:
            add(dossier, *(f"mot{number:03}" for number in range(60)))
        whole = path.read_bytes()
        for number in range(rounds):
            place = chance.randrange((SALT, PAGE, len(whole), len(whole))[number % 4])
            flipped = bytearray(whole)
            flipped[place] ^= chance.randrange(1, 256)
            path.write_bytes(flipped)
            look(path, bytes(flipped), place, tally)
    return tally


def look(path: Path, flipped: bytes, place: int, tally: Tally) -> None:
    """See what opening, the check of the pages and ``verify`` each say of it."""
    where = "salt" if place < SALT else "first page" if place < PAGE else "elsewhere"
    try:
        life._refuse_what_no_secret_opens(path)
        with Dossier.open(path, key=KEY) as dossier:
            tally.expect(where == "elsewhere", f"{place}: opened with a damaged {where}")
            by_pages = pages.wrong_pages(dossier.handle, KEY)
            tally.expect(by_pages == [place // PAGE + 1], f"{place}: pages {by_pages}")
            tally.expect(not verify(dossier).ok, f"{place}: called sound")
        tally.counts[f"{where}: found by the pages and by verify"] += 1
    except DamagedError as error:
        tally.expect(error.dossier_id is not None, f"{place}: damaged, of no dossier")
        tally.counts[f"{where}: told at opening"] += 1
    except UserError as error:
        tally.failures.append(f"{place}: {type(error).__name__}")
    except Exception as error:
        tally.failures.append(f"{place}: {error!r}")
    tally.expect(path.read_bytes() == flipped, f"{place}: the damaged file was written")
    left = [file.name for file in path.parent.iterdir() if file != path]
    tally.expect(not left, f"{place}: left {left}")
    for file in path.parent.iterdir():
        if file != path:
            shutil.rmtree(file) if file.is_dir() else file.unlink()


if __name__ == "__main__":
    main("flips", torture, 500)
