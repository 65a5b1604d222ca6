# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder that PyInstaller makes, with the locked packages and nothing else."""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / "build" / "package"
LOCK = ROOT / "requirements" / "package.lock"
NAME = "egn-desktop"
# Not compressed twice: what is packed outside is smaller when the archive inside is plain.
ENVIRONMENT = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0", "SOURCE_DATE_EPOCH": "0"}


def pyinstaller(place: str, project: str) -> list[str]:
    """Return what Python is called with to make the folder ``NAME`` in a place.

    Args:
        place: where it is made.
        project: this project's folder, as the Python that packs sees it.
    """
    return [
        "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
        "--distpath", place, "--workpath", f"{place}/work", f"{project}/packaging/egn_desktop.spec",
    ]  # fmt: skip


def draw_icons(project: str) -> list[str]:
    """Return what Python is called with to draw the icons that the folder asks for."""
    return [f"{project}/packaging/icon/draw.py", f"{project}/build/icon"]


def packer(place: Path) -> str:
    """Return a Python of this system with the locked packages alone, made in a new folder."""
    venv.create(place, with_pip=True)
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = str(place / scripts / "python")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    return python


def packed(out: Path) -> Path:
    """Return the folder, made for the system that this runs on, in a place for all of its build."""
    python = packer(out / "packer")
    own = {**os.environ, **ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen"}
    if sys.platform != "linux":
        subprocess.run([python, *draw_icons(str(ROOT))], env=own, check=True)
    subprocess.run([python, *pyinstaller(str(out), str(ROOT))], env=own, check=True)
    return out / NAME


def works(folder: Path) -> bool:
    """Have the packed program try itself, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        own = {**os.environ, "EGN_DESKTOP_HOME": profile, "QT_QPA_PLATFORM": "offscreen"}
        command = [str(folder / NAME), "self-test"]
        return subprocess.run(command, env=own, check=False).returncode == 0


def version() -> str:
    """Return the version that the program's source tells."""
    source = (ROOT / "egn_desktop" / "__init__.py").read_text(encoding="utf-8")
    return source.partition('VERSION = "')[2].partition('"')[0]
