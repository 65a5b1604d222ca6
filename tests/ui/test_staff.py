# SPDX-License-Identifier: GPL-3.0-or-later
"""People who work at the school: their list, their panel, and lending to them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.inventory.people.queries.borrowers import borrowers
from egn_desktop.inventory.people.queries.staff import staff_member, staff_members
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.lending.reminder_panel import ReminderPanel
from egn_desktop.ui.pages.loans.people.pupil_panel import PupilPanel
from egn_desktop.ui.pages.loans.people.staff_panel import StaffPanel
from egn_desktop.ui.pages.loans.targets import Borrower, Remind
from egn_desktop.ui.widgets.search import SearchField

Show = Callable[[QWidget], None]
Panel = TypeVar("Panel", bound=QWidget)


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    """A page with two laptops, a pupil and two members of the staff."""
    services = context.services
    for number in ("YSS-0001", "YSS-0002"):
        services.devices.add_device(DeviceInput(number, DeviceKind.LAPTOP, "HP", "ProBook"))
    services.pupils.add_pupil(PupilInput("Roussel", "Inès", school_class="CM2"))
    services.staff.add_staff(StaffFields("Roux", "Claire", "Enseignante, CE1", "c.roux@exemple.fr"))
    services.staff.add_staff(StaffFields("Morvan", "Léa", "Directrice"))
    made = LoansPage(context)
    show(made)
    return made


def press(widget: QWidget | None, words: str) -> None:
    assert widget is not None
    buttons = [
        button for button in widget.findChildren(QPushButton) if button.text().startswith(words)
    ]
    assert buttons, words
    buttons[0].click()


def typed(qtbot: QtBot, field: SearchField, text: str) -> None:
    field.insert(text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def panel_of(page: LoansPage, kind: type[Panel]) -> Panel:
    assert isinstance(page.panel, kind)
    return page.panel


def test_the_list_shows_the_staff_and_opens_one(page: LoansPage) -> None:
    page.turn_to("staff")
    table = page.shown.table
    assert [row.name for row in table.rows()] == ["Morvan Léa", "Roux Claire"]
    table.opened.emit(table.rows()[1])
    panel = panel_of(page, StaffPanel)
    assert panel.form.value("duty") == "Enseignante, CE1"


def test_a_person_is_added_corrected_and_taken_out_again(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    page.turn_to("staff")
    press(page.shown.tools, "Ajouter")
    panel = panel_of(page, StaffPanel)
    panel.form.set_value("last_name", "Petit")
    press(panel, "Ajouter la personne")
    assert len(staff_members(context.services.dossier)) == 2, "a first name is missing"
    panel.form.set_value("first_name", "Jo")
    press(panel, "Ajouter la personne")
    panel = panel_of(page, StaffPanel)
    panel.form.edited.emit("duty", "AESH")
    assert staff_member(context.services.dossier, panel.borrower_id).row.duty == "AESH"
    panel.form.edited.emit("email", "jo")
    assert staff_member(context.services.dossier, panel.borrower_id).row.email == ""
    with qtbot.waitSignal(context.said) as said:
        press(panel, "Retirer de la liste")
    assert page.panel is None
    assert len(staff_members(context.services.dossier)) == 2
    assert said.args is not None
    said.args[1]()
    assert len(staff_members(context.services.dossier)) == 3


def test_a_scan_and_a_name_lend_to_a_teacher(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    typed(qtbot, page._search, "YSS-0001")  # pyright: ignore[reportPrivateUsage]
    panel = panel_of(page, LendPanel)
    typed(qtbot, panel._who.search, "claire")  # pyright: ignore[reportPrivateUsage]
    qtbot.keyClick(panel._lend, Qt.Key.Key_Return)  # pyright: ignore[reportPrivateUsage]
    (row,) = loans(context.services.dossier)
    assert (row.borrower_name, row.borrower_kind) == ("Roux Claire", BorrowerKind.STAFF)
    just_lent = panel_of(page, LoanPanel)
    press(just_lent, "Fiche de la personne")
    panel_of(page, StaffPanel)


def test_one_field_finds_pupils_and_staff_and_forgives_a_typing_error(
    page: LoansPage, qtbot: QtBot
) -> None:
    page.new()
    chooser = panel_of(page, LendPanel)._who  # pyright: ignore[reportPrivateUsage]
    chooser.search.insert("rou")
    qtbot.waitUntil(lambda: len(chooser.table.rows()) == 2)
    assert [row.label for row in chooser.table.rows()] == [
        "Roussel Inès, CM2", "Roux Claire, Enseignante, CE1",
    ]  # fmt: skip
    chooser.search.clear()
    chooser.search.insert("morvna")
    qtbot.waitUntil(lambda: [row.name for row in chooser.table.rows()] == ["Morvan Léa"])


def test_who_is_found_alone_is_opened_whatever_the_kind(page: LoansPage, qtbot: QtBot) -> None:
    search = page._search  # pyright: ignore[reportPrivateUsage]
    typed(qtbot, search, "directrice")
    panel_of(page, StaffPanel)
    search.clear()
    typed(qtbot, search, "ines")
    panel_of(page, PupilPanel)


def test_a_late_teacher_is_reminded_in_person(page: LoansPage, context: Context) -> None:
    dossier = context.services.dossier
    claire = next(row.id for row in borrowers(dossier, "roux"))
    made = context.services.loans.lend(
        device_id=1, borrower_id=claire, lent_on=date(2026, 9, 2), due_on=date(2026, 11, 6)
    )
    page._opening.go(Remind(made))  # pyright: ignore[reportPrivateUsage]
    panel = panel_of(page, ReminderPanel)
    message = panel._message  # pyright: ignore[reportPrivateUsage]
    assert message.mailto.startswith("mailto:c.roux@exemple.fr?")


def test_the_sheet_and_the_data_are_one_click_away(
    page: LoansPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *asked: printed.append(asked))
    staff_id = staff_members(context.services.dossier)[0].id
    page._opening.go(Borrower(BorrowerKind.STAFF, staff_id))  # pyright: ignore[reportPrivateUsage]
    press(page.panel, "Fiche d’emprunteur")
    press(page.panel, "Ses données")
    assert printed == [
        ("fiche-emprunteur", str(staff_id)), ("donnees-personnelles", str(staff_id)),
    ]  # fmt: skip


def test_erasing_for_good_says_what_goes(
    page: LoansPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(title: str, text: str, _action: str) -> bool:
        asked.extend((title, text))
        return True

    monkeypatch.setattr(context, "confirm", confirm)
    page._opening.go(Borrower(BorrowerKind.STAFF, staff_members(context.services.dossier)[0].id))  # pyright: ignore[reportPrivateUsage]
    with qtbot.waitSignal(context.said):
        press(page.panel, "Effacer définitivement")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert asked[0] == "Effacer Morvan Léa ?"
    assert "fonction, courriel" in asked[1]
    assert [row.name for row in staff_members(context.services.dossier)] == ["Roux Claire"]


def test_a_list_of_the_staff_is_imported_from_its_own_list(
    page: LoansPage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    page.turn_to("staff")
    press(page.shown.tools, "Importer")
    panel = panel_of(page, ImportPanel)
    assert panel.heading == "Importer le personnel"
    file = tmp_path / "personnel.csv"
    file.write_text("Nom;Prénom;Fonction\nPETIT;Jo;AESH\nROUX;Claire;Directrice\n", "utf-8")
    panel.load(file)
    qtbot.waitUntil(lambda: not context.jobs.busy)
    with qtbot.waitSignal(context.said) as said:
        press(panel, "Importer 2")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert said.args is not None
    assert "1 membre du personnel en plus, 1 mis à jour" in said.args[0]
    duties = {row.last_name: row.duty for row in staff_members(context.services.dossier)}
    assert duties == {"Morvan": "Directrice", "PETIT": "AESH", "ROUX": "Directrice"}
