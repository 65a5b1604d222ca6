# SPDX-License-Identifier: GPL-3.0-or-later
"""The contracts of imports hold what they say: each fault planted here is caught by one of them."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools.contracts import outside_rooms

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "egn_desktop"

FLOORS = "Floors: an import goes down"
ROOMS = "Rooms: report, offers, service"
INVENTORY = "Inventory: privacy, papers"
DOCUMENTS = "Documents: what is composed"
WINDOW = "Window: frame, pages"
PAGES = "Pages know no other page"
QT = "Only the window knows Qt"
PURE = "A feature judges without reading"
DATABASE = "The window and the command line never touch the database"

# the file that is changed, or made · what it imports then · the contract that must say so
PLANTED = (
    ("inventory/lending/due_dates.py", "import sqlalchemy", PURE),
    ("inventory/stock/labels.py", "import reportlab", PURE),
    ("inventory/register/retention.py", "import egn_desktop.inventory.register.limits", PURE),
    ("inventory/stock/queries/devices.py", "import egn_desktop.inventory.stock.report", ROOMS),
    ("plans/review.py", "import sqlalchemy", PURE),
    ("ui/pages/home/page.py", "import egn_desktop.ui.pages.plan.page", PAGES),
    ("ui/widgets/cards.py", "import egn_desktop.ui.pages.home.page", WINDOW),
    ("documents/blocks.py", "import egn_desktop.documents.render", DOCUMENTS),
    # A pure module that is new: nobody has put it on a list.
    ("drills/cadence.py", "import egn_desktop.drills.queries", PURE),
    # A report in a room of its own name would be held by nothing.
    ("plans/posters_report.py", "import egn_desktop.dossier", PURE),
    ("plans/queries/review.py", "import egn_desktop.plans.report.calls", ROOMS),
    ("ui/widgets/fold.py", "import egn_desktop.ui.context", WINDOW),
    ("ui/pages/home/board.py", "import sqlalchemy", DATABASE),
    ("cli/printing.py", "import PySide6.QtCore", QT),
    ("audit/rules.py", "import egn_desktop.inventory.register.terms", FLOORS),
    ("inventory/people/matching.py", "import egn_desktop.inventory.lending.needs", INVENTORY),
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy in which all the faults are planted."""
    copy = tmp_path_factory.mktemp("copy")
    skipped = shutil.ignore_patterns("__pycache__")
    for folder in ("egn_desktop", "tools"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=skipped)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, line, _ in PLANTED:
        module = copy / "egn_desktop" / name
        begun = module.read_text(encoding="utf-8") if module.exists() else ""
        module.write_text(f"{begun}\n{line}\n", encoding="utf-8")
    (copy / "egn_desktop" / "ui" / "stray.py").touch()
    check = "import sys; from importlinter.cli import lint_imports as check; sys.exit(check({}))"
    done = subprocess.run(
        [sys.executable, "-c", check.format("no_cache=True, no_logo=True")],
        cwd=copy,
        env={**os.environ, "COLUMNS": "400", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    return done.stdout.split("Broken contracts", 1)[1]


def under(contract: str, said: str) -> str:
    """What is said of one contract: from its name to the next one that is underlined."""
    parts = re.split(r"^(.+)\n-{5,}\n", said, flags=re.MULTILINE)
    return "".join(
        text
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
        if name.startswith(contract)
    )


@pytest.mark.parametrize(("name", "line", "contract"), PLANTED, ids=lambda part: str(part)[:40])
def test_a_planted_fault_is_caught(name: str, line: str, contract: str, said: str) -> None:
    importer = "egn_desktop." + name.removesuffix(".py").replace("/", ".")
    imported = line.removeprefix("import ")
    # What stands outside is known by the name of its package alone.
    imported = imported if imported.startswith("egn_desktop.") else imported.split(".")[0]
    assert f"{importer} -> {imported}" in under(contract, said)


def test_a_module_of_the_window_that_is_placed_nowhere_is_caught(said: str) -> None:
    assert "stray" in under(WINDOW, said)


def pure_modules() -> list[str]:
    """The modules that the contract holds to be pure."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract: dict[str, Any] = next(
        setting
        for setting in settings["tool"]["importlinter"]["contracts"]
        if setting["name"].startswith(PURE)
    )
    held = outside_rooms(sorted(MODULES), contract["containers"], contract["rooms"])
    return sorted(set(held) - set(contract["exceptions"]))


def dotted(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(module): module for module in PACKAGE.rglob("*.py")}


def test_import_linter_sees_every_module() -> None:
    """It passes over a folder without ``__init__.py``, with all that stands below."""
    folders = {folder for module in MODULES.values() for folder in module.parents}
    inside = [folder for folder in folders if folder.is_relative_to(PACKAGE)]
    assert not [str(folder) for folder in inside if not (folder / "__init__.py").exists()]


def test_no_module_says_that_it_is_pure_where_no_contract_holds_it_to_be() -> None:
    pure = set(pure_modules())
    for name, module in MODULES.items():
        text = module.read_text(encoding="utf-8")
        if re.search(r"\bpure\b", text, re.IGNORECASE):
            says = ast.get_docstring(ast.parse(text)) or ""
            claims = re.search(r"\bpure\b", says, re.IGNORECASE)
            assert not claims or name in pure, f"{name} stands where the contract holds nothing"


def test_pure_modules_load_neither_qt_nor_the_database_nor_the_pdf_library() -> None:
    heavy = "PySide6", "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "keyring", "pikepdf"
    names = pure_modules()
    assert len(names) > 60
    code = (
        "import sys, importlib\n"
        f"for name in {names}:\n"
        "    importlib.import_module(name)\n"
        f"    loaded = sorted(set(sys.modules) & set({heavy}))\n"
        "    if loaded: sys.exit(f'{name} loads {loaded}')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
