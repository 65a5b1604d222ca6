# SPDX-License-Identifier: GPL-3.0-or-later
"""Two years of loans: pupils and devices that come, devices lent, returned, worn, lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story, school_day
from egn_desktop.demo.equipment import LENDABLE, new_devices, old_devices
from egn_desktop.demo.people import class_before, pupils
from egn_desktop.demo.signing import sign_agreement, sign_receipt
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.rules import end_of_school_year
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
    Retirement,
)
from egn_desktop.inventory.register.wiping import steps_for
from egn_desktop.services import Services

OPEN_LOANS = 38
LEAVER = 20
"""Which of the borrowers left the school with the device."""
EARLIER_LOANS = {2: 22, 1: 30}
"""How many loans were made so many years ago."""
LATE_SINCE = (19, 12, 5)
"""By how many days the late ones are late."""
THIS_WEEK = 4
LOST = "JV-020"
RETIRED = {"JV-001": Retirement.RECYCLED, "JV-002": Retirement.DONATED}
BROKEN = ("JV-004", "JV-025", "JV-049")

_BREAKAGES = (
    "Écran fendu, en tombant d’une table.",
    "Ne charge plus : la prise bouge.",
    "Trois touches du clavier ne répondent plus.",
)
_WIPED_WITHIN = 4
"""How many days after their return the latest devices are not wiped yet."""
_SIGNED = 4
"""Of eight loans, one is signed on screen, and one when it ends."""
_FRIDAY = 4
_RENEWED = 6
_WORN_OUT_OF = 6
_NOTES_OUT = ("", "", "", "Chargeur étiqueté au nom de l’élève.", "Remis à la grand-mère.")
_ANSWERS = (
    (),
    ("shared-device",),
    ("no-printer", "no-quiet-place"),
    ("only-smartphone", "mobile-only", "no-adult-help"),
    (),
    ("shared-device", "no-printer"),
    ("no-device", "no-connection", "lost-contact"),
    ("bad-connection", "no-printer"),
)
_NOTES_IN = ("", "", "", "Nettoyé et remis à zéro.", "Rayure sur le capot.")


@dataclass(slots=True)
class _Register:
    """What the stories of loans share: who is there and what can be lent, with their ids."""

    dossier: Dossier
    services: Services
    calendar: Calendar
    chance: Random
    pupils: Sequence[PupilInput]
    pupil_ids: dict[int, int] = field(default_factory=dict[int, int])
    device_ids: dict[str, int] = field(default_factory=dict[str, int])
    kinds: dict[str, DeviceKind] = field(default_factory=dict[str, DeviceKind])


def stories(dossier: Dossier, calendar: Calendar, chance: Random) -> Iterator[Story]:
    """Return the stories of lists, devices and loans."""
    year = calendar.year
    services = Services.of(dossier)
    register = _Register(dossier, services, calendar, chance, pupils(chance, year))
    yield _pupils_and_devices(register)
    places = range(len(register.pupils))
    old = [number for number in _lendable(old_devices(year)) if number != LOST]
    for years_ago, how_many in EARLIER_LOANS.items():
        there = [place for place in places if _class_of(register.pupils[place], years_ago)]
        borrowers, devices = chance.sample(there, how_many), chance.sample(old, how_many)
        for place, device in zip(borrowers, devices, strict=True):
            yield _earlier_loan(register, place, device, year - years_ago)
    everything = old + _lendable(new_devices(year))
    usable = [number for number in everything if number not in {*RETIRED, *BROKEN}]
    there = [place for place in places if _class_of(register.pupils[place], 1)]
    borrowers, devices = chance.sample(there, len(usable) + 1), chance.sample(usable, len(usable))
    for at, device in enumerate(devices):
        if at < OPEN_LOANS:
            yield _open_loan(register, borrowers[at], device, at)
        else:
            yield _ended_loan(register, borrowers[at], device)
    yield _wear_and_loss(register, borrowers[-1])
    yield _reservation(register, borrowers[OPEN_LOANS], devices[OPEN_LOANS])
    yield _needs(register, borrowers)
    yield _leaver(register, borrowers[LEAVER])


def _lendable(devices: Sequence[DeviceInput]) -> list[str]:
    return [
        device.asset_number for device in devices if device.kind in LENDABLE and device.accessories
    ]


def _class_of(pupil: PupilInput, years_ago: int) -> str:
    name = pupil.school_class
    for _ in range(years_ago):
        name = class_before(name) if name else ""
    return name


def _pupils_and_devices(register: _Register) -> Story:
    """Take in the devices when they come, and the pupils' new classes each September."""
    calendar = register.calendar
    yield calendar.first_day
    _take_in(register, old_devices(calendar.year))
    for years_ago in (2, 1, 0):
        yield calendar.start_of(calendar.year - years_ago)
        _enrol(register, years_ago)
        if years_ago == 1:
            yield calendar.on(calendar.year - 1, 10, 9)
            _take_in(register, new_devices(calendar.year))


