# SPDX-License-Identifier: GPL-3.0-or-later
"""The place where a file lies: what kind it is, what it refuses, and how SQLite is told of it."""

import errno
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from egn_desktop.dossier.errors import (
    DiskFullError,
    MissingDossierError,
    NameRefusedError,
    PlaceLostError,
    ReadOnlyPlaceError,
    UnreadableError,
)
from egn_desktop.errors import ExitCode, UserError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SQLITE_FULL = "database or disk is full"
# Windows' own numbers for a share or a drive that is gone, as ``OSError.winerror`` gives them.
_LOST_ON_WINDOWS = (21, 53, 55, 59, 64, 67, 121, 1117, 1167, 1231)
# A sharing violation, a lock: another program has the file.
_HELD_ON_WINDOWS = (32, 33)
_LOST = (
    errno.EIO,
    errno.ENOTCONN,
    errno.ESTALE,
    errno.ENODEV,
    errno.ENXIO,
    errno.ETIMEDOUT,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ECONNABORTED,
    errno.ECONNRESET,
)
# Names that Windows keeps for devices, whatever follows the first dot; a dossier travels there.
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{name}{number}" for name in ("com", "lpt") for number in "123456789¹²³"
}
_FORBIDDEN = '<>:"/\\|?*'
# Beside the file stand others whose names are longer; 255 bytes is what every system takes.
_LONGEST = 255 - len(".~.verrou")
# File systems that other computers may reach too, as Linux names them.
_SHARED = ("nfs", "cifs", "smb", "9p", "ncpfs", "afs", "ceph", "glusterfs", "davfs", "fuse.")
_LOCAL_FUSE = ("fuse.fuseblk", "fuse.ntfs", "fuse.exfat", "fuse.gocryptfs", "fuse.encfs")
_DRIVE_REMOTE = 4
_PAGE = 4096


def uri_of(path: Path, mode: str) -> str:
    """Return the URI by which SQLite opens a file.

    ``Path.as_uri`` puts a server's name where SQLite accepts none, so that no share would open;
    and a mapped drive stays the letter that the user chose.
    """
    return f"file://{_rooted(path.absolute().as_posix())}?{mode}"


def _rooted(posix: str) -> str:
    return quote(posix if posix.startswith("/") else f"/{posix}", safe="/:")


def name_problem(name: str) -> str | None:
    """Return why a file cannot bear a name on every system, in French, or None."""
    stem = name.split(".")[0].rstrip().casefold()
    forbidden = [sign for sign in name if sign in _FORBIDDEN or ord(sign) < 32]
    if stem in _RESERVED:
        return f"« {name} » est un nom que Windows garde pour lui."
    if forbidden:
        return f"un nom de fichier ne peut pas contenir le caractère « {forbidden[0]} »."
    if name.endswith((" ", ".")):
        return "un nom de fichier ne peut pas finir par une espace ou un point."
    if len(os.fsencode(name)) > _LONGEST:
        return f"ce nom est trop long ({len(name)} caractères)."
    return None


def refuse_bad_name(path: Path) -> None:
    """Refuse a name that some system cannot bear, before a file is made.

    Raises:
        NameRefusedError: says why.
    """
    problem = name_problem(path.name)
    if problem is not None:
        raise NameRefusedError(path, problem)


def is_full(error: BaseException) -> bool:
    """Tell whether an error of the system, or of SQLite, means that no room was left."""
    if isinstance(error, OSError):
        return error.errno in FULL
    cause = getattr(error, "orig", error)
    name = str(getattr(cause, "sqlite_errorname", ""))
    # The driver's backup gives its errors no name.
    return name.startswith("SQLITE_FULL") or str(cause) == _SQLITE_FULL


def is_lost(error: BaseException) -> bool:
    """Tell whether an error of the system means that the disk or the share does not answer."""
    if not isinstance(error, OSError):
        return False
    return error.errno in _LOST or getattr(error, "winerror", None) in _LOST_ON_WINDOWS


