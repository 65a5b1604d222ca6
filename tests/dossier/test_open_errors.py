# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a file does not open, or cannot be written: each told apart, on real files, nothing lost."""

import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import UnionType
from typing import get_args, get_type_hints

import pytest
from sqlalchemy import text

from egn_desktop.dossier import Dossier, ReadOnly, life
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.connection import connect
from egn_desktop.dossier.model import Meta
from egn_desktop.dossier.store import dossier_id
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
PAGE = 4096
IS_ROOT = sys.platform.startswith("linux") and os.geteuid() == 0
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed dossier of some thirty pages."""
    path = tmp_path / "ecole.egn"
    with Dossier.create(path, key=KEY) as dossier, dossier.write() as session:
        session.add_all(Meta(key=f"{number:03}", value="x" * 400) for number in range(200))
    return path


def flip(path: Path, at: int, count: int = 8) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        plain = file.read(count)
        file.seek(at)
        file.write(bytes(byte ^ 0xFF for byte in plain))


def made_up(kind: type[UserError], path: Path) -> dict[str, object]:
    """Return something for each thing that an error must be told."""
    now = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
    by_kind = {Path: path, str: "x", int: 7, datetime: now, timedelta: timedelta(minutes=9)}
    by_kind[bool] = True
    hints = get_type_hints(kind.__init__)
    return {
        name: by_kind[get_args(hints[name])[0] if type(hints[name]) is UnionType else hints[name]]
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.default is inspect.Parameter.empty
        and parameter.kind is not parameter.VAR_KEYWORD
    }


def test_each_error_says_what_was_kept_and_what_to_do(path: Path) -> None:
    told = set()
    for kind in vars(wrong).values():
        if isinstance(kind, type) and issubclass(kind, UserError) and kind is not UserError:
            error = kind(**made_up(kind, path))
            assert error.kept
            assert error.todo
            told.add(error.what)
    assert len(told) > 12


def test_the_wrong_code(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(wrong.WrongSecretError):
        Dossier.open(path, key=OTHER)
    assert path.read_bytes() == before


def test_nothing_is_printed_by_the_database_library(path: Path, python: Callable) -> None:
    done = python(
        "import sys\nfrom pathlib import Path\nfrom egn_desktop.dossier import Dossier\n"
        "from egn_desktop.errors import UserError\n"
        "try: Dossier.open(Path(sys.argv[1]), key=bytes(32))\n"
        "except UserError: pass",
        path,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("at", [20, 2000, PAGE - 10], ids=["header", "schema", "seal"])
def test_a_damaged_first_page_is_not_taken_for_a_wrong_code(path: Path, at: int) -> None:
    flip(path, at)
    with pytest.raises(wrong.DamagedError):
        Dossier.open(path, key=KEY)


@pytest.mark.parametrize("at", range(16))
def test_any_of_the_first_bytes_damaged_is_not_a_wrong_code(path: Path, at: int) -> None:
    told_by = dossier_id(path)
    flip(path, at, 1)
    before = path.read_bytes()
    with pytest.raises(wrong.DamagedError) as told:
        Dossier.open(path, key=KEY)
    assert told.value.dossier_id == told_by
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "wiped", [b"", bytes(PAGE), bytes(300 * PAGE), b"garbage"], ids=["empty", "page", "all", "text"]
)
def test_a_file_wiped_where_a_dossier_was_is_damaged(path: Path, wiped: bytes) -> None:
    told_by = dossier_id(path)
    path.write_bytes(wiped)
    with pytest.raises(wrong.DamagedError) as told:
        Dossier.open(path, key=KEY)
    assert told.value.dossier_id == told_by
    stranger = path.with_name("autre.egn")
    stranger.write_bytes(wiped)
    with pytest.raises(wrong.NotADossierError):
        Dossier.open(stranger, key=KEY)


def test_a_beginning_of_noise_is_damaged_though_it_looks_encrypted(path: Path) -> None:
    content = path.read_bytes()
    pages = len(content) // PAGE
    noise = content[:16] + os.urandom((pages - 3) * PAGE - 16)
    path.write_bytes(noise + content[len(noise) :])
    with pytest.raises(wrong.DamagedError):
        Dossier.open(path, key=KEY)


def test_a_file_cut_short_is_damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(wrong.DamagedError), Dossier.open(path, key=KEY) as dossier:
        dossier.rows(text("SELECT sum(length(value)) FROM meta"))


def test_damage_further_on_is_told_when_it_is_read_and_by_verify(path: Path) -> None:
    pages = path.stat().st_size // PAGE
    for page in range(pages - 8, pages):  # the last that were written: rows, not the schema
        flip(path, page * PAGE + 100)
    with Dossier.open(path, key=KEY) as dossier:
        report = verify(dossier)
        assert not report.ok
        assert "restaurez une sauvegarde" in report.lines[-1]
        with pytest.raises(wrong.DamagedError):
            dossier.rows(text("SELECT sum(length(value)) FROM meta"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Bonjour",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"PK\x03\x04" + os.urandom(9000),
        ("Nom;Prénom\n" + "Petit;Inès\n" * 900).encode("cp1252"),
        bytes(8192),
    ],
    ids=["empty", "short", "pdf", "spreadsheet", "csv", "zeros"],
)
def test_what_is_no_dossier_is_left_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "autre.egn"
    path.write_bytes(content)
    with pytest.raises(wrong.NotADossierError):
        Dossier.open(path, key=KEY)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]


def test_a_plain_database_is_no_dossier(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "plain.egn"
    plain = sqlite3.connect(path)
    plain.executescript("CREATE TABLE a (x); INSERT INTO a VALUES (1);")
    plain.close()
    with pytest.raises(wrong.NotADossierError):
        Dossier.open(path, key=KEY)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(wrong.MissingDossierError):
        Dossier.open(tmp_path / "absent.egn", key=KEY)
    assert list(tmp_path.glob("*.egn*")) == []


def test_a_new_dossier_never_replaces_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(wrong.AlreadyExistsError):
        Dossier.create(path, key=OTHER)
    assert path.read_bytes() == before


def test_already_open_in_another_process(path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom egn_desktop.dossier import Dossier\n"
            "dossier = Dossier.open(Path(sys.argv[1]), key=bytes(range(32)))\n"
            "print('open', flush=True)\nsys.stdin.read()\ndossier.close()",
            str(path),
        ],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(wrong.AlreadyOpenError):
            Dossier.open(path, key=KEY)
    finally:
        holder.communicate("", timeout=20)
    Dossier.open(path, key=KEY).close()


@pytest.mark.skipif(sys.platform != "linux", reason="the locks of other systems are not lost so")
def test_a_file_dialog_that_reads_the_open_file_lets_nobody_else_in(
    path: Path, python: Callable
) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom egn_desktop.dossier import Dossier\n"
        "from egn_desktop.dossier.errors import AlreadyOpenError\n"
        "try: Dossier.open(Path(sys.argv[1]), key=bytes(range(32))).close()\n"
        "except AlreadyOpenError: print('refused')"
    )
    made = path.with_name("nouveau.egn")
    with Dossier.open(path, key=KEY), Dossier.create(made, key=KEY):
        for file in (path, made):
            file.read_bytes()
            assert python(code, file).stdout == "refused\n"
    for file in (path, made):
        assert python(code, file).stdout == ""


def test_a_newer_version_is_read_and_not_written(path: Path) -> None:
    raw = connect(path, KEY)
    raw.execute("PRAGMA user_version = 9999")
    raw.close()
    before = path.read_bytes()
    with Dossier.open(path, key=KEY) as dossier:
        assert dossier.read_only is ReadOnly.NEWER_VERSION
        assert len(dossier.rows(text("SELECT * FROM meta"))) == 200
        with pytest.raises(wrong.NewerVersionError), dossier.write():
            pass
    assert path.read_bytes() == before


READ_WITHOUT_RIGHTS = """
import sys
if sys.platform == "linux":
    # Root writes anywhere: give that up, and stay who may read an interpreter in a closed home.
    import ctypes
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()):
        sys.exit("the rights could not be given up")
