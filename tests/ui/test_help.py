# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide in the window: without commands, with what is looked for."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from egn_desktop import features, paths
from egn_desktop.ui import guide
from egn_desktop.ui.context import Context
from egn_desktop.ui.help import HelpPanel
from egn_desktop.ui.shell.view import ShellView

PAGES = sorted(file.name for file in paths.guide().glob("*.md"))
# Read by whoever installs the program for others, which is done in a terminal.
FOR_A_DSI = "installer.md"


@pytest.fixture
def panel(show) -> Iterator[HelpPanel]:
    window = QWidget()
    window.resize(900, 560)
    made = HelpPanel(window)
    show(window)
    made.show_page("loans")
    yield made
    window.close()


def shown(panel: HelpPanel) -> str:
    return panel._browser.toPlainText()


@pytest.mark.parametrize("name", [name for name in PAGES if name != FOR_A_DSI])
def test_no_command_is_shown_to_a_head(name: str) -> None:
    text = guide.page(name)
    assert not re.search(r"`egn-desktop|dev\.py|`--|ligne de commande", text)
    assert text.startswith("# ")


@pytest.mark.parametrize("name", PAGES)
def test_each_link_leads_to_a_page(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", guide.page(name)):
        assert (paths.guide() / target).is_file(), target


def test_what_is_looked_for_is_found_by_parts_of_words_without_accents() -> None:
    assert {hit.page for hit in guide.found("prolonge")} >= {"prets.md"}
    assert guide.found("élèves") == guide.found("ELEVES")
    assert not guide.found("   ")
    assert not guide.found("zzzz")
    assert all(hit.page != guide.CONTENTS for hit in guide.found("prêt"))


def test_a_heading_that_has_the_words_comes_first() -> None:
    hits = guide.found("rétablir")
    assert hits[0].heading == "Annuler et rétablir"


def test_a_result_leads_to_its_heading(qtbot, panel: HelpPanel) -> None:
    panel.search.setText("annuler et rétablir")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert "Annuler et rétablir" in shown(panel)
    link = re.search(r"\((demarrer\.md#[^)]*)\)", guide.results("annuler et rétablir"))
    assert link is not None
    panel._browser.setSource(panel._browser.source().resolved(link[1].replace("%20", " ")))
    assert shown(panel).startswith("Premier démarrage")
    cursor = panel._browser.textCursor()
    assert cursor.block().text() == "Annuler et rétablir"
    # Its heading is the first line in sight.
    assert 0 <= panel._browser.cursorRect(cursor).top() < panel._browser.viewport().height() / 2


def test_what_is_not_found_is_said_and_an_empty_field_shows_the_contents(
    qtbot, panel: HelpPanel
) -> None:
    panel.search.setText("<b>*xyz*")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert "Rien sur « <b>*xyz* »" in shown(panel)
    panel.search.clear()
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert shown(panel).startswith("Mode d’emploi")


def test_every_key_of_the_window_is_in_the_list_of_keys(show, context: Context) -> None:
    shell = ShellView(context)
    show(shell)
    listed = guide.page(guide.SHORTCUTS).replace("Maj+", "Shift+")
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for shortcut in shell.findChildren(QShortcut, options=direct):
        keys = shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
        assert keys in listed or re.fullmatch(r"Ctrl\+\d", keys), keys
    assert f"Ctrl+{len(features.FEATURES)}" in listed
    shell.show_shortcuts()
    assert "Ctrl+Shift+C" in listed
    assert shell._help.isVisible()
    assert "Raccourcis" in shown(shell._help)
