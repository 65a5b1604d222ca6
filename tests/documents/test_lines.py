# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.documents.blocks import Strong
from egn_desktop.documents.boxes.tables import column_widths
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.lines import break_lines, longest_word
from egn_desktop.documents.text.styles import BODY, BOLD, MEDIUM, REGULAR, STRONG
from egn_desktop.typography import typeset

WORD = st.text("aéœ1-’x«»\u202f\u00a0", min_size=1, max_size=30)


def written(text: str | list[str | Strong], room: float) -> list[str]:
    return ["".join(words for words, _ in line.runs) for line in break_lines(text, BODY, room)]


@given(st.lists(WORD, min_size=1, max_size=30), st.floats(60, 500))
def test_lines_keep_every_letter_and_stay_in_their_column(words: list[str], room: float) -> None:
    text = " ".join(words)
    lines = break_lines(text, BODY, room)
    assert "".join(part for line in lines for part, _ in line.runs) == typeset(text)
    for line in lines:
        ink = "".join(part for part, _ in line.runs).rstrip(" ")
        assert fonts.width(ink, REGULAR, BODY.size) <= room + 0.05


@pytest.mark.parametrize("room", range(40, 140, 3))
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("le prix est de 1\u202f240\u202f€ au total", "1\u202f240\u202f€"),
        ("le prix est de 1 240 € au total", "1 240 €"),
        ("il a dit « oui » hier", "« oui »"),
        ("une question difficile ? oui", "difficile ?"),
        ("M.\u00a0Dupont est absent", "M.\u00a0Dupont"),
    ],
)
def test_what_belongs_together_is_never_broken(text: str, whole: str, room: int) -> None:
    whole = typeset(whole)
    if fonts.width(whole, REGULAR, BODY.size) < room:
        assert any(whole in line for line in written(text, room))


def test_a_compound_word_breaks_at_its_hyphen_and_a_date_does_not() -> None:
    assert written("Saint-Étienne-du-Bois", 60) == ["Saint-", "Étienne-du-", "Bois"]
    assert written("Saint-Étienne-du-Bois", 80) == ["Saint-Étienne-", "du-Bois"]
    assert written("le 2026-2027 ici", 60) == ["le ", "2026-2027 ", "ici"]


def test_bold_words_keep_their_place_and_font() -> None:
    (line,) = break_lines(["le ", Strong("pare"), "-feu"], BODY, 400)
    assert line.runs == [("le ", REGULAR), ("pare", STRONG), ("-feu", REGULAR)]


@pytest.mark.parametrize("font", [REGULAR, MEDIUM, STRONG, BOLD])
def test_the_fonts_write_what_french_needs(font: str) -> None:
    needed = "œŒæÿŸàâçéèêëîïôùûü«»“”’‘…–—€−×°№²³✓•\u00a0\u202f½"
    assert fonts.printable(needed, font) == needed


@given(st.text())
def test_any_text_becomes_printable(text: str) -> None:
    glyphs = fonts.face(REGULAR).charToGlyph
    assert all(char == "\n" or ord(char) in glyphs for char in fonts.printable(text, REGULAR))


@given(
    st.lists(st.tuples(st.floats(0.2, 5), st.floats(5, 90)), min_size=1, max_size=8),
)
def test_columns_fill_the_line_and_hold_their_words(columns: list[tuple[float, float]]) -> None:
    shares, needs = [c[0] for c in columns], [c[1] for c in columns]
    widths = column_widths(shares, needs, 480)
    assert sum(widths) == pytest.approx(480)
    assert min(widths) > 0
    if sum(need + 12 for need in needs) < 470:
        assert all(wide >= need + 11.5 for wide, need in zip(widths, needs, strict=True))


def test_a_long_word_asks_for_a_wider_column() -> None:
    assert longest_word("un établissement scolaire", BODY) == pytest.approx(
        fonts.width("établissement", REGULAR, BODY.size)
    )
