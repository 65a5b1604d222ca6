# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop import french
from egn_desktop.spelling import PHONE
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.dates import typed_day, typed_number
from egn_desktop.ui.forms import Form

Show = Callable[[QWidget], None]
TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.fixture
def form(show: Show, context: Context) -> Form:
    made = Form()
    made.add_text("name", "Nom", value="Le Goff", help="Comme à l’état civil.", check=named)
    made.add_number("cost", "Coût", unit="€", decimals=2, maximum=5_000)
    made.add_number("places", "Places", value=12)
    made.add_date("due", "Retour prévu")
    made.add_date("born", "Né le", optional=False)
    made.add_choice("kind", "Genre", [("laptop", "Ordinateur"), ("tablet", "Tablette")])
    made.add_check("charger", "Chargeur remis")
    made.add_text("notes", "Observations", lines=3)
    show(made)
    return made


def named(text: str) -> str | None:
    return None if text else "Indiquez le nom."


def line(form: Form, name: str) -> QLineEdit:
    control = form.field(name).control
    assert isinstance(control, QLineEdit)
    return control


def type_in(qtbot: QtBot, form: Form, name: str, text: str) -> None:
    control = line(form, name)
    control.setFocus()
    control.selectAll()
    qtbot.keyClick(control, Qt.Key.Key_Delete)
    control.insert(text)  # QTest's keys know no accents
    qtbot.keyClick(control, Qt.Key.Key_Return)


def heard(form: Form) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    return told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24/11", date(2026, 11, 24)),
        ("2/7", date(2027, 7, 2)),
        ("1/10", date(2026, 10, 1)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24112026", date(2026, 11, 24)),
        ("24 novembre", date(2026, 11, 24)),
        ("1er déc. 2026", date(2026, 12, 1)),
        ("mardi 2 février", date(2027, 2, 2)),
        ("demain", date(2026, 11, 25)),
        ("Après-demain", date(2026, 11, 26)),
        ("aujourd’hui", TODAY),
        ("hier", date(2026, 11, 23)),
        ("mardi", date(2026, 12, 1)),
        ("vendredi", date(2026, 11, 27)),
        ("+14", date(2026, 12, 8)),
        ("+2 semaines", date(2026, 12, 8)),
        ("+3 mois", date(2027, 2, 24)),
        ("-1", date(2026, 11, 23)),
        ("29/2", date(2028, 2, 29)),
        ("31/2", None),
        ("32/12/2026", None),
        ("bientôt", None),
        ("ma", None),
        ("24 ju", None),
        ("", None),
    ],
)
def test_day_is_read_as_people_type_it(typed: str, meant: date | None) -> None:
    assert typed_day(typed, TODAY) == meant


def test_month_end_does_not_overflow() -> None:
    assert typed_day("+1 mois", date(2027, 1, 31)) == date(2027, 2, 28)
    assert typed_day("-1 mois", date(2027, 1, 31)) == date(2026, 12, 31)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_shown_is_read_back(day: date) -> None:
    for shown in (french.short_date(day), french.long_date(day), french.day_and_date(day)):
        assert typed_day(shown, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 364))
def test_day_without_a_year_is_near(today: date, ahead: int) -> None:
    wanted = today + timedelta(days=ahead)
    if (wanted.month, wanted.day) == (2, 29):
        return
    found = typed_day(f"{wanted.day}/{wanted.month}", today)
    assert found is not None
    assert -60 < (found - today).days <= 366


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = typed_day(text, TODAY)
    assert found is None or isinstance(found, date)


@given(st.integers(-(10**9), 10**9), st.integers(0, 2))
def test_every_number_shown_is_read_back(cents: int, decimals: int) -> None:
    value = cents / 10**decimals
    assert typed_number(french.number(value, decimals), decimals) == value


