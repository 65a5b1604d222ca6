# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.borrowers import borrower
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import (
    Acquisition,
    Condition,
    DeviceKind,
    DeviceState,
    OwnerKind,
    Retirement,
)
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.stock.device_panel import DevicePanel
from egn_desktop.ui.pages.loans.targets import Device, Lend, Loan
from egn_desktop.ui.widgets.fold import Fold

Show = Callable[[QWidget], None]
Said = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def said(context: Context) -> Said:
    kept: Said = []
    context.said.connect(lambda text, undo: kept.append((text, undo)))
    return kept


@pytest.fixture
def laptop(context: Context) -> int:
    services = context.services
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    return services.devices.add_device(
        DeviceInput(
            "YSS-0001",
            DeviceKind.LAPTOP,
            brand="Lenovo",
            acquired_on=date(2023, 9, 12),
            warranty_until=date(2027, 9, 12),
        )
    )


@pytest.fixture
def panel(context: Context, laptop: int, show: Show) -> DevicePanel:
    made = DevicePanel(context, laptop)
    show(made)
    return made


def choose(panel: DevicePanel, state: DeviceState) -> None:
    box = panel._state.form.field("state").control
    box.setCurrentText(state.label)  # type: ignore[attr-defined]


def shown_buttons(panel: QWidget) -> set[str]:
    return {
        button.text() for button in panel.findChildren(QPushButton) if button.isVisibleTo(panel)
    }


def test_the_rarely_needed_is_folded_and_kept_all_the_same(
    panel: DevicePanel, dossier: Dossier
) -> None:
    (fold,) = panel._form.findChildren(Fold)
    owner = panel._form.field("owner")
    assert not owner.isVisible()
    fold.button.setFocus()
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    assert owner.isVisible()
    assert fold.button.accessibleName() == "Achat, garantie, entretien, déplié"
    owner.control.setFocus()
    QTest.keyClicks(owner.control, "Mairie")
    QTest.keyClick(owner.control, Qt.Key.Key_Return)
    assert panel._form.value("owner_kind") is OwnerKind.AUTHORITY
    panel._form.field("acquired_by").control.setCurrentText("Don")  # type: ignore[attr-defined]
    row = device(dossier, 1).row
    assert (row.owner, row.acquired_by) == ("Mairie", Acquisition.DONATED)
    QTest.keyClick(fold.button, Qt.Key.Key_Space)
    assert not owner.isVisible()


def test_a_wrong_field_opens_the_fold_that_hides_it(show: Show) -> None:
    form = Form()
    with form.fold("Le reste"):
        form.add_text("size", "Taille", check=lambda text: None if text else "Il en faut une.")
    show(form)
    assert not form.field("size").isVisible()
    assert not form.is_valid()
    assert form.field("size").isVisible()
    assert form.field("size").error == "Il en faut une."


def test_the_head_tells_age_and_warranty(panel: DevicePanel) -> None:
    assert panel._head._more.text() == "Âge : 3 ans 2 mois · Garantie : jusqu’au 12/09/2027"


def test_a_device_is_reserved_for_somebody_and_lent_from_there(
    panel: DevicePanel, context: Context, dossier: Dossier, said: Said, qtbot: QtBot
) -> None:
    choose(panel, DeviceState.RESERVED)
    assert panel._state._who.isVisible()
    assert device(dossier, 1).row.state is DeviceState.AVAILABLE
    # A change of something else leaves what is being told alone.
    context.services.devices.change_device(1, place="Armoire")
    assert panel._state._who.isVisible()
    panel._state._who.choose(borrower(dossier, 1))
    row = device(dossier, 1).row
    assert (row.state, row.reserved_for) == (DeviceState.RESERVED, 1)
    assert said[-1][0] == "Appareil réservé pour Benali Inès."
    assert panel._head._who.text() == "Benali Inès"
    assert "Prêter" in shown_buttons(panel)
    with qtbot.waitSignal(panel.go) as asked:
        panel._head._lend.click()
    assert asked.args == [Lend(1, 1)]
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert device(dossier, 1).row.state is DeviceState.AVAILABLE
    assert panel._state.form.value("state") is DeviceState.AVAILABLE
    assert not panel._state._who.isVisible()


