# SPDX-License-Identifier: GPL-3.0-or-later
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.documents.blocks import Bullets, Paragraph, Strong, Table
from egn_desktop.plans import rules, wording
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level

PLAIN = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="*-•|")
)


def test_paragraphs_lists_and_bold_words() -> None:
    text = "Le **plan** commence.\n\n- un\n- **deux** fois\n-\nFin."
    assert wording.blocks(text) == (
        Paragraph(("Le ", Strong("plan"), " commence.")),
        Bullets(("un", (Strong("deux"), " fois"))),
        Paragraph("Fin."),
    )


def test_stars_that_mark_nothing_print_as_typed() -> None:
    assert wording.marked("2 ** 3 = 8") == "2 ** 3 = 8"
    assert wording.marked("****") == "****"


@given(st.lists(PLAIN.filter(str.strip), max_size=6))
def test_no_word_is_lost(paragraphs: list[str]) -> None:
    printed = [
        block.text
        for block in wording.blocks("\n\n".join(paragraphs))
        if isinstance(block, Paragraph)
    ]
    assert printed == [text.strip() for text in paragraphs]


@given(st.lists(PLAIN.map(str.strip).filter(bool), min_size=1, max_size=6))
def test_a_list_keeps_its_items_and_order(items: list[str]) -> None:
    (block,) = wording.blocks("\n".join(f"- {item}" for item in items))
    assert isinstance(block, Bullets)
    assert list(block.items) == items
    assert wording.lines("\n".join(f"- {item}" for item in items)) == items


def test_a_table_is_rows_between_bars_with_its_titles_first() -> None:
    text = "Avant.\n| Activité | Arrêt |\n|---|:-:|\n| **Enseigner** | 3 jours\n| Payer |\nAprès."
    before, table, after = wording.blocks(text)
    assert (before, after) == (Paragraph("Avant."), Paragraph("Après."))
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["Activité", "Arrêt"]
    assert list(table.rows) == [((Strong("Enseigner"),), "3 jours"), ("Payer", "")]


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(PLAIN.map(str.strip).filter(bool), min_size=width, max_size=width),
            min_size=1,
            max_size=6,
        )
    )
)
def test_a_table_keeps_each_cell_in_its_place(rows: list[list[str]]) -> None:
    cells = [[cell.strip(": ") or "x" for cell in row] for row in rows]
    (table,) = wording.blocks("\n".join(f"| {' | '.join(row)} |" for row in cells))
    assert isinstance(table, Table)
    assert [[column.title for column in table.columns], *map(list, table.rows)] == cells


def test_calls_are_read_back_as_they_are_written() -> None:
    for scenario in rules.scenarios():
        text = wording.proposed_texts(scenario)["calls"]
        assert tuple(wording.calls(text)) == scenario.calls, scenario.id


def test_a_call_in_the_schools_own_words_keeps_every_word() -> None:
    first, second, third = wording.calls("Mme Joly -> mairie\nClaire → IEN : absents\nPrévenir")
    assert (first.who, first.whom, first.what) == ("Mme Joly", "mairie", "")
    assert (second.who, second.whom, second.what) == ("Claire", "IEN", "absents")
    assert (third.who, third.whom, third.what) == ("", "", "Prévenir")


def test_what_the_dossier_does_not_know_is_left_to_fill_in() -> None:
    words = "{école}, {lieu}, {téléphone}. {direction}"
    assert wording.message(words, Identity()) == "…, notre école, …. …"
    college = Identity(name="Collège A", levels=(LevelCount(Level.COLLEGE),), phone="04 65")
    assert wording.message(words, college) == "Collège A, notre établissement, 04\u00a065. …"
