# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.reminders import late_loan
from egn_desktop.inventory.people.queries.pupils import pupil, pupils
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import (
    BorrowerKind,
    Condition,
    DeviceKind,
    DeviceState,
    LoanState,
)
from egn_desktop.inventory.stock.queries.devices import device, devices
from egn_desktop.school.queries import Identity
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.lending.register_panel import RegisterPanel
from egn_desktop.ui.pages.loans.lending.reminder_panel import AllRemindersPanel, ReminderPanel
from egn_desktop.ui.pages.loans.people.guardian_form import GuardianForm
from egn_desktop.ui.pages.loans.people.pupil_panel import PupilPanel
from egn_desktop.ui.pages.loans.stock.device_panel import DevicePanel
from egn_desktop.ui.pages.loans.targets import Borrower, Device, Lend, Loan
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.search import SearchField

Show = Callable[[QWidget], None]
Said = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def school(context: Context) -> None:
    """Three devices, three pupils, one late loan: Inès has YSS-0001 since September."""
    services = context.services
    services.devices.import_devices(
        [
            DeviceInput(
                "YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook 11", accessories=("chargeur",)
            ),
            DeviceInput("YSS-0002", DeviceKind.TABLET, "Samsung", "Galaxy Tab A7"),
            DeviceInput(
                "YSS-0003", DeviceKind.LAPTOP, "Lenovo", "300e", accessories=("chargeur", "housse")
            ),
        ]
    )
    services.pupils.import_pupils(
        [
            PupilInput("Benali", "Inès", school_class="CM2 M. Colin"),
            PupilInput("García-López", "Zoé", school_class="CM2 M. Colin"),
            PupilInput("Traoré", "Noé", school_class="CP Mme Joly"),
        ]
    )
    services.loans.lend(
        device_id=1, borrower_id=1, lent_on=date(2026, 9, 2), due_on=date(2026, 11, 13)
    )


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


@pytest.fixture
def said(context: Context) -> Said:
    """What the foot of the window was told, with its way back."""
    found: Said = []
    context.said.connect(lambda text, undo: found.append((text, undo)))
    return found


def press(widget: QWidget, words: str) -> None:
    """Press the button with these words that is seen."""
    (found,) = (
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )
    found.click()


def scan(qtbot: QtBot, field: SearchField, text: str) -> None:
    """Type as a barcode reader does: quickly, then Enter."""
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def table(page: LoansPage) -> RowsTable:
    """Return the table that is seen."""
    (found,) = (table for table in page.findChildren(RowsTable) if table.isVisible())
    return found


def field_of(widget: QWidget, name: str) -> QWidget:
    """Return the control of a form's field."""
    (form,) = (form for form in widget.findChildren(Form) if name in form.values())
    return form.field(name).control


def tick(widget: QWidget, words: str) -> None:
    (box,) = (box for box in widget.findChildren(QCheckBox) if box.text() == words)
    box.click()


def settled(qtbot: QtBot, page: QWidget) -> None:
    """Wait until no search field still waits for the typing to pause."""
    qtbot.waitUntil(
        lambda: not any(field._pause.isActive() for field in page.findChildren(SearchField))
    )


def test_an_empty_page_offers_the_first_step(page: LoansPage) -> None:
    assert page._state.text() == "Aucun matériel pour l’instant"
    press(page, "Importer le matériel")
    assert isinstance(page.panel, ImportPanel)
    page.panel.left.emit()
    assert page.panel is None
    press(page, "Importer les élèves")
    assert isinstance(page.panel, ImportPanel)
    page.close_panel()
    for view, words in (("devices", "Importer le matériel"), ("pupils", "Importer les élèves")):
        page.turn_to(view)
        assert any(
            button.isVisible() and button.text() == words
            for button in page.findChildren(QPushButton)
        )


@pytest.mark.usefixtures("school")
def test_pupils_and_their_representatives_are_imported_from_one_button(page: LoansPage) -> None:
    page.turn_to("pupils")
    press(page, "Importer")
    (menu,) = (menu for menu in page.view("pupils").findChildren(QMenu) if menu.isVisible())
    kinds = []
    for action in menu.actions():
        action.trigger()
        assert isinstance(page.panel, ImportPanel)
        kinds.append(page.panel.heading)
    menu.close()
    assert kinds == ["Importer les élèves", "Importer les responsables légaux"]


