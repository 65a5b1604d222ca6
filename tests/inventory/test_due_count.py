# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.privacy.queries.erasures import erasures, todos
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services

NONE, ENDED, OPEN = (), (date(2024, 10, 1),), (None,)
LOANS = (NONE, ENDED, OPEN, ENDED + OPEN, (*ENDED, date(2025, 11, 3)))
TODAYS = [date(year, month, 15) for year in range(2024, 2031) for month in (3, 9, 11)]


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.day = date(2024, 9, 10)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dossier, Clock]]:
    """Pupils with every kind of loans, who left or stayed."""
    path = tmp_path_factory.mktemp("due") / "ecole.egn"
    clock = Clock()
    with Dossier.create(path, key=bytes(range(32)), clock=clock) as dossier:
        dossier.ask_clock = lambda _: True  # it is moved back and forth here
        services = Services.of(dossier)
        number = 0
        for number, (ends, left) in enumerate(product(LOANS, (False, True))):
            clock.day = date(2024, 9, 10)
            pupil = services.pupils.add_pupil(PupilInput(f"Benali {number}", "Inès"))
            for end in ends:
                device = services.devices.add_device(
                    DeviceInput(f"YSS-{number}-{end}", DeviceKind.LAPTOP, "HP")
                )
                loan = services.loans.lend(
                    device_id=device, borrower_id=pupil, due_on=clock.day + timedelta(days=30)
                )
                if end:
                    clock.day = end
                    services.loans.return_device(loan)
            if left and None not in ends:
                services.pupils.remove_pupil(pupil)
        yield dossier, clock


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_home_counts_exactly_those_whom_an_erasure_would_take(
    school: tuple[Dossier, Clock], today: date
) -> None:
    dossier, clock = school
    clock.day = today
    due = len(erasures(dossier))
    told = [todo.text for todo in todos(dossier)]
    if due == 0:
        assert told == []
    elif due == 1:
        assert told[0].startswith("Effacer les données d’une personne")
    else:
        assert told[0].startswith(f"Effacer les données de {due}")


def test_the_days_tried_see_none_some_and_most_due(school: tuple[Dossier, Clock]) -> None:
    dossier, clock = school
    seen: set[int] = set()
    for clock.day in TODAYS:
        seen.add(len(erasures(dossier)))
    assert 0 in seen
    assert len(seen) > 2