from pathlib import Path
from sqlalchemy import text
from egn_desktop.dossier import Dossier, ReadOnly, life
from egn_desktop.dossier.errors import ReadOnlyPlaceError
folder = Path(sys.argv[1])
with Dossier.open(folder / "ecole.egn", key=bytes(range(32))) as dossier:
    assert dossier.read_only is ReadOnly.PLACE, dossier.read_only
    assert len(dossier.rows(text("SELECT * FROM meta"))) == 200
    try:
        with dossier.write():
            sys.exit("written")
    except ReadOnlyPlaceError:
        pass
try:
    Dossier.create(folder / "nouveau.egn", key=bytes(32))
except ReadOnlyPlaceError:
    print("refused")
"""


@pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise on Windows")
def test_a_read_only_place_is_read_and_not_written(
    path: Path, tmp_path: Path, python: Callable
) -> None:
    folder = tmp_path / "protected"
    folder.mkdir()
    file = Path(shutil.copy(path, folder))
    before = file.read_bytes()
    file.chmod(0o444)
    if IS_ROOT:
        os.chown(folder, NOBODY, NOBODY)
    folder.chmod(0o555)
    done = python(READ_WITHOUT_RIGHTS, folder)
    folder.chmod(0o755)
    assert done.stdout == "refused\n", done.stderr
    assert file.read_bytes() == before
    assert list(folder.iterdir()) == [file]


def fill(dossier: Dossier) -> None:
    for number in range(200):
        with dossier.write() as session:
            session.add(Meta(key=f"{number:04}", value=os.urandom(10_000).hex()))


def test_a_full_disk_loses_only_the_change_that_did_not_fit(
    small_disk: Callable[[str], Path],
) -> None:
    disk = small_disk("1m")
    path = disk / "ecole.egn"
    dossier = Dossier.create(path, key=KEY)
    with pytest.raises(wrong.DiskFullError):
        fill(dossier)
    kept = dossier.writes
    assert kept > 2
    assert len(dossier.rows(text("SELECT * FROM meta"))) == kept
    left = life.close_dossier(dossier)
    # The log could not be folded in: the user is told to keep both files, and both are enough.
    assert isinstance(left, wrong.LeftOpenError)
    subprocess.run(["mount", "-o", "remount,size=9m", str(disk)], check=True)
    with Dossier.open(path, key=KEY) as dossier:
        assert len(dossier.rows(text("SELECT * FROM meta"))) == kept
        assert verify(dossier).ok
    assert [file.name for file in disk.iterdir()] == ["ecole.egn"]


def test_a_file_at_its_limit_loses_only_the_change_that_did_not_fit(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        pages = dossier.raw.execute("PRAGMA page_count").fetchone()[0]
        dossier.raw.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(wrong.DiskFullError):
            fill(dossier)
        kept = dossier.writes
    with Dossier.open(path, key=KEY) as dossier:
        assert len(dossier.rows(text("SELECT * FROM meta"))) == 200 + kept
        assert verify(dossier).ok


def test_no_room_for_a_new_dossier_leaves_none_half_made(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("1m")
    with suppress(OSError):
        (disk / "fill").write_bytes(bytes(2 << 20))
    with pytest.raises(wrong.DiskFullError):
        Dossier.create(disk / "ecole.egn", key=KEY)
    assert [file.name for file in disk.iterdir()] == ["fill"]


def test_a_new_file_in_a_missing_folder_is_refused_with_its_own_advice(tmp_path: Path) -> None:
    with pytest.raises(wrong.CannotCreateThereError) as refused:
        Dossier.create(tmp_path / "absent" / "ecole.egn", key=KEY)
    assert "n’existe pas" in refused.value.what
    assert "autre emplacement" in refused.value.todo


def test_a_damaged_page_of_its_own_books_is_told_in_words(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'state'"
        page = dossier.raw.execute(where).fetchone()[0]
    flip(path, (page - 1) * PAGE + 2000)
    with Dossier.open(path, key=KEY) as dossier:
        assert not verify(dossier).ok
        with pytest.raises(wrong.DamagedError), dossier.write():
            pass
    assert [file.name for file in path.parent.glob("*egn*")] == [path.name]
