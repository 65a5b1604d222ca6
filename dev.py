#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Set up, run, test and check EGN Desktop. Needs only Python, 3.11 to 3.14.

python3 dev.py run [ARGUMENTS…]   open the app (or run one of its commands)
python3 dev.py test [ARGUMENTS…]  run the tests, without a screen; --fast: a minute; --all: each
python3 dev.py check              ruff, pyright, import-linter
python3 dev.py shots [FOLDER]     write a screenshot of every page
python3 dev.py bench [MEASURES…]  measure a lycée's dossier beside the bare operations
python3 dev.py sbom [FILE]        write what is shipped as a CycloneDX bill of materials
python3 dev.py audit              ask for known vulnerabilities of what is shipped
python3 dev.py properties         try forty times the examples of each property: some hours
python3 dev.py torture [NAMES…]   kill, cut, flip, fill and exchange dossiers, for an hour or so
python3 dev.py bare [SUITES…]     as root: run and test on a bare Debian, made by debootstrap
python3 dev.py package [windows] [--try]   build what users install on Linux, or on Windows by way
                                  of Wine; as root, try it on bare systems as well
python3 dev.py windows-test [--quick | TESTS…]   as root: run the tests by a Python for Windows
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
# Written when all of it is there: the place that it was made in, which its scripts name.
WHOLE = VENV / "whole.txt"
PROBE = "import sys, pip; print(*sys.version_info[:2], sep='.')"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
# PySide6 has no wheels before, nor for what comes after.
OLDEST, NEWEST = (3, 11), (3, 14)

# What PySide6's wheels expect of a Debian or Ubuntu system and a bare one lacks.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# What the tests read PDFs back with, and the real keyring they talk to.
TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "dbus-run-session": "dbus-daemon",
    "gnome-keyring-daemon": "gnome-keyring",
    # A share that goes away under the open window.
    "sshfs": "sshfs",
    "/usr/lib/openssh/sftp-server": "openssh-sftp-server",
    # A computer that falls asleep; it needs libraries that PyPI holds no wheels of.
    "/usr/lib/python3/dist-packages/dbusmock": "python3-dbusmock",
    "gdbus": "libglib2.0-bin",
}


def main() -> int:
    """Run the chore named first on the command line."""
    chores: dict[str, Callable[[Sequence[str]], int]] = {
        "run": run,
        "test": test,
        "check": check,
        "shots": shots,
        "bench": bench,
        "sbom": sbom,
        "audit": audit,
        "properties": properties,
        "torture": torture,
        "bare": bare,
        "package": package,
        "windows-test": windows_test,
    }
    name, *arguments = sys.argv[1:] or [""]
    if name not in chores:
        print(__doc__)
        return 2
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        asked = " to ".join(f"{major}.{minor}" for major, minor in (OLDEST, NEWEST))
        print(f"EGN Desktop needs Python {asked}; this is {sys.version.split()[0]}.")
        return 2
    os.chdir(ROOT)
    return chores[name](arguments)


def run(arguments: Sequence[str]) -> int:
    """Open the app; where there is no screen, print the demonstration school's documents."""
    libraries_ready = set_up("app", missing_libraries())
    if arguments:
        return python("-m", "egn_desktop", *arguments)
    if has_screen() and libraries_ready:
        return python("-m", "egn_desktop")
    reason = "Qt's libraries are missing" if has_screen() else "there is no screen here"
    out = ROOT / "out"
    print(f"No window: {reason}. Writing the demonstration school's documents to {out} instead.")
    out.mkdir(exist_ok=True)
    dossier = out / "ecole-de-demonstration.egn"
    dossier.unlink(missing_ok=True)
    return python("-m", "egn_desktop", "demo", str(dossier), "--documents", str(out))


def test(arguments: Sequence[str]) -> int:
    """Run the tests without a screen, on every core unless the arguments say which.

    Without arguments, what takes a second or more is left out; ``--all`` runs it too, ``--fast``
    much less. ``--note-times`` runs all and notes what they take: on a machine that does nothing
    else. ``--coverage`` holds what they ran of rules, dossier and journal against what they ran
    before.
    """
    chosen = [argument for argument in arguments if argument not in ("--coverage", "--all")]
    if not set(arguments) - {"--coverage"}:
        chosen.append("--daily")
    if not set(chosen) - {"--fast", "--daily", "--note-times"}:
        chosen += ["-n", "auto"]
    prepare_tests()
    if "--coverage" not in arguments:
        return python("-m", "pytest", *chosen)
    measured = ROOT / "build" / "coverage.json"
    report = ("--cov", "--cov-report", f"json:{measured}")
    return python("-m", "pytest", *chosen, *report) or python(
        str(ROOT / "tools" / "coverage_ratchet.py"), str(measured)
    )


