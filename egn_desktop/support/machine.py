# SPDX-License-Identifier: GPL-3.0-or-later
"""Which program this is, in which versions, on which system; nothing of who uses it."""

import platform
import struct
import sys
from importlib import metadata
from typing import Final

from egn_desktop import VERSION

PACKAGES: Final = (
    "PySide6-Essentials",
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "keyring",
    "platformdirs",
    "msgspec",
    "reportlab",
    "pillow",
    "pikepdf",
    "python-calamine",
    "vacances-scolaires-france",
    "XlsxWriter",
)


def program() -> str:
    """Return the version of the program and how it was made."""
    made = "paquet autonome" if getattr(sys, "frozen", False) else "Python installé à part"
    return f"EGN Desktop {VERSION} ({made})"


def system() -> str:
    """Return the system and the Python; the computer's own name is left out."""
    bits = struct.calcsize("P") * 8
    return (
        f"{platform.system()} {platform.release()} {platform.machine()}, Python "
        f"{platform.python_version()} ({bits} bits)"
    )


def packages() -> dict[str, str]:
    """Return the version of each package that the program stands on, empty where none is noted."""
    return {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
