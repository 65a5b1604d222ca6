# SPDX-License-Identifier: GPL-3.0-or-later
"""« Socle » is said of the official baseline alone: an inspector reads it as the State's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from egn_desktop import paths

ROOT: Final = paths.resources().parent
OFFICIAL: Final = re.compile(
    r"socle officiel|socle de 2021|socle numérique de base|socle commun"
    r"|socle numérique dans les écoles élémentaires|pour un socle numérique"
    r"|socle-2021|socle-numerique|indicateurs-socle|socle\.json",
    re.IGNORECASE,
)
"""What may be called so: the baseline of the 2021 call for projects, and names in files."""


def said_in(path: Path) -> Iterator[str]:
    """Return what a file says to a user: each line of a content file, each string of a module."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield from (line for line in text.splitlines() if not line.startswith("#"))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield " ".join(node.value.split())


def misused(path: Path) -> list[str]:
    """Return where a file calls something else a « socle »."""
    return [said for said in said_in(path) if "socle" in OFFICIAL.sub("", said).lower()]


def test_only_the_official_baseline_is_called_socle() -> None:
    files = [
        *(path for path in paths.resources().rglob("*.toml") if path.parent.name != "secrets"),
        *(ROOT / "egn_desktop").rglob("*.py"),
        *(ROOT / "docs" / "guide").glob("*.md"),
    ]
    assert len(files) > 200
    found = {str(path.relative_to(ROOT)): said for path in files if (said := misused(path))}
    assert not found


def test_another_use_of_the_word_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text('title = "Socle numérique couvert de 56 %"\n', encoding="utf-8")
    assert misused(page)
    page.write_text('title = "Socle officiel de l’élémentaire"\n', encoding="utf-8")
    assert not misused(page)
