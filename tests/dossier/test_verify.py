# SPDX-License-Identifier: GPL-3.0-or-later
from sqlalchemy import text

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import verify


def test_a_sound_dossier_says_what_was_looked_at(dossier: Dossier) -> None:
    for number in range(3):
        with dossier.write():
            dossier.record("loan.lent", f"loan:{number}", after={"pupil": "Inès Petit"})
    report = verify(dossier)
    assert report.ok
    assert len(report.lines) == 5
    assert report.lines[3] == "Journal : correct. Écritures qui s’enchaînent sans rupture : 3."
    assert report.lines[-1] == "Le dossier est sain."


def test_a_rewritten_entry_breaks_the_chain_there(dossier: Dossier) -> None:
    for number in range(3):
        with dossier.write():
            dossier.record("loan.lent", f"loan:{number}")
    with dossier.write() as session:
        session.execute(text("UPDATE journal SET who = 'autre' WHERE id = 2"))
    report = verify(dossier)
    assert not report.ok
    assert "écriture n° 2" in report.lines[3]


def test_a_reference_to_nothing_is_found(dossier: Dossier) -> None:
    dossier.raw.execute("PRAGMA foreign_keys = OFF")
    with dossier.write() as session:
        session.execute(text("INSERT INTO school_level VALUES (99, 'E', 1, 2, 3)"))
    report = verify(dossier)
    assert [check.ok for check in report.checks] == [True, True, False, True]
    assert "Fiches qui renvoient à une fiche absente : 1." in report.lines[2]
