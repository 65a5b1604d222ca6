# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.actions.rules import (
    ActionState,
    Provider,
    SourceKind,
    is_late,
    provider_label,
    sort_key,
)

TODAY = date(2026, 11, 24)
due_dates = st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1))
states = st.sampled_from(ActionState)


@given(state=states, due_on=due_dates)
def test_late_means_open_dated_and_past(state: ActionState, due_on: date | None) -> None:
    late = is_late(state, due_on, TODAY)
    assert late == (state is ActionState.OPEN and due_on is not None and due_on < TODAY)


@given(state=states)
def test_an_action_is_not_late_on_its_very_day(state: ActionState) -> None:
    assert not is_late(state, TODAY, TODAY)
    assert is_late(ActionState.OPEN, TODAY - timedelta(days=1), TODAY)


@given(st.lists(st.tuples(states, due_dates)))
def test_open_come_first_then_soonest_then_undated(
    rows: list[tuple[ActionState, date | None]],
) -> None:
    ordered = sorted(rows, key=lambda row: sort_key(*row))
    openness = [state is ActionState.OPEN for state, _ in ordered]
    assert openness == sorted(openness, reverse=True)
    dates = [due or date.max for state, due in ordered if state is ActionState.OPEN]
    assert dates == sorted(dates)


@pytest.mark.parametrize("kind", [SourceKind, ActionState, Provider])
def test_every_value_has_its_own_french_name(kind: type[SourceKind]) -> None:
    labels = [value.label for value in kind]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_a_provider_in_free_words_is_shown_as_written() -> None:
    assert provider_label("co") == "Commune ou intercommunalité"
    assert provider_label("Amicale laïque") == "Amicale laïque"
    assert provider_label(None) == ""
