# SPDX-License-Identifier: GPL-3.0-or-later
"""The wheel holds everything, and works when nothing of the checkout is there."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from egn_desktop import VERSION
from egn_desktop.demo import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
# What a window needs: its style, its icons, the guide behind F1.
WINDOW = """
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import help, icons, start, theme
app = start.make_application()
theme.apply(app, MachineSettings())
assert not icons.icon("home").pixmap(16).isNull()
panel = help.HelpPanel(None)
panel.show_page("loans")
print(len(panel._browser.toPlainText()))
"""
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def done(*command: object, cwd: Path, secret: str = "") -> str:
    """Run a command that must succeed, with no keyring at hand, and return what it printed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    kept |= {"EGN_DESKTOP_SECRET": secret, "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=kept,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a source distribution of a clean copy of this checkout: both must be whole."""
    place = tmp_path_factory.mktemp("built")
    copy = place / "checkout"
    for name in ("egn_desktop", "resources", "docs/guide", "requirements"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = f"from setuptools import build_meta; build_meta.build_sdist({str(place)!r})"
    done(sys.executable, "-c", build, cwd=copy)
    (source,) = place.glob("*.tar.gz")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    done(sys.executable, "-m", "pip", "wheel", *options, source, cwd=place)
    (made,) = place.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder of the commands of an environment that has the wheel, and our dependencies."""
    place = wheel.parent / "installed"
    venv.create(place, with_pip=False)
    python = place / SCRIPTS / "python"
    (site,) = place.glob("[Ll]ib/**/site-packages")
    # Seen from there, the path file of the checkout is not read.
    (site / "shared.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    options = ("--quiet", "--no-deps", "--no-index", "--ignore-installed")
    done(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=place)
    where = done(python, "-c", "import egn_desktop; print(egn_desktop.__file__)", cwd=place)
    assert Path(where.strip()).is_relative_to(place)
    return python.parent


def test_the_wheel_holds_all_that_the_program_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for folder, inside in (
        ("egn_desktop", "egn_desktop"),
        ("resources", "egn_desktop/resources"),
        ("docs/guide", "egn_desktop/guide"),
    ):
        expected = {
            f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert len(expected) > 10
        assert expected <= names, f"missing: {sorted(expected - names)}"
    assert not [name for name in names if name.startswith(("tests", "tools", "benchmarks"))]


def test_it_works_when_installed_alone(installed: Path, tmp_path: Path) -> None:
    command = installed / "egn-desktop"
    assert done(command, "--version", cwd=tmp_path).strip() == VERSION
    dossier, plan = tmp_path / "école d’été.egn", tmp_path / "plan.pdf"
    done(command, "demo", dossier, cwd=tmp_path)
    asked = ("export", dossier, "--document", "plan-de-continuite", "--subject", "2", "--to", plan)
    done(command, *asked, cwd=tmp_path, secret=PASSPHRASE)
    # A child of the program reads it, from where the program stands.
    assert "plan" in done(command, "verify-pdf", plan, cwd=tmp_path).lower()
    assert int(done(installed / "python", "-c", WINDOW, cwd=tmp_path)) > 1000
