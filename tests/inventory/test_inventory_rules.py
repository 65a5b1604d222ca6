# SPDX-License-Identifier: GPL-3.0-or-later
import re
from datetime import date, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import content
from egn_desktop.collation import class_key, fold, natural_key
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    LoanState,
    OwnerKind,
    Standing,
)
from egn_desktop.inventory.register.text import search_text

DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("lent_on", "due_on"),
    [
        (date(2026, 9, 2), date(2027, 7, 2)),
        (date(2027, 6, 30), date(2027, 7, 2)),
        (date(2027, 7, 2), date(2028, 7, 7)),
        (date(2026, 8, 28), date(2027, 7, 2)),
    ],
)
def test_a_loan_is_proposed_until_the_first_friday_of_july(lent_on: date, due_on: date) -> None:
    assert rules.end_of_school_year(lent_on) == due_on


@given(DAYS, DAYS)
def test_an_open_loan_is_late_from_the_day_after(due_on: date, today: date) -> None:
    late = rules.days_late(due_on, today)
    assert (late > 0) == (rules.standing(LoanState.OPEN, due_on, today) is Standing.LATE)
    assert today <= due_on + timedelta(days=late)
    assert rules.standing(LoanState.RETURNED, due_on, today) is Standing.ENDED


@pytest.mark.parametrize(
    ("due_on", "label"),
    [
        (date(2026, 11, 13), "En retard de 11\u202fj"),
        (date(2026, 11, 24), "Aujourd’hui"),
        (date(2026, 11, 27), "Cette semaine"),
        (date(2026, 11, 29), "Cette semaine"),
        (date(2026, 11, 30), "En cours"),
    ],
)
def test_a_loan_says_how_soon_it_is_due(due_on: date, label: str) -> None:
    assert rules.standing_label(LoanState.OPEN, due_on, TODAY) == label


def test_a_loan_is_not_due_before_it_is_made() -> None:
    assert rules.due_problem(TODAY, TODAY) is None
    assert "24/11/2026" in (rules.due_problem(TODAY, date(2026, 11, 23)) or "")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1))
def test_what_is_kept_is_found_by_each_of_its_words(text: str) -> None:
    kept = search_text([text.upper()])
    assert all(word in kept for word in fold(text).split())


def test_searching_forgets_accents_case_and_dashes() -> None:
    assert fold("L’Œuvre de GARCÍA-LÓPEZ, Ærø") == "l oeuvre de garcia lopez aero"
    kept = search_text(["YSS-0012", "Çelik"])
    for typed in ("yss0012", "YSS 0012", "çelik", "CELIK"):
        assert all(word in kept for word in fold(typed).split()), typed


def test_numbers_and_classes_sort_as_people_sort_them() -> None:
    assert sorted(["YSS-10", "YSS-9", "YSS-100"], key=natural_key) == ["YSS-9", "YSS-10", "YSS-100"]
    classes = ["ULIS", "CM2 M. Colin", "Tle 2", "6e B", "CP", "CE1", "GS", "3e A", "PS-MS"]
    assert sorted(classes, key=class_key) == [
        *("PS-MS", "GS", "CP", "CE1", "CM2 M. Colin", "6e B", "3e A", "Tle 2", "ULIS"),
    ]


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("Mairie d’Yssingeaux", OwnerKind.AUTHORITY),
        ("Communauté de communes des Sucs", OwnerKind.AUTHORITY),
        ("Association Récup’Ordi", OwnerKind.ASSOCIATION),
        ("Association des parents de l’école", OwnerKind.ASSOCIATION),
        ("Rectorat", OwnerKind.STATE),
        ("État", OwnerKind.STATE),
        ("École", OwnerKind.SCHOOL),
        ("Coopérative scolaire", OwnerKind.SCHOOL),
        ("Mme Vidal", None),
        ("", None),
    ],
)
def test_the_owner_s_kind_is_guessed_from_its_name(owner: str, kind: OwnerKind | None) -> None:
    assert rules.guess_owner_kind(owner) is kind


def test_a_device_needs_a_number_and_a_pupil_two_names() -> None:
    assert rules.device_problem(DeviceInput("YSS-1", DeviceKind.LAPTOP)) is None
    assert rules.device_problem(DeviceInput("", DeviceKind.LAPTOP, serial_number="SN1")) is None
    assert "inventaire" in (rules.device_problem(DeviceInput(" ", DeviceKind.LAPTOP)) or "")
    assert "trop long" in (rules.device_problem(DeviceInput("1" * 999, DeviceKind.OTHER)) or "")
    assert rules.pupil_problem(PupilInput("Benali", "Inès")) is None
    assert rules.pupil_problem(PupilInput("", "Inès", usual_name="Benali")) is None
    assert "prénom" in (rules.pupil_problem(PupilInput("Benali", " ")) or "")
    assert "nom de l’élève" in (rules.pupil_problem(PupilInput("", "Inès")) or "")


@pytest.mark.parametrize(
    ("ine", "right"),
    [
        *(("", True), ("120000000AA", True), ("1234567890b", True), (" 120 000 000 AA ", True)),
        *(("12000000", False), ("ABCDEFGHIJK", False), ("120000000A1", False)),
    ],
)
def test_an_ine_has_eleven_characters(ine: str, right: bool) -> None:
    assert (rules.ine_problem(ine) is None) == right


def test_a_broken_device_is_not_available() -> None:
    after = rules.state_for(Condition.BROKEN, DeviceState.AVAILABLE)
    assert after is DeviceState.IN_REPAIR
    assert rules.state_for(Condition.WORN, DeviceState.AVAILABLE) is DeviceState.AVAILABLE
    assert rules.state_for(Condition.BROKEN, DeviceState.STOLEN) is DeviceState.STOLEN


@pytest.mark.parametrize(
    "kinds", [DeviceKind, OwnerKind, Condition, DeviceState, LoanState], ids=lambda k: k.__name__
)
def test_every_value_has_a_french_name_of_its_own(kinds: type) -> None:
    labels = [kind.label for kind in kinds]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_clauses_fill_with_the_known_placeholders_and_no_other() -> None:
    values = dict.fromkeys(clauses.PLACEHOLDERS, "…")
    used: set[str] = set()
    for entry in (*clauses.clauses(), *clauses.summary()):
        names = {name for _, name, _, _ in Formatter().parse(entry.text) if name is not None}
        assert names <= clauses.PLACEHOLDERS, entry.id
        assert "{" not in entry.filled(values)
        assert content.source(entry).title
        used |= names
    assert used == clauses.PLACEHOLDERS


def test_the_agreement_covers_what_an_agreement_must() -> None:
    assert {
        *("objet", "materiel-et-etat", "duree-et-restitution", "usage", "soin-et-responsabilite"),
        *("panne", "casse", "perte", "vol", "assurance", "donnees-personnelles", "filtrage"),
        *("accompagnement", "fin-anticipee"),
    } <= {clause.id for clause in clauses.clauses()}


def test_the_summary_is_in_short_sentences() -> None:
    for summary in clauses.summary():
        for sentence in re.split(r"[.?!] ", summary.text):
            assert len(sentence.split()) <= 14, sentence