def _take_in(register: _Register, devices: Sequence[DeviceInput]) -> None:
    for device in devices:
        register.device_ids[device.asset_number] = register.services.devices.add_device(device)
        register.kinds[device.asset_number] = device.kind


def _enrol(register: _Register, years_ago: int) -> None:
    for place, pupil in enumerate(register.pupils):
        school_class = _class_of(pupil, years_ago)
        if place in register.pupil_ids:
            register.services.pupils.change_pupil(
                register.pupil_ids[place], school_class=school_class
            )
        elif school_class:
            first = replace(pupil, school_class=school_class)
            register.pupil_ids[place] = register.services.pupils.add_pupil(first)


def _earlier_loan(register: _Register, place: int, device: str, year: int) -> Story:
    """Lend a device in the autumn of an earlier school year, and take it back before its end."""
    chance = register.chance
    lent_on = school_day(date(year, 9, 20) + timedelta(days=chance.randrange(110)))
    end = end_of_school_year(lent_on)
    returned_on = school_day(end - timedelta(days=chance.randrange(90)))
    note_out, note_in = chance.choice(_NOTES_OUT), chance.choice(_NOTES_IN)
    worn = chance.randrange(_WORN_OUT_OF) == 0
    yield lent_on
    loan = _lend(register, place, device, end, note_out)
    yield returned_on
    condition = Condition.WORN if worn else None
    wiped = _steps(register, device)
    register.services.loans.return_device(loan, condition=condition, note=note_in, wiped=wiped)


def _open_loan(register: _Register, place: int, device: str, at: int) -> Story:
    """Lend a device that is still out: late, due this week, or later."""
    calendar, chance = register.calendar, register.chance
    note = chance.choice(_NOTES_OUT)
    if at < len(LATE_SINCE):
        due_on = calendar.today - timedelta(days=LATE_SINCE[at])
        lent_on = min(calendar.this_year(61), due_on)
    else:
        lent_on = calendar.this_year(chance.randrange(3, 75))
        due_on = _due_on(calendar, lent_on, at - len(LATE_SINCE))
    yield lent_on
    loan = _lend(register, place, device, due_on, note)
    if at % 8 == _SIGNED:
        sign_agreement(register.dossier, register.services, loan, register.pupils[place])
    if at >= OPEN_LOANS - _RENEWED:
        yield calendar.this_year(2)
        register.services.loans.renew(loan, due_on=end_of_school_year(calendar.today))


