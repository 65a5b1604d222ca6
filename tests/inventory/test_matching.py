# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.inventory.people.matching import (
    Doubt,
    DoubtReason,
    Matches,
    match,
    near,
    person_of,
)
from egn_desktop.inventory.register.nouns import PupilInput

INES = PupilInput("Benali", "Inès", born_on=date(2016, 3, 4), ine="120000000AA", school_class="CM1")
BORN = date(2016, 3, 4)


def matched(
    known: list[PupilInput], rows: list[PupilInput], answers: dict[int, int | None] | None = None
) -> Matches:
    people = {place + 1: person_of(input_) for place, input_ in enumerate(known)}
    return match(people, [person_of(row) for row in rows], answers)


def only_doubt(known: list[PupilInput], *rows: PupilInput) -> Doubt:
    (doubt,) = matched(known, list(rows)).doubts
    return doubt


@pytest.mark.parametrize(
    "row",
    [
        replace(INES, last_name="BENALI", first_name="Ines", school_class="CM2"),
        replace(INES, last_name="García"),
        replace(INES, born_on=None, ine="", school_class="6e A"),
        replace(INES, ine="", school_class=""),
    ],
)
def test_who_is_surely_known_is_no_doubt(row: PupilInput) -> None:
    found = matched([INES], [row])
    assert found.found == {0: 1}
    assert not found.doubts


@pytest.mark.parametrize(
    ("row", "reason", "likely"),
    [
        (replace(INES, ine="", last_name="Benhali"), DoubtReason.SPELLING, 1),
        (replace(INES, ine="", last_name="Benlai"), DoubtReason.SPELLING, 1),
        (replace(INES, ine="", last_name="Benali Haddad"), DoubtReason.SPELLING, 1),
        (replace(INES, ine="", last_name="Haddad", usual_name="Benali"), DoubtReason.USUAL_NAME, 1),
        (replace(INES, ine="", last_name="Inès", first_name="Benali"), DoubtReason.USUAL_NAME, 1),
        (replace(INES, ine="120000000AB"), DoubtReason.OTHER_INE, 1),
        (replace(INES, ine="", last_name="Haddad"), DoubtReason.RENAMED, None),
        (replace(INES, ine="", first_name="Inel"), DoubtReason.FIRST_NAME, None),
        (replace(INES, ine="", born_on=date(2015, 1, 1)), DoubtReason.OTHER_BIRTH, None),
        (replace(INES, last_name="Noël", first_name="Zoé"), DoubtReason.SAME_INE, None),
        (replace(INES, ine="", born_on=None, last_name="Benhali"), DoubtReason.SPELLING, None),
    ],
)
def test_who_may_be_known_is_a_doubt(
    row: PupilInput, reason: DoubtReason, likely: int | None
) -> None:
    doubt = only_doubt([INES], row)
    assert (doubt.reason, doubt.candidates, doubt.likely) == (reason, (1,), likely)


@pytest.mark.parametrize(
    "row",
    [
        replace(INES, ine="", last_name="Noël", first_name="Zoé"),
        replace(INES, ine="", last_name="Benhali", born_on=date(2015, 1, 1)),
        replace(INES, ine="120000000AB", last_name="Benhali"),
        replace(INES, ine="120000000AB", born_on=date(2015, 1, 1)),
    ],
)
def test_who_is_somebody_else_is_new_without_a_question(row: PupilInput) -> None:
    found = matched([INES], [row])
    assert not found.found
    assert not found.doubts


def test_whoever_is_named_surely_is_nobodys_doubt() -> None:
    twin = PupilInput("Benali", "Inel", born_on=BORN)
    found = matched([INES], [twin, INES])
    assert found.found == {1: 1}
    assert not found.doubts


def test_namesakes_who_are_both_listed_are_two_without_a_question() -> None:
    other = replace(INES, ine="", born_on=date(2015, 1, 1))
    found = matched([INES], [other, replace(INES, ine="")])
    assert found.found == {1: 1}
    assert not found.doubts


