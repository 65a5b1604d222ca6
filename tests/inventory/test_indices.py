# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked since a day is found by an index, so that ten years of loans are not read."""

from collections.abc import Callable
from datetime import date

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.campaign import campaign
from egn_desktop.inventory.lending.queries.returns import last_return, returns
from egn_desktop.inventory.register.loans import lending_months, loans
from tests.statements import indices

SINCE, UNTIL = date(2026, 9, 1), date(2026, 9, 30)
LENT, ENDED, PART = "ix_loan_lent_on", "ix_loan_ended_on", "ix_loan_accessory_returned_on"


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        pytest.param(last_return, {ENDED, PART}, id="the last return"),
        pytest.param(lambda of: returns(of, since=SINCE), {ENDED, PART}, id="returns"),
        pytest.param(lambda of: lending_months(of, SINCE), {LENT}, id="months"),
        pytest.param(lambda of: campaign(of, SINCE), {LENT}, id="the campaign"),
        pytest.param(lambda of: loans(of, since=SINCE), {ENDED}, id="a year"),
        pytest.param(lambda of: loans(of, since=SINCE, until=UNTIL), {ENDED}, id="a month"),
    ],
)
def test_what_is_asked_since_a_day_is_found_by_an_index(
    dossier: Dossier, ask: Callable[[Dossier], object], wanted: set[str]
) -> None:
    with indices(dossier) as used:
        ask(dossier)
    assert used & {LENT, ENDED, PART} == wanted