@pytest.mark.usefixtures("school")
def test_the_page_says_the_state_in_figures_and_awaits_a_scan(page: LoansPage) -> None:
    figures, accord = page._state.text().rsplit(" · ", 1)
    assert figures == "1 en cours · 1 en retard · 2 appareils disponibles"
    assert accord == "accord à noter dans les réglages"
    assert page._search.hasFocus()
    (row,) = table(page).rows()
    assert (row.borrower_name, row.state_label) == ("Benali Inès", "En retard de 11\u202fj")


@pytest.mark.usefixtures("school")
def test_a_scan_lends_without_the_mouse(
    page: LoansPage, dossier: Dossier, qtbot: QtBot, said: Said
) -> None:
    scan(qtbot, page._search, "yss-0003")
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert page._search.text() == ""
    scan(qtbot, panel._who.search, "garcia zoe")
    assert panel._lend.hasFocus()
    qtbot.keyClick(panel._lend, Qt.Key.Key_Return)
    row = loans(dossier, state=LoanState.OPEN)[-1]
    assert (row.code, row.borrower_name) == ("YSS-0003", "García-López Zoé")
    assert row.due_on == date(2027, 7, 2)
    assert list(loan(dossier, row.id).accessories) == ["chargeur", "housse"]
    assert page._search.hasFocus()
    assert isinstance(page.panel, LoanPanel)
    ((words, undo),) = said
    assert "YSS-0003 prêté à García-López Zoé jusqu’au 02/07/2027" in words
    assert undo is not None
    undo()
    assert device(dossier, 3).row.state is DeviceState.AVAILABLE
    settled(qtbot, page)


@pytest.mark.usefixtures("school")
def test_the_mouse_lends_in_four_clicks(page: LoansPage, dossier: Dossier, qtbot: QtBot) -> None:
    def click_first(shown: RowsTable) -> None:
        place = shown.visualRect(shown.model().index(0, 0)).center()
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)

    press(page, "Nouveau prêt")
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert not panel._lend.isEnabled()
    click_first(panel._who.table)
    click_first(panel._device.table)
    press(panel, "Prêter")
    assert len(loans(dossier, state=LoanState.OPEN)) == 2


@pytest.mark.usefixtures("school")
def test_accessories_and_the_day_are_as_chosen(page: LoansPage, dossier: Dossier) -> None:
    page._opening.go(Lend(device_id=3, borrower_id=3))
    panel = page.panel
    assert isinstance(panel, LendPanel)
    tick(panel, "Housse")
    press(panel, "2 semaines")
    press(panel, "Prêter")
    row = loans(dossier, "traore")[0]
    assert row.due_on == date(2026, 12, 8)
    assert list(loan(dossier, row.id).accessories) == ["chargeur"]


@pytest.mark.usefixtures("school")
def test_what_cannot_be_lent_is_not_proposed(page: LoansPage, context: Context) -> None:
    context.services.devices.change_device(2, condition=Condition.BROKEN)
    page.new()
    assert isinstance(page.panel, LendPanel)
    assert [row.code for row in page.panel._find_devices("")] == ["YSS-0003"]


