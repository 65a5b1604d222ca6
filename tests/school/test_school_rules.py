# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.school.academies import (
    academie_of_uai,
    academies,
    holiday_zones,
    zone_of_academie,
)
from egn_desktop.school.rules import (
    SECOND_DEGREE_OWNER,
    UAI_LETTERS,
    Level,
    normal_uai,
    risk_register_owner,
    uai_letter,
    uai_problem,
)

seven_digits = st.integers(0, 9_999_999).map(lambda number: f"{number:07d}")


@given(seven_digits)
def test_every_right_uai_is_accepted(digits: str) -> None:
    assert uai_problem(digits + uai_letter(digits)) is None


@given(seven_digits, st.integers(0, 6), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed_and_the_letter_expected_is_named(
    digits: str, place: int, shift: int
) -> None:
    wrong = str((int(digits[place]) + shift) % 10)
    mistyped = digits[:place] + wrong + digits[place + 1 :]
    problem = uai_problem(mistyped + uai_letter(digits))
    assert problem is not None
    assert f"la lettre attendue est {uai_letter(mistyped)}" in problem


@given(seven_digits, st.sampled_from(UAI_LETTERS))
def test_any_other_letter_is_refused(digits: str, letter: str) -> None:
    assert (uai_problem(digits + letter) is None) == (letter == uai_letter(digits))


@pytest.mark.parametrize(
    ("digits", "letter"), [("0750655", "E"), ("0750654", "D"), ("0951099", "D")]
)
def test_known_schools_have_their_letter(digits: str, letter: str) -> None:
    assert uai_letter(digits) == letter


def test_case_and_spaces_do_not_matter() -> None:
    assert uai_problem(" 075 0655 e ") is None
    assert normal_uai(" 075 0655 e ") == "0750655E"


@pytest.mark.parametrize("typed", ["", "0750655", "07506555E", "ABCDEFGH", "075065EE", "0750655É"])
def test_what_is_not_a_uai_is_told_how_one_is_written(typed: str) -> None:
    problem = uai_problem(typed)
    assert problem is not None
    assert "7 chiffres et une lettre" in problem


@given(st.sets(st.sampled_from(Level), min_size=1))
def test_the_register_belongs_to_the_dasen_only_where_there_is_no_second_degree(
    levels: set[Level],
) -> None:
    owner = risk_register_owner(levels)
    has_second_degree = bool(levels & {Level.COLLEGE, Level.LYCEE, Level.LYCEE_PRO})
    assert owner == (SECOND_DEGREE_OWNER if has_second_degree else "IA-DASEN")


def test_nobody_is_proposed_before_the_levels_are_known() -> None:
    assert risk_register_owner(()) == ""


def test_every_department_of_france_has_one_academie() -> None:
    departments = [department for academie in academies() for department in academie.departments]
    metropolitan = {f"{n:03d}" for n in range(1, 96) if n != 20} | {"620", "720"}
    overseas = {"971", "972", "973", "974", "976"}
    without_academie = {"975", "977", "978", "983", "984", "986", "987", "988"}
    assert sorted(departments) == sorted(metropolitan | overseas | without_academie)


def test_every_academie_follows_one_calendar() -> None:
    followers = [academie for zone in holiday_zones() for academie in zone.academies]
    assert sorted(followers) == sorted(academie.id for academie in academies())


@pytest.mark.parametrize(
    ("uai", "academie", "zone"),
    [
        ("0750655E", "Paris", "C"),
        ("0430999C", "Clermont-Ferrand", "A"),
        ("6200001A", "Corse", "Corse"),
        ("7200001A", "Corse", "Corse"),
        ("9740001X", "La Réunion", "La Réunion"),
        ("0140001X", "Normandie", "B"),
    ],
)
def test_a_uai_proposes_its_academie_and_that_its_calendar(
    uai: str, academie: str, zone: str
) -> None:
    found = academie_of_uai(uai)
    assert found is not None
    assert found.name == academie
    calendar = zone_of_academie(found.name)
    assert calendar is not None
    assert calendar.id == zone


def test_an_unknown_department_proposes_nothing() -> None:
    assert academie_of_uai("9990001X") is None
    assert academie_of_uai("") is None
    assert zone_of_academie("Ailleurs") is None
