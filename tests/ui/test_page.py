# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from egn_desktop.actions.queries import actions
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.ui.bar import Bar
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.widgets.buttons import main_button

Show = Callable[[QWidget], None]


class LoansPage(Page):
    shows = frozenset({Changed.LOANS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.reloads = 0
        # Between two others, which Qt could give the focus to by itself.
        before, self.field, after = QLineEdit(), QLineEdit(), QLineEdit()
        for widget in (before, self.field, after):
            self.body.addWidget(widget)
        self.add_action(main_button("Nouveau prêt", self.new))

    def reload(self) -> None:
        self.reloads += 1
        self.set_heading("Prêts", f"{self.reloads} en cours")


class Content(QWidget):
    preferred_width = 520

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QLineEdit(), QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.first)
        column.addWidget(self.second)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> LoansPage:
    made = LoansPage(context)
    qtbot.addWidget(made)
    made.resize(1_150, 700)
    return made


def change(context: Context, kind: Changed) -> None:
    with context.services.dossier.write(kind):
        pass


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_page_is_loaded_when_first_shown(page: LoansPage, context: Context) -> None:
    change(context, Changed.LOANS)
    assert page.reloads == 0
    page.show()
    assert page.reloads == 1
    assert texts(page)[:2] == ["Prêts", "1 en cours"]


def test_seen_page_reloads_for_what_it_shows_alone(page: LoansPage, context: Context) -> None:
    page.show()
    change(context, Changed.PLAN)
    assert page.reloads == 1
    change(context, Changed.LOANS)
    assert page.reloads == 2


def test_hidden_page_waits_until_it_is_shown(page: LoansPage, context: Context) -> None:
    page.show()
    page.hide()
    change(context, Changed.LOANS)
    change(context, Changed.LOANS)
    assert page.reloads == 1
    page.show()
    assert page.reloads == 2
    page.hide()
    page.show()
    assert page.reloads == 2


def test_focus_goes_into_the_panel_and_back(qtbot: QtBot, page: LoansPage, show: Show) -> None:
    show(page)
    page.field.setFocus()
    content = Content()
    page.open_panel(content, "Nouveau prêt")
    assert page.panel is content
    assert content.first.hasFocus()
    with qtbot.waitSignal(page.panel_closed):
        qtbot.keyClick(content.first, Qt.Key.Key_Escape)
    assert page.panel is None
    assert page.field.hasFocus()


def test_panel_stands_beside_what_the_page_shows(page: LoansPage, show: Show) -> None:
    show(page)
    page.open_panel(QLineEdit(), "Étroit")
    assert side_panel(page).width() == 420
    page.open_panel(Content(), "Large")
    page.layout().activate()
    assert side_panel(page).geometry().topRight() == page.rect().topRight()
    assert side_panel(page).width() == 520
    assert right_edge(page) < side_panel(page).x()
    page.close_panel()
    page.layout().activate()
    assert right_edge(page) == page.width() - 33


def test_panel_lies_over_the_page_where_both_have_no_room(page: LoansPage, show: Show) -> None:
    page.resize(800, 600)
    show(page)
    page.open_panel(Content(), "Large")
    page.layout().activate()
    assert page.width() == 800
    assert side_panel(page).geometry().topRight() == page.rect().topRight()
    assert right_edge(page) == 800 - 33
    page.resize(1_200, 600)
    page.layout().activate()
    assert right_edge(page) < side_panel(page).x()


def side_panel(page: LoansPage) -> QWidget:
    assert page._panel is not None
    return page._panel


def right_edge(page: LoansPage) -> int:
    return page.field.mapTo(page, page.field.rect().topRight()).x()


def test_panel_replaced_gives_the_focus_back_to_where_it_began(page: LoansPage, show: Show) -> None:
    show(page)
    page.field.setFocus()
    page.open_panel(Content(), "Un")
    page.open_panel(Content(), "Deux")
    page.close_panel()
    assert page.field.hasFocus()


def test_closing_the_panel_leaves_the_field_being_typed(
    qtbot: QtBot, page: LoansPage, show: Show
) -> None:
    show(page)
    content, left = Content(), []
    page.open_panel(content, "Nouveau prêt")
    content.first.editingFinished.connect(lambda: left.append(content.first.text()))
    qtbot.keyClicks(content.first, "Benali")
    page.close_panel()
    assert left == ["Benali"]


def test_bar_offers_the_way_back_and_forth(qtbot: QtBot, context: Context) -> None:
    bar = Bar(context)
    qtbot.addWidget(bar)
    dossier = context.services.dossier
    context.services.actions.add(title="Acheter un sifflet")
    context.say_done("Action ajoutée.")
    assert bar.isVisible()
    assert "Action ajoutée." in texts(bar)
    assert bar._way_button.text() == "Annuler"
    assert "ajout de l’action" in bar._way_button.toolTip()
    bar._way_button.click()
    assert not actions(dossier)
    assert texts(bar) == ["Annulé : ajout de l’action « Acheter un sifflet »."]
    assert bar._way_button.text() == "Rétablir"
    bar._way_button.click()
    assert len(actions(dossier)) == 1
    assert bar._way_button.text() == "Annuler"
    bar.close_message()
    assert not bar.isVisible()


def test_bar_goes_away_by_itself_after_ten_seconds(qtbot: QtBot, context: Context) -> None:
    bar = Bar(context)
    qtbot.addWidget(bar)
    context.services.actions.add(title="Acheter un sifflet")
    context.say_done("Action ajoutée.")
    assert bar._timer.isActive()
    assert bar._timer.interval() == 10_000
    bar._timer.timeout.emit()
    assert not bar.isVisible()
    # What it offered can be undone all the same, for as long as the dossier is open.
    context.undo()
    assert not actions(context.services.dossier)


def test_bar_offers_no_way_back_from_what_was_only_told(qtbot: QtBot, context: Context) -> None:
    bar = Bar(context)
    qtbot.addWidget(bar)
    context.services.actions.add(title="Acheter un sifflet")
    context.say("Courriel copié.")
    assert not bar._way_button.isVisible()


def test_refusal_stays_until_closed(qtbot: QtBot, context: Context) -> None:
    bar = Bar(context)
    qtbot.addWidget(bar)
    context.fail(UserError("Le disque est plein.", todo="Libérez de la place."))
    assert texts(bar) == ["Le disque est plein.", "Rien n’a été modifié.", "Libérez de la place."]
    assert not bar._timer.isActive()
    bar._close_button.click()
    assert not bar.isVisible()


def test_undo_that_is_refused_says_so(qtbot: QtBot, context: Context) -> None:
    bar = Bar(context)
    qtbot.addWidget(bar)
    context.services.actions.add(title="Acheter un sifflet")
    context.say_done("Action ajoutée.")
    context.services.actions.add(title="Changer la pile")
    bar._way_button.click()
    assert texts(bar)[0].startswith("« ajout de l’action « Acheter un sifflet »")
    assert "Annulez d’abord" in texts(bar)[2]
    bar.close_message()


def test_an_undo_closes_a_panel_that_would_show_what_is_no_more(
    page: LoansPage, show: Show, context: Context
) -> None:
    show(page)
    page.open_panel(Content(), "Action")
    context.services.actions.add(title="Acheter un sifflet")
    context.undo()
    assert page.panel is None


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()) is None
    )
    return urls


