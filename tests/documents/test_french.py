# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, datetime

import pytest

from egn_desktop import french


def test_dates_read_as_french_dates() -> None:
    assert french.long_date(date(2026, 11, 24)) == "24 novembre 2026"
    assert french.long_date(date(2026, 8, 1)) == "1er août 2026"
    assert french.day_and_date(date(2026, 11, 24)) == "mardi 24 novembre 2026"
    assert french.short_date(date(2026, 3, 5)) == "05/03/2026"
    assert french.short_date(None) == ""
    assert french.clock_time(datetime(2026, 11, 24, 8, 5)) == "08:05"  # noqa: DTZ001


def test_figures_have_a_comma_and_narrow_spaces() -> None:
    assert french.number(1234.5) == "1\u202f234,5"
    assert french.number(1_200_000, 0) == "1\u202f200\u202f000"
    assert french.number(3.0) == "3"
    assert french.percent(0.724) == "72\u202f%"


def test_nought_and_one_and_a_half_are_singular() -> None:
    assert french.count(0, "élève") == "0 élève"
    assert french.count(1, "élève") == "1 élève"
    assert french.count(2, "élève") == "2 élèves"
    assert french.count(3, "tableau", "tableaux") == "3 tableaux"


@pytest.mark.parametrize(
    ("name", "within", "after_de"),
    [
        ("Commune de Vorey", "la commune de Vorey", "de la commune de Vorey"),
        ("Département de la Loire", "le département de la Loire", "du département de la Loire"),
        ("État (rectorat)", "l’État (rectorat)", "de l’État (rectorat)"),
        ("la mairie", "la mairie", "de la mairie"),
        ("OGEC Saint-Paul", "l’OGEC Saint-Paul", "de l’OGEC Saint-Paul"),
        ("Vorey", "Vorey", "de Vorey"),
        ("Orange", "Orange", "d’Orange"),
        ("", "", "de "),
    ],
)
def test_a_body_has_its_article_within_a_sentence(name: str, within: str, after_de: str) -> None:
    assert french.the(name) == within
    assert french.of(name) == after_de
