# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.audit.answers import (
    Answer,
    Choice,
    Counts,
    Standing,
    Value,
    answer_text,
    brief_text,
    decode,
    encode,
    expected_text,
    known,
    parse,
    problem,
    unknown,
)
from egn_desktop.audit.catalogue import Criterion, Kind, criteria

TODAY = date(2026, 11, 24)
numbers = st.integers(0, 5000).map(float)


@st.composite
def values(draw: st.DrawFn, criterion: Criterion) -> Value:
    """Return a value that fits a criterion."""
    match criterion.kind:
        case Kind.YES_NO:
            return draw(st.sampled_from((Choice.YES, Choice.NO)))
        case Kind.YES_PARTLY_NO:
            return draw(st.sampled_from(Choice))
        case Kind.CHECKS:
            how_many = len(criterion.items)
            return tuple(draw(st.lists(st.booleans(), min_size=how_many, max_size=how_many)))
        case Kind.DATE:
            days = st.dates(date(2015, 1, 1), TODAY)
            return draw(st.one_of(days, st.just(Choice.NO)))
        case Kind.PERCENT:
            whole = draw(st.integers(1, 300))
            return Counts(float(draw(st.integers(0, whole))), float(whole))
        case Kind.RATIO:
            return Counts(draw(numbers), float(draw(st.integers(1, 300))))
        case Kind.DAYS:
            return float(draw(st.integers(0, 700)))
        case _:
            return draw(numbers)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Criterion, Value]:
    criterion = draw(st.sampled_from(list(criteria())))
    return criterion, draw(values(criterion))


@given(answered())
def test_every_right_value_is_accepted_kept_and_worded(pair: tuple[Criterion, Value]) -> None:
    criterion, value = pair
    assert problem(criterion, known(value), TODAY) is None
    assert decode(encode(value)) == value
    assert answer_text(criterion, known(value))


@given(answered())
def test_an_answer_reads_back_from_its_own_words_where_these_say_it_all(
    pair: tuple[Criterion, Value],
) -> None:
    criterion, value = pair
    if isinstance(value, (Choice, date)) or criterion.kind in (Kind.MBIT, Kind.DAYS):
        assert parse(criterion, answer_text(criterion, known(value))) == known(value)


@pytest.mark.parametrize(
    ("criterion_id", "text", "value"),
    [
        ("res-07", "o", Choice.YES),
        ("res-07", " NON ", Choice.NO),
        ("ent-01", "p", Choice.PARTLY),
        ("ent-01", "en partie", Choice.PARTLY),
        ("ens-03", "ONO", (True, False, True)),
        ("ens-03", "oui, non, oui", (True, False, True)),
        ("ens-03", "oui", (True, True, True)),
        ("ens-01", "12/15", Counts(12, 15)),
        ("ens-01", "12 sur 15", Counts(12, 15)),
        ("ens-01", "100 %", 100.0),
        ("ens-01", "87,5", 87.5),
        ("elv-01", "1\u202f027/7 000", Counts(1027, 7000)),
        ("res-01", "12 Mbit/s", 12.0),
        ("mnt-02", "5 jours", 5.0),
        ("gov-03", "3", 3.0),
        ("gov-02", "12/05/2026", date(2026, 5, 12)),
        ("gov-02", "2026-05-12", date(2026, 5, 12)),
        ("gov-02", "jamais", Choice.NO),
    ],
)
def test_what_is_typed_is_understood(criterion_id: str, text: str, value: Value) -> None:
    assert parse(criteria()[criterion_id], text) == known(value)


def test_not_knowing_and_not_applying_can_be_typed() -> None:
    wifi = criteria()["res-06"]
    assert parse(wifi, "?") == unknown()
    with_reason = parse(wifi, "sans objet : pas de Wi-Fi")
    assert with_reason == Answer(Standing.NOT_APPLICABLE, reason="pas de Wi-Fi")
    proposed = parse(wifi, "sans objet")
    assert isinstance(proposed, Answer)
    assert proposed.reason == wifi.not_applicable_when
    without = parse(criteria()["gov-01"], "sans objet")
    assert isinstance(without, Answer)
    assert "pourquoi" in (problem(criteria()["gov-01"], without, TODAY) or "")


@pytest.mark.parametrize(
    ("criterion_id", "text"),
    [
        ("res-07", "partie"),
        ("res-07", "peut-être"),
        ("ens-03", "ON"),
        ("ens-03", "OPO"),
        ("res-01", "beaucoup"),
        ("gov-02", "31/02/2026"),
        ("ens-01", "12/"),
        ("gov-02", "24/12/2026"),
        ("ens-01", "16/15"),
        ("ens-01", "101"),
        ("ens-01", "0/0"),
        ("res-01", "-3"),
        ("gov-03", "2,5"),
        ("mnt-02", "4000"),
        ("res-01", "9000000"),
    ],
)
def test_what_makes_no_sense_is_refused_in_french(criterion_id: str, text: str) -> None:
    criterion = criteria()[criterion_id]
    found = parse(criterion, text)
    said = found if isinstance(found, str) else problem(criterion, found, TODAY)
    assert said
    assert said.endswith(".")


@given(st.text(max_size=30), st.sampled_from(list(criteria())))
def test_no_text_breaks_the_reading(text: str, criterion: Criterion) -> None:
    found = parse(criterion, text)
    if isinstance(found, Answer):
        problem(criterion, found, TODAY)


@pytest.mark.parametrize(
    ("criterion_id", "value", "text"),
    [
        ("elv-01", Counts(27, 190), "14,2 pour 100 élèves (27 sur 190)"),
        ("ens-01", Counts(9, 10), "90\u202f% (9 sur 10)"),
        ("res-01", 12.5, "12,5\u202fMbit/s"),
        ("mnt-02", 1.0, "1\u202fjour"),
        ("gov-03", 2.0, "2 partenaires"),
        ("gov-02", Choice.NO, "Jamais"),
        ("ens-03", (True, True, True), "Oui, tout"),
        ("ens-03", (True, False, True), "Manque\u202f: une connexion à Internet"),
    ],
)
def test_answers_read_as_french(criterion_id: str, value: Value, text: str) -> None:
    assert answer_text(criteria()[criterion_id], known(value)) == text


@pytest.mark.parametrize(
    ("criterion_id", "text"),
    [
        ("elv-01", "au moins 6 pour 100 élèves"),
        ("res-01", "au moins 30\u202fMbit/s"),
        ("mnt-03", "au plus 5\u202f%"),
        ("ens-01", "100\u202f%"),
        ("ens-03", "les trois"),
        ("gov-02", "depuis moins de 12\u202fmois"),
        ("res-07", "oui"),
    ],
)
def test_minimums_read_as_french(criterion_id: str, text: str) -> None:
    criterion = criteria()[criterion_id]
    assert expected_text(criterion, criterion.thresholds[0]) == text


def test_a_brief_answer_still_says_what_was_measured() -> None:
    speed, devices = criteria()["res-02"], criteria()["elv-06"]
    assert "Mbit/s pour 100" in brief_text(speed, known(Counts(18, 190)))
    assert brief_text(devices, known(Counts(1, 100))) == "1 pour 100"