def ask_for(target: Path | None) -> Callable[..., Path | None]:
    return lambda *_: target


def test_document_is_printed_where_the_user_says_and_opened(
    qtbot: QtBot,
    context: Context,
    tmp_path: Path,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "programme"
    monkeypatch.setattr(context, "ask_save_file", ask_for(target))
    with qtbot.waitSignal(context.printed):
        context.print_document("programme-des-exercices")
    file = tmp_path / "programme.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    assert opened == [str(file)]


def test_document_nobody_wants_any_more_is_not_printed(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "ask_save_file", ask_for(None))
    context.print_document("programme-des-exercices")
    assert not context.jobs.busy


def test_document_that_is_not_there_is_refused_before_asking(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "ask_save_file", lambda *_: pytest.fail("asked"))
    with qtbot.waitSignal(context.failed) as told:
        context.print_document("compte-rendu-d-exercice")
    assert told.args[0].what
    with qtbot.waitSignal(context.failed):
        context.print_document("inconnu")


@pytest.mark.parametrize(("pressed", "gone"), [("Effacer", True), ("Ne rien changer", False)])
def test_loss_for_good_is_asked(
    qtbot: QtBot, page: LoansPage, show: Show, pressed: str, gone: bool
) -> None:
    show(page)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        assert "Les 3 prêts seront effacés." in texts(dialog)
        buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
        assert buttons["Ne rien changer"].isDefault()
        buttons[pressed].click()

    QTimer.singleShot(0, answer)
    text = "Les 3 prêts seront effacés."
    assert page.context.confirm("Effacer l’élève ?", text, "Effacer") is gone
