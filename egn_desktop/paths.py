# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things live on this machine: resources, user data, settings, backups."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

APP_NAME = "EGN Desktop"
BASE_DIR_VARIABLE = "EGN_DESKTOP_HOME"
PORTABLE = "portable"


def is_there(path: Path) -> bool:
    """Tell whether something is at a path; a share that does not answer has nothing.

    ``Path.exists`` and ``is_file`` raise there.
    """
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def with_ending(path: Path, ending: str) -> Path:
    """Return a path that was given without its file's ending with it; « fiche v1.2 » has none."""
    is_complete = path.name.lower().endswith(ending)
    return path if is_complete else path.with_name(path.name + ending)


def program() -> Path:
    """Return the folder in which the package stands, a checkout or an installation."""
    return Path(__file__).resolve().parent.parent


def own_command() -> list[str]:
    """Return what starts this very program once more, before its arguments."""
    is_packed = getattr(sys, "frozen", False)
    return [sys.executable] if is_packed else [sys.executable, "-m", "egn_desktop"]


def resources() -> Path:
    """Return the folder of the shipped content, fonts and icons."""
    return _shipped("resources", checkout="resources")


def guide() -> Path:
    """Return the folder of the user guide."""
    return _shipped("guide", checkout="docs/guide")


def _shipped(name: str, checkout: str) -> Path:
    """Return a folder of the installed package, which a checkout keeps beside the package."""
    installed = Path(__file__).resolve().parent / name
    return installed if installed.is_dir() else program() / checkout


def user_data() -> Path:
    """Return the folder of backups, settings and log, made if missing.

    ``EGN_DESKTOP_HOME`` moves it, for a throwaway profile. A packed program beside which a file
    named ``portable`` lies keeps it beside itself: it runs from a stick and leaves nothing.
    """
    moved = os.environ.get(BASE_DIR_VARIABLE)
    beside = Path(sys.executable).parent if getattr(sys, "frozen", False) else None
    if moved:
        folder = Path(moved)
    elif beside is not None and is_there(beside / PORTABLE):
        folder = beside / "profil"
    else:
        from platformdirs import user_data_path

        folder = user_data_path(APP_NAME, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def technical_log() -> Path:
    """Return where the program writes its own faults."""
    return user_data() / "journal-technique.log"


def all_backups() -> Path:
    """Return the folder that holds the backups of each dossier; it may be missing."""
    return user_data() / "sauvegardes"


def backups(dossier_id: str) -> Path:
    """Return the folder of one dossier's backups, made if missing."""
    folder = all_backups() / dossier_id
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def demonstrations() -> Path:
    """Return the folder in which the window builds demonstration schools; it may be missing."""
    return user_data() / "demonstration"


def is_demonstration(path: Path) -> bool:
    """Tell the demonstration school's file from a school's own."""
    return demonstrations() in path.parents


def documents_home() -> Path:
    """Return the folder proposed first when a file is to be opened or saved."""
    from platformdirs import user_documents_path

    folder = user_documents_path()
    return folder if folder.is_dir() else Path.home()


def share_as_folder(path: Path) -> None:
    """Let those who may write in a file's folder have the file too, where the folder says so.

    What the program makes is its user's alone (see ``process``). In a folder that a group writes,
    as on a school's server, such a file would be there for colleagues to see and not to open.
    """
    with suppress(OSError):
        mode = path.parent.stat().st_mode
        if os.name == "posix" and mode & stat.S_IWGRP and not mode & stat.S_ISVTX:
            path.chmod(path.stat().st_mode | stat.S_IRGRP | stat.S_IWGRP)
