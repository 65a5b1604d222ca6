# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of devices: their words, and what a line names or why it cannot be taken."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.exchange import values
from egn_desktop.exchange.lines import Cells, ImportList, Key, Read
from egn_desktop.fields import Field, Shape, fields_of
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.rules import asset_key, device_problem
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind, OwnerKind

GONE = "gone"
"""Said of a device whose state means that the school has it no more."""
_DURATION = re.compile(r"(\d{1,3}) ?(ans?|annees?|mois)")


def device(cells: Cells) -> Read | str:
    """Return the device of a line, or why it is not taken."""
    remarks, notes = list[str](), [cells["notes"]]
    wear = _condition(cells["condition"], remarks, notes)
    if wear is None:
        return (
            f"L’état « {cells['condition']} » dit que l’appareil n’est plus là : "
            "il n’entre pas dans le parc."
        )
    acquired_on = _acquired_on(cells["acquired_on"], remarks, notes)
    # What the line says in more than one cell, or in words of its own.
    said: dict[str, Any] = {
        "kind": _kind(cells, remarks, notes),
        "condition": wear,
        "acquired_on": acquired_on,
    }
    for field in fields_of(DeviceInput):
        if field.name not in said:
            text = cells[field.name]
            said[field.name] = _read(field, text, acquired_on, remarks, notes)
    said["notes"] = "\n".join(filter(None, notes))
    given = DeviceInput(**said)
    asset, serial = given.asset_number, given.serial_number
    # Two inventory numbers are two devices, even where a serial number was copied down.
    by_asset: Key = ("le même numéro d’inventaire", asset_key(asset))
    by_serial: Key = ("le même numéro de série", ("serial", asset_key(serial)))
    return device_problem(given) or Read(
        given,
        tuple(remarks),
        keys=(by_asset,) if asset else (by_serial,),
        doubts=(by_serial,) if asset and serial else (),
    )


def _condition(text: str, remarks: list[str], notes: list[str]) -> Condition | None:
    """Return the condition, or None when the device is gone."""
    found = condition(text)
    if found == GONE:
        return None
    if isinstance(found, Condition):
        return found
    if text:
        remarks.append(f"État « {text} » non reconnu : noté « {Condition.GOOD.label} ».")
        notes.append(f"État dans la liste : {text}")
    return Condition.GOOD


def _kind(cells: Cells, remarks: list[str], notes: list[str]) -> DeviceKind:
    text = cells["kind"]
    found = device_kind(text) or device_kind(f"{cells['brand']} {cells['model']}")
    if found is not None:
        return found
    if text:
        remarks.append(f"Type « {text} » non reconnu : rangé dans « {DeviceKind.OTHER.label} ».")
        notes.append(f"Type dans la liste : {text}")
    else:
        remarks.append(f"Type non indiqué : rangé dans « {DeviceKind.OTHER.label} ».")
    return DeviceKind.OTHER


def _acquired_on(text: str, remarks: list[str], notes: list[str]) -> date | None:
    if found := values.day(text):
        return found
    if year := values.year(text):
        remarks.append(f"Date d’achat : {year} seul, noté au 1er janvier.")
        return date(year, 1, 1)
    if text:
        remarks.append(f"Date d’achat « {text} » non reconnue : laissée vide.")
        notes.append(f"Date d’achat dans la liste : {text}")
    return None


def _read(
    field: Field, text: str, acquired_on: date | None, remarks: list[str], notes: list[str]
) -> Any:
    """Return what a cell says of a field by its shape; what is not understood is remarked."""
    match field.shape:
        case Shape.TEXT | Shape.LINES:
            return text
        case Shape.NAMES:
            return values.items(text)
        case Shape.TERM:
            return _term(field, text, acquired_on, remarks, notes)
        case Shape.YES_NO:
            found, kept = values.answer(text), "noté « non »"
        case Shape.CHOICE:
            found, kept = _choice(field, text), "non précisé"
        case Shape.DAY:
            found, kept = values.day(text), "laissé vide"
        case Shape.MONEY:
            found, kept = french.cents(text), "laissé vide"
        case Shape.COUNT:
            found, kept = (int(text) if text.isdecimal() else None), "laissé vide"
    if found is None and text:
        remarks.append(f"{field.label} « {text} » non reconnu : {kept}.")
        if field.shape is Shape.MONEY:
            notes.append(f"{field.label} dans la liste : {text}")
    return field.blank if found is None else found


def _term(
    field: Field, text: str, acquired_on: date | None, remarks: list[str], notes: list[str]
) -> date | None:
    """Return the last day of something: as written, or so long after the purchase."""
    name = field.sheet or field.label
    found = values.day(text)
    length = months(text)
    if found is None and length is not None and acquired_on is not None:
        found = after(acquired_on, length)
    if found is not None and acquired_on is not None and found < acquired_on:
        remarks.append(f"{name} ({text}) : finirait avant l’achat, laissé vide.")
        return None
    if found is None and text:
        remarks.append(f"{name} « {text} » non reconnu : laissé vide.")
        notes.append(f"{name} dans la liste : {text}")
    return found


def _choice(field: Field, text: str) -> Any:
    """Return what a text chooses: by the words of lists, else by the names that are shown."""
    if field.name in CHOICES:
        return CHOICES[field.name](text)
    return next((choice for choice in field.choices if fold(choice.label) == fold(text)), None)


def device_kind(text: str) -> DeviceKind | None:
    """Return the kind that a text names ("PC portable HP"), or None."""
    found = values.meaning("kind", text)
    return None if found is None else DeviceKind(found)


def condition(text: str) -> Condition | str | None:
    """Return the condition that a text names, ``GONE`` when the device is gone, or None."""
    found = values.meaning("condition", text)
    return found if found is None or found == GONE else Condition(found)


def acquisition(text: str) -> Acquisition | None:
    """Return how a device came to the school ("Don de la mairie"), or None."""
    found = values.meaning("acquired", text)
    return None if found is None else Acquisition(found)


def owner_kind(text: str) -> OwnerKind | None:
    """Return the kind of owner that a text names, or None."""
    found = values.meaning("owner", text)
    return None if found is None else OwnerKind(found)


def months(text: str) -> int | None:
    """Return the months that a duration writes ("3 ans", "36 mois"), or None."""
    found = _DURATION.fullmatch(" ".join(fold(text).split()))
    if found is None:
        return None
    return int(found[1]) * (12 if found[2].startswith("an") else 1)


def after(day: date, months: int) -> date:
    """Return the day so many months later; the last of its month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))


CHOICES: Mapping[str, Callable[[str], Any]] = {
    "owner_kind": owner_kind,
    "acquired_by": acquisition,
}
"""What chooses by the words of lists, where the names that are shown would not do."""
DEVICES: Final = ImportList(
    label="le matériel",
    counted=("appareil", "appareils"),
    noun=DeviceInput,
    needed=(("asset_number", "serial_number"),),
    read=device,
    has_longer_titles=True,
)
