#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build what a user installs, for the system that this runs on; `python3 dev.py package` calls it.

On Linux: a `.deb` and a portable folder, in `build/package`. What comes out is weighed, asked which
system it needs, and tried by its own `self-test` before it is called built.
"""

import gzip
import hashlib
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / "build" / "package"
NAME = "egn-desktop"
MEBIBYTE = 1024 * 1024

OLDEST_GLIBC = (2, 35)
"""Ubuntu 22.04's, and what is built on it; Debian 12 has 2.36. See docs/decisions/0023."""
NEEDED_PROGRAMS = {"gcc": "gcc", "dpkg-deb": "dpkg", "objdump": "binutils", "xz": "xz-utils"}
# What Qt and the window ask of the system, as Debian 12 and 13 and Ubuntu 22.04 name it.
DEPENDS = (
    "libc6 (>= 2.35)", "libegl1", "libgl1", "libfontconfig1", "libfreetype6", "libdbus-1-3",
    "libglib2.0-0t64 | libglib2.0-0", "libx11-6", "libx11-xcb1", "libxcb1", "libstdc++6", "zlib1g",
)  # fmt: skip
MOST_MIB = 40.0
MOST_GROWTH_MIB = 1.0
# Of each system: what was noted when it was last looked at, in MiB as compressed.
WEIGHTS = HERE / "weights.txt"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Qt": ("PySide6", "shiboken6"),
    "SQLCipher": ("sqlcipher3",),
    "cryptography": ("cryptography", "_cffi_backend"),
    "pikepdf and lxml": ("pikepdf", "lxml"),
    "Pillow": ("PIL", "pillow.libs"),
    "Python": ("libpython", "python3", "base_library.zip", "libcrypto"),
    "fonts, content, guide": ("egn_desktop",),
    "calamine": ("python_calamine",),
}


def main() -> int:
    """Build, and return 0 when all of it is right."""
    if sys.platform != "linux":
        print("Built on Linux alone so far; packaging/README.md says what is tried where.")
        return 2
    missing = [package for name, package in NEEDED_PROGRAMS.items() if shutil.which(name) is None]
    if missing:
        print(f"Missing: apt-get install {' '.join(missing)}")
        return 2
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    folder = packed()
    newest, asking = newest_glibc(folder)
    if newest > OLDEST_GLIBC:
        print(f"{asking} asks glibc {newest[0]}.{newest[1]}: too new, see OLDEST_GLIBC.")
        return 1
    if not works(folder):
        return 1
    portable = portable_of(folder)
    built = [portable, deb_of(folder)]
    for path in built:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{path.name}  {path.stat().st_size / MEBIBYTE:.1f} MiB  sha256 {digest}")
    return 0 if weighs_as_noted(folder, max(path.stat().st_size for path in built)) else 1


def packed() -> Path:
    """Return the folder that PyInstaller makes with the locked packages and nothing else."""
    place = OUT / "packer"
    venv.create(place, with_pip=True)
    python = str(place / "bin" / "python")
    lock = str(ROOT / "requirements" / "package.lock")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    subprocess.run(
        [
            python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
            "--distpath", str(OUT), "--workpath", str(OUT / "work"), str(HERE / "egn_desktop.spec"),
        ],
        # Not compressed twice: what is packed outside is smaller when the archive inside is plain.
        env={**os.environ, "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0", "SOURCE_DATE_EPOCH": "0"},
        check=True,
    )  # fmt: skip
    folder = OUT / NAME
    empty_icu(folder)
    return folder


def empty_icu(folder: Path) -> None:
    """Put an archive without an entry in place of ICU's data, see ``linux/icudata.c``."""
    for path in folder.rglob("libicudata.so.*"):
        if path.is_symlink():
            continue
        version = path.name.rpartition(".")[2]
        subprocess.run(
            [
                "gcc", "-shared", "-nostdlib", "-s", f"-DICUDATA=icudt{version}_dat",
                f"-Wl,-soname,{path.name}", "-o", str(path), str(HERE / "linux" / "icudata.c"),
            ],
            check=True,
        )  # fmt: skip