def in_words(error: OSError, path: Path) -> UserError:
    """Return the words for what the system refused at a place."""
    if is_full(error):
        return DiskFullError(path)
    if is_lost(error):
        return PlaceLostError(path)
    if error.errno == errno.ENAMETOOLONG:
        return NameRefusedError(path, f"ce nom est trop long ({len(path.name)} caractères).")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return MissingDossierError(path)
    if error.errno == errno.EROFS:
        return ReadOnlyPlaceError(path)
    if error.errno in (errno.EACCES, errno.EPERM):
        is_read = os.access(path, os.R_OK)
        return ReadOnlyPlaceError(path) if is_read else UnreadableError(path)
    return PlaceLostError(path)


def not_written(error: OSError, path: Path) -> UserError:
    """Return the words for a document that could not be written where the user wanted it."""
    refused = UserError(
        f"Le fichier « {path} » n’a pas pu être écrit : {_why_not_written(error, path)}",
        kept="Le dossier n’est pas touché ; un fichier qui était là reste tel qu’il était.",
        todo="Recommencez ensuite, ou choisissez un autre emplacement.",
    )
    refused.exit_code = ExitCode.DISK_FULL if is_full(error) else ExitCode.READ_ONLY
    return refused


def _why_not_written(error: OSError, path: Path) -> str:
    number, on_windows = error.errno, getattr(error, "winerror", None)
    problem = name_problem(path.name)
    if is_full(error):
        return "le disque est plein. Libérez de la place."
    if number == errno.ENAMETOOLONG:
        return "son nom est trop long."
    if problem is not None and number not in (errno.EROFS, errno.EACCES):
        return f"son nom est refusé : {problem}"
    if is_lost(error):
        return "le disque ou le partage ne répond plus."
    if number in (errno.ENOENT, errno.ENOTDIR):
        return f"« {path.parent} » n’existe pas sur cet ordinateur."
    if number == errno.EISDIR:
        return "un répertoire porte déjà ce nom."
    if on_windows in _HELD_ON_WINDOWS or (on_windows is not None and _is_writable_file(path)):
        return "il est ouvert dans un autre programme. Fermez-le."
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"« {path.parent} » est protégé en écriture."
    return "l’emplacement refuse l’écriture."


def _is_writable_file(path: Path) -> bool:
    """Tell whether what stands in the way is a file that we might write, were it not held."""
    with suppress(OSError):
        return path.is_file() and os.access(path, os.W_OK)
    return False


def trouble(path: Path) -> UserError | None:
    """Ask a place what is wrong with it, when SQLite only said that it failed; None if nothing is.

    SQLite keeps the system's own number to itself, and a quota that is used up shows in no figure:
    so a page is written beside the file. The file itself is not opened: closing a handle of an open
    one would drop SQLite's lock.
    """
    try:
        path.stat()
        if hasattr(os, "statvfs"):
            place = os.statvfs(path)
            if place.f_flag & os.ST_RDONLY:
                return ReadOnlyPlaceError(path)
            if not place.f_bavail:
                return DiskFullError(path)
        _write_beside(path)
    except OSError as error:
        return in_words(error, path)
    return None


def _write_beside(path: Path) -> None:
    probe = path.with_name(f".~{secrets.token_hex(4)}.essai")
    try:
        with probe.open("xb") as file:
            file.write(bytes(_PAGE))
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            probe.unlink()


SHARED_PLACE = (
    "Emplacement : partagé. D’autres ordinateurs peuvent l’atteindre ; une marque à côté du "
    "dossier leur dit qui l’a ouvert."
)


def is_shared(path: Path) -> bool:
    """Tell a place that other computers may reach, where the system's locks may not hold."""
    if sys.platform == "win32":
        return _is_remote_drive(path)
    kind = ""
    with suppress(OSError):
        kind = _file_system(path)
    return kind.startswith(_SHARED) and not kind.startswith(_LOCAL_FUSE)


def _file_system(path: Path) -> str:
    """Return the kind of the file system that holds a path, as Linux names it, or nothing."""
    mounts = Path("/proc/self/mountinfo")
    if not mounts.is_file():
        return ""
    device = path.parent.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields, _, kinds = line.partition(" - ")
        if fields.split(" ")[2] == wanted:
            return kinds.split(" ")[0]
    return ""


def _is_remote_drive(path: Path) -> bool:  # pragma: no cover - Windows alone
    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return True
    # The type checker knows ``windll`` on Windows alone.
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
    return False
