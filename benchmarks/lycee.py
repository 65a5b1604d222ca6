# SPDX-License-Identifier: GPL-3.0-or-later
"""A lycée's dossier, the same at each build: 2,000 pupils, 3,000 devices, ten years of loans.

Pupils and devices come through the service's imports. The 60,000 loans are inserted in bulk: the
service would make each in a transaction of its own with a journal entry, many minutes of work. So
the journal knows only of the imports, and the same 2,000 pupils borrow for ten years.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from egn_desktop.demo.people import FIRST_NAMES, LAST_NAMES
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import PupilRow, pupils
from egn_desktop.inventory.register.model import Loan, LoanAccessory
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind, LoanState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
PUPILS = 2_000
DEVICES = 3_000
FIRST_YEAR = 2017
LOANS_A_DEVICE = 20
OPEN_ONES = 0.8
ACCESSORIES = ("chargeur", "housse")

_SEED = 2026
_CLASSES = [f"{level} {number}" for level in ("2de", "1re", "Tle") for number in range(1, 21)]
_MODELS = (("HP", "ProBook 11"), ("Lenovo", "300e"), ("Acer", "TravelMate B3"), ("Dell", "3120"))
_LAST_DUE = date(2027, 7, 3)


def build(path: Path) -> Dossier:
    """Make the lycée's dossier and return it, open."""
    chance = Random(_SEED)  # noqa: S311 - no secret is drawn
    dossier = Dossier.create(path, key=KEY, clock=lambda: NOW)
    level = LevelCount(Level.LYCEE, classes=len(_CLASSES), pupils=PUPILS)
    SchoolService(dossier).save(
        Identity(name="Lycée Émilie-du-Châtelet", town="Le Puy-en-Velay", levels=(level,))
    )
    services = Services.of(dossier)
    services.pupils.import_pupils(some_pupils(chance, PUPILS))
    services.devices.import_devices([_device(number) for number in range(1, DEVICES + 1)])
    loans = list(_loans(chance, devices(dossier), pupils(dossier)))
    parts = [
        {"loan_id": loan["id"], "position": place, "name": name, "returned": _came_back(loan)}
        for loan in loans
        for place, name in enumerate(ACCESSORIES)
    ]
    with dossier.write() as session:
        session.execute(insert(Loan), loans)
        session.execute(insert(LoanAccessory), parts)
    return dossier


def some_pupils(chance: Random, how_many: int) -> list[PupilInput]:
    """Return pupils with a birth date, an INE, a class and one representative each.

    Many share their names, none the birth date as well.
    """
    lasts = [name.replace("~", " ") for name in LAST_NAMES]
    return [
        PupilInput(
            last_name=(last := lasts[number % len(lasts)]),
            first_name=chance.choice(FIRST_NAMES),
            born_on=date(2009, 1, 1) + timedelta(days=number // len(lasts)),
            ine=f"{number:09d}AA",
            school_class=chance.choice(_CLASSES),
            guardians=(
                GuardianFields(
                    last_name=last,
                    first_name=chance.choice(FIRST_NAMES),
                    email=f"famille.{number}@exemple.fr",
                    phone="06 12 34 56 78",
                ),
            ),
        )
        for number in range(1, how_many + 1)
    ]


def _device(number: int) -> DeviceInput:
    brand, model = _MODELS[number % len(_MODELS)]
    return DeviceInput(
        asset_number=f"LYC-{number:04d}",
        kind=DeviceKind.LAPTOP,
        brand=brand,
        model=model,
        serial_number=f"5CD{number:07d}",
        owner="Région Auvergne-Rhône-Alpes",
        acquired_on=date(FIRST_YEAR, 6, 1),
        accessories=ACCESSORIES,
    )


def _loans(
    chance: Random, stock: Sequence[DeviceRow], borrowers: Sequence[PupilRow]
) -> Iterator[dict[str, Any]]:
    """Yield two loans a year for each device; most of the last ones are open, some late."""
    loan_id = 0
    for device in stock:
        for place in range(LOANS_A_DEVICE):
            loan_id += 1
            pupil = chance.choice(borrowers)
            lent_on, due_on = _days(chance, place)
            is_open = place == LOANS_A_DEVICE - 1 and chance.random() < OPEN_ONES
            ended_on = min(due_on, NOW.date()) - timedelta(days=chance.randrange(5))
            yield {
                "id": loan_id,
                "device_id": device.id,
                "borrower_id": pupil.id,
                "school_class": pupil.school_class,
                "lent_on": lent_on,
                "due_on": due_on,
                "ended_on": None if is_open else ended_on,
                "state": LoanState.OPEN if is_open else LoanState.RETURNED,
                "condition_out": Condition.GOOD,
                "condition_in": None if is_open else Condition.GOOD,
                "created_at": NOW,
            }


def _days(chance: Random, place: int) -> tuple[date, date]:
    """Return when the loan at that place in a device's life was made, and when it was due."""
    year, second = divmod(place, 2)
    start = date(FIRST_YEAR + year, 9, 4)
    if place >= LOANS_A_DEVICE - 2:
        lent_on = start + timedelta(days=40 * second + chance.randrange(20))
        due = (
            _LAST_DUE
            if chance.random() < 0.9
            else NOW.date() + timedelta(days=chance.randrange(-10, 10))
        )
        return lent_on, due if second else start + timedelta(days=35)
    lent_on = start + timedelta(days=150 * second + chance.randrange(20))
    return lent_on, lent_on + timedelta(days=120)


def _came_back(loan: dict[str, Any]) -> bool | None:
    return None if loan["ended_on"] is None else True
