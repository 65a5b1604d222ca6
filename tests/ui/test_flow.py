# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets that go to the next line where there is no room."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.segments import Segments

Show = Callable[[QWidget], None]


def box(width: int) -> QWidget:
    made = QWidget()
    made.setFixedSize(width, 30)
    return made


def holder(flow: Flow, *widgets: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(flow)
    column.addStretch()
    for widget in widgets:
        flow.addWidget(widget)
    return made


def places(*widgets: QWidget) -> list[tuple[int, int]]:
    QApplication.processEvents()
    return [(widget.x(), widget.y()) for widget in widgets]


def test_what_has_no_room_goes_to_the_next_line(show: Show) -> None:
    first, two, three = box(100), box(100), box(100)
    made = holder(Flow(spacing=10), first, two, three)
    made.resize(400, 200)
    show(made)
    assert places(first, two, three) == [(0, 0), (110, 0), (220, 0)]
    made.resize(250, 200)
    assert places(first, two, three) == [(0, 0), (110, 0), (0, 40)]
    two.hide()
    assert places(first, three) == [(0, 0), (110, 0)]


def test_the_last_is_pushed_to_the_right_where_it_shares_its_line(show: Show) -> None:
    first, two = box(100), box(100)
    made = holder(Flow(spacing=10, apart=True), first, two)
    made.resize(400, 200)
    show(made)
    assert places(first, two) == [(0, 0), (300, 0)]
    made.resize(150, 200)
    assert places(first, two) == [(0, 0), (0, 40)]


def test_segments_that_have_no_room_stay_within_their_frame(show: Show) -> None:
    segments = Segments(["Prêts 12", "Matériel 3", "Élèves", "Personnel", "En attente"], "Vues")
    made = holder(Flow(apart=True), segments, box(40))
    made.resize(260, 300)
    show(made)
    QApplication.processEvents()
    buttons = segments.findChildren(QPushButton)
    assert len({button.y() for button in buttons}) > 1
    for pressed in buttons:
        assert segments.rect().contains(pressed.geometry())
    made.resize(900, 300)
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) == 1
