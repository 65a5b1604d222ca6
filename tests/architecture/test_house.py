# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that no linter knows, each with its advice."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from egn_desktop import content, features, paths

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "egn_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
GUIDE = ROOT / "docs" / "guide"

LONGEST_MODULE = 400
LONGEST_WIDGET = 250
# path below egn_desktop → why it may be longer
LONG_MODULES: dict[str, str] = {"dossier/migrations/0001_initial.py": "generated from the models"}

BANNED = (
    (r"\bQTableWidget\b", "", "use ui.tables.RowsTable: sorting belongs in the query"),
    (r"\bdate\.today\(|\bdatetime\.now\(", "dossier/store.py", "ask dossier.today() or .now()"),
    (r"\bprint\(", "cli/", "only the command line prints"),
    (r"\bQThread\b", "", "use ui.jobs"),
    (
        r"\bsetToolTip\(|\bQToolTip\.showText\b",
        "ui/widgets/tips.py",
        "use set_tip: Qt takes a tip for HTML",
    ),
    (r"\bQLabel\(", "ui/widgets/labels.py", "use plain_label: Qt takes a label's text for HTML"),
    (
        r"\bQ(MessageBox|InputDialog|ProgressDialog|ErrorMessage|WhatsThis|TextEdit)\b",
        "",
        "it takes text for HTML: use the widgets of ui.widgets",
    ),
    (
        r"\.read_bytes\(",
        (
            "content/",
            "dossier/",
            "settings.py",
            "documents/pdf/structure.py",
            "documents/pdf/metadata.py",
        ),
        "a file that the user chose is read by sandbox.given, which knows pipes and films",
    ),
    (
        r"\bZipFile\(io\.|\bCalamineWorkbook\.|\bParserCreate\(|\bImage\.open\(|\bpikepdf\.open\(",
        ("exchange/", "documents/"),
        "what somebody else made is read by a child process, through sandbox.parent.ask",
    ),
)


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_keeps_the_house_rules(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    name = name_of(module)
    lines = text.count("\n")
    assert text.startswith("# SPDX-License-Identifier: GPL-3.0-or-later\n"), "add the SPDX line"
    assert lines <= LONGEST_MODULE or name in LONG_MODULES, f"{lines} lines ask to be two rooms"
    for pattern, allowed_in, advice in BANNED:
        if not (allowed_in and name.startswith(allowed_in)):
            assert not re.search(pattern, text), advice
    if name.startswith("ui/"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                size = (node.end_lineno or 0) - node.lineno
                assert size <= LONGEST_WIDGET, f"{node.name} has {size} lines: peel widgets off"


def names_of_nothing(source: str) -> list[int]:
    """Return the lines that name something « one »: it says that there is one, not what it is."""
    found: list[int] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                found += [node.lineno] if name == "one" else []
    return found


def test_a_name_of_nothing_is_seen() -> None:
    for source in (
        "for one in rows: pass",
        "[one.id for one in rows]",
        "def kept(one): pass",
        "sorted(rows, key=lambda one: one.id)",
        "one, other = pair",
        "def one(): pass",
    ):
        assert names_of_nothing(source), source
    assert not names_of_nothing("for row in rows:\n    pass  # one by one")


def test_what_something_is_called_says_what_it_is() -> None:
    """But for steps that are out: their text is frozen."""
    found = [
        f"{module.relative_to(ROOT)}:{line}"
        for folder in ("egn_desktop", "tests", "tools", "benchmarks")
        for module in sorted((ROOT / folder).rglob("*.py"))
        if module.parent.name != "migrations"
        for line in names_of_nothing(module.read_text(encoding="utf-8"))
    ]
    assert not found, f"say device, row, line…: {found}"


@pytest.mark.parametrize("test", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda p: p.stem)
def test_tests_wait_for_facts(test: Path) -> None:
    for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            waits = ("qtbot.wait", "QTest.qWait", "time.sleep")
            assert called not in waits, f"line {node.lineno}: wait for a fact, not a time"


@pytest.mark.parametrize("feature", features.FEATURES, ids=lambda feature: feature.id)
def test_every_name_of_the_features_table_resolves(feature: features.Feature) -> None:
    for name in (feature.page, *feature.offers, *feature.todos, *feature.commands):
        assert features.resolve(name) is not None
    assert (paths.resources() / "icons" / f"{feature.icon}.svg").is_file()


def test_the_command_line_loads_no_qt_and_no_pdf_library() -> None:
    code = (
        "import sys\nfrom egn_desktop.cli import run_command\n"
        "try: run_command(['--help'])\nexcept SystemExit: pass\n"
        "loaded = sorted(set(sys.modules) & {'PySide6', 'reportlab', 'alembic', 'pikepdf'})\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_content_file_has_a_version_sources_and_unique_ids() -> None:
    files = sorted(paths.resources().rglob("*.toml"))
    assert len(files) > 5
    used = set()
    for file in files:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        assert table["version"], file.name
        ids = [entry["id"] for entry in table["entry"]]
        assert len(ids) == len(set(ids)), file.name
        if file.name != "sources.toml":
            sources = {entry["source"] for entry in table["entry"]}
            assert sources <= set(content.sources()), file.name
            used |= sources
    assert content.sources()["egn-desktop"].is_own_proposal
    for source in content.sources().values():
        assert source.address.startswith("https://") or source.is_own_proposal or source.note
    assert len(used) > 5


def test_the_guide_names_every_command_and_document() -> None:
    from egn_desktop.cli import _parser
    from egn_desktop.exports import available

    guide = "\n".join(page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md")))
    subparsers = next(a for a in _parser()._actions if a.dest == "command")
    for command in subparsers.choices or ():
        assert f"egn-desktop {command}" in guide, f"the guide does not say what {command} does"
    for offer in available():
        assert offer.title.split(" — ")[0].lower() in guide.lower().replace("\n", " "), offer.id


def test_every_link_between_the_documents_leads_somewhere() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 50
    assert not [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()]
