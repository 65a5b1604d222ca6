# SPDX-License-Identifier: GPL-3.0-or-later
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.fields import fields_of
from egn_desktop.inventory.register.nouns import GuardianFields, StaffFields
from egn_desktop.school.identity import SchoolFields
from egn_desktop.spelling import EMAIL, PHONE, POSTCODE, Spelling

RIGHT = {
    "0471590000": "04 71 59 00 00",
    "04.71.59.00.00": "04 71 59 00 00",
    "04-71-59-00-00": "04 71 59 00 00",
    "600659393": "06 00 65 93 93",
    "+33 6 00 65 93 93": "+33 6 00 65 93 93",
    "0033 6 00 65 93 93": "0033 6 00 65 93 93",
    "17": "17",
    "3919": "3919",
    "27  56 00": "27 56 00",
    "06 00 65 93 93 (sa mère)": "06 00 65 93 93 (sa mère)",
    "06 00 65 93 93 / 04 71 59 00 00": "06 00 65 93 93 / 04 71 59 00 00",
    "": "",
}


@pytest.mark.parametrize(("typed", "kept"), RIGHT.items())
def test_a_number_that_can_be_called_is_kept_in_pairs(typed: str, kept: str) -> None:
    assert PHONE.problem(typed) is None
    assert PHONE.tidy(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("pas de tel", "laissez ce champ vide"),
        ("?", "en chiffres"),
        ("06 12 34 56 7", "10, celui-ci 9"),
        ("04.71.59", "celui-ci 6"),
    ],
)
def test_what_cannot_be_called_is_refused_in_its_own_words(typed: str, said: str) -> None:
    assert said in str(PHONE.problem(typed))


@pytest.mark.parametrize(
    ("spelling", "right", "wrong", "said"),
    [
        (EMAIL, "prenom.nom@ac-lyon.fr", "ecole.alès@exemple.fr", "pas d’accent"),
        (EMAIL, "o'brien+cm1@mairie.example.org", "prenom nom@ac-lyon.fr", "s’écrit comme"),
        (EMAIL, "", "prenom.nom@ac-lyon", "s’écrit comme"),
        (POSTCODE, "43200", "4320O", "cinq chiffres"),
        (POSTCODE, "", "432", "cinq chiffres"),
    ],
)
def test_addresses_and_postcodes(spelling: Spelling, right: str, wrong: str, said: str) -> None:
    assert spelling.problem(right) is None
    assert spelling.tidy(right) == right
    assert said in str(spelling.problem(wrong))


def test_a_spreadsheet_s_lost_zero_comes_back() -> None:
    assert POSTCODE.problem("1000") is None
    assert POSTCODE.tidy("1000") == "01000"


@pytest.mark.parametrize("spelling", [PHONE, POSTCODE])
@given(text=st.text(st.sampled_from("0123456789 .-/+()abÉ"), max_size=16))
def test_what_is_kept_is_right_and_stays_as_it_is(spelling: Spelling, text: str) -> None:
    if spelling.problem(text) is None:
        kept = spelling.tidy(text)
        assert spelling.problem(kept) is None
        assert spelling.tidy(kept) == kept


@pytest.mark.parametrize("noun", [GuardianFields, StaffFields, SchoolFields])
def test_every_number_and_address_is_held_to_its_rules(noun: type[Any]) -> None:
    rules = {"phone": PHONE, "email": EMAIL, "postcode": POSTCODE}
    for field in fields_of(noun):
        for name, spelling in rules.items():
            assert name not in field.name or field.spelling is spelling, field.name