def properties(_: Sequence[str]) -> int:
    """Try each property with many examples, a thousand random documents among them."""
    prepare_tests()
    long = ("--hypothesis-profile", "long", "--timeout", str(4 * 3600))
    return python("-m", "pytest", "-n", "auto", "-m", "hypothesis", *long)


def prepare_tests() -> None:
    """Install what the tests need, and have them draw without a screen."""
    set_up("dev", [*missing_libraries(), *missing_programs()])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def check(_: Sequence[str]) -> int:
    """Run the formatter's check, the linter, the type checker and the contracts."""
    set_up("dev")
    contracts = PYTHON.with_name("lint-imports.exe" if WINDOWS else "lint-imports")
    commands = (
        (str(PYTHON), "-m", "ruff", "format", "--check", "."),
        (str(PYTHON), "-m", "ruff", "check", "."),
        (str(PYTHON), "-m", "pyright"),
        (str(contracts),),
    )
    return max([subprocess.run(command, check=False).returncode for command in commands])


def shots(arguments: Sequence[str]) -> int:
    """Write a screenshot of every page, light and dark, in two sizes."""
    set_up("app", missing_libraries())
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return python("-m", "egn_desktop.ui.shots", *(arguments or ("shots",)))


def bench(arguments: Sequence[str]) -> int:
    """Measure how long a large school waits; see ``benchmarks/README.md``."""
    set_up("app", missing_libraries())
    return python("-m", "benchmarks", *arguments)


def sbom(arguments: Sequence[str]) -> int:
    """Write the bill of materials, proven against CycloneDX's schema."""
    set_up("app")
    set_up("audit")
    return python(str(ROOT / "tools" / "sbom.py"), *arguments)


def audit(_: Sequence[str]) -> int:
    """Ask for known vulnerabilities; says so when no database answered."""
    set_up("app")
    set_up("audit")
    return python(str(ROOT / "tools" / "audit.py"))


def torture(arguments: Sequence[str]) -> int:
    """Run the long form of each torture, one after the other, and print a line for each."""
    set_up("dev")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found = sorted((ROOT / "tests" / "torture").glob("*.py"))
    names = [path.stem for path in found if '__name__ == "__main__"' in path.read_text("utf-8")]
    lines: list[str] = []
    for name in arguments or names:
        begun = time.monotonic()
        code = python("-m", f"tests.torture.{name}")
        verdict = "held" if code == 0 else f"FAILED ({code})"
        lines.append(f"{name:<12} {verdict:<12} {time.monotonic() - begun:>6.0f} s")
    print(*lines, sep="\n")
    return int(any("FAILED" in line for line in lines))


def bare(arguments: Sequence[str]) -> int:
    """Type both commands of the README on bare Debian systems; see ``tools/bare.py``."""
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "bare.py"), *arguments], check=False
    ).returncode


def package(arguments: Sequence[str]) -> int:
    """Build the packages, and try them; see ``packaging/build.py``."""
    builder = [sys.executable, str(ROOT / "packaging" / "build.py"), *arguments]
    return subprocess.run(builder, check=False).returncode


def windows_test(arguments: Sequence[str]) -> int:
    """Run the tests under Wine; see ``packaging/windows/suite.py``."""
    suite = [sys.executable, str(ROOT / "packaging" / "windows" / "suite.py"), *arguments]
    return subprocess.run(suite, check=False).returncode


def set_up(kind: str, packages: Sequence[str] = ()) -> bool:
    """Have a whole environment with the locked dependencies, and tell if all of Debian's is there.

    Args:
        kind: ``app`` for what the app needs, ``dev`` for the tests and checks as well, ``audit``
            for what looks at the packages themselves.
        packages: those of Debian that are missing here. They are asked for in one go with what
            making an environment needs.
    """
    is_whole = environment_is_whole()
    makers = [] if is_whole else missing_makers()
    is_ready = install_missing([*makers, *packages])
    if makers and not is_ready:
        sys.exit(1)
    if not is_whole:
        make_environment()
    fill_environment(kind)
    return is_ready


