# SPDX-License-Identifier: GPL-3.0-or-later
"""A log left beside a file: read it, try it on a copy, and prove that it belongs to the file.

SQLite applies whatever lies at ``NAME-wal`` to ``NAME``, were it left by another computer, by a
sync client, or by a file that a copy has replaced since; the file is then destroyed. So nothing is
applied before a copy of both, in the user's own folder, has shown that the log is this file's.

The log's layout is SQLite's (https://sqlite.org/walformat.html): a head of 32 bytes, then frames of
24 bytes and one page each; a frame whose second word is not nought ends a transaction.
"""

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
from typing import Any

from egn_desktop import paths
from egn_desktop.dossier import pages, state
from egn_desktop.dossier.connection import DatabaseError, connect
from egn_desktop.dossier.places import FULL

_HEAD = 32
_FRAME = 24
_ASIDE = "%Y-%m-%d à %Hh%M"


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
        merged: the copy of the file with its log, within the trial's folder.
    """

    verdict: Verdict
    lost: int
    changes: int
    written: state.Standing | None
    alone: state.Standing | None
    merged: Path


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the log of a file."""
    return path.with_name(f"{path.name}-wal")


def has_log(path: Path) -> bool:
    """Tell whether a log that may hold something lies beside a file."""
    with suppress(OSError):
        return log_of(path).stat().st_size > 0
    return False


@contextmanager
def trial(path: Path, key: bytes) -> Generator[Trial]:
    """Try the log beside a closed file on a copy of both; the originals are only read.

    Raises:
        OSError: there is no room for a copy anywhere, or the place does not answer.
    """
    with _copies(path) as copy:
        ends = _ends_of_transactions(log_of(copy))
        alone = _look(copy, key, with_log=False)
        merged = _look(copy, key, with_log=True)
        held = [end for end in ends if end <= merged.frames]
        if not merged.is_whole:
            verdict = Verdict.FOREIGN if alone.is_whole else Verdict.UNREADABLE
        elif not held:
            verdict = Verdict.EMPTY
        else:
            verdict = Verdict.BELONGS if _belongs(merged, alone) else Verdict.FOREIGN
        yield Trial(
            verdict, len(ends) - len(held), len(ends), merged.standing, alone.standing, copy
        )


def set_aside(path: Path, now: datetime) -> Path | None:
    """Rename the log beside a file, so that nothing applies it; None where that is refused."""
    log = log_of(path)
    stem = f"{path.stem} - journal écarté le {now:{_ASIDE}}"
    aside = path.with_name(f"{stem}.journal")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{stem} ({number}).journal")
        number += 1
    try:
        log.rename(aside)
    except OSError:
        return None
    return aside


def keep_copy(path: Path, now: datetime) -> Path | None:
    """Copy a damaged log aside before it is folded in; None where that is refused."""
    aside = path.with_name(f"{path.stem} - journal abîmé le {now:{_ASIDE}}.journal")
    try:
        shutil.copyfile(log_of(path), aside)
    except OSError:
        return None
    return aside


@dataclass(slots=True)
class _Content:
    """What reading a copy found; of one that is not whole, what could still be read.

    Attributes:
        frames: how many frames of the log SQLite would apply.
        hashes: the journal's, oldest first.
    """

    is_readable: bool = False
    is_whole: bool = False
    frames: int = 0
    standing: state.Standing | None = None
    hashes: tuple[str, ...] = ()


def _belongs(merged: _Content, alone: _Content) -> bool:
    """Tell whether the log carries on from the file; together they are whole.

    The file alone stands where the log began, or, when folding was interrupted, already where it
    ends. One that cannot be read at all without its log was being folded, or has a damaged
    beginning that the log mends.
    """
    if not alone.is_readable:
        return True
    if merged.standing is None or alone.standing is None:
        # One of them was made before states had names: its journal must carry on from the file's.
        return merged.hashes[: len(alone.hashes)] == alone.hashes
    return alone.standing.token in (merged.standing.base, merged.standing.token)


def _look(copy: Path, key: bytes, *, with_log: bool) -> _Content:
    """Read a copy, alone or with its log, which is folded into it then."""
    found = _Content()
    # What is mixed from two files fails anywhere; whatever was read before that stands.
    with suppress(*DatabaseError), closing(connect(copy, key, immutable=not with_log)) as opened:
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
        found.is_whole = _is_whole(opened)
    return found


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


def _ends_of_transactions(log: Path) -> list[int]:
    """Return the numbers, from 1, of the whole frames that end a transaction of this log.

    What an earlier log left behind the present one bears other salts, and does not count.
    """
    with log.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD:
            return []
        size = struct.unpack(">I", head[8:12])[0]
        if size not in (pages.PAGE, 1):
            size = pages.PAGE
        found: list[tuple[bytes, int]] = []
        while len(frame := file.read(_FRAME + size)) == _FRAME + size:
            found.append((frame[8:16], struct.unpack(">I", frame[4:8])[0]))
    if not found:
        return []
    salts = Counter(salt for salt, _ in found).most_common(1)[0][0]
    if head[16:24] in {salt for salt, _ in found}:
        salts = head[16:24]
    return [
        number for number, (salt, size_after) in enumerate(found, 1) if size_after and salt == salts
    ]


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
