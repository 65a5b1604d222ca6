# SPDX-License-Identifier: GPL-3.0-or-later
"""What earlier versions left opens with this one, and holds what it held; see tests/golden."""

import hashlib
import runpy
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from egn_desktop import features
from egn_desktop.dossier import Base, Dossier, ReadOnly, life, migrate, migrations
from egn_desktop.dossier.connection import connect
from egn_desktop.dossier.errors import DamagedError, NotBackedUpError
from egn_desktop.dossier.verify import verify
from egn_desktop.exports import pdf_bytes
from egn_desktop.inventory.register.loans import loan_summary, loans
from egn_desktop.inventory.register.terms import LoanState

ROOT = Path(__file__).resolve().parents[2]
golden = SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "golden.py")))
DEMONSTRATIONS = [name for name in golden.names() if "-demonstration" in name]

# Step → SHA-256 of its file, its lines ended by "\n". A step is frozen by the commit that brings it
# to main: from then on a school's file may have it. The commit that adds a step adds its line here
# (the test prints it) and its golden dossier (``python tools/new_golden.py rows``). What a frozen
# step got wrong is put right by the next one.
FROZEN = {
    "0001_initial": "580dd1a5bb0065cd50160e175f7bb7a79de5e09491d40a53e352e2679eeeea49",
    "0002_state": "799484e34890d8f216afc2eb858f32e2bf33ea2a83e8e1fb608d5df577b4d376",
    "0003_loop": "0ccce2210a1686827dfec7fe8e83f6f5712335e2975e258d24f0537e89e48af1",
    "0004_indices": "18e9b47ae4fdd53ee322acb77ca1caba877a180569c68153e36516daa31cbc9e",
    "0005_value_and_data_plan": (
        "11d6f28a0f45015607d764452d7fdee37a1c3acd206afffb31b76e40885c5bd0"
    ),
    "0006_who_is_who": "2c77971d4d8495378d9d707e90e6a885a1e1b66ee0fa42da38fc3c0456feff29",
    "0007_milestones": "178e3f44d987721a397f201e015e6fd511b9d68197f64694452609b58e8595cb",
    "0008_left_out": "fd9187f64ed2314bd82f60af55bbdda3f374b93e506391504d71167d958999e3",
    "0009_clock_shown": "c9f83ffc8598e7dbf671d1f59cb936e2b5df378504891bbe99b7ffb2b808209c",
}


@pytest.fixture(params=golden.names())
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def opened(name: str, tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.open(golden.copy(name, tmp_path), key=golden.KEY) as dossier:
        yield dossier


def test_every_step_is_the_one_that_was_frozen() -> None:
    steps = {name: _digest(name) for _, name in migrate.steps()}
    assert steps == FROZEN


def _digest(step: str) -> str:
    file = Path(migrations.__path__[0]) / f"{step}.py"
    return hashlib.sha256(file.read_text(encoding="utf-8").encode()).hexdigest()


def test_every_step_and_every_release_is_kept() -> None:
    wanted = {f"{number:04}-rows" for number, _ in migrate.steps()} | {"0001-demonstration"}
    command = ("git", "tag", "--list", "v*")
    tags = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wanted |= {f"{tag}-demonstration" for tag in tags.stdout.split()}
    assert wanted <= set(golden.names()), "python tools/new_golden.py"


def test_it_is_migrated_and_holds_what_it_held(name: str) -> None:
    assert golden.trouble(name) == ""


def test_a_loss_is_told() -> None:
    before = golden.what_it_held("0001-rows")
    after = {name: value for name, value in before.items() if name != "loan.due_on"}
    assert golden.losses(before, after | {"action.title": "0", "action.new": "1"}) == [
        "action.title",
        "loan.due_on",
    ]


def test_migrated_it_is_what_the_models_say(opened: Dossier) -> None:
    features.import_models()
    compared = {"compare_type": True, "compare_server_default": True}
    with opened.locked, opened.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=compared)
        assert compare_metadata(context, Base.metadata) == []
    assert opened.raw.execute("PRAGMA user_version").fetchone() == (migrate.latest(),)


