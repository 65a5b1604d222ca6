# SPDX-License-Identifier: GPL-3.0-or-later
"""The bill names what is shipped; an audit never reassures about what it did not do."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_bill_names_every_locked_package_with_its_hashes_and_licence() -> None:
    lock = (ROOT / "requirements" / "app.lock").read_text(encoding="utf-8")
    bill = tool("sbom").bill()
    parts = {component["name"]: component for component in bill["components"]}
    for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE):
        assert parts[name]["version"] == version
        assert parts[name]["hashes"]
    assert all(component["licenses"] for component in bill["components"])
    assert len(re.findall("--hash=", lock)) == sum(
        len(component.get("hashes", ())) for component in bill["components"]
    )


def test_the_bill_names_every_file_of_others() -> None:
    named = [
        entry["value"].removesuffix("*")
        for part in tool("sbom").bill()["components"]
        for entry in part.get("properties", ())
        if entry["name"] == "egn-desktop:files"
    ]
    for folder, kept in (("fonts", "*.ttf"), ("icons", "*.svg")):
        for file in (ROOT / "resources" / folder).glob(kept):
            assert file.relative_to(ROOT).as_posix().startswith(tuple(named))


def test_a_package_without_a_licence_stops_the_bill() -> None:
    with pytest.raises(SystemExit, match="is not known"):
        tool("sbom").licence_of("no-such-package")


SOUND: dict[str, Any] = {"name": "pillow", "version": "13.0.0", "vulns": []}
SKIPPED = {"name": "lxml", "skip_reason": "Dependency not found on PyPI"}
FLAWED = {
    "name": "pikepdf",
    "version": "10.18.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["10.19.0"]}],
}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SOUND], 0, "Audited: 1 packages; known vulnerabilities: 0."),
        ([SKIPPED], 2, "NOTHING WAS AUDITED"),
        ([], 2, "NOTHING WAS AUDITED"),
        ([SOUND, SKIPPED], 2, "NOT AUDITED, 1 packages: lxml."),
        ([SOUND, FLAWED, SKIPPED], 1, "VULNERABLE: pikepdf 10.18.0: PYSEC-2026-1"),
    ],
)
def test_an_audit_says_what_it_could_not_ask(
    packages: list[dict[str, Any]], code: int, said: str
) -> None:
    found = tool("audit").outcome({"dependencies": packages})
    assert found.code == code
    assert said in "\n".join(found.lines)
    assert "known vulnerabilities: 0" not in "\n".join(found.lines) or code != 2 or found.audited
