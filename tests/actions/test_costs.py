# SPDX-License-Identifier: GPL-3.0-or-later
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.actions.costs import Amount, amount, euros, total

cents = st.integers(0, 10_000_000)
amounts = st.builds(
    lambda low, more, about: Amount(low, low + more, about), cents, cents, st.booleans()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300 €", Amount(30_000, 30_000)),
        ("300", Amount(30_000, 30_000)),
        ("1 240,50 €", Amount(124_050, 124_050)),
        ("1\u202f240\u202f€", Amount(124_000, 124_000)),
        ("12,5 euros", Amount(1_250, 1_250)),
        ("300 à 500 €", Amount(30_000, 50_000)),
        ("300 € - 500 € TTC", Amount(30_000, 50_000)),
        ("environ 300 €", Amount(30_000, 30_000, about=True)),
        ("500 à 300 €", None),
        ("gratuit", None),
        ("300 € par classe", None),
        ("devis demandé", None),
        ("", None),
    ],
)
def test_a_cost_is_read_where_it_is_plain(text: str, expected: Amount | None) -> None:
    assert amount(text) == expected


def test_what_is_written_stands_before_what_is_known() -> None:
    assert amount("", 25_000) == Amount(25_000, 25_000)
    assert amount("devis demandé", 25_000) is None


@given(amounts)
def test_what_is_shown_is_read_back(first: Amount) -> None:
    assert amount(first.text) == first


@given(st.lists(st.none() | amounts))
def test_a_total_adds_what_is_known_and_counts_the_rest(costs: list[Amount | None]) -> None:
    found = total(costs)
    known = [cost for cost in costs if cost]
    assert found.amount.low == sum(amount.low for amount in known)
    assert found.amount.high == sum(amount.high for amount in known)
    assert found.counted + found.uncounted == len(costs)


def test_a_total_says_what_is_not_in_it() -> None:
    assert total([]).text == "Aucun coût n’est chiffré."
    assert total([Amount(30_000, 30_000)]).text == f"Coût chiffré\u202f: {euros(30_000)}."
    both = total([Amount(30_000, 50_000, about=True), None, None]).text
    assert "environ 300 à 500\u202f€, 2 actions non comptées." in both