def test_migrated_it_is_what_a_new_one_is(opened: Dossier, dossier: Dossier) -> None:
    # Alembic compares neither the condition of a partial index nor what a key refers to on delete.
    assert _schema(opened) == _schema(dossier)


def _schema(dossier: Dossier) -> dict[str, str]:
    made = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return dict(dossier.raw.execute(made).fetchall())


@pytest.mark.parametrize("name", DEMONSTRATIONS, indirect=True)
def test_migrated_it_is_worked_with(opened: Dossier) -> None:
    open_loans = loans(opened, state=LoanState.OPEN)
    assert len(open_loans) == loan_summary(opened).open > 0
    assert pdf_bytes(opened, "inventaire-du-materiel").startswith(b"%PDF")


# A profile on a full disk, or where there is no folder to make one in.
@pytest.mark.parametrize("name", DEMONSTRATIONS, indirect=True)
@pytest.mark.parametrize("trouble", ["full", "refused"])
def test_without_a_backup_it_is_read_and_not_touched(
    name: str,
    trouble: str,
    tmp_path: Path,
    small_disk: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = golden.copy(name, tmp_path)
    profile = tmp_path / "in the way" / "profile"
    if trouble == "full":
        profile = small_disk("1m")
    else:
        profile.parent.write_text("a file")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(profile))
    with Dossier.open(path, key=golden.KEY) as dossier:
        assert dossier.read_only is ReadOnly.NO_BACKUP
        assert golden.losses(golden.what_it_held(name), golden.held(dossier.raw)) == []
        assert len(loans(dossier, state=LoanState.OPEN)) == loan_summary(dossier).open > 0
        assert pdf_bytes(dossier, "inventaire-du-materiel").startswith(b"%PDF")
        assert verify(dossier).ok, verify(dossier).lines
        with pytest.raises(NotBackedUpError) as refused, dossier.write():
            pass
        assert "Libérez de la place" in refused.value.todo
        assert life.close_dossier(dossier) is None
    assert version_of(path) == 1
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "profile"))
    with Dossier.open(path, key=golden.KEY) as dossier:
        assert dossier.read_only is None
    assert version_of(path) == migrate.latest()


def version_of(path: Path) -> int:
    with closing(connect(path, golden.KEY)) as file:
        return file.execute("PRAGMA user_version").fetchone()[0]


def test_without_room_to_migrate_it_is_read_and_not_touched(
    small_disk: Callable[[str], Path],
) -> None:
    disk = small_disk("2m")
    path = golden.copy("0001-demonstration", disk)
    with suppress(OSError):
        (disk / "fill").write_bytes(bytes(2 << 20))
    before = path.read_bytes()
    with Dossier.open(path, key=golden.KEY) as dossier:
        assert dossier.read_only is ReadOnly.NO_BACKUP
        assert loan_summary(dossier).open > 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", DEMONSTRATIONS, indirect=True)
def test_in_a_read_only_place_it_is_read_as_this_version_reads(
    name: str, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("4m")
    path = golden.copy(name, disk)
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with Dossier.open(path, key=golden.KEY) as dossier:
        assert dossier.read_only is ReadOnly.PLACE
        assert golden.losses(golden.what_it_held(name), golden.held(dossier.raw)) == []
        assert dossier.raw.execute("PRAGMA user_version").fetchone() == (migrate.latest(),)
        assert verify(dossier).ok
    assert path.read_bytes() == before


def test_an_older_dossier_that_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    path = golden.copy("0001-demonstration", tmp_path)
    with path.open("r+b") as file:
        file.seek(200 * 4096 + 100)
        file.write(bytes(8))
    with pytest.raises(DamagedError):
        Dossier.open(path, key=golden.KEY)