@pytest.mark.parametrize("typed", ["1,5", "douze", "1,2,3", "--4", "1/2", "inf", "nan"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert typed_number(typed, 0) is None


def test_change_is_told_once_when_the_field_is_left(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    type_in(qtbot, form, "name", "Benali")
    line(form, "cost").setFocus()
    type_in(qtbot, form, "name", "Benali")
    assert told == [("name", "Benali")]


def test_what_is_wrong_is_said_and_what_was_typed_stays(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    type_in(qtbot, form, "due", "bientôt")
    field = form.field("due")
    assert "ne se lit pas" in field.error
    assert field.error in [
        label.text() for label in field.findChildren(QLabel) if label.isVisible()
    ]
    assert line(form, "due").text() == "bientôt"
    assert field.control.accessibleDescription().startswith(field.error)
    assert told == []
    type_in(qtbot, form, "due", "demain")
    assert field.error == ""
    assert told == [("due", date(2026, 11, 25))]
    assert line(form, "due").text() == "25/11/2026"


def test_day_of_the_week_is_named_while_typing(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClicks(line(form, "due"), "+14")
    shown = [label.text() for label in form.field("due").findChildren(QLabel) if label.isVisible()]
    assert "Mardi 8 décembre 2026" in shown


def test_number_is_tidied_in_french(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    type_in(qtbot, form, "cost", "1234,50 €")
    assert line(form, "cost").text() == "1\u202f234,5"
    assert told == [("cost", 1234.5)]
    type_in(qtbot, form, "cost", "9999")
    assert form.field("cost").error == "Indiquez 5\u202f000 au plus."
    assert form.value("cost") == 1234.5
    type_in(qtbot, form, "cost", "")
    assert told[-1] == ("cost", None)
    type_in(qtbot, form, "places", "2,5")
    assert form.field("places").error == "Indiquez un nombre entier."
    type_in(qtbot, form, "places", "-3")
    assert form.field("places").error == "Indiquez 0 ou davantage."


def test_choices_are_told_at_once(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    box, tick = form.field("kind").control, form.field("charger").control
    assert isinstance(box, QComboBox)
    assert isinstance(tick, QCheckBox)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert told == [("kind", "tablet"), ("charger", True)]


def test_paragraph_is_told_when_left_by_tab(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    notes = form.field("notes").control
    assert isinstance(notes, QPlainTextEdit)
    notes.setFocus()
    notes.insertPlainText("Écran rayé")
    line(form, "name").setFocus()
    assert told == [("notes", "Écran rayé")]


def test_form_that_closes_keeps_what_was_typed(qtbot: QtBot, form: Form) -> None:
    told = heard(form)
    name = line(form, "name")
    name.setFocus()
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClick(name, Qt.Key.Key_End)
    qtbot.keyClicks(name, "c")
    form.hide()
    assert told == [("name", "Le Goffc")]


def test_value_set_by_the_program_is_not_told(form: Form) -> None:
    told = heard(form)
    form.set_value("kind", "tablet")
    form.set_value("charger", True)
    form.set_value("due", date(2026, 12, 18))
    assert told == []
    assert form.values() == {
        "name": "Le Goff",
        "cost": None,
        "places": 12,
        "due": date(2026, 12, 18),
        "born": None,
        "kind": "tablet",
        "charger": True,
        "notes": "",
    }


def test_checking_the_form_goes_to_the_first_fault(qtbot: QtBot, form: Form) -> None:
    line(form, "name").setText("")
    assert not form.is_valid()
    assert form.field("name").error == "Indiquez le nom."
    assert form.field("born").error == "Indiquez une date."
    assert line(form, "name").hasFocus()
    line(form, "name").setText("Benali")
    form.set_shown("born", False)
    assert form.is_valid()
    assert form.field("name").error == ""


def test_fault_found_elsewhere_is_said_under_the_field(form: Form) -> None:
    form.show_error("name", "Ce nom est déjà pris.")
    assert form.field("name").error == "Ce nom est déjà pris."


def test_every_control_has_its_label_and_name(form: Form) -> None:
    for name in ("name", "cost", "due", "kind", "charger", "notes"):
        field = form.field(name)
        label = field.findChildren(QLabel)[0]
        assert field.control.accessibleName().startswith(label.text())
        assert label.buddy() is field.control
    assert form.field("name").control.accessibleDescription() == "Comme à l’état civil."


def test_saved_says_when_by_the_clock_of_the_dossier(form: Form) -> None:
    form.note_saved()
    assert "Enregistré à 08:12" in [label.text() for label in form.findChildren(QLabel)]
    assert clock.today() == TODAY


def test_fields_of_a_row_stand_side_by_side(show: Show) -> None:
    form = Form()
    with form.row():
        left, right = form.add_text("a", "A"), form.add_date("b", "B")
    below = form.add_text("c", "C")
    form.resize(500, 300)
    show(form)
    assert left.y() == right.y() < below.y()
    assert left.x() < right.x()


def test_options_change_and_keep_the_choice(form: Form) -> None:
    told = heard(form)
    form.set_value("kind", "tablet")
    form.set_options("kind", [("hotspot", "Clé 4G"), ("tablet", "Tablette")])
    assert form.value("kind") == "tablet"
    form.set_options("kind", [("hotspot", "Clé 4G")])
    assert form.value("kind") == "hotspot"
    assert told == []


def test_a_number_is_put_in_pairs_and_what_is_none_stays_as_typed(qtbot: QtBot, show: Show) -> None:
    form = Form()
    form.add_text("phone", "Téléphone", spelling=PHONE)
    show(form)
    told = heard(form)
    type_in(qtbot, form, "phone", "0471590000")
    assert told == [("phone", "04 71 59 00 00")]
    assert line(form, "phone").text() == "04 71 59 00 00"
    type_in(qtbot, form, "phone", "pas de tel")
    assert "en chiffres" in form.field("phone").error
    assert line(form, "phone").text() == "pas de tel"
    assert len(told) == 1


def test_a_day_of_birth_is_not_to_come(qtbot: QtBot, show: Show, context: Context) -> None:
    assert clock.today() == context.services.dossier.today() == TODAY
    form = Form()
    form.add_date("born_on", "Date de naissance", is_past=True)
    show(form)
    type_in(qtbot, form, "born_on", "03/03/2027")
    assert "à venir" in form.field("born_on").error
    type_in(qtbot, form, "born_on", "né en mars")
    assert "24/11/2016" in form.field("born_on").error
    type_in(qtbot, form, "born_on", "03/03/2017")
    assert not form.field("born_on").error