@pytest.mark.usefixtures("school")
def test_the_agreement_of_a_loan_is_one_button_away(
    page: LoansPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr(
        context, "print_document", lambda context, key="": printed.append((context, key))
    )
    page._opening.go(Lend(device_id=2, borrower_id=3))
    assert page.panel is not None
    press(page.panel, "Prêter")
    press(page.panel, "Imprimer la convention")
    press(page.panel, "Prêter un autre appareil")
    assert isinstance(page.panel, LendPanel)
    page.close_panel()
    press(page, "Registre")
    assert isinstance(page.panel, RegisterPanel)
    press(page.panel, "Enregistrer le PDF…")
    assert printed == [("convention-de-pret", "2"), ("registre-des-prets", "")]


@pytest.mark.usefixtures("school")
def test_a_scan_of_what_is_lent_takes_it_back(
    page: LoansPage, dossier: Dossier, qtbot: QtBot, said: Said
) -> None:
    scan(qtbot, page._search, "YSS-0001")
    panel = page.panel
    assert isinstance(panel, LoanPanel)
    tick(panel, "Chargeur")
    press(panel, "Noter le retour")
    ended = loan(dossier, 1)
    assert (ended.row.state, ended.accessories) == (LoanState.RETURNED, {"chargeur": False})
    assert page.panel is None
    assert page._search.hasFocus()
    ((words, undo),) = said
    assert words == "HP ProBook 11 · YSS-0001 rendu par Benali Inès."
    assert undo is not None
    undo()
    assert loan(dossier, 1).row.state is LoanState.OPEN
    settled(qtbot, page)


@pytest.mark.usefixtures("school")
def test_a_loan_is_renewed_or_declared_stolen(
    page: LoansPage, dossier: Dossier, qtbot: QtBot, said: Said
) -> None:
    page._opening.go(Loan(1))
    assert page.panel is not None
    due = field_of(page.panel, "due_on")
    due.setText("18/12")  # type: ignore[attr-defined]
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert loan(dossier, 1).row.due_on == date(2026, 12, 18)
    press(page.panel, "Déclarer volé")
    assert device(dossier, 1).row.state is DeviceState.STOLEN
    for _, undo in reversed(said):
        assert undo is not None
        undo()
    assert loan(dossier, 1).row.due_on == date(2026, 11, 13)
    assert device(dossier, 1).row.state is DeviceState.LENT


@pytest.mark.usefixtures("school")
def test_undoing_a_loan_closes_the_panel_that_shows_it(page: LoansPage, context: Context) -> None:
    page._opening.go(Lend(device_id=2, borrower_id=3))
    assert page.panel is not None
    press(page.panel, "Prêter")
    assert isinstance(page.panel, LoanPanel)
    context.undo()
    assert page.panel is None


@pytest.mark.usefixtures("school")
def test_the_device_is_read_whole_even_beside_the_panel(page: LoansPage, qtbot: QtBot) -> None:
    shown = table(page)
    columns = range(6)
    titles = [shown.model().headerData(c, Qt.Orientation.Horizontal) for c in columns]
    words = QFontMetrics(theme.font("body")).horizontalAdvance("HP ProBook 11 · YSS-0001")

    def check(hidden: set[str]) -> None:
        qtbot.waitUntil(lambda: {titles[c] for c in columns if shown.isColumnHidden(c)} == hidden)
        assert shown.columnWidth(titles.index("Appareil")) >= words
        qtbot.waitUntil(lambda: not shown.horizontalScrollBar().isVisible())

    check(set())
    page._opening.go(Loan(1))
    check({"Depuis", "Classe"})
    page.close_panel()
    check(set())


@pytest.mark.usefixtures("school")
def test_searching_ignores_accents_and_says_when_nothing_is_found(
    page: LoansPage, qtbot: QtBot
) -> None:
    page.turn_to("pupils")
    qtbot.keyClicks(page._search, "GARCIA")
    qtbot.waitUntil(lambda: len(table(page).rows()) == 1)
    assert table(page).rows()[0].name == "García-López Zoé"
    qtbot.keyClicks(page._search, "xyz")
    words = "Aucun résultat pour « GARCIAxyz ». Essayez le début d’un seul mot"
    not_found = page.view("pupils")._not_found
    qtbot.waitUntil(lambda: not_found.accessibleDescription().startswith(words))
    assert page.view("pupils")._not_found.isVisible()
    page._search.clear()
    settled(qtbot, page)
    assert len(table(page).rows()) == 3


@pytest.mark.usefixtures("school")
def test_enter_goes_to_what_was_found(page: LoansPage, qtbot: QtBot) -> None:
    scan(qtbot, page._search, "noe traore")
    assert isinstance(page.panel, PupilPanel)
    page.close_panel()
    page._search.clear()
    scan(qtbot, page._search, "benali")
    assert table(page).hasFocus()
    qtbot.keyClick(table(page), Qt.Key.Key_Return)
    assert isinstance(page.panel, LoanPanel)
    page.close_panel()
    page._search.clear()
    scan(qtbot, page._search, "cm2")
    settled(qtbot, page)


@pytest.mark.usefixtures("school")
def test_a_device_is_kept_field_by_field(page: LoansPage, dossier: Dossier, qtbot: QtBot) -> None:
    page.turn_to("devices")
    page.shown.open_row(table(page).rows()[1])
    panel = page.panel
    assert isinstance(panel, DevicePanel)
    place = field_of(panel, "place")
    place.setText("Armoire")  # type: ignore[attr-defined]
    qtbot.keyClick(place, Qt.Key.Key_Return)
    assert device(dossier, 2).row.place == "Armoire"
    number = field_of(panel, "asset_number")
    number.setText("YSS-0001")  # type: ignore[attr-defined]
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert "déjà celui d’un autre matériel" in panel._form.field("asset_number").error
    assert device(dossier, 2).row.asset_number == "YSS-0002"
    condition = field_of(panel, "condition")
    condition.setCurrentIndex(list(Condition).index(Condition.BROKEN))  # type: ignore[attr-defined]
    assert device(dossier, 2).row.state is DeviceState.IN_REPAIR
    assert panel._state.form.value("state") is DeviceState.IN_REPAIR


@pytest.mark.usefixtures("school")
def test_devices_are_added_and_removed_with_a_way_back(
    page: LoansPage, dossier: Dossier, said: Said
) -> None:
    page.turn_to("devices")
    press(page, "Ajouter")
    panel = page.panel
    assert isinstance(panel, DevicePanel)
    press(panel, "Ajouter l’appareil")
    assert "numéro d’inventaire" in panel._form.field("asset_number").error
    panel._form.set_value("asset_number", "YSS-0004")
    panel._form.set_value("accessories", "chargeur, housse\nclé 4G")
    press(panel, "Ajouter l’appareil")
    found = device(dossier, 4)
    assert [accessory.name for accessory in found.accessories] == ["chargeur", "housse", "clé 4G"]
    assert isinstance(page.panel, DevicePanel)
    press(page.panel, "Supprimer l’appareil")
    assert page.panel is None
    assert len(devices(dossier)) == 3
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert len(devices(dossier)) == 4
    assert len(table(page).rows()) == 4


@pytest.mark.usefixtures("school")
def test_a_lent_device_leads_to_its_loan_and_back(page: LoansPage) -> None:
    page._opening.go(Device(1))
    panel = page.panel
    assert isinstance(panel, DevicePanel)
    assert not any(
        button.text() == "Supprimer l’appareil" for button in panel.findChildren(QPushButton)
    )
    press(panel, "Noter le retour")
    assert isinstance(page.panel, LoanPanel)
    press(page.panel, "Fiche de l’élève")
    assert isinstance(page.panel, PupilPanel)
    press(page.panel, "HP ProBook 11 · YSS-0001")
    assert isinstance(page.panel, LoanPanel)
    press(page.panel, "Fiche de l’appareil")
    assert isinstance(page.panel, DevicePanel)


@pytest.mark.usefixtures("school")
def test_a_pupil_and_the_representatives_are_kept(
    page: LoansPage, dossier: Dossier, qtbot: QtBot, said: Said
) -> None:
    page._opening.go(Borrower(BorrowerKind.PUPIL, 3))
    panel = page.panel
    assert isinstance(panel, PupilPanel)
    name = field_of(panel, "school_class")
    name.setText("CE1 Mme Vidal")  # type: ignore[attr-defined]
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert pupil(dossier, 3).row.school_class == "CE1 Mme Vidal"
    press(panel, "Ajouter un représentant")
    (guardian,) = panel.findChildren(GuardianForm)
    for field, words in (("first_name", "Awa"), ("phone", "06 39 98 00 00")):
        control = guardian._form.field(field).control
        control.setText(words)  # type: ignore[attr-defined]
        qtbot.keyClick(control, Qt.Key.Key_Return)
    (kept,) = pupil(dossier, 3).guardians
    assert (kept.first_name, kept.phone) == ("Awa", "06 39 98 00 00")
    press(guardian, "Retirer ce représentant")
    assert not pupil(dossier, 3).guardians
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert pupil(dossier, 3).guardians[0].first_name == "Awa"
    assert page.panel is None, "it would show the pupil without the representative"
    page._opening.go(Borrower(BorrowerKind.PUPIL, 3))
    press(page.panel, "Retirer de la liste")
    assert len(pupils(dossier)) == 2


@pytest.mark.usefixtures("school")
def test_erasing_for_good_asks_and_says_what_goes(
    page: LoansPage,
    dossier: Dossier,
    context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context.services.pupils.add_guardian(3, GuardianFields("Mme", "Traoré", "Awa"))
    asked: list[str] = []
    answers = iter((False, True))

    def confirm(title: str, text: str, _action: str) -> bool:
        asked.append(f"{title} {text}")
        return next(answers)

    monkeypatch.setattr(context, "confirm", confirm)
    page._opening.go(Borrower(BorrowerKind.PUPIL, 3))
    assert page.panel is not None
    press(page.panel, "Effacer définitivement…")
    assert len(pupils(dossier)) == 3
    press(page.panel, "Effacer définitivement…")
    qtbot.waitUntil(lambda: page.panel is None and not context.jobs.busy)
    assert len(pupils(dossier)) == 2
    assert pupil(dossier, 3).row.name == "Personne effacée"
    assert "Effacer Traoré Noé ?" in asked[0].replace("\u202f", " ")
    assert "représentants" in asked[0]


@pytest.mark.usefixtures("school")
def test_ended_loans_are_shown_on_demand(page: LoansPage, context: Context) -> None:
    context.services.loans.return_device(1)
    assert not page.view("loans").table.rows()
    page.view("loans").which.choose((None, None))
    (row,) = table(page).rows()
    assert row.state_label == "Rendu"
    page.shown.open_row(row)
    assert page.panel is not None
    press(page.panel, "Rouvrir ce prêt")
    assert table(page).rows()[0].state is LoanState.OPEN


@pytest.mark.usefixtures("school")
def test_every_control_has_a_name(page: LoansPage) -> None:
    for opened in (
        lambda: page._opening.go(Lend()),
        lambda: page._opening.go(Loan(1)),
        lambda: page._opening.go(Device(1)),
        lambda: page._opening.go(Borrower(BorrowerKind.PUPIL, 1)),
    ):
        opened()
        assert page.panel is not None
        unnamed = [
            widget
            for widget in page.panel.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or getattr(widget, "text", str)())
        ]
        assert not unnamed


@pytest.mark.usefixtures("school")
def test_a_day_of_holidays_is_told_gently(
    page: LoansPage, context: Context, dossier: Dossier, qtbot: QtBot
) -> None:
    context.services.school.save(Identity(holiday_zone="A"))
    page._opening.go(Lend(device_id=3, borrower_id=3))
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert panel._due.note_text == ""
    due = field_of(panel, "due_on")
    due.setText("25/12")  # type: ignore[attr-defined]
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert panel._due.note_text.endswith("Réouverture le lundi 4 janvier 2027.")
    press(panel, "2 semaines")
    assert panel._due.note_text == ""
    due.setText("25/12")  # type: ignore[attr-defined]
    press(panel, "Prêter")
    assert loans(dossier, "traore")[0].due_on == date(2026, 12, 25)
    assert isinstance(page.panel, LoanPanel)


@pytest.mark.usefixtures("school")
def test_a_renewal_proposes_days_when_the_school_is_open(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    context.services.school.save(Identity(holiday_zone="A"))
    page._opening.go(Loan(1))
    assert page.panel is not None
    press(page.panel, "6 semaines")
    assert loan(dossier, 1).row.due_on == date(2027, 1, 5)


@pytest.mark.usefixtures("school")
def test_a_family_is_reminded_and_the_next_reminder_is_firmer(
    page: LoansPage, dossier: Dossier, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    page._opening.go(Loan(1))
    assert page.panel is not None
    press(page.panel, "Relancer")
    panel = page.panel
    assert isinstance(panel, ReminderPanel)
    press(panel, "Copier le texte du SMS")
    copied = QApplication.clipboard().text()
    assert "Benali Inès" in copied
    assert "mardi 1er décembre 2026" in copied
    press(panel, "Noter la relance")
    assert isinstance(page.panel, LoanPanel)
    assert "Premier rappel, le 24/11/2026 (SMS)" in {
        label.text() for label in page.panel.findChildren(QLabel)
    }
    words, undo = said[-1]
    assert words == "1 relance notée (SMS)."
    assert undo is not None
    undo()
    assert late_loan(dossier, 1).history == ()
    assert opened == [], "there is no address to write to"


@pytest.mark.usefixtures("school")
def test_all_late_families_are_reminded_in_one_go(
    page: LoansPage, dossier: Dossier, said: Said, context: Context
) -> None:
    printed: list[tuple[str, str]] = []
    context.print_document = lambda document, key="": printed.append((document, key))  # type: ignore[method-assign]
    press(page, "Relancer les retards")
    panel = page.panel
    assert isinstance(panel, AllRemindersPanel)
    press(panel, "Imprimer les courriers")
    assert printed == [("courriers-de-relance", "")]
    press(panel, "Noter les courriers comme envoyés")
    assert len(late_loan(dossier, 1).history) == 1
    assert page.panel is None
    press(page, "Relancer les retards")
    assert isinstance(page.panel, AllRemindersPanel)
    press(page.panel, "Voir la relance choisie")
    assert isinstance(page.panel, ReminderPanel)
    assert said[-1][0] == "1 relance notée (courrier)."
