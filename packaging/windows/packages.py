# SPDX-License-Identifier: GPL-3.0-or-later
"""What users of Windows install: an installer, and a portable folder.

On Windows they are built by its own Python; on Linux, under Wine. Where EGN_SIGN holds a command,
each program is signed by it: the file's name is put after it.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import packing
from packing import NAME, ROOT
from windows import wine

HERE = Path(__file__).resolve().parent
OUT = packing.OUT / "windows"
WEIGHTS = HERE / "weights.txt"
PROGRAMS = ("EGN Desktop.exe", "egn-desktop.exe")
SIGN = os.environ.get("EGN_SIGN", "")
ON_WINDOWS = sys.platform == "win32"
# As the root of Wine names them.
PROJECT, WHEELS = "/app", "/wheels/package"
# Stand-ins, and what belongs to Windows itself.
NEVER_SHIPPED = ("icuuc.dll",)


def missing() -> str:
    """Return what to type where a program is missing that the build needs, or an empty text."""
    if shutil.which("makensis") is None:
        return "choco install nsis" if ON_WINDOWS else "apt-get install nsis"
    if ON_WINDOWS or wine.is_there():
        return ""
    packages = wine.missing()
    install = f"apt-get install {' '.join(packages)} && " if packages else ""
    return f"{install}python3 packaging/windows/wine.py make"


def build() -> tuple[Path, list[Path]]:
    """Return the folder that was packed, and the packages that were made of it.

    Raises:
        SystemExit: the program does not work.
    """
    tell_version()
    folder = packing.packed(OUT) if ON_WINDOWS else packed_under_wine()
    for name in NEVER_SHIPPED:
        (folder / "_internal" / name).unlink(missing_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    if SIGN:
        for name in PROGRAMS:
            subprocess.run([*shlex.split(SIGN), str(folder / name)], check=True)
    if not (packing.works(folder) if ON_WINDOWS else works_under_wine()):
        sys.exit("The packed program does not work.")
    return folder, [
        made("installer.nsi", "installation", folder),
        made("portable.nsi", "portable", folder),
    ]


def tell_version() -> None:
    """Write what Windows shows of the programs' version, for the spec."""
    version = packing.version()
    form = (HERE / "version.txt.in").read_text(encoding="utf-8")
    told = form.format(version=version, numbers=version.replace(".", ", "))
    (ROOT / "build" / "version.txt").write_text(told, encoding="utf-8")


def packed_under_wine() -> Path:
    """Return the folder, made by a Python for Windows on Linux."""
    wine.install(packing.LOCK, WHEELS)
    own = {**packing.ENVIRONMENT, "PYTHONPATH": WHEELS, "QT_QPA_PLATFORM": "offscreen"}
    place = f"{PROJECT}/{OUT.relative_to(ROOT).as_posix()}"
    for arguments in (packing.draw_icons(PROJECT), packing.pyinstaller(place, PROJECT)):
        wine.run([wine.PYTHON, *arguments], own).check_returncode()
    return OUT / NAME


def works_under_wine() -> bool:
    """Have the packed program try itself, in a profile of its own."""
    program = f"{PROJECT}/{(OUT / NAME).relative_to(ROOT).as_posix()}/{NAME}.exe"
    own = {"EGN_DESKTOP_HOME": "C:\\essai", "QT_QPA_PLATFORM": "offscreen"}
    return wine.run([program, "self-test"], own).returncode == 0


def made(script: str, kind: str, folder: Path) -> Path:
    """Return the program that NSIS makes of the folder by a script."""
    path = OUT / f"EGN-Desktop-{packing.version()}-{kind}.exe"
    defined = {
        "FOLDER": str(folder),
        "VERSION": packing.version(),
        "OUTFILE": str(path),
        "ICON": str(ROOT / "build" / "icon" / f"{NAME}.ico"),
        **({"SIGN": SIGN} if SIGN else {}),
    }
    defines = [f"-D{name}={value}" for name, value in defined.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, script]
    subprocess.run(command, check=True, cwd=HERE)
    return path
