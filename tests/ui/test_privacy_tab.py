# SPDX-License-Identifier: GPL-3.0-or-later
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import backup
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.home.todo_card import all_todos
from egn_desktop.ui.pages.loans.people.pupil_panel import PupilPanel
from egn_desktop.ui.pages.settings.page import SettingsPage
from egn_desktop.ui.tables import RowsTable
from tests.ui.test_page_guards import cut, settle

Show = Callable[[QWidget], None]


@pytest.fixture
def page(context: Context, show: Show) -> SettingsPage:
    """The settings, a year after two pupils left."""
    services = context.services
    for name in ("Haddad", "Traoré"):
        services.pupils.remove_pupil(
            services.pupils.add_pupil(PupilInput(name, "Rose", school_class="CE2"))
        )
    context.services.dossier.clock = lambda: datetime(2027, 9, 1, 8, tzinfo=UTC)
    made = SettingsPage(context)
    show(made)
    made.arrive("privacy")
    return made


def button(page: QWidget, words: str) -> QPushButton:
    return next(
        button for button in page.findChildren(QPushButton) if button.text().startswith(words)
    )


def table(page: SettingsPage) -> RowsTable:
    return next(
        table
        for table in page.findChildren(RowsTable)
        if table.accessibleName() == "Données à effacer"
    )


def test_the_home_page_leads_to_what_is_due(page: SettingsPage, context: Context) -> None:
    todo = next(todo for todo in all_todos(context.services.dossier) if todo.tag == "RGPD")
    assert (todo.page, todo.target) == ("settings", "privacy")
    assert "2 personnes" in todo.text.replace("\u202f", " ").replace("\xa0", " ")
    tabs = page.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.tabText(tabs.currentIndex()) == "Données personnelles"
    assert page.guide_page == "donnees.md"
    assert [row.name for row in table(page).rows()] == ["Haddad Rose", "Traoré Rose"]


def test_nothing_goes_without_a_yes_and_the_question_names_whom(
    page: SettingsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(yes: bool) -> Callable[[str, str, str], bool]:
        def confirm(_title: str, text: str, _action: str) -> bool:
            asked.append(text)
            return yes

        return confirm

    erase = button(page, "Effacer définitivement")
    monkeypatch.setattr(context, "confirm", answer(False))
    erase.click()
    assert len(table(page).rows()) == 2
    assert "Haddad Rose : Nom, prénom, nom d’usage, date de naissance" in asked[0]
    monkeypatch.setattr(context, "confirm", answer(True))
    with qtbot.waitSignal(context.said) as said:
        erase.click()
    assert said.args is not None
    assert "2 personnes" in said.args[0]
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert not table(page).rows()
    assert not erase.isVisible()


def test_after_an_erasure_the_last_day_is_said_and_the_backups_are_redone_on_a_yes(
    page: SettingsPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = context.services.dossier
    old = backup.back_up(dossier)
    redo = button(page, "Refaire les sauvegardes")
    assert not redo.isVisible()
    asked: list[str] = []

    def confirm(_title: str, text: str, _action: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(context, "confirm", confirm)
    with qtbot.waitSignal(context.said) as said:
        button(page, "Effacer définitivement").click()
    assert said.args is not None
    assert "Dernier jour : le 31/08/2028" in said.args[0]
    qtbot.waitUntil(redo.isVisible)
    redo.click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert "vous ne pourrez plus revenir" in asked[-1]
    assert "01/09/2027" in asked[-1]
    assert not redo.isVisible()
    assert not old.path.exists()
    assert len(backup.list_backups(dossier.dossier_id)) == 1


def test_a_limit_is_kept_as_it_is_typed(page: SettingsPage, context: Context) -> None:
    form = page._privacy._form  # pyright: ignore[reportPrivateUsage]
    form.edited.emit("eleves-partis", 3)
    assert retention_limits(context.services.dossier)[1].years == 3
    assert not table(page).rows()


def test_the_documents_are_one_click_away(
    page: SettingsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(context, "print_document", lambda name, _key: printed.append(name))
    button(page, "Registre des traitements").click()
    button(page, "Notice aux familles").click()
    button(page, "Notice au personnel").click()
    assert printed == ["registre-rgpd", "notice-familles", "notice-personnel"]


def test_a_pupils_data_are_handed_over_from_the_panel(
    context: Context, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil_id = context.services.pupils.add_pupil(PupilInput("Haddad", "Rose"))
    panel = PupilPanel(context, pupil_id)
    show(panel)
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *asked: printed.append(asked))
    button(panel, "Ses données").click()
    assert printed == [("donnees-personnelles", str(pupil_id))]
    monkeypatch.setattr(context, "ask_save_file", lambda *_: tmp_path / "rose")
    with qtbot.waitSignal(context.said):
        button(panel, "En json").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    saved = json.loads((tmp_path / "rose.json").read_text(encoding="utf-8"))
    assert saved["eleve"]["nom"] == "Haddad"


@pytest.mark.parametrize("width", [1064, 760, 1400])
def test_what_each_limit_is_for_is_read_whole(
    page: SettingsPage, qapp: QApplication, width: int
) -> None:
    page.resize(width, 700)
    settle(qapp)
    assert cut(page) == []
