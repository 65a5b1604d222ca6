# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egn_desktop.audit import rules
from egn_desktop.audit.answers import Answer, Choice, Counts, known, not_applicable, unknown
from egn_desktop.audit.catalogue import Frame, Nature, Question, criteria, shipped_frame
from egn_desktop.audit.rules import Priority, Range, judge
from egn_desktop.school.rules import Level
from tests.audit.test_audit_answers import values
from tests.examples import examples

TODAY = date(2026, 11, 24)
NEARLY = 1e-9


@st.composite
def one_answer(draw: st.DrawFn, question: Question) -> Answer:
    """Return a known answer, or one that does not apply."""
    if draw(st.integers(0, 5)) == 0:
        return not_applicable("pas chez nous")
    return known(draw(values(question.criterion)))


@st.composite
def audits(draw: st.DrawFn) -> tuple[Frame, dict[str, Answer], dict[str, Answer]]:
    """Return a small frame, a full set of answers, and the same with some unknown or missing."""
    levels = draw(st.lists(st.sampled_from(Level), min_size=1, max_size=3, unique=True))
    whole = shipped_frame(levels)
    picked = draw(st.lists(st.sampled_from(whole.asked), min_size=1, max_size=6, unique=True))
    frame = Frame(
        version=whole.version, levels=whole.levels, domains=whole.domains, criteria=tuple(picked)
    )
    full = {question.key: draw(one_answer(question)) for question in frame.questions}
    hidden = draw(st.sets(st.sampled_from(sorted(full))))
    partial = {key: answer for key, answer in full.items() if key not in hidden}
    for key in sorted(hidden):
        if draw(st.booleans()):
            partial[key] = unknown()
    return frame, full, partial


def scores(frame: Frame, answers: dict[str, Answer]) -> list[Range | None]:
    """Return the overall score and those of the domains."""
    result = judge(frame, answers, TODAY)
    return [result.score, *(domain.score for domain in result.domains)]


@settings(max_examples=examples(150))
@given(audits())
def test_the_range_contains_the_score_of_any_completion(
    audit: tuple[Frame, dict[str, Answer], dict[str, Answer]],
) -> None:
    frame, full, partial = audit
    for complete, ranged in zip(scores(frame, full), scores(frame, partial), strict=True):
        if complete is None:
            continue
        assert complete.is_exact
        assert ranged is not None
        assert ranged.low - NEARLY <= complete.low <= ranged.high + NEARLY


@settings(max_examples=examples(150))
@given(audits(), st.randoms(use_true_random=False))
def test_answering_never_widens_and_the_order_does_not_matter(
    audit: tuple[Frame, dict[str, Answer], dict[str, Answer]], random: Random
) -> None:
    frame, full, partial = audit
    growing = dict(partial)
    before = scores(frame, growing)
    keys = [key for key in full if key not in partial or full[key] != partial[key]]
    random.shuffle(keys)
    for key in keys:
        growing[key] = full[key]
        after = scores(frame, growing)
        for wide, narrow in zip(before, after, strict=True):
            if narrow is not None:
                assert wide is not None
                assert wide.low - NEARLY <= narrow.low
                assert narrow.high <= wide.high + NEARLY
        before = after
    shuffled = dict(sorted(full.items(), key=lambda item: hash(item[0])))
    assert scores(frame, shuffled) == scores(frame, full)
    assert judge(frame, growing, TODAY) == judge(frame, full, TODAY)


@pytest.mark.parametrize(
    ("criterion_id", "value", "credit"),
    [
        ("elv-01", Counts(3, 100), 0.5),
        ("elv-01", Counts(20, 100), 1),
        ("ent-01", Choice.PARTLY, 0.5),
        ("ens-03", (True, False, True), 2 / 3),
        ("mnt-03", Counts(5, 100), 1),
        ("mnt-03", Counts(10, 100), 0.5),
        ("mnt-02", 20.0, 0.25),
        ("gov-02", Choice.NO, 0),
        ("gov-02", TODAY - timedelta(days=365), 1),
        ("gov-02", TODAY - timedelta(days=731), 365.28 / 731),
    ],
)
def test_credit_says_how_much_of_the_minimum_is_reached(
    criterion_id: str, value: rules.Value, credit: float
) -> None:
    criterion = criteria()[criterion_id]
    assert rules.credit(criterion, criterion.thresholds[0], value, TODAY) == pytest.approx(credit)


