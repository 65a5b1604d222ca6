# SPDX-License-Identifier: GPL-3.0-or-later
"""A log left beside a file: read it, try it on a copy, and prove that it belongs to the file.

SQLite applies whatever lies at ``NAME-wal`` to ``NAME``, were it left by another computer, by a
sync client, or by a file that a copy has replaced since; the file is then destroyed. So nothing is
applied before a copy of both, in the user's own folder, has shown that the log is this file's.

The log's layout is SQLite's (https://sqlite.org/walformat.html): a head of 32 bytes, then frames of
24 bytes and one page each; a frame whose second word is not nought ends a transaction.
"""

import errno
import os
import shutil
import struct
import tempfile
from collections import Counter
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from egn_desktop import paths
from egn_desktop.dossier import pages, state
from egn_desktop.dossier.connection import DatabaseError, connect, error_name
from egn_desktop.dossier.places import FULL, is_full

_HEAD = 32
_FRAME = 24
_ASIDE = "%Y-%m-%d à %Hh%M"
_LONGEST_NAME = 255
_DISK_FAILED = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_CANTOPEN", "SQLITE_READONLY")


class Verdict(Enum):
    """What a log turned out to be."""

    BELONGS = "belongs"
    FOREIGN = "foreign"
    # It holds nothing that SQLite would apply, though it may have.
    EMPTY = "empty"
    # Neither the file alone nor the file with its log can be read with this key.
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a log on a copy has shown.

    Attributes:
        lost: how many whole transactions of the log could not be read back.
        changes: how many transactions the log holds.
        written: where the log's last write stands, if that can be told.
        alone: where the file stands without its log, if that can be told.
        names: the states that what would be opened has passed through, the last of them its own.
        merged: the copy of the file with its log, within the trial's folder.
    """

    verdict: Verdict
    lost: int
    changes: int
    written: state.Standing | None
    alone: state.Standing | None
    names: tuple[str, ...]
    merged: Path


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the log of a file."""
    return path.with_name(f"{path.name}-wal")


def has_log(path: Path) -> bool:
    """Tell whether a log that may hold something lies beside a file."""
    with suppress(OSError):
        return log_of(path).stat().st_size > 0
    return False


def is_only_remembered(path: Path) -> bool:
    """Tell whether the log beside a file is one that the other computer has removed since.

    A share goes on showing it for a while; SQLite would fail to open it, or to make its own.
    """
    try:
        log_of(path).open("rb").close()
    except FileNotFoundError:
        return log_of(path).exists()
    except OSError:
        pass
    return False


@contextmanager
def trial(path: Path, key: bytes) -> Generator[Trial]:
    """Try the log beside a closed file on a copy of both; the originals are only read.

    Raises:
        OSError: there is no room for a copy anywhere, or the place does not answer.
    """
    with _copies(path) as copy:
        ends, pages_held = _transactions(log_of(copy))
        alone = _look(copy, key, with_log=False)
        merged = _look(copy, key, with_log=True)
        held = [end for end in ends if end <= merged.frames]
        lost = [end for end in ends[len(held) :] if _ends_truly(log_of(path), end)]
        if not merged.is_whole:
            verdict = Verdict.FOREIGN if alone.is_whole else Verdict.UNREADABLE
        elif not held:
            verdict = Verdict.EMPTY
        elif _belongs(merged, alone, frozenset(pages_held[: held[-1]])):
            verdict = Verdict.BELONGS
        else:
            verdict = Verdict.FOREIGN
        opened = alone if verdict is Verdict.FOREIGN else merged
        yield Trial(
            verdict,
            len(lost),
            len(held) + len(lost),
            merged.standing,
            alone.standing,
            opened.names if opened.is_whole else (),
            copy,
        )


def held_pages(path: Path) -> frozenset[int]:
    """Return the numbers of the pages that the log beside a file holds, whatever the file says."""
    if not has_log(path):
        return frozenset()
    ends, found = _transactions(log_of(path))
    return frozenset(found[: ends[-1]]) if ends else frozenset()


