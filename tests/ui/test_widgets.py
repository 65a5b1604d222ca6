# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.ui import theme
from egn_desktop.ui.tokens import LIGHT
from egn_desktop.ui.widgets.buttons import icon_button, main_button, plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.charts import RangeBars
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import Chip, body, muted
from egn_desktop.ui.widgets.search import SearchField
from egn_desktop.ui.widgets.segments import Segments

Show = Callable[[QWidget], None]


def test_chips_are_of_one_size(qtbot: QtBot) -> None:
    chips = [Chip(text, "brand") for text in ("Prêt", "En retard de 11 j")]
    for chip in chips:
        qtbot.addWidget(chip)
    assert len({chip.sizeHint().height() for chip in chips}) == 1
    assert chips[0].accessibleName() == "Prêt"
    chips[0].set_state("Rendu", "good")
    assert (chips[0].text(), chips[0].tone(), chips[0].accessibleName()) == (
        "Rendu",
        "good",
        "Rendu",
    )


def test_card_is_no_taller_than_its_content(qtbot: QtBot, show: Show) -> None:
    board = QWidget()
    column = QVBoxLayout(board)
    card = Card("Prêts")
    card.body.addWidget(muted("appareils prêtés · 15 disponibles · 4 en réparation " * 4))
    column.addWidget(card)
    board.resize(240, 900)
    show(board)
    qtbot.waitUntil(lambda: card.height() == card.heightForWidth(card.width()))
    assert card.height() < 400
    assert card.accessibleName() == "Prêts"


def test_user_text_is_shown_as_typed(qtbot: QtBot) -> None:
    label = body("<b>Zoé</b> & Cie")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_buttons_call_their_slot(qtbot: QtBot) -> None:
    pressed = []
    for button in (
        main_button("Prêter", lambda: pressed.append("main")),
        plain_button("Prêter", lambda: pressed.append("plain")),
        icon_button("close", "Fermer", lambda: pressed.append("icon")),
    ):
        qtbot.addWidget(button)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["main", "plain", "icon"]
    assert button.accessibleName() == button.toolTip() == "Fermer"


def test_ring_shows_for_the_keyboard_alone(show: Show) -> None:
    button = plain_button("Prêter", list)
    show(button)

    def edge() -> str:
        return button.grab().toImage().pixelColor(button.width() // 2, 1).name()

    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edge() != LIGHT.brand.lower()
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() == LIGHT.brand.lower()


def test_bars_say_their_values(qtbot: QtBot) -> None:
    bars = RangeBars("Socle numérique", [("Réseau", 0.41, 0.55, "41–55 %")])
    qtbot.addWidget(bars)
    bars.set_rows([("Salles", 0.88, 0.88, "88 %"), ("Réseau", 0.41, 0.55, "41–55 %")])
    assert bars.accessibleName() == "Socle numérique"
    assert bars.accessibleDescription() == "Salles : 88 % ; Réseau : 41–55 %"
    assert bars.sizeHint().height() == 2 * theme.pixels(28)


def test_sure_part_unsure_tail_and_rest_are_told_apart(qtbot: QtBot) -> None:
    bars = RangeBars("Essai", [("", 0.3, 0.6, "")])
    qtbot.addWidget(bars)
    bars.resize(400, 28)
    image = bars.grab().toImage()
    row = [image.pixelColor(x, 14).name() for x in range(30, 370)]
    assert row[60] == LIGHT.brand.lower()
    assert row[-30] == LIGHT.track.lower()
    tail = set(row[130:170])
    assert not tail & {LIGHT.brand.lower(), LIGHT.track.lower()}
    assert len(tail) > 1, "the tail is hatched, so that it shows without colour"


def test_values_out_of_range_are_painted_within_the_bar(qtbot: QtBot) -> None:
    bars = RangeBars("Essai", [("A", -1.0, 4.0, "?")])
    qtbot.addWidget(bars)
    bars.resize(300, 28)
    assert not bars.grab().isNull()


def test_search_tells_once_after_a_pause(qtbot: QtBot) -> None:
    field = SearchField("Chercher un élève")
    qtbot.addWidget(field)
    # However busy the machine is, the keys of this test come within the pause.
    field._pause.setInterval(1_000)
    told = []
    field.text_changed.connect(told.append)
    with qtbot.waitSignal(field.text_changed):
        qtbot.keyClicks(field, "beN ")
    assert told == ["beN"]
    assert field.accessibleName() == "Chercher un élève"


def test_scanner_is_heard_at_once(qtbot: QtBot) -> None:
    field = SearchField("Scanner")
    qtbot.addWidget(field)
    told = []
    field.submitted.connect(told.append)
    qtbot.keyClicks(field, "ORD-031")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["ORD-031"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert not field._pause.isActive()


def test_segments_follow_mouse_and_arrows(qtbot: QtBot, show: Show) -> None:
    segments = Segments(["Prêts", "Matériel", "Élèves"], "Vue")
    show(segments)
    told = []
    segments.chosen.connect(told.append)
    buttons = segments.findChildren(QPushButton)
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(buttons[1], Qt.Key.Key_Right)
    qtbot.keyClick(buttons[2], Qt.Key.Key_Right)
    assert told == [1, 2, 0]
    assert segments.index() == 0
    segments.set_index(2)
    assert buttons[2].isChecked()


def test_empty_list_says_what_it_is_for_and_offers_the_first_step(qtbot: QtBot) -> None:
    step = plain_button("Préparer un exercice", list)
    empty = EmptyState("drills", "Aucun exercice", "Un exercice montre si le plan tient.", step)
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    empty.show()
    assert step.isVisible()
    assert empty.accessibleDescription() == "Un exercice montre si le plan tient."


def test_unknown_icon_is_a_bug(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon_button("no-such-icon", "Rien", list)