def test_a_school_with_two_levels_is_judged_level_by_level() -> None:
    frame = shipped_frame([Level.MATERNELLE, Level.ELEMENTAIRE])
    answers = {"elv-01:M": known(Counts(6, 100)), "elv-01:E": known(Counts(7, 100))}
    result = judge(frame, answers, TODAY)
    (gap,) = result.gaps
    assert gap.line.levels == (Level.ELEMENTAIRE,)
    lines = [line for line in result.lines if line.criterion.id == "elv-01"]
    assert [line.credit for line in lines] == [1, 0.5]


def test_one_answer_can_meet_one_level_and_miss_another() -> None:
    frame = shipped_frame([Level.ELEMENTAIRE, Level.COLLEGE])
    result = judge(frame, {"res-02": known(Counts(15, 100))}, TODAY)
    lines = [line for line in result.lines if line.criterion.id == "res-02"]
    assert [rules.is_met(line) for line in lines] == [True, False]
    assert rules.levels_text(result.gaps[0].line.levels, frame.levels) == "Collège"


def test_levels_with_the_same_minimum_make_one_gap() -> None:
    frame = shipped_frame([Level.MATERNELLE, Level.ELEMENTAIRE])
    (gap,) = judge(frame, {"res-06": known(Choice.NO)}, TODAY).gaps
    assert gap.priority is Priority.FIRST
    assert gap.line.threshold.nature is Nature.DUTY
    assert rules.levels_text(gap.line.levels, frame.levels) == ""


def test_what_does_not_apply_or_only_informs_leaves_the_score() -> None:
    frame = shipped_frame([Level.ELEMENTAIRE])
    answers = {question.key: not_applicable("école en travaux") for question in frame.questions}
    answers["ecr-01"] = known(Counts(1, 60))
    nothing = judge(frame, answers, TODAY)
    assert nothing.score is None
    assert not nothing.gaps
    answers["res-01"] = known(15.0)
    assert judge(frame, answers, TODAY).score == Range(0.5, 0.5)


def test_an_audit_just_started_may_be_worth_anything() -> None:
    result = judge(shipped_frame([Level.LYCEE]), {}, TODAY)
    assert result.score == Range(0, 1)
    assert rules.score_text(result.score) == "0–100\u202f%"


def test_a_legal_duty_comes_before_every_other_gap() -> None:
    frame = shipped_frame([Level.ELEMENTAIRE])
    answers = {
        question.key: known(Choice.NO)
        for question in frame.questions
        if question.criterion.kind.is_choice
    }
    answers["ens-03"] = known((False, False, False))
    gaps = judge(frame, answers, TODAY).gaps
    natures = [gap.line.threshold.nature for gap in gaps]
    assert set(natures[: natures.count(Nature.DUTY)]) == {Nature.DUTY}
    assert [gap.priority for gap in gaps] == sorted(gap.priority for gap in gaps)


def test_priority_weighs_impact_against_effort() -> None:
    line = (
        judge(shipped_frame([Level.ELEMENTAIRE]), {"gov-01": known(Choice.NO)}, TODAY).gaps[0].line
    )
    for impact, effort, expected in (
        (3, 1, Priority.FIRST),
        (2, 2, Priority.NEXT),
        (1, 3, Priority.LATER),
    ):
        entry = criteria()["gov-01"]
        changed = type(entry)(
            **{name: getattr(entry, name) for name in entry.__struct_fields__}
            | {"impact": impact, "effort": effort}
        )
        assert rules.priority(replace(line, question=Question(changed))) is expected


def test_the_next_question_is_the_first_one_left_then_from_the_start() -> None:
    frame = shipped_frame([Level.ELEMENTAIRE])
    keys = [question.key for question in frame.questions]
    assert rules.next_question(frame, {}) == keys[0]
    answers = {key: unknown() for key in keys if key != keys[2]}
    assert rules.next_question(frame, answers, after=keys[10]) == keys[2]
    assert rules.next_question(frame, {key: unknown() for key in keys}) == ""
    assert rules.minutes_left(frame, {key: unknown() for key in keys}) == 0
    assert rules.minutes_left(frame, answers) == 1


def test_the_words_of_a_school_year() -> None:
    assert rules.year_text(2026) == "2026-2027"


def test_the_same_minimum_on_two_grounds_is_one_gap_that_says_both() -> None:
    frame = shipped_frame([Level.MATERNELLE, Level.ELEMENTAIRE])
    (gap,) = judge(frame, {"ens-03": known((True, True, False))}, TODAY).gaps
    assert gap.levels == (Level.ELEMENTAIRE, Level.MATERNELLE)
    assert rules.levels_text(gap.levels, frame.levels) == ""
    grounds = "socle officiel (élémentaire), proposition EGN Desktop (maternelle)"
    assert rules.ground_text(gap) == grounds