def set_aside(path: Path, now: datetime) -> Path | None:
    """Rename the log beside a file, so that nothing applies it; None where that is refused."""
    aside = _name_aside(path, "écarté", now)
    try:
        log_of(path).rename(aside)
    except OSError:
        return None
    return aside


def keep_copy(path: Path, now: datetime) -> Path | None:
    """Copy a damaged log aside before it is folded in; None where that is refused."""
    aside = _name_aside(path, "abîmé", now)
    try:
        shutil.copyfile(log_of(path), aside)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        return None
    return aside


def _name_aside(path: Path, why: str, now: datetime) -> Path:
    """Return a free name for a log, beside its file; a long name of the file is cut for it."""
    stem = path.stem
    number = 1
    while True:
        again = "" if number == 1 else f" ({number})"
        name = f"{stem} - journal {why} le {now:{_ASIDE}}{again}.journal"
        if len(os.fsencode(name)) > _LONGEST_NAME:
            stem = stem[:-1]
        elif not path.with_name(name).exists():
            return path.with_name(name)
        else:
            number += 1


@dataclass(slots=True)
class _Content:
    """What reading a copy found; of one that is not whole, what could still be read.

    Attributes:
        frames: how many frames of the log SQLite would apply.
        hashes: the journal's, oldest first.
        names: the states passed through, the last of them this one.
        state_page: the number of the page that holds the name of this state.
    """

    is_readable: bool = False
    is_whole: bool = False
    frames: int = 0
    standing: state.Standing | None = None
    hashes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    state_page: int = 0


def _belongs(merged: _Content, alone: _Content, held: frozenset[int]) -> bool:
    """Tell whether the log carries on from the file; together they are whole.

    The file alone stands where the log began, or, when folding was interrupted, at any later state
    that the log passed through: it ends there all the same. One that cannot be read at all without
    its log was being folded, or has a damaged beginning that the log mends.

    Args:
        held: the numbers of the pages that the log holds.
    """
    if merged.standing is None:
        # Made before states had names, the log as well: its journal must carry on from the file's.
        return alone.standing is None and _carries_on(merged, alone)
    if merged.state_page not in held:
        return False  # every write names its state: what does not was left by another file
    if not alone.is_readable:
        return True
    if alone.standing is None:
        return _carries_on(merged, alone)
    names = merged.names
    base = merged.standing.base
    begun = names.index(base) if base in names else 0
    return alone.standing.token in (base, *names[begun:])


def _carries_on(merged: _Content, alone: _Content) -> bool:
    return merged.hashes[: len(alone.hashes)] == alone.hashes


def _look(copy: Path, key: bytes, *, with_log: bool) -> _Content:
    """Read a copy, alone or with its log, which is folded into it then."""
    found = _Content()
    try:
        with closing(connect(copy, key, immutable=not with_log)) as opened:
            _read_into(found, opened, with_log=with_log)
    except DatabaseError as error:
        # What is mixed from two files fails anywhere; whatever was read before that stands.
        _raise_of_the_disk(error)
    return found


def _read_into(found: _Content, opened: Any, *, with_log: bool) -> None:
    if with_log:
        opened.execute("PRAGMA locking_mode = EXCLUSIVE")
    # A log and a file of other lengths do not go together; the log's own name is read anyway.
    opened.execute("PRAGMA writable_schema = ON")
    found.standing = state.standing(opened)
    opened.execute("PRAGMA writable_schema = OFF")
    found.is_readable = True
    if with_log:
        found.frames = max(opened.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1], 0)
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    found.hashes = _journal(opened)
    if found.standing is not None:
        names = opened.execute("SELECT token FROM writes ORDER BY number").fetchall()
        found.names = tuple(row[0] for row in names)
        page = "SELECT rootpage FROM sqlite_master WHERE name = 'state'"
        found.state_page = opened.execute(page).fetchone()[0]
    found.is_whole = _is_whole(opened)


