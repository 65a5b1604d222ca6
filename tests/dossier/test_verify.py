# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.report import Check, Finding
from egn_desktop.dossier.verify import verify
from tests.conftest import KEY, NOW


def test_a_sound_dossier_says_what_was_looked_at(dossier: Dossier) -> None:
    for number in range(3):
        with dossier.write():
            dossier.record("test.noted", f"test:{number}", after={"pupil": "Inès Petit"})
    report = verify(dossier)
    assert report.ok
    assert len(report.lines) == 5
    said = f"rupture : 3, empreinte {dossier.journal_stamp().fingerprint}."
    assert report.lines[3] == f"Journal : correct. Écritures qui s’enchaînent sans {said}"
    assert report.lines[-1] == "Le dossier est sain."


@pytest.mark.tampers
def test_a_rewritten_entry_breaks_the_chain_there(dossier: Dossier) -> None:
    for number in range(3):
        with dossier.write():
            dossier.record("test.noted", f"test:{number}")
    with dossier.write() as session:
        session.execute(text("UPDATE journal SET who = 'autre' WHERE id = 2"))
    report = verify(dossier)
    assert not report.ok
    assert "écriture n° 2" in report.lines[3]


@pytest.mark.tampers
def test_a_reference_to_nothing_is_found(dossier: Dossier) -> None:
    dossier.raw.execute("PRAGMA foreign_keys = OFF")
    with dossier.write() as session:
        session.execute(text("INSERT INTO school_level VALUES (99, 'E', 1, 2, 3)"))
    report = verify(dossier)
    assert [check.ok for check in report.checks] == [True, True, False, True]
    assert "Fiches qui renvoient à une fiche absente : 1." in report.lines[2]


def test_nothing_is_written(dossier: Dossier) -> None:
    with dossier.write():
        dossier.record("test.noted", "test:1")
    log = dossier.path.with_name(f"{dossier.path.name}-wal")
    before = log.stat()
    report = verify(dossier)
    assert (log.stat().st_size, log.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert report.ok
    assert f"Les derniers changements, encore dans {log.name}" in report.lines[0]


def test_a_full_disk_is_not_taken_for_damage(small_disk: Callable[[str], Path]) -> None:
    place = small_disk("2m")
    with Dossier.create(place / "ecole.egn", key=KEY, clock=lambda: NOW) as dossier:
        with dossier.write():
            dossier.record("test.noted", "test:1")
        filler = place / "rest"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        report = verify(dossier)
        filler.unlink()
    assert report.ok
    assert report.conclusion == "Le dossier est sain."


def test_what_could_not_be_checked_says_so_and_no_more() -> None:
    from egn_desktop.dossier.report import Report

    report = Report((Check.good("Journal", "…"), Check.not_checked("Contenu", "Disque plein.")))
    assert report.ok
    assert report.lines[1] == "Contenu : non vérifié. Disque plein."
    assert "tout n’a pas pu l’être" in report.conclusion
    assert Finding.DAMAGED.label == "INCORRECT"
