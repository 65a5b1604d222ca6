# SPDX-License-Identifier: GPL-3.0-or-later
"""No exception leaves an override of Qt's: some calls later the program would die of it."""

import ast
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

import egn_desktop.ui
from egn_desktop.ui.contain import contained

# They paint, measure and note the focus, and read nothing that may be lost.
HARMLESS = {"paintEvent", "resizeEvent", "changeEvent", "focusInEvent", "focusOutEvent"}


def overrides(tree: ast.AST) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (node.name.endswith("Event") or node.name in ("event", "eventFilter"))
        and node.args.args
        and node.args.args[0].arg == "self"
        and node.name not in HARMLESS
    ]


def test_every_override_of_an_event_is_contained() -> None:
    folder = Path(egn_desktop.ui.__file__).parent
    bare = [
        f"{file.relative_to(folder)}:{override.lineno} {override.name}"
        for file in sorted(folder.rglob("*.py"))
        for override in overrides(ast.parse(file.read_text(encoding="utf-8")))
        if not any(
            isinstance(by, ast.Name) and by.id == "contained" for by in override.decorator_list
        )
    ]
    assert bare == []


def test_what_an_override_raises_is_told_and_goes_no_further(
    qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(QWidget):
        @contained
        def showEvent(self, _: object) -> None:
            raise ValueError("lost")

    told: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: told.append(error))
    widget = Failing()
    qtbot.addWidget(widget)
    widget.show()
    assert [str(error) for error in told] == ["lost"]