def _raise_of_the_disk(error: Exception) -> None:
    """Raise what only the trial's own disk refused: it proves nothing against a log."""
    if is_full(error):
        raise OSError(FULL[0], "no room for a trial") from error
    if error_name(error).startswith(_DISK_FAILED):
        raise OSError(errno.EIO, "no trial on this disk") from error


def _is_whole(connection: Any) -> bool:
    return (
        not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        and not connection.execute("PRAGMA foreign_key_check").fetchall()
    )


def _journal(connection: Any) -> tuple[str, ...]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'journal'")
    if tables.fetchone() is None:
        return ()
    rows = connection.execute("SELECT hash FROM journal ORDER BY id").fetchall()
    return tuple(row[0] for row in rows)


def _transactions(log: Path) -> tuple[list[int], list[int]]:
    """Return which frames of a log, numbered from 1, end a transaction, and each frame's page.

    What an earlier log left behind the present one bears other salts, and does not count.
    """
    with log.open("rb") as file:
        head = file.read(_HEAD)
        frames: list[bytes] = []
        while len(frame := file.read(_FRAME + pages.PAGE)) == _FRAME + pages.PAGE:
            frames.append(frame[:_FRAME])
    salts = [frame[8:16] for frame in frames]
    own = head[16:24]
    if not any(_is_same(salt, own) for salt in salts) and salts:
        own = Counter(salts).most_common(1)[0][0]
    # The frames of one log follow each other; a damaged one among them is one of them.
    count = max((number for number, salt in enumerate(salts, 1) if _is_same(salt, own)), default=0)
    ends: list[int] = []
    held: list[int] = []
    for number, frame in enumerate(frames[:count], 1):
        page, size_after = struct.unpack(">II", frame[:8])
        held.append(page)
        if size_after:
            ends.append(number)
    return ends, held


def _ends_truly(log: Path, number: int) -> bool:
    """Tell whether a frame was written as an end: a bit lost in its head may make it look like one.

    Its checksum, which carries on from that of the frame before, then holds without that bit.
    """
    size = _FRAME + pages.PAGE
    start = _HEAD + (number - 1) * size
    with log.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(start - size + 16 if number > 1 else _HEAD - 8)
        before = file.read(8)
        file.seek(start)
        frame = file.read(size)
    as_none = frame[:4] + bytes(4) + frame[_FRAME:]
    return _checksum(as_none, before, "big" if head[3] & 1 else "little") != frame[16:24]


def _checksum(content: bytes, before: bytes, order: Literal["big", "little"]) -> bytes:
    """Return SQLite's checksum of a frame: two sums that feed each other."""
    words = struct.unpack(f"{'>' if order == 'big' else '<'}{len(content) // 4}I", content)
    even, odd = struct.unpack(">II", before)
    for first, second in zip(words[::2], words[1::2], strict=True):
        even = (even + first + odd) & 0xFFFFFFFF
        odd = (odd + second + even) & 0xFFFFFFFF
    return struct.pack(">II", even, odd)


def _is_same(salt: bytes, own: bytes) -> bool:
    """Tell whether two salts are one, of which a bit may be lost: others share next to nothing."""
    return sum(byte != other for byte, other in zip(salt, own, strict=False)) <= 1


@contextmanager
def _copies(path: Path) -> Generator[Path]:
    """Copy a file and its log to a folder of their own, which goes again."""
    with _folder_with_room(path) as folder:
        copy = folder / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(log_of(path), log_of(copy))
        yield copy


@contextmanager
def _folder_with_room(path: Path) -> Generator[Path]:
    """Make a folder where the file, its log and the folding of one into the other have room."""
    needed = 2 * (path.stat().st_size + log_of(path).stat().st_size)
    refusal: OSError = OSError(FULL[0], "no room for a trial")
    for parent in _parents():
        try:
            if shutil.disk_usage(parent).free < needed:
                continue
            folder = Path(tempfile.mkdtemp(prefix="essai-", dir=parent))
        except OSError as error:
            refusal = error
            continue
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    raise refusal


def _parents() -> list[Path]:
    found: list[Path] = []
    with suppress(OSError):
        found.append(paths.user_data())
    return [*found, Path(tempfile.gettempdir())]
