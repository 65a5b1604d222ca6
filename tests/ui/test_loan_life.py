# SPDX-License-Identifier: GPL-3.0-or-later
"""How a loan ends, through the window: in parts, wiped, exchanged, lost; and what follows."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from egn_desktop.inventory.lending.queries.incidents import incident, incidents
from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
    LoanState,
)
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.exchange_panel import ExchangePanel
from egn_desktop.ui.pages.loans.lending.incident_panel import IncidentPanel, NewIncidentPanel
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.lending.wiping_panel import WipingPanel
from egn_desktop.ui.pages.loans.targets import (
    Device,
    Exchange,
    Incident,
    Lend,
    Loan,
    NoteIncident,
    ToWipe,
)
from tests.ui.test_page_guards import cut, settle, unnamed

Show = Callable[[QWidget], None]
Said = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def school(context: Context) -> None:
    """Three laptops with their kit; Inès has the first since September, and is late."""
    services = context.services
    for number in (1, 2, 3):
        kit = ("chargeur", "housse")
        services.devices.add_device(
            DeviceInput(f"YSS-{number}", DeviceKind.LAPTOP, "HP", "ProBook 11", accessories=kit)
        )
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    services.loans.lend(
        device_id=1, borrower_id=1, lent_on=date(2026, 9, 2), due_on=date(2026, 12, 18)
    )


@pytest.fixture
def page(context: Context, school: None, show: Show) -> LoansPage:
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


def press(widget: QWidget | None, words: str) -> None:
    assert widget is not None
    (found,) = (
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )
    found.click()


def tick(widget: QWidget | None, words: str) -> None:
    assert widget is not None
    (box,) = (
        box for box in widget.findChildren(QCheckBox) if box.text() == words and box.isVisible()
    )
    box.click()


def field_of(widget: QWidget | None, name: str) -> QWidget:
    assert widget is not None
    (form,) = (form for form in widget.findChildren(Form) if name in form.values())
    return form.field(name).control


def write(qtbot: QtBot, widget: QWidget | None, name: str, text: str) -> None:
    control = field_of(widget, name)
    assert isinstance(control, QLineEdit)
    control.setText(text)
    qtbot.keyClick(control, Qt.Key.Key_Return)


def pick(widget: QWidget | None, name: str, value: object) -> None:
    assert widget is not None
    (form,) = (form for form in widget.findChildren(Form) if name in form.values())
    form.set_value(name, value)


def words_of(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def undo(said: Said) -> None:
    _, back = said[-1]
    assert back is not None
    back()


def undo_until(context: Context, words: str) -> None:
    """Undo step by step, as Ctrl+Z does, until the one of these words is taken back."""
    stack, taken_back = context.services.dossier.undo_stack, ""
    while taken_back != words:
        assert stack.last is not None
        taken_back = stack.last.words
        context.undo()


def test_only_a_part_of_the_kit_comes_back(page: LoansPage, context: Context, said: Said) -> None:
    dossier = context.services.dossier
    page._opening.go(Loan(1))
    tick(page.panel, "Chargeur")
    press(page.panel, "Noter ces accessoires seulement")
    assert said[-1][0] == "Rendu par Benali Inès : housse."
    assert loan(dossier, 1).still_out == ("chargeur",)
    assert isinstance(page.panel, LoanPanel)
    assert "Déjà rendus : housse (24/11/2026)." in words_of(page.panel)
    undo(said)
    assert loan(dossier, 1).still_out == ("chargeur", "housse")


def test_a_return_is_wiped_at_once_or_later(
    page: LoansPage, context: Context, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = context.services.dossier
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *asked: printed.append(asked))
    page._opening.go(Loan(1))
    press(page.panel, "Effacer l’appareil maintenant")
    tick(page.panel, "Comptes déconnectés")
    tick(page.panel, "Housse")
    press(page.panel, "Noter le retour")
    assert loan(dossier, 1).wiped == ("accounts",)
    page.arrive("wiping")
    assert isinstance(page.panel, WipingPanel)
    press(page.panel, "HP ProBook 11 · YSS-1")
    shown = page.panel
    assert isinstance(shown, LoanPanel)
    for words in (
        "Fichiers de la personne effacés",
        "Verrouillage et localisation retirés",
        "Appareil réinitialisé",
        "Cartes et clés rendues à la personne",
    ):
        tick(page.panel, words)
    assert page.panel is shown, "it is not built anew under the hand"
    assert to_wipe(dossier) == []
    press(page.panel, "Imprimer le reçu de retour")
    assert printed == [("recu-de-retour", "1:2026-11-24")]
    tick(page.panel, "Housse")
    press(page.panel, "Noter comme rendus")
    assert loan(dossier, 1).still_out == ()
    assert all(accessory.present for accessory in device(dossier, 1).accessories)
    undo(said)
    assert loan(dossier, 1).still_out == ("housse",)


def test_a_broken_device_is_exchanged_by_scanner(
    page: LoansPage, context: Context, qtbot: QtBot, said: Said
) -> None:
    dossier = context.services.dossier
    qtbot.keyClicks(page._search, "YSS-1")
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    press(page.panel, "Échanger")
    panel = page.panel
    assert isinstance(panel, ExchangePanel)
    qtbot.waitUntil(lambda: panel._device.search.hasFocus())
    qtbot.keyClicks(panel._device.search, "yss-3")
    qtbot.keyClick(panel._device.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel._button.hasFocus())
    qtbot.keyClick(panel._button, Qt.Key.Key_Return)
    old, new = loan(dossier, 1), loan(dossier, 2)
    assert (old.row.state, new.row.device_id) == (LoanState.EXCHANGED, 3)
    assert device(dossier, 1).row.state is DeviceState.IN_REPAIR
    assert "Remplace HP ProBook 11 · YSS-1." in words_of(page.panel)
    press(page.panel, "Voir le prêt n° 1")
    assert "Échangé contre HP ProBook 11 · YSS-3." in words_of(page.panel)
    undo(said)
    assert loan(dossier, 1).row.state is LoanState.OPEN
    assert incidents(dossier) == []
    assert isinstance(page.panel, LoanPanel)
    assert page.panel.is_current


def test_a_theft_leads_to_its_incident(
    page: LoansPage, context: Context, qtbot: QtBot, said: Said
) -> None:
    dossier = context.services.dossier
    page._opening.go(Loan(1))
    press(page.panel, "Déclarer volé")
    panel = page.panel
    assert isinstance(panel, IncidentPanel)
    write(qtbot, panel, "report_number", "2026/0451")
    write(qtbot, panel, "cost_cents", "280,50")
    row = incident(dossier, 1)
    assert (row.kind, row.report_number, row.cost_cents) == (
        IncidentKind.THEFT,
        "2026/0451",
        28_050,
    )
    pick(panel, "outcome", IncidentOutcome.FOUND)
    press(panel, "Clore l’incident")
    assert device(dossier, 1).row.state is DeviceState.AVAILABLE
    assert page.panel is not panel, "it shows the end"
    assert "24 novembre 2026" in words_of(page.panel)
    undo(said)
    assert incident(dossier, 1).is_open
    assert device(dossier, 1).row.state is DeviceState.STOLEN
    undo_until(context, "vol de YSS-1")
    assert loan(dossier, 1).row.state is LoanState.OPEN
    assert page.panel is None, "its incident is no more"


def test_an_incident_is_noted_by_hand_and_listed(
    page: LoansPage, context: Context, qtbot: QtBot, said: Said
) -> None:
    dossier = context.services.dossier
    page.arrive("incidents")
    assert page.shown.id == "incidents"
    assert "Aucun incident à régler" in words_of(page)
    page._opening.go(NoteIncident(2))
    panel = page.panel
    assert isinstance(panel, NewIncidentPanel)
    press(panel, "Noter l’incident")
    assert isinstance(page.panel, IncidentPanel)
    write(qtbot, page.panel, "repairer", "Atelier du Velay")
    (row,) = page.shown.table.rows()
    assert (row.repairer, row.kind) == ("Atelier du Velay", IncidentKind.BREAKAGE)
    assert device(dossier, 2).row.state is DeviceState.IN_REPAIR
    undo_until(context, "incident noté sur YSS-2")
    assert device(dossier, 2).row.state is DeviceState.AVAILABLE
    assert page.panel is None
    assert page.shown.table.rows() == []


def test_a_lent_device_is_not_lost_by_its_sheet(page: LoansPage) -> None:
    page._opening.go(Loan(1))
    press(page.panel, "Noter un incident")
    kinds = field_of(page.panel, "kind")
    assert isinstance(kinds, QComboBox)
    assert [kinds.itemText(at) for at in range(kinds.count())] == ["Casse ou panne", "Autre"]


def test_settled_incidents_are_shown_on_demand(page: LoansPage, context: Context) -> None:
    services = context.services
    made = services.incidents.add_incident(
        2, IncidentFields(IncidentKind.BREAKAGE, date(2026, 11, 2))
    )
    services.incidents.close_incident(made, IncidentOutcome.REPAIRED)
    page.turn_to("incidents")
    assert page.shown.table.rows() == []
    tick(page, "Réglés aussi")
    assert [row.id for row in page.shown.table.rows()] == [made]


def test_a_device_says_what_befell_it_and_what_is_left_to_wipe(
    page: LoansPage, context: Context, qapp: QApplication
) -> None:
    services = context.services
    services.loans.return_device(1, wiped=["accounts", "files", "lock", "reset"])
    words = "À effacer avant de le prêter : cartes et clés rendues à la personne."
    page._opening.go(Device(1))
    shown = page.panel
    assert words in words_of(shown)
    assert "Rien n’est arrivé à cet appareil." in words_of(shown)
    made = services.incidents.add_incident(
        1, IncidentFields(IncidentKind.OTHER, date(2026, 11, 20))
    )
    assert page.panel is shown
    settle(qapp)
    assert "Rien n’est arrivé" not in words_of(shown)
    press(shown, "Autre")
    assert isinstance(page.panel, IncidentPanel)
    press(page.panel, "Retirer l’incident")
    assert incidents(context.services.dossier) == []
    assert made == 1
    page._opening.go(Lend(device_id=1, borrower_id=1))
    assert words in words_of(page.panel)
    press(page.panel, "Prêter")
    assert loan(context.services.dossier, 2).row.state is LoanState.OPEN, "a warning, no bar"
    page._opening.go(Device(1))
    press(page.panel, "Noter un incident")
    assert isinstance(page.panel, NewIncidentPanel)


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGER])
def test_no_word_is_cut_and_every_control_has_a_name(
    page: LoansPage, context: Context, qapp: QApplication, size: TextSize
) -> None:
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT, text_size=size))
    try:
        page.resize(744 if size is TextSize.LARGER else 1064, 700)
        services = context.services
        services.loans.exchange(
            1, device_id=2, condition=Condition.BROKEN, accessories=["chargeur"]
        )
        for target in (
            Loan(1), Loan(2), Exchange(2), Incident(1), NoteIncident(2), ToWipe(),
        ):  # fmt: skip
            page._opening.go(target)
            settle(qapp)
            assert page.panel is not None
            assert (cut(page.panel), unnamed(page.panel)) == ([], [])
    finally:
        theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))
