# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of a file → what the inventory takes, or why it cannot be taken."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.exchange import values
from egn_desktop.exchange.columns import IGNORED, Column, ImportKind, fields
from egn_desktop.exchange.table import Row
from egn_desktop.inventory.register.fields import Field, Shape, fields_of
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianInput,
    PupilInput,
    StaffInput,
)
from egn_desktop.inventory.register.rules import (
    ChildName,
    asset_key,
    device_problem,
    email_problem,
    ine_problem,
    normal_ine,
    pupil_problem,
    staff_problem,
)
from egn_desktop.inventory.register.terms import Condition, DeviceKind

Guardianship: TypeAlias = tuple[GuardianInput, tuple[ChildName, ...]]
Key: TypeAlias = tuple[str, Hashable]
Input: TypeAlias = DeviceInput | PupilInput | Guardianship | StaffInput


@dataclass(frozen=True, slots=True)
class Read:
    """What a line became.

    Attributes:
        remarks: what was understood with a doubt, or left out, in French.
        keys: what another line of the file must not share, and how it is named in French.
        doubts: what another line should not share either; both are taken, with a remark.
    """

    input: Input
    remarks: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    doubts: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line by field; those of the children apart, one mapping a child."""

    one: Mapping[str, str]
    children: tuple[Mapping[str, str], ...] = ()

    def __getitem__(self, field: str) -> str:
        return self.one.get(field, "")


def cells_of(kind: ImportKind, columns: Sequence[Column], row: Row) -> Cells:
    """Return the cells of a line by field, the repeated ones by position."""
    one, children = dict[str, str](), list[dict[str, str]]()
    seen = dict[str, int]()
    for column in columns:
        if column.field == IGNORED:
            continue
        text = row.cells[column.position]
        if not fields(kind)[column.field].repeats:
            one[column.field] = text
            continue
        place = seen.get(column.field, 0)
        seen[column.field] = place + 1
        while len(children) <= place:
            children.append({})
        children[place][column.field] = text
    return Cells(one, tuple(child for child in children if any(child.values())))


def device(cells: Cells) -> Read | str:
    """Return the device of a line, or why it is not taken."""
    remarks, notes = list[str](), [cells["notes"]]
    condition = _condition(cells["condition"], remarks, notes)
    if condition is None:
        return (
            f"L’état « {cells['condition']} » dit que l’appareil n’est plus là : "
            "il n’entre pas dans le parc."
        )
    acquired_on = _acquired_on(cells["acquired_on"], remarks, notes)
    # What the line says in more than one cell, or in words of its own.
    said: dict[str, Any] = {
        "kind": _kind(cells, remarks, notes),
        "condition": condition,
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
    found = values.condition(text)
    if found == values.GONE:
        return None
    if isinstance(found, Condition):
        return found
    if text:
        remarks.append(f"État « {text} » non reconnu : noté « {Condition.GOOD.label} ».")
        notes.append(f"État dans la liste : {text}")
    return Condition.GOOD


def _kind(cells: Cells, remarks: list[str], notes: list[str]) -> DeviceKind:
    text = cells["kind"]
    found = values.device_kind(text) or values.device_kind(f"{cells['brand']} {cells['model']}")
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
    length = values.months(text)
    if found is None and length is not None and acquired_on is not None:
        found = values.after(acquired_on, length)
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
    return next((one for one in field.choices if fold(one.label) == fold(text)), None)


CHOICES: Mapping[str, Callable[[str], Any]] = {
    "owner_kind": values.owner_kind,
    "acquired_by": values.acquisition,
}


def pupil(cells: Cells) -> Read | str:
    """Return the pupil of a line, or why he or she is not taken."""
    names = _names(cells)
    if isinstance(names, str):
        return names
    last_name, first_name = names
    born_on = values.day(cells["born_on"])
    if cells["born_on"] and born_on is None:
        return f"La date de naissance « {cells['born_on']} » n’existe pas ou n’est pas reconnue."
    remarks, ine = list[str](), cells["ine"]
    if ine_problem(ine):
        remarks.append(f"INE « {ine} » non conforme : laissé vide.")
        ine = ""
    given = PupilInput(
        last_name=last_name or cells["usual_name"],
        first_name=first_name,
        usual_name=cells["usual_name"] if last_name != cells["usual_name"] else "",
        born_on=born_on,
        ine=normal_ine(ine),
        school_class=cells["school_class"],
    )
    name = fold(given.last_name), fold(given.first_name), born_on
    keys: list[Key] = [("le même INE", given.ine)] if ine else []
    if born_on or not ine:
        keys.append(("le même élève", name))
    return pupil_problem(given) or Read(given, tuple(remarks), tuple(keys))


def _names(cells: Cells) -> tuple[str, str] | str:
    """Return the last and first name of a line, or why they cannot be told apart."""
    last_name, first_name = cells["last_name"], cells["first_name"]
    if not cells["full_name"] or (last_name and first_name):
        return last_name, first_name
    return values.split_name(cells["full_name"]) or (
        f"« {cells['full_name']} » : le nom, en majuscules, et le prénom ne se distinguent pas."
    )


def _email(text: str, remarks: list[str]) -> str:
    if text and ("@" not in text or " " in text):
        remarks.append(f"Courriel « {text} » incomplet : laissé vide.")
        return ""
    return text


def staff(cells: Cells) -> Read | str:
    """Return the member of the staff of a line, or why he or she is not taken."""
    names = _names(cells)
    if isinstance(names, str):
        return names
    remarks, email = list[str](), cells["email"].strip()
    if email_problem(email):
        remarks.append(f"Courriel « {email} » incomplet : laissé vide.")
        email = ""
    given = StaffInput(
        last_name=names[0],
        first_name=names[1],
        duty=cells["duty"],
        email=email,
        phone=values.phone(cells["phone"]),
    )
    who = fold(given.last_name), fold(given.first_name)
    keys: list[Key] = [("le même courriel", email.casefold())] if email else []
    keys.append(("la même personne", who))
    return staff_problem(given) or Read(given, tuple(remarks), tuple(keys))


def guardian(cells: Cells) -> Read | str:
    """Return the legal representative of a line with the children, or why it is not taken."""
    last_name = cells["usual_name"] or cells["last_name"]
    if not last_name:
        return "Il manque le nom du responsable."
    children = tuple(
        ChildName(
            last_name=child.get("child_last_name", ""),
            usual_name=child.get("child_usual_name", ""),
            first_name=child.get("child_first_name", ""),
            school_class=child.get("child_class", ""),
        )
        for child in cells.children
        if child.get("child_first_name")
        and (child.get("child_last_name") or child.get("child_usual_name"))
    )
    if not children:
        return "Aucun enfant n’est nommé sur cette ligne (nom et prénom)."
    remarks = list[str]()
    email = _email(cells["email"], remarks)
    numbers = (cells["phone"], cells["home_phone"], cells["work_phone"])
    given = GuardianInput(
        title=values.title(cells["title"]),
        last_name=last_name,
        first_name=cells["first_name"],
        email=email,
        phone=values.phone(next(filter(None, numbers), "")),
        address=_address(cells),
    )
    who = fold(given.last_name), fold(given.first_name)
    names = frozenset((fold(c.last_name or c.usual_name), fold(c.first_name)) for c in children)
    key = ("le même responsable, pour les mêmes enfants", (who, names))
    return Read((given, children), tuple(remarks), (key,))


def _address(cells: Cells) -> str:
    town = " ".join(filter(None, (values.postcode(cells["postcode"]), cells["town"])))
    country = "" if fold(cells["country"]) == "france" else cells["country"]
    return ", ".join(filter(None, (cells["address"], town, country)))


READERS: Mapping[ImportKind, Callable[[Cells], Read | str]] = {
    ImportKind.DEVICES: device,
    ImportKind.PUPILS: pupil,
    ImportKind.GUARDIANS: guardian,
    ImportKind.STAFF: staff,
}
