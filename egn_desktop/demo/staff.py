# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration's staff, and what some of them have borrowed to teach from home."""

from collections.abc import Iterator

from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.people import CLASSES
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.inventory.register.rules import end_of_school_year
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.services import Services

FIRST_NAMES = ("Nathalie", "Karim", "Sandrine", "Élodie", "Thomas", "Fatou", "Céline", "Mehdi")
LOANS = {"Latitude 3540": "Vidal", "V4K": "Colin"}
"""The model of what is lent to whom."""


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the story of those who work at the school."""
    yield _staff(dossier, calendar)


def members() -> list[StaffFields]:
    """Return one teacher a class, the head and an assistant."""
    found = [StaffFields("Morvan", "Claire", "Directrice", "claire.morvan@exemple.fr")]
    for group, first_name in zip(CLASSES, FIRST_NAMES, strict=True):
        level, title, last_name = group.name.split()
        duty = f"{'Enseignante' if title == 'Mme' else 'Enseignant'}, {level}"
        email = f"{last_name.lower()}@exemple.fr"
        found.append(StaffFields(last_name, first_name, duty, email))
    found.append(StaffFields("Lacroix", "Jeanne", "AESH", phone="06 39 98 40 12"))
    return found


def _staff(dossier: Dossier, calendar: Calendar) -> Story:
    services = Services.of(dossier)
    yield calendar.start_of(calendar.year)
    ids = {member.last_name: services.staff.add_staff(member) for member in members()}
    for days_ago, (model, name) in zip((48, 20), LOANS.items(), strict=True):
        yield calendar.this_year(days_ago)
        services.loans.lend(
            device_id=next(row.id for row in devices(dossier) if row.model == model),
            borrower_id=ids[name],
            due_on=end_of_school_year(calendar.today),
            note="Pour préparer et faire classe à distance.",
        )
