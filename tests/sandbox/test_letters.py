# SPDX-License-Identifier: GPL-3.0-or-later
"""The signs that nobody sees leave a text where it comes in; those that shape letters stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.documents.text import bidi
from egn_desktop.exchange.table import LONGEST_CELL, clean
from egn_desktop.letters import MOST_MARKS, cleaned


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("DU\u202ePONT", "DUPONT"),
        ("A\u2066na\u2069ïs\u200f", "Anaïs"),
        ("Zoé\x00\x1b\x9b", "Zoé"),
        ("un\u2028deux\u2029trois\x85quatre", "un\ndeux\ntrois\nquatre"),
        ("\ufeffNom\u200b", "Nom"),
        ("a\ud83dé", "aé"),
        ("5\u202fMo\u00a0: 06\u202f12", "5\u202fMo\u00a0: 06\u202f12"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("مدرسة", "مدرسة"),
        ("Nguyễn Thị Ánh\n\tligne", "Nguyễn Thị Ánh\n\tligne"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_is_kept_of_a_text(given_text: str, kept: str) -> None:
    assert cleaned(given_text) == kept


@given(st.text())
def test_no_text_keeps_what_nobody_sees_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not {unicodedata.bidirectional(sign) for sign in once} & {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    assert not [
        sign for sign in once if unicodedata.category(sign) == "Cc" and sign not in "\n\r\t"
    ]


def test_a_heap_of_accents_is_cut_before_anything_is_done_with_it() -> None:
    heap = clean("A" + "\u0301" * 10_000_000)
    assert heap == "A" + "\u0301" * MOST_MARKS
    assert len(clean("x" * 100_000)) == LONGEST_CELL


def test_a_name_cannot_end_the_piece_that_keeps_its_direction() -> None:
    held = bidi.isolated("Ada\u2069\u202eevil")
    assert held == f"{bidi.ISOLATE}Adaevil{bidi.END_OF_ISOLATE}"