def environment_is_whole() -> bool:
    """Tell whether ``.venv`` was filled to the end, in this place, and its Python is this one.

    One that was interrupted, moved, copied from another system, or whose Python was removed or
    replaced since, is none of that.
    """
    try:
        if WHOLE.read_text(encoding="utf-8") != str(VENV):
            return False
        asked = subprocess.run([str(PYTHON), "-I", "-c", PROBE], capture_output=True, check=False)
    except (OSError, ValueError):
        return False
    return asked.returncode == 0 and asked.stdout.decode().strip() == VERSION


def make_environment() -> None:
    """Make ``.venv`` anew, whatever is there."""
    print("Making the virtual environment…")
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        sys.exit(f"{VENV} is not whole and cannot be removed: {error}. Remove it, and try again.")
    error = create_environment()
    if error:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"The virtual environment could not be made: {error}")


def create_environment() -> str:
    """Have a Python that is in no environment make one, and return what it says is wrong."""
    # By a child: Debian's venv ends the process that asks for it.
    own = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run([own, "-m", "venv", str(VENV)], capture_output=True, check=False)
    return (made.stderr or made.stdout).decode(errors="replace") if made.returncode else ""


def fill_environment(kind: str) -> None:
    """Install the locked dependencies of a kind, if that is still due."""
    lock = ROOT / "requirements" / f"{kind}.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"{kind}.stamp"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    print("Installing the locked dependencies…")
    quietly = ("--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock))
    fetched = VENV / "fetched"
    # In two steps: without a network, the environment stays as it was. What comes as source is
    # built in the second, which fetches what builds it.
    if python("-m", "pip", "download", "--dest", str(fetched), *quietly):
        sys.exit("The dependencies could not be fetched; is the network reachable?")
    WHOLE.unlink(missing_ok=True)
    if python("-m", "pip", "install", "--find-links", str(fetched), *quietly):
        sys.exit("The dependencies could not be installed; the next try begins anew.")
    shutil.rmtree(fetched)
    # A path file instead of an installation: no build step, and edits count at once. It leads
    # there from where it is, as not every Python reads the accents of a path in it.
    site = next(VENV.glob("[Ll]ib/**/site-packages"))
    (site / "egn_desktop.pth").write_text(os.path.relpath(ROOT, site) + "\n", encoding="utf-8")
    write_command()
    stamp.write_text(digest, encoding="utf-8")
    WHOLE.write_text(str(VENV), encoding="utf-8")


def write_command() -> None:
    """Write the ``egn-desktop`` command into the environment; it finds its Python beside it."""
    if WINDOWS:
        command = VENV / "Scripts" / "egn-desktop.cmd"
        command.write_text('@"%~dp0python.exe" -m egn_desktop %*\n', encoding="utf-8")
        return
    command = VENV / "bin" / "egn-desktop"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m egn_desktop "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def python(*arguments: str) -> int:
    """Run the environment's Python and return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], check=False).returncode


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_makers() -> list[str]:
    """Return the Debian package without which this Python makes no environment with pip."""
    return [] if importlib.util.find_spec("ensurepip") else [f"python{VERSION}-venv"]


def missing_libraries() -> list[str]:
    """Return the Debian packages of the system libraries that Qt would not find."""
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    missing: list[str] = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_programs() -> list[str]:
    """Return the Debian packages of the programs that the tests use and that are not here."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for name, package in TEST_PROGRAMS.items() if not _is_here(name)]


def _is_here(program: str) -> bool:
    """Tell whether a program is on the path, or a file or folder is where it belongs."""
    return Path(program).exists() if program.startswith("/") else shutil.which(program) is not None


def install_missing(packages: Sequence[str]) -> bool:
    """Install Debian packages as root, else print the one line to type; tell if all is there."""
    if not packages:
        return True
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = " ".join(command)
    if shutil.which("apt-get") is None:
        print(f"Missing on this system: {', '.join(packages)} (named as in Debian).")
        return False
    if os.geteuid() != 0:
        print(f"Some packages of the system are missing. Type: sudo {line}")
        return False
    print(f"Installing {', '.join(packages)}…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"That failed. Type: {line}")
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