def _ended_loan(register: _Register, place: int, device: str) -> Story:
    """Lend a device for some weeks of this school year, and take it back on time."""
    calendar, chance = register.calendar, register.chance
    returned_ago = chance.randrange(2, 30)
    note = chance.choice(_NOTES_IN)
    yield calendar.this_year(returned_ago + 35)
    due_on = calendar.this_year(returned_ago) + timedelta(days=3)
    loan = _lend(register, place, device, due_on, "")
    yield calendar.this_year(returned_ago)
    done = _steps(register, device)
    wiped = done if returned_ago > _WIPED_WITHIN else done[:2]
    register.services.loans.return_device(loan, note=note, wiped=wiped)
    if loan % 8 == _SIGNED:
        sign_receipt(register.dossier, register.services, loan, register.pupils[place])


def _steps(register: _Register, device: str) -> list[str]:
    """Return what is done of a device before it is lent again."""
    return [step.id for step in steps_for(register.kinds[device])]


def _reservation(register: _Register, place: int, device: str) -> Story:
    """Keep a device that came back for the pupil who had it and asks for it again."""
    yield register.calendar.this_year(1)
    register.services.devices.change_device(
        register.device_ids[device],
        state=DeviceState.RESERVED,
        reserved_for=register.pupil_ids[place],
        reserved_note="à remettre lundi à sa grand-mère",
    )


def _leaver(register: _Register, place: int) -> Story:
    """Let a pupil move away with the device that was lent."""
    yield register.calendar.this_year(6)
    register.services.pupils.mark_left(register.pupil_ids[place])


def _needs(register: _Register, borrowers: Sequence[int]) -> Story:
    """Ask a third of the families in October: some hold a device already, some wait."""
    calendar = register.calendar
    yield calendar.this_year(40)
    waiting = [place for place in range(len(register.pupils)) if place not in borrowers]
    asked = [place for place in waiting if _class_of(register.pupils[place], 0)][::3]
    for at, place in enumerate((*asked[: len(_ANSWERS) * 4], *borrowers[:OPEN_LOANS])):
        register.services.needs.note_need(register.pupil_ids[place], _ANSWERS[at % len(_ANSWERS)])


def _due_on(calendar: Calendar, lent_on: date, at: int) -> date:
    if at < THIS_WEEK:
        friday = calendar.today + timedelta(days=max(0, _FRIDAY - calendar.today.weekday()))
        return min(calendar.today + timedelta(days=at), friday)
    if at < THIS_WEEK + 8:
        return calendar.ahead(14 + 3 * at)
    return max(end_of_school_year(lent_on), end_of_school_year(calendar.today))


def _lend(register: _Register, place: int, device: str, due_on: date, note: str) -> int:
    return register.services.loans.lend(
        device_id=register.device_ids[device],
        borrower_id=register.pupil_ids[place],
        due_on=due_on,
        note=note,
    )


def _wear_and_loss(register: _Register, place: int) -> Story:
    """Lose a device, retire the two oldest, and find three broken ones."""
    calendar, services = register.calendar, register.services
    yield calendar.on(calendar.year, 3, 9)
    loan = _lend(register, place, LOST, calendar.on(calendar.year, 6, 26), "")
    yield calendar.on(calendar.year, 5, 18)
    words = "Oublié dans le car ; la compagnie ne l’a pas retrouvé."
    lost = services.loans.declare_missing(loan, note=words)
    yield calendar.on(calendar.year, 6, 15)
    services.incidents.close_incident(lost, IncidentOutcome.UNRECOVERED, cost_cents=28_000)
    yield calendar.on(calendar.year, 7, 4)
    for number, retired_as in RETIRED.items():
        services.devices.change_device(
            register.device_ids[number],
            state=DeviceState.RETIRED,
            retired_as=retired_as,
            notes="Batterie hors d’usage ; emporté par la ressourcerie, avec un reçu.",
        )
    for at, number in enumerate(BROKEN):
        today = calendar.this_year(40 - 12 * at)
        yield today
        given = IncidentFields(IncidentKind.BREAKAGE, today, _BREAKAGES[at])
        broken = services.incidents.add_incident(register.device_ids[number], given)
        if at == 1:
            services.incidents.change_incident(
                broken, repairer="Atelier de la ressourcerie", sent_on=today
            )
