# SPDX-License-Identifier: GPL-3.0-or-later
"""``dev.py`` finds its environment whole or makes it again, whatever became of it.

A real environment, filled by a pip of our own that fetches nothing.
"""

import importlib.util
import shutil
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Notes what it was asked for, and fails at the step that a file names.
PIP = """
import pathlib, sys
here = pathlib.Path(__file__).parent
with (here / "asked.txt").open("a") as asked:
    asked.write(sys.argv[1] + "\\n")
if sys.argv[1] == "download":
    pathlib.Path(sys.argv[sys.argv.index("--dest") + 1]).mkdir(exist_ok=True)
broken = here.parents[4] / "broken.txt"
sys.exit(broken.exists() and broken.read_text() == sys.argv[1])
"""


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``dev.py`` in a checkout of its own, on a system that lacks nothing."""
    checkout = tmp_path / "Élève d’été"
    checkout.mkdir()
    shutil.copy(ROOT / "dev.py", checkout)
    shutil.copytree(ROOT / "requirements", checkout / "requirements")
    made = loaded(checkout)
    monkeypatch.setattr(made, "create_environment", creator(made))
    monkeypatch.setattr(made, "missing_makers", list)
    return made


def loaded(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_py", checkout / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def creator(dev: ModuleType) -> Callable[[], str]:
    def create() -> str:
        assert not dev.VENV.exists()
        venv.create(dev.VENV, with_pip=False, symlinks=dev.os.name != "nt")
        pip = site(dev) / "pip"
        pip.mkdir()
        (pip / "__init__.py").touch()
        (pip / "__main__.py").write_text(PIP, encoding="utf-8")
        return ""

    return create


def site(dev: ModuleType) -> Path:
    return next(dev.VENV.glob("[Ll]ib/**/site-packages"))


def asked(dev: ModuleType) -> list[str]:
    """What pip was asked for since this environment was made."""
    return (site(dev) / "pip" / "asked.txt").read_text(encoding="utf-8").split()


def test_an_environment_is_filled_once_for_each_kind(dev: ModuleType) -> None:
    assert dev.set_up("app")
    assert dev.set_up("app")
    assert asked(dev) == ["download", "install"]
    dev.set_up("dev")
    assert asked(dev) == ["download", "install"] * 2
    # What stands in a path file is read in the encoding of the system: an accent may be lost.
    (path_file,) = site(dev).glob("*.pth")
    assert path_file.read_text(encoding="utf-8").isascii()
    code = f"import sys; sys.exit({str(dev.ROOT)!r} not in sys.path)"
    assert dev.subprocess.run([dev.PYTHON, "-I", "-c", code], check=False).returncode == 0


def interrupted(dev: ModuleType) -> None:
    dev.WHOLE.unlink()


def without_pip(dev: ModuleType) -> None:
    shutil.rmtree(site(dev) / "pip")


def without_its_python(dev: ModuleType) -> None:
    dev.PYTHON.unlink()
    dev.PYTHON.symlink_to("/no/such/python")


def of_another_system(dev: ModuleType) -> None:
    dev.PYTHON.unlink()
    dev.PYTHON.write_bytes(b"MZ of another machine")
    dev.PYTHON.chmod(0o755)


def of_another_python(dev: ModuleType) -> None:
    dev.VERSION = "3.99"


def a_mere_file(dev: ModuleType) -> None:
    shutil.rmtree(dev.VENV)
    dev.VENV.write_text("", encoding="utf-8")


def a_link_to_nowhere(dev: ModuleType) -> None:
    shutil.rmtree(dev.VENV)
    dev.VENV.symlink_to("gone", target_is_directory=True)


@pytest.mark.parametrize(
    "harm",
    [
        interrupted,
        without_pip,
        without_its_python,
        of_another_system,
        of_another_python,
        a_mere_file,
        a_link_to_nowhere,
    ],
)
def test_what_is_not_whole_is_made_again(
    dev: ModuleType, harm: Callable[[ModuleType], None]
) -> None:
    dev.set_up("app")
    harm(dev)
    assert not dev.environment_is_whole()
    dev.set_up("app")
    assert asked(dev) == ["download", "install"]
    dev.VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert dev.environment_is_whole()


def test_a_checkout_that_moved_makes_its_environment_again(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up("app")
    moved = loaded(dev.ROOT.rename(tmp_path / "elsewhere"))
    monkeypatch.setattr(moved, "create_environment", creator(moved))
    assert not moved.environment_is_whole()
    moved.set_up("app")
    assert str(moved.PYTHON) in (moved.PYTHON.parent / "egn-desktop").read_text(encoding="utf-8")


def test_without_a_network_the_environment_stays_as_it_was(dev: ModuleType) -> None:
    dev.set_up("app")
    (dev.ROOT / "broken.txt").write_text("download", encoding="utf-8")
    with pytest.raises(SystemExit, match="is the network reachable"):
        dev.set_up("dev")
    assert dev.environment_is_whole()
    assert asked(dev) == ["download", "install", "download"]


def test_an_installation_that_failed_half_way_begins_anew(dev: ModuleType) -> None:
    dev.set_up("app")
    (dev.ROOT / "broken.txt").write_text("install", encoding="utf-8")
    with pytest.raises(SystemExit, match="begins anew"):
        dev.set_up("dev")
    assert not dev.environment_is_whole()
    (dev.ROOT / "broken.txt").unlink()
    dev.set_up("dev")
    assert asked(dev) == ["download", "install"]


def test_one_line_names_everything_that_the_system_lacks(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "missing_makers", lambda: ["python3.13-venv"])
    monkeypatch.setattr(dev, "missing_libraries", lambda: ["libegl1"])
    monkeypatch.setattr(dev, "missing_programs", lambda: ["gnome-keyring", "poppler-utils"])
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit):
        dev.test([])
    said = capsys.readouterr().out
    packages = "python3.13-venv libegl1 gnome-keyring poppler-utils"
    assert said.count("apt-get") == 1
    assert f"sudo apt-get install -y --no-install-recommends {packages}" in said
    assert not dev.VENV.exists()


def test_an_environment_of_somebody_else_is_not_removed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.VENV.mkdir()

    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dev.shutil, "rmtree", refused)
    with pytest.raises(SystemExit, match=r"cannot be removed: .*Permission denied"):
        dev.set_up("app")
