# SPDX-License-Identifier: GPL-3.0-or-later
"""What weighs what in a package, held against what it weighed when it was last looked at."""

import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path

MEBIBYTE = 1024 * 1024
MOST_MIB = 40.0
MOST_GROWTH_MIB = 1.0
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Qt": ("PySide6", "shiboken6", "Qt6"),
    "SQLCipher": ("sqlcipher3",),
    "cryptography": ("cryptography", "_cffi_backend"),
    "pikepdf and lxml": ("pikepdf", "lxml", "qpdf"),
    "Pillow": ("PIL", "pillow.libs"),
    "Python": ("libpython", "python3", "base_library.zip", "libcrypto", "unicodedata"),
    "fonts, content, guide": ("egn_desktop",),
    "calamine": ("python_calamine",),
}

# Far enough back to see that Windows' two programs hold the same.
_AS_INSTALLERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 64 * MEBIBYTE}]


def weighs_as_noted(folder: Path, packages: Iterable[Path], weights_noted: Path) -> bool:
    """Print what weighs what, and tell whether it is as light as it was, and light enough.

    Args:
        folder: what was packed.
        packages: what users download; the heaviest of them counts.
        weights_noted: lines of a group and its MiB, compressed, for this system.
    """
    whole = max(path.stat().st_size for path in packages)
    weights = {group: weight(paths) for group, paths in grouped(folder).items()}
    weights["whole package"] = whole / MEBIBYTE
    noted = dict(line.rsplit(maxsplit=1) for line in weights_noted.read_text("utf-8").splitlines())
    print(f"\n{'MiB compressed':<26}{'now':>8}{'noted':>8}")
    for group, mebibytes in weights.items():
        print(f"{group:<26}{mebibytes:>8.1f}{noted.get(group, '–'):>8}")
    grown = weights["whole package"] - float(noted["whole package"])
    if grown > MOST_GROWTH_MIB or weights["whole package"] > MOST_MIB:
        print(f"The package grew by {grown:.1f} MiB. Say why, and note it in {weights_noted}.")
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
    packed = lzma.compress(b"".join(path.read_bytes() for path in paths), filters=_AS_INSTALLERS)
    return len(packed) / MEBIBYTE
