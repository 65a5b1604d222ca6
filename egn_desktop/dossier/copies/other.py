# SPDX-License-Identifier: GPL-3.0-or-later
"""The other copy: found beside the file, and read on a copy of its own, never where it lies."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from egn_desktop import paths
from egn_desktop.dossier import log, migrate, state
from egn_desktop.dossier.backup import is_whole
from egn_desktop.dossier.connection import (
    DatabaseError,
    connect,
    engine_of,
    in_words,
    unreadable,
)
from egn_desktop.dossier.copies.errors import (
    CopyHasOtherSecretError,
    NewerCopyError,
    OtherDossierError,
    SameFileError,
)
from egn_desktop.dossier.errors import (
    DamagedError,
    NoRoomForTrialError,
    NotADossierError,
    WrongSecretError,
)
from egn_desktop.dossier.open_file import is_open_here
from egn_desktop.dossier.opening import refuse_missing
from egn_desktop.dossier.pages import is_something_else
from egn_desktop.dossier.places import in_words as place_in_words
from egn_desktop.dossier.places import is_full
from egn_desktop.dossier.store import dossier_id

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

_PREFIX = "comparaison-"
_KEPT = "autre.egn"
_READ = "lue.egn"
_LEFT_AFTER_S = 86_400


class OtherCopy:
    """Another file of the same dossier; ``close`` removes the copies that were made of it.

    Attributes:
        path: where it lies.
        kept: a copy of it, its log folded in, otherwise as it is.
        key: what opens it.
        connection: the raw connection to a copy in this version's form.
    """

    def __init__(self, path: Path, folder: Path, key: bytes, connection: Any) -> None:
        self.path = path
        self.kept = folder / _KEPT
        self.key = key
        self.connection = connection
        self._folder = folder

    def close(self) -> None:
        """Let it go; the file itself was never touched."""
        self.connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def siblings(path: Path, of: str) -> Sequence[Path]:
    """Return the other files of a dossier that lie in the same folder, the latest changed first.

    Their first bytes alone are read, and none of a file that this process has open.

    Args:
        of: the dossier's id.
    """
    found: list[tuple[float, Path]] = []
    with suppress(OSError):
        for file in path.parent.iterdir():
            with suppress(OSError):
                if (
                    file.suffix.lower() == ".egn"
                    and file.name != path.name
                    and file.is_file()
                    and not is_open_here(file)
                    and dossier_id(file) == of
                ):
                    found.append((file.stat().st_mtime, file))
    return [path for _, path in sorted(found, reverse=True)]


def open_other(here: "Dossier", path: Path, *, key: bytes | None = None) -> OtherCopy:
    """Read another file of the dossier.

    Args:
        key: what opens it, if not what opens this one.

    Raises:
        SameFileError, OtherDossierError, CopyHasOtherSecretError, NewerCopyError, DamagedError:
            it cannot be compared; says why.
        UserError: it cannot be read; says why.
    """
    refuse_missing(path)
    if is_open_here(path) or _is_same(path, here.path):
        raise SameFileError(path)
    wanted = key or here.key
    try:
        if is_something_else(path):
            raise NotADossierError(path)
        if dossier_id(path) != here.dossier_id:
            raise OtherDossierError(path)
        _clear_left(here.now())
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=paths.user_data()))
    except OSError as error:
        raise place_in_words(error, path) from error
    try:
        _copy(path, folder / _KEPT, wanted)
        connection = _read(path, folder, wanted, here)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            if is_full(error):
                raise NoRoomForTrialError(path) from error
            raise place_in_words(error, path) from error
        raise
    return OtherCopy(path, folder, wanted, connection)


def _copy(path: Path, target: Path, key: bytes) -> None:
    """Copy a file, with what its log holds if it is its own."""
    if log.has_log(path):
        with log.trial(path, key) as tried:
            if tried.verdict is log.Verdict.BELONGS:
                shutil.copyfile(tried.merged, target)
                return
    shutil.copyfile(path, target)


def _read(path: Path, folder: Path, key: bytes, here: "Dossier") -> Any:
    kept = folder / _KEPT
    try:
        with closing(connect(kept, key)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        if not is_whole(kept, key):
            raise DamagedError(path, here.dossier_id)
    except DatabaseError as error:
        told = unreadable(kept, key, [here.dossier_id])
        if isinstance(told, WrongSecretError):
            raise CopyHasOtherSecretError(path) from error
        if isinstance(told, DamagedError):
            raise DamagedError(path, here.dossier_id) from error
        raise in_words(error, path, key) from error
    read = folder / _READ
    shutil.copyfile(kept, read)
    connection = connect(read, key)
    try:
        if migrate.is_newer(connection):
            raise NewerCopyError(path)
        if migrate.is_behind(connection):
            before = state.standing(connection)
            migrate.to_latest(
                engine_of(connection, read_only=False), begins_log=False, at=here.now()
            )
            if before is not None:
                # Bringing the copy to this version's form is no write of that copy.
                connection.execute("DELETE FROM writes WHERE number > ?", (before.number,))
                connection.execute(
                    "UPDATE state SET number = ?, token = ?, base = ?, computer = ?",
                    (before.number, before.token, before.base, before.computer),
                )
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False


def _clear_left(now: datetime) -> None:
    """Remove what a process that was killed left; another window may be comparing just now."""
    for folder in paths.user_data().glob(f"{_PREFIX}*"):
        if now.timestamp() - folder.stat().st_mtime > _LEFT_AFTER_S:
            shutil.rmtree(folder, ignore_errors=True)