def test_two_namesakes_without_a_birth_date_are_a_doubt_until_a_class_tells() -> None:
    known = [
        PupilInput("Martin", "Léa", born_on=date(2016, 5, 1), school_class="CM1"),
        PupilInput("Martin", "Léa", born_on=date(2017, 8, 9), school_class="CE2"),
    ]
    doubt = only_doubt(known, PupilInput("MARTIN", "Lea", school_class="6e"))
    assert (doubt.reason, doubt.candidates, doubt.likely) == (DoubtReason.NAMESAKES, (1, 2), None)
    assert matched(known, [PupilInput("MARTIN", "Lea", school_class="CE2")]).found == {0: 2}


def test_two_lines_for_one_known_namesake_are_both_in_doubt() -> None:
    known = [PupilInput("Martin", "Léa", school_class="CP")]
    lines = [PupilInput("Martin", "Léa", school_class="CE1 A"),
             PupilInput("Martin", "Léa", school_class="CE1 B")]  # fmt: skip
    found = matched(known, lines)
    assert [doubt.row for doubt in found.doubts] == [0, 1]
    assert not found.found
    assert matched(known, lines, {0: None, 1: 1}).found == {1: 1}
    assert matched(known, lines, {0: 1}).found == {0: 1}


def test_an_answer_is_kept_and_nobody_is_taken_twice() -> None:
    row = replace(INES, ine="", last_name="Haddad")
    assert matched([INES], [row], {0: 1}).found == {0: 1}
    assert not matched([INES], [row], {0: 1}).doubts
    assert matched([INES], [row, row], {0: 1, 1: 1}).found == {0: 1}
    assert not matched([INES], [INES], {0: None}).found
    two = [row, replace(row, last_name="Noël")]
    assert matched([INES], two, {0: 1, 1: 1}).found == {0: 1}
    # An id that nobody has any more means somebody new.
    assert not matched([INES], [row], {0: 99}).found


def test_lines_of_one_person_are_one() -> None:
    found = matched([], [INES, replace(INES, last_name="BENALI", born_on=None), INES])
    assert found.same_as == {1: 0, 2: 0}


LETTERS = st.text("abcde ", min_size=1, max_size=8)


@given(st.text("abcde", min_size=1, max_size=8), st.integers(0, 8), st.sampled_from("abcde"))
def test_one_letter_more_less_or_other_is_near(name: str, place: int, letter: str) -> None:
    more = f"{name[:place]}{letter}{name[place:]}"
    assert near(name, more)
    assert near(more, name)
    assert near(f"{name[:place]}{letter}{name[place + 1 :]}", name)


@given(LETTERS, LETTERS)
def test_nearness_goes_both_ways(name: str, two: str) -> None:
    assert near(name, two) == near(two, name)


ROWS = st.lists(
    st.builds(
        PupilInput,
        last_name=st.sampled_from(["Benali", "Benhali", "Traoré"]),
        first_name=st.sampled_from(["Inès", "Inel", "Noé"]),
        usual_name=st.sampled_from(["", "Haddad"]),
        born_on=st.sampled_from([None, BORN, date(2017, 2, 2)]),
        ine=st.sampled_from(["", "120000000AA", "120000000AB", "faux"]),
        school_class=st.sampled_from(["CP", "CE1", ""]),
    ),
    max_size=7,
)


@given(ROWS, ROWS, st.dictionaries(st.integers(0, 7), st.none() | st.integers(1, 8), max_size=4))
def test_nobody_is_two_and_every_candidate_is_free(
    known: list[PupilInput], rows: list[PupilInput], answers: dict[int, int | None]
) -> None:
    found = matched(known, rows, answers)
    assert len(set(found.found.values())) == len(found.found)
    assert not set(found.found) & set(found.same_as)
    assert all(first not in found.same_as for first in found.same_as.values())
    likely = {doubt.row for doubt in found.doubts if doubt.likely is not None}
    sure = {id_ for row, id_ in found.found.items() if row not in likely}
    for doubt in found.doubts:
        assert answers.get(doubt.row, 0) is not None
        assert not sure & set(doubt.candidates)
        assert doubt.likely is None or doubt.likely in doubt.candidates
