#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder with Wine and a Python for Windows, in which Windows programs are built and tried.

python3 packaging/windows/wine.py make       as root: Debian 13 with Wine 10 and CPython, some 2 GB
python3 packaging/windows/wine.py PROGRAM…   run a Windows program, or a script, in it

The folder is ``build/wine``, or what EGN_WINE_ROOT names. It sees this project as ``/app``. Wine is
not Windows: it proves code, paths, encodings, the vault, the packed program and its installer, and
neither the look of a real desktop, nor antivirus programs, nor printers. Debian 12's Wine 8 lacks
bcryptprimitives.dll, without which Python dies.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
ROOT = Path(os.environ.get("EGN_WINE_ROOT", PROJECT / "build" / "wine"))
# Written when all of it is there.
WHOLE = ROOT / "whole.txt"
PYTHON = "/python/python.exe"
# Whole, but for python3.dll. A release is built with the official one, on Windows.
CPYTHON = "org.bytedeco:cpython:3.12.1-1.5.10:jar:windows-x86_64"
PYTHON_VERSION = "3.12"
PACKAGES = "wine wine64 xvfb xauth xdotool openbox imagemagick"
COMPILER = "x86_64-w64-mingw32-gcc"
# Has no wheel, and is Python alone: it is the same wherever it is built.
SOURCES = ("--no-binary", "odfpy")
# A DLL without C's own start code.
AS_DLL = (COMPILER, "-O1", "-shared", "-nostdlib", "-Wl,-e,DllMain")
NEEDED = {
    "debootstrap": "debootstrap",
    "mvn": "maven",
    COMPILER: "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
}
# How this machine reaches the network: apt needs it inside as well.
OWN_WAYS = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")
SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1366x768x24")
QUIET = {"WINEDEBUG": "-all", "LC_ALL": "C.UTF-8", "HOME": "/root", "TZ": "UTC"}


def is_there() -> bool:
    """Tell whether the folder is whole."""
    return WHOLE.exists()


def missing() -> list[str]:
    """Return the Debian packages that this machine lacks to make it."""
    return [package for program, package in NEEDED.items() if shutil.which(program) is None]


def make() -> None:
    """Make the folder anew."""
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.mkdir(parents=True)
    made = ("debootstrap", "--variant=minbase", "--include=ca-certificates", "trixie", str(ROOT))
    subprocess.run(made, check=True)
    for path in OWN_WAYS:
        shutil.copy(path, ROOT / path[1:])
    (ROOT / "app").mkdir()
    install = f"apt-get update -q && apt-get install -qy --no-install-recommends {PACKAGES}"
    inside(["sh", "-c", install], {"DEBIAN_FRONTEND": "noninteractive"}).check_returncode()
    _fetch_python()
    inside(["wineboot", "-i"]).check_returncode()
    _stand_in()
    script = "import sys; print(sys.version)"
    run([PYTHON, "-c", script]).check_returncode()
    WHOLE.write_text(f"{CPYTHON}\n", encoding="utf-8")


def _fetch_python() -> None:
    jar, unpacked = ROOT / "tmp" / "cpython.jar", ROOT / "tmp" / "cpython"
    copied = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={CPYTHON}"]
    subprocess.run([*copied, f"-DoutputDirectory={jar}"], check=True)
    (archive,) = jar.glob("*.jar")
    with zipfile.ZipFile(archive) as members:
        members.extractall(unpacked)
    (python,) = unpacked.glob("org/bytedeco/cpython/windows-*")
    shutil.move(python, ROOT / "python")
    for library in (ROOT / "python" / "lib").glob("*.dll"):
        shutil.copy(library, ROOT / "python")
    shutil.rmtree(unpacked)


def _stand_in() -> None:
    """Make the two libraries that are missing: one of Python's, one of Windows 10's own."""
    place = ROOT / "python"
    dump = ["x86_64-w64-mingw32-objdump", "-p", str(place / "python312.dll")]
    told = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    table = told.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    names = [line.split()[-1] for line in table.splitlines()[1:] if line.strip()]
    # Wheels of the stable ABI (Qt's) ask python3.dll for what python312.dll has.
    forwarded = ROOT / "tmp" / "python3.def"
    lines = ["LIBRARY python3.dll", "EXPORTS", *(f"  {name} = python312.{name}" for name in names)]
    forwarded.write_text("\n".join(lines) + "\n", encoding="ascii")
    empty = str(HERE / "empty.c")
    subprocess.run([*AS_DLL, "-o", str(place / "python3.dll"), empty, str(forwarded)], check=True)
    system = ROOT / "root" / ".wine" / "drive_c" / "windows" / "system32"
    converters = [*AS_DLL, "-o", str(system / "icuuc.dll"), empty, str(HERE / "icuuc.c")]
    subprocess.run(converters, check=True)


def install(lock: Path, target: str) -> None:
    """Put a lock's Windows wheels into a folder of the root, by their hashes.

    Args:
        lock: the file of requirements.
        target: the folder, as the root names it.
    """
    place = ROOT / target.lstrip("/")
    shutil.rmtree(place, ignore_errors=True)
    # pip would judge the lock's markers by the Python that it runs in, which is Linux's.
    uv = ROOT / "tmp" / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "venv", str(uv)], check=True)
        pip = [str(uv / "bin" / "python"), "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "--disable-pip-version-check", "uv"], check=True)
    subprocess.run(
        [
            str(uv / "bin" / "uv"), "pip", "install", "--quiet",
            "--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON_VERSION,
            "--only-binary", ":all:", *SOURCES, "--require-hashes",
            "--target", str(place), "-r", str(lock),
        ],
        check=True,
    )  # fmt: skip


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, **options: object
) -> "subprocess.CompletedProcess[str]":
    """Run a Windows program on a screen of its own; ``options`` are those of ``subprocess.run``."""
    # A Windows program that is given no input at all finds its standard input invalid, and stops.
    return inside([*SCREEN, "wine", *command], environment, **options)


def inside(
    command: Sequence[str], environment: Mapping[str, str] | None = None, **options: object
) -> "subprocess.CompletedProcess[str]":
    """Run a program of the root, with the root's mounts, which end with it."""
    kept = {name: value for name, value in os.environ.items() if "proxy" in name.lower()}
    kept |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **QUIET, **(environment or {})}
    mounts = " && ".join(
        f'mount --bind "{place}" "$0/{name}"'
        for place, name in (("/proc", "proc"), ("/dev", "dev"), (PROJECT, "app"))
    )
    apart = ["unshare", "--mount", "sh", "-c", f'{mounts} && exec chroot "$0" "$@"', str(ROOT)]
    given = {"check": False, "text": True, "stdin": subprocess.DEVNULL, "env": kept} | options
    return subprocess.run([*apart, *command], **given)  # type: ignore[call-overload, no-any-return]


def main(arguments: Sequence[str]) -> int:
    """Make the root, or run a program in it."""
    if os.geteuid() != 0 or missing():
        print(f"Asks for root, and: apt-get install {' '.join(NEEDED.values())}")
        return 2
    if list(arguments) == ["make"]:
        make()
        return 0
    return run(arguments).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
