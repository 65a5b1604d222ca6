# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop import exports
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.labels import Code, LabelWish
from egn_desktop.settings import LabelHabit, MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.page import LoansPage
from egn_desktop.ui.pages.loans.stock.labels_panel import LabelsPanel
from egn_desktop.ui.tables import RowsTable

Show = Callable[[QWidget], None]


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    for number in ("YSS-1", "YSS-2", "YSS-3"):
        context.services.devices.add_device(DeviceInput(number, DeviceKind.LAPTOP))
    made = LoansPage(context)
    show(made)
    made.arrive("devices")
    return made


def button(parent: QWidget, words: str) -> QPushButton:
    return next(
        button
        for button in parent.findChildren(QPushButton)
        if button.text().startswith(words) and button.isVisible()
    )


@pytest.fixture
def wishes(monkeypatch: pytest.MonkeyPatch) -> list[LabelWish]:
    """What is asked of the printer; the sheets are printed for real."""
    found: list[LabelWish] = []
    really = exports.export_labels

    def note(dossier: object, wish: LabelWish, target: Path) -> None:
        found.append(wish)
        really(dossier, wish, target)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(exports, "export_labels", note)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    return found


def test_labels_of_the_selected_devices_on_a_begun_sheet(
    page: LoansPage, context: Context, qtbot: QtBot, tmp_path: Path, wishes: list[LabelWish],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    table = next(table for table in page.findChildren(RowsTable) if table.isVisible())
    table.select(lambda row: row.asset_number != "YSS-2")
    button(page, "Étiquettes").click()
    panel = page.panel
    assert isinstance(panel, LabelsPanel)
    form = panel.findChild(Form)
    assert form is not None
    for name, value in (("format_id", "65"), ("code", Code.CODE_128), ("first", 9), ("down", -0.5)):
        form.set_value(name, value)
    monkeypatch.setattr(context, "ask_save_file", lambda *_: tmp_path / "planche")
    with qtbot.waitSignal(context.printed) as printed:
        button(panel, "Enregistrer").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert printed.args == [tmp_path / "planche.pdf"]
    assert (tmp_path / "planche.pdf").read_bytes().startswith(b"%PDF")
    assert wishes == [
        LabelWish(
            format_id="65", code=Code.CODE_128, device_ids=(1, 3), first=9, right=0.0, down=-0.5
        )
    ]


def test_without_a_selection_all_are_printed_and_a_place_too_far_is_told(
    page: LoansPage, context: Context, qtbot: QtBot, tmp_path: Path, wishes: list[LabelWish],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    button(page, "Étiquettes").click()
    panel = page.panel
    assert isinstance(panel, LabelsPanel)
    form = panel.findChild(Form)
    assert form is not None
    monkeypatch.setattr(context, "ask_save_file", lambda *_: tmp_path / "planche.pdf")
    form.set_value("first", 25)
    button(panel, "Enregistrer").click()
    assert not wishes
    form.set_value("first", 24)
    with qtbot.waitSignal(context.printed):
        button(panel, "Enregistrer").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert wishes == [LabelWish(first=24)]


def test_the_sheet_and_its_adjustment_are_kept_on_this_machine(
    page: LoansPage, context: Context, qtbot: QtBot, tmp_path: Path, wishes: list[LabelWish],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(context, "ask_save_file", lambda *_asked: tmp_path / "e.pdf")
    button(page, "Étiquettes").click()
    (form,) = page.panel.findChildren(Form)
    for name, value in (
        ("format_id", "40"),
        ("code", Code.CODE_128),
        ("first", 7),
        ("right", -1.5),
    ):
        form.set_value(name, value)
    button(page, "Enregistrer le PDF").click()
    qtbot.waitUntil(lambda: not context.jobs.busy)
    button(page, "Étiquettes").click()
    (form,) = page.panel.findChildren(Form)
    kept = {name: form.value(name) for name in ("format_id", "code", "first", "right", "down")}
    assert kept == {
        "format_id": "40", "code": Code.CODE_128, "first": 7, "right": -1.5, "down": 0.0
    }  # fmt: skip
    assert MachineSettings.load().labels == context.settings.labels
    # A sheet that is known no more, or too small now: the habit gives way.
    context.settings.labels = LabelHabit(format_id="21", code="qr", first=30)
    page.close_panel()
    button(page, "Étiquettes").click()
    (form,) = page.panel.findChildren(Form)
    assert (form.value("format_id"), form.value("first")) == (LabelWish().format_id, 1)
