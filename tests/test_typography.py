# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.french import NARROW_SPACE, NO_BREAK_SPACE
from egn_desktop.typography import breaks, tied, typeset

SIGNS = "aB1 '\"«»“”.…:;?!%€@\\/-\n" + NARROW_SPACE + NO_BREAK_SPACE


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Attention! C'est prêt?", "Attention_! C’est prêt_?"),
        ("l'élève dit: oui ; non", "l’élève dit~: oui_; non"),
        ('Il a dit "bonjour" hier', "Il a dit «_bonjour_» hier"),
        ("«déjà» et « là »", "«_déjà_» et «_là_»"),
        ("100% de 12 €", "100_% de 12_€"),
        ("des câbles, des souris...", "des câbles, des souris…"),
        ('un écran de 14" ou 15"', 'un écran de 14" ou 15"'),
        ("de 8:12 à 9:00 (?)", "de 8:12 à 9:00 (?)"),
        ("http://a.fr/?b=1;c! et x@y.fr", "http://a.fr/?b=1;c! et x@y.fr"),
        ("C:\\Écoles d'ici", "C:\\Écoles d’ici"),
    ],
)
def test_signs_are_put_right(typed: str, shown: str) -> None:
    expected = shown.replace("_", NARROW_SPACE).replace("~", NO_BREAK_SPACE)
    assert typeset(typed) == expected


@given(st.text(SIGNS))
def test_words_and_lines_stay_and_once_is_enough(text: str) -> None:
    shown = typeset(text)
    assert [sign for sign in shown if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
    assert shown.count("\n") == text.count("\n")
    assert typeset(shown) == shown


def lines(text: str) -> list[str]:
    """Return the text in the smallest pieces that it may be broken into."""
    starts = [0, *(start for _, start in breaks(text))]
    ends = [*(end for end, _ in breaks(text)), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    "whole",
    [
        "M. Dupont",
        "Mme Aubry",
        "n° 12",
        "p. 3",
        "art. L212-4",
        "30 Mbit/s",
        "8 h 30",
        "130 élèves",
        "le 7 décembre 2026",
        "1er septembre 2026",
        "mardi 24 novembre",
        "04 65 71 00 43",
        "1 240 €",
        "21 chemin",
        "43200 Yssingeaux",
        "ecole.jules-verne@exemple.fr",
        "https://www.exemple-de-page.fr/a-b-c",
        "Jules-Verne",
        "celle-là",
        "ci-dessus",
        "viendra-t-elle",
        "2026-2027",
        "« oui »",
        "vraiment ?",
    ],
)
def test_no_line_ends_within(whole: str) -> None:
    assert whole in lines(f"avant {whole} après")
    assert " " not in tied(f"avant {whole} après").removeprefix("avant ").removesuffix(" après")


def test_a_line_ends_between_words_and_within_a_long_compound() -> None:
    assert lines("un porte-manteau neuf") == ["un", "porte-", "manteau", "neuf"]
    assert lines("a\nb") == ["a", "b"]


@given(st.text(SIGNS))
def test_breaks_are_in_order_and_lose_spaces_and_line_ends_alone(text: str) -> None:
    at = 0
    for end, start in breaks(text):
        assert at <= end <= start
        assert not text[end:start].strip(" \n")
        at = start
    assert "".join(lines(text)) == "".join(
        sign
        for place, sign in enumerate(text)
        if not any(end <= place < start for end, start in breaks(text))
    )
