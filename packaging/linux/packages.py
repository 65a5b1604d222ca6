# SPDX-License-Identifier: GPL-3.0-or-later
"""What users of Linux install: a `.deb` and a portable folder."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import packing
from packing import NAME, ROOT

HERE = Path(__file__).resolve().parent
OUT = packing.OUT / "linux"

OLDEST_GLIBC = (2, 35)
"""Ubuntu 22.04's, and what is built on it; Debian 12 has 2.36. See docs/decisions/0023."""
NEEDED_PROGRAMS = {
    "gcc": "gcc",
    "dpkg-deb": "dpkg",
    "objdump": "binutils",
    "xz": "xz-utils",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
}
# What Qt and the window ask of the system, as Debian 12 and 13 and Ubuntu 22.04 name it.
DEPENDS = (
    "libc6 (>= 2.35)", "libegl1", "libgl1", "libfontconfig1", "libfreetype6", "libdbus-1-3",
    "libglib2.0-0t64 | libglib2.0-0", "libx11-6", "libx11-xcb1", "libxcb1", "libstdc++6", "zlib1g",
)  # fmt: skip
WEIGHTS = HERE / "weights.txt"
METAINFO = "fr.egn_desktop.EGNDesktop.metainfo.xml"


def missing() -> str:
    """Return what to type where a program is missing that the build needs, or an empty text."""
    absent = [package for name, package in NEEDED_PROGRAMS.items() if shutil.which(name) is None]
    return f"apt-get install {' '.join(absent)}" if absent else ""


def build() -> tuple[Path, list[Path]]:
    """Return the folder that was packed, and the packages that were made of it.

    Raises:
        SystemExit: a file asks for a newer system, or the program does not work.
    """
    folder = packing.packed(OUT)
    empty_icu(folder)
    newest, asking = newest_glibc(folder)
    if newest > OLDEST_GLIBC:
        sys.exit(f"{asking} asks glibc {newest[0]}.{newest[1]}: too new, see OLDEST_GLIBC.")
    if not packing.works(folder):
        sys.exit("The packed program does not work.")
    for checker, name in (
        (["appstreamcli", "validate", "--no-net"], METAINFO),
        (["desktop-file-validate"], "egn-desktop.desktop"),
    ):
        subprocess.run([*checker, str(HERE / name)], check=True)
    return folder, [portable_of(folder), deb_of(folder)]


def empty_icu(folder: Path) -> None:
    """Put an archive without an entry in place of ICU's data, see ``linux/icudata.c``."""
    for path in folder.rglob("libicudata.so.*"):
        if path.is_symlink():
            continue
        version = path.name.rpartition(".")[2]
        subprocess.run(
            [
                "gcc", "-shared", "-nostdlib", "-s", f"-DICUDATA=icudt{version}_dat",
                f"-Wl,-soname,{path.name}", "-o", str(path), str(HERE / "icudata.c"),
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


def portable_of(folder: Path) -> Path:
    """Return the folder as an archive, whose mark has it keep its profile beside itself."""
    version = packing.version()
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
    version = packing.version()
    shutil.copytree(folder, tree / "usr/lib" / NAME, symlinks=True)
    placed = {
        HERE / "egn-desktop.desktop": f"usr/share/applications/{NAME}.desktop",
        HERE / "egn-desktop.mime.xml": f"usr/share/mime/packages/{NAME}.xml",
        HERE / METAINFO: f"usr/share/metainfo/{METAINFO}",
        HERE.parent / "icon/egn-desktop.svg": f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg",
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
    control = (HERE / "control.in").read_text(encoding="utf-8")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(
        control.format(version=version, size=size, depends=", ".join(DEPENDS)), encoding="utf-8"
    )
    path = OUT / f"{NAME}_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def manual_of() -> str:
    """Return the manual page, written from the commands themselves."""
    python = str(OUT / "packer" / "bin" / "python")
    command = [python, str(HERE / "manual.py")]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=own, capture_output=True, text=True, check=True).stdout
