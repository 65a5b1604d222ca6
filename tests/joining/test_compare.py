# SPDX-License-Identifier: GPL-3.0-or-later
import secrets
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from egn_desktop import joining
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.connection import connect
from egn_desktop.dossier.copies import Kind, Relation, said, siblings
from egn_desktop.dossier.copies.errors import (
    CopyHasOtherSecretError,
    NewerCopyError,
    OtherDossierError,
    SameFileError,
)
from egn_desktop.dossier.errors import DamagedError, NotADossierError
from egn_desktop.dossier.log import log_of
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.services import Services

from .conftest import KEY, Opened

ROOT = Path(__file__).resolve().parents[2]


def test_copies_of_one_state_are_equal(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        assert found.comparison.relation is Relation.EQUAL
        assert said.headline(found.comparison) == "Les deux copies sont identiques."


def test_one_is_ahead_of_the_other(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine:
        mine.loans.lend(device_id=10, borrower_id=10)
        mine.loans.lend(device_id=11, borrower_id=11)
        with joining.side_by_side(mine.dossier, there) as found:
            assert found.comparison.relation is Relation.AHEAD
            assert "2 écritures de plus" in said.headline(found.comparison)
    with open_at(there) as theirs, joining.side_by_side(theirs.dossier, here) as found:
        assert found.comparison.relation is Relation.BEHIND
        assert [line.kind for line in found.comparison.lines] == [Kind.ADDED] * 2


def test_parted_copies_say_what_each_holds(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine:
        for number in (10, 11, 12):
            mine.loans.lend(device_id=number, borrower_id=number)
    with open_at(there) as theirs:
        theirs.loans.return_device(1)
    before = there.read_bytes()
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        compared = found.comparison
        assert compared.relation is Relation.PARTED
        assert "3 écritures ici, 1 écriture là-bas" in said.headline(compared)
        [line] = compared.lines
        assert line.there == "Retour : PC-001, Nom1 Léa, le 24/11/2026"
        assert line.here.startswith("Prêt : PC-001, Nom1 Léa")
        assert len(compared.own) == 3
    assert there.read_bytes() == before
    assert sorted(path.name for path in there.parent.iterdir()) == sorted([here.name, there.name])


def test_what_both_decided_is_a_conflict(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(here) as mine:
        mine.loans.renew(1, due_on=date(2027, 6, 1))
        mine.pupils.change_pupil(2, school_class="CM2")
    with open_at(there) as theirs:
        theirs.loans.return_device(1)
        theirs.pupils.change_pupil(2, school_class="CM2")
    with open_at(here) as mine, joining.side_by_side(mine.dossier, there) as found:
        [line] = found.comparison.lines
        assert line.kind is Kind.CONFLICT
        assert line.here.startswith("Prolongation")
        assert line.there.startswith("Retour")
        assert not found.comparison.proposed


def test_the_log_beside_the_other_copy_counts(here: Path, there: Path, open_at: Opened) -> None:
    with open_at(there) as theirs:
        theirs.loans.return_device(1)
        away = there.parent.parent / "clé"
        away.mkdir()
        # As a power cut leaves them, seen by a process that has none of them open.
        copied = away / there.name
        with theirs.dossier.locked:
            handle = theirs.dossier.handle
            assert handle is not None
            handle.seek(0)
            copied.write_bytes(handle.read())
        log_of(copied).write_bytes(log_of(there).read_bytes())
    before = copied.read_bytes(), log_of(copied).read_bytes()
    with open_at(here) as mine, joining.side_by_side(mine.dossier, copied) as found:
        assert [line.there for line in found.comparison.lines] == [
            "Retour : PC-001, Nom1 Léa, le 24/11/2026"
        ]
    assert (copied.read_bytes(), log_of(copied).read_bytes()) == before


def test_a_copy_of_the_first_version_is_compared(tmp_path: Path, open_at: Opened) -> None:
    golden = Path(__file__).resolve().parents[1] / "golden" / "0001-demonstration.egn"
    here, there = tmp_path / "a.egn", tmp_path / "b.egn"
    shutil.copy(golden, here)
    shutil.copy(golden, there)
    connection = connect(there, KEY)
    found = connection.execute("SELECT id FROM loan WHERE state = 'open' ORDER BY id LIMIT 1")
    [(number,)] = found.fetchall()
    connection.execute(
        "UPDATE loan SET state = 'returned', ended_on = '2026-11-02' WHERE id = ?", (number,)
    )
    connection.close()
    with open_at(here) as mine:
        open_loan = loan(mine.dossier, number)
        with joining.side_by_side(mine.dossier, there) as side:
            compared = side.comparison
            assert compared.relation is Relation.UNKNOWN
            assert "On ne sait plus quand" in said.headline(compared)
            [line] = compared.lines
            assert line.kind is Kind.CHANGED
            assert line.there.startswith("Retour : ")
            side.join(compared.proposed)
        assert open_loan.row.state is LoanState.OPEN
        assert loan(mine.dossier, number).row.state is LoanState.RETURNED
        with joining.side_by_side(mine.dossier, there) as side:
            assert not side.comparison.lines


def test_each_refusal_has_its_words(
    here: Path, there: Path, tmp_path: Path, open_at: Opened
) -> None:
    other = tmp_path / "autre.egn"
    Dossier.create(other, key=KEY).close()
    newer = Path(shutil.copy(there, tmp_path / "neuf.egn"))
    connection = connect(newer, KEY)
    connection.execute("PRAGMA user_version = 900")
    connection.close()
    rekeyed = Path(shutil.copy(there, tmp_path / "ancien.egn"))
    new = secrets.token_bytes(32)
    salt = there.read_bytes()[:16]
    connection = connect(rekeyed, KEY)
    connection.execute(f"PRAGMA rekey = \"x'{new.hex()}{salt.hex()}'\"")
    connection.close()
    damaged = Path(shutil.copy(there, tmp_path / "abime.egn"))
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    table = tmp_path / "liste.csv"
    table.write_text("nom;classe\n", encoding="utf-8")
    with open_at(here) as mine:
        for path, error in (
            (here, SameFileError),
            (other, OtherDossierError),
            (newer, NewerCopyError),
            (rekeyed, CopyHasOtherSecretError),
            (damaged, DamagedError),
            (table, NotADossierError),
        ):
            with pytest.raises(error):
                joining.compare(mine.dossier, path)
        from egn_desktop.dossier.recovery import code_of

        with joining.side_by_side(mine.dossier, rekeyed, secret=code_of(new)) as found:
            assert found.comparison.relation is Relation.EQUAL
    assert not list((tmp_path / "profile").glob("comparaison-*"))


def test_what_is_said_of_the_tables_needs_nothing_read_before() -> None:
    asked = "from egn_desktop.joining import subjects; print(len(subjects().in_order))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(joining.subjects().in_order)


def test_siblings_are_known_by_their_first_bytes(
    here: Path, there: Path, open_at: Opened, tmp_path: Path
) -> None:
    Dossier.create(here.with_name("autre école.egn"), key=KEY).close()
    here.with_name("vide.egn").touch()
    with open_at(here) as mine:
        assert siblings(here, mine.dossier.dossier_id) == [there]
        with open_at(there):
            assert siblings(here, mine.dossier.dossier_id) == []
        # Reading the first bytes has not dropped the lock that keeps others out.
        assert Services.of(mine.dossier).loans.lend(device_id=20, borrower_id=20)