def test_a_reservation_may_be_for_a_purpose(panel: DevicePanel, dossier: Dossier) -> None:
    choose(panel, DeviceState.RESERVED)
    note = panel._state.waiting.field("reserved_note").control
    note.setFocus()
    QTest.keyClicks(note, "Rallye")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert device(dossier, 1).row.reserved_note == "Rallye"
    assert "Prêter" not in shown_buttons(panel)
    choose(panel, DeviceState.AVAILABLE)
    assert device(dossier, 1).row.reservation == ""
    assert "Prêter" in shown_buttons(panel)


def test_what_became_of_a_retired_device_is_asked(
    panel: DevicePanel, dossier: Dossier, said: Said
) -> None:
    choose(panel, DeviceState.RETIRED)
    assert device(dossier, 1).row.state is DeviceState.AVAILABLE
    became = panel._state.gone.field("retired_as").control
    became.setCurrentText("Recyclé")  # type: ignore[attr-defined]
    row = device(dossier, 1).row
    assert (row.retired_as, row.retired_on) == (Retirement.RECYCLED, date(2026, 11, 24))
    assert panel._head._who.text() == "Recyclé le 24/11/2026"
    undo = said[-1][1]
    assert undo is not None
    undo()
    assert device(dossier, 1).row.retired_on is None


def test_a_refusal_is_told_where_the_state_is(panel: DevicePanel, dossier: Dossier) -> None:
    choose(panel, DeviceState.RESERVED)
    condition = panel._form.field("condition").control
    condition.setCurrentIndex(list(Condition).index(Condition.BROKEN))  # type: ignore[attr-defined]
    assert panel._state.form.value("state") is DeviceState.IN_REPAIR
    choose(panel, DeviceState.RESERVED)
    panel._state._who.choose(borrower(dossier, 1))
    assert "en panne" in panel._state.form.field("state").error
    assert device(dossier, 1).row.state is DeviceState.IN_REPAIR


def test_a_loan_made_elsewhere_is_followed(
    panel: DevicePanel, context: Context, qtbot: QtBot
) -> None:
    loan = context.services.loans.lend(device_id=1, borrower_id=1)
    assert panel._head._who.text() == "Benali Inès"
    assert not panel._state.isVisible()
    with qtbot.waitSignal(panel.go) as asked:
        panel._head._return.click()
    assert asked.args == [Loan(loan)]
    context.undo()
    assert panel._state.isVisible()
    assert "Prêter" in shown_buttons(panel)


def test_the_sheet_is_printed(
    panel: DevicePanel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *what: asked.append(what))
    (button,) = [button for button in panel.findChildren(QPushButton) if "fiche" in button.text()]
    button.click()
    assert asked == [("fiche-de-materiel", "1")]


def test_who_is_chosen_gets_the_device_that_waits(
    context: Context, laptop: int, show: Show, dossier: Dossier
) -> None:
    services = context.services
    hugo = services.pupils.add_pupil(PupilInput("Roche", "Hugo"))
    tablet = services.devices.add_device(DeviceInput("YSS-0002", DeviceKind.TABLET))
    services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=1)
    lending = LendPanel(context)
    show(lending)
    assert [row.id for row in lending._find_devices("")] == [tablet]
    assert lending._find_devices("YSS-0001") == []
    lending._who.choose(borrower(dossier, hugo))
    assert lending._device.row is None
    lending._who.choose(borrower(dossier, 1))
    assert lending._device.row.id == laptop
    lending._lend.click()
    assert device(dossier, laptop).row.borrower_id == 1


def test_a_device_that_waits_is_lent_from_its_sheet_to_who_it_waits_for(
    context: Context, laptop: int, show: Show
) -> None:
    context.services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=1)
    page = LoansPage(context)
    page.resize(1064, 720)
    show(page)
    page._opening.go(Device(laptop))
    assert isinstance(page.panel, DevicePanel)
    page.panel._head._lend.click()
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert (panel._who.row.id, panel._device.row.id) == (1, laptop)


def test_the_list_says_for_whom_it_waits_and_offers_more_columns(
    context: Context, laptop: int, show: Show
) -> None:
    context.services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=1)
    page = LoansPage(context)
    page.resize(1064, 720)
    show(page)
    page.turn_to("devices")
    table = page.shown.table
    model = table.model()
    titles = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    found = dict(zip(titles, cells, strict=True))
    assert found["Où"] == "Pour Benali Inès"
    assert found["Âge"] == "3 ans 2 mois"
    assert found["Garanti jusqu’au"] == "12/09/2027"
    assert table.isColumnHidden(titles.index("Garanti jusqu’au"))
