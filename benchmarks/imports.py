# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing 10,000 pupils from a file; against the csv module and one executemany."""

import csv
import time
from itertools import pairwise
from pathlib import Path
from random import Random

from sqlcipher3 import dbapi2 as sqlcipher

from benchmarks.lycee import KEY, NOW, some_pupils
from benchmarks.timing import MS, Measure
from egn_desktop.dossier import Dossier
from egn_desktop.exchange import preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.services import Services

HOW_MANY = 10_000
HEADER = ("Nom", "Prénom", "Né(e) le", "INE", "Classe")
BARE_TABLE = "CREATE TABLE pupil (id INTEGER PRIMARY KEY, last, first, born, ine, class)"
BARE_INSERT = "INSERT INTO pupil (last, first, born, ine, class) VALUES (?, ?, ?, ?, ?)"


def measures(folder: Path) -> list[Measure]:
    """Return the measures of an import."""
    path = folder / "eleves.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for pupil in some_pupils(Random(1), HOW_MANY):  # noqa: S311 - no secret is drawn
            born = f"{pupil.born_on:%d/%m/%Y}"
            writer.writerow(
                (pupil.last_name, pupil.first_name, born, pupil.ine, pupil.school_class)
            )
    bare = _bare(path, folder / "bare.db")
    read, written, reviewed, again = _ours(path, folder / "import.egn")
    bare_name = "csv and one executemany, SQLCipher"
    return [
        Measure("import 10,000 pupils: read and check", read, bare_name, bare),
        Measure("import 10,000 pupils: read, check, write", read + written, bare_name, bare),
        Measure("who of them is known, who is in doubt, who left", reviewed, bare_name, bare),
        Measure("the same list again, nothing new", read + again, bare_name, bare),
    ]


def _ours(path: Path, target: Path) -> tuple[float, float, float, float]:
    with Dossier.create(target, key=KEY, clock=lambda: NOW) as dossier:
        services = Services.of(dossier)
        moments = [time.process_time()]
        found = preview.read(path, ImportKind.PUPILS)
        moments.append(time.process_time())
        preview.apply(found, services)
        moments.append(time.process_time())
        review = preview.pupils_review(found, dossier)
        moments.append(time.process_time())
        counts = preview.apply(found, services)
        moments.append(time.process_time())
        if counts.unchanged != HOW_MANY or review is None or review.named != HOW_MANY:
            raise ValueError(f"the import is not what was measured: {counts}")
    read, written, reviewed, again = ((after - before) * MS for before, after in pairwise(moments))
    return read, written, reviewed, again


def _bare(path: Path, target: Path) -> float:
    connection = sqlcipher.connect(str(target), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(BARE_TABLE)
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))[1:]
    connection.execute("BEGIN")
    connection.executemany(BARE_INSERT, lines)
    connection.execute("COMMIT")
    taken = (time.process_time() - start) * MS
    connection.close()
    return taken