def newest_glibc(folder: Path) -> tuple[tuple[int, ...], str]:
    """Return the newest glibc that a file asks for, and which file does."""
    newest: tuple[tuple[int, ...], str] = ((0,), "")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF":
            command = ["objdump", "-T", str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            for version in re.findall(r"GLIBC_([0-9.]+)", told):
                newest = max(newest, (tuple(map(int, version.split("."))), path.name))
    return newest


def works(folder: Path) -> bool:
    """Have the packed program try itself, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        own = {**os.environ, "EGN_DESKTOP_HOME": profile, "QT_QPA_PLATFORM": "offscreen"}
        return (
            subprocess.run([str(folder / NAME), "self-test"], env=own, check=False).returncode == 0
        )


def portable_of(folder: Path) -> Path:
    """Return the folder as an archive, whose mark has it keep its profile beside itself."""
    version = version_of(folder)
    path = OUT / f"{NAME}-{version}-linux-x86_64.tar.xz"
    with tarfile.open(path, "w:xz", preset=9) as archive:
        archive.add(folder, f"{NAME}-{version}")
        for name in ("LICENSE",):
            archive.add(ROOT / name, f"{NAME}-{version}/{name}")
        mark = tarfile.TarInfo(f"{NAME}-{version}/portable")
        archive.addfile(mark, BytesIO())
    return path


def deb_of(folder: Path) -> Path:
    """Return the package for Debian, Ubuntu and what is made of them."""
    tree = OUT / "deb"
    version = version_of(folder)
    shutil.copytree(folder, tree / "usr/lib" / NAME, symlinks=True)
    placed = {
        HERE / "linux/egn-desktop.desktop": f"usr/share/applications/{NAME}.desktop",
        HERE / "linux/egn-desktop.mime.xml": f"usr/share/mime/packages/{NAME}.xml",
        HERE / "icon/egn-desktop.svg": f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg",
        ROOT / "LICENSE": f"usr/share/doc/{NAME}/copyright",
    }
    for source, target in placed.items():
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tree / target)
    manual = tree / "usr/share/man/fr/man1" / f"{NAME}.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress(manual_of().encode(), mtime=0))
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    control = (HERE / "linux/control.in").read_text(encoding="utf-8")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(
        control.format(version=version, size=size, depends=", ".join(DEPENDS)), encoding="utf-8"
    )
    path = OUT / f"{NAME}_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def version_of(folder: Path) -> str:
    """Return the version that the packed program tells."""
    command = [str(folder / NAME), "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def manual_of() -> str:
    """Return the manual page, written from the commands themselves."""
    python = str(OUT / "packer" / "bin" / "python")
    command = [python, str(HERE / "linux" / "manual.py")]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=own, capture_output=True, text=True, check=True).stdout


def weighs_as_noted(folder: Path, whole: int) -> bool:
    """Print what weighs what, and tell whether it is as light as it was, and light enough."""
    weights = {group: weight(paths) for group, paths in grouped(folder).items()}
    weights["whole package"] = whole / MEBIBYTE
    noted = dict(line.rsplit(maxsplit=1) for line in WEIGHTS.read_text("utf-8").splitlines())
    print(f"\n{'MiB compressed':<26}{'now':>8}{'noted':>8}")
    for group, mebibytes in weights.items():
        print(f"{group:<26}{mebibytes:>8.1f}{noted.get(group, '–'):>8}")
    grown = weights["whole package"] - float(noted["whole package"])
    if grown > MOST_GROWTH_MIB or weights["whole package"] > MOST_MIB:
        print(f"The package grew by {grown:.1f} MiB. Say why, and note it in {WEIGHTS.name}.")
        return False
    return True


def grouped(folder: Path) -> dict[str, list[Path]]:
    """Return the files of a packed folder by what they belong to."""
    groups: dict[str, list[Path]] = {group: [] for group in (*GROUPS, "program and libraries")}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).as_posix().removeprefix("_internal/")
            fits = (group for group, names in GROUPS.items() if inside.startswith(names))
            groups[next(fits, "program and libraries")].append(path)
    return groups


def weight(paths: Iterable[Path]) -> float:
    """Return what files weigh together, compressed, in MiB."""
    return len(lzma.compress(b"".join(path.read_bytes() for path in paths), preset=6)) / MEBIBYTE


if __name__ == "__main__":
    sys.exit(main())
