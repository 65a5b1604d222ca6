# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a device: what everybody needs, and the rest folded away."""

from egn_desktop.fields import field_of
from egn_desktop.inventory.register.nouns import DeviceFields, DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.queries.devices import DeviceDetail
from egn_desktop.ui.described import add_field, add_fields, add_row
from egn_desktop.ui.forms import Form

NEW = DeviceInput(kind=DeviceKind.LAPTOP)
_FIRST = (("asset_number", "serial_number"), ("kind",), ("brand", "model"), ("condition",))
_THEN = ("place", "notes")


def device_form(found: DeviceDetail | None) -> Form:
    """Return the form of a device; of a new one without it."""
    kept: DeviceFields = NEW if found is None else found.row
    form = Form()
    for names in _FIRST:
        add_row(form, DeviceFields, kept, *names)
    names = [] if found is None else [accessory.name for accessory in found.accessories]
    add_field(form, field_of(DeviceInput, "accessories"), names, help=_accessory_help(found))
    for name in _THEN:
        add_row(form, DeviceFields, kept, name)
    with form.fold("Achat, garantie, entretien"):
        shown = {name for names in _FIRST for name in names}.union(_THEN)
        add_fields(form, DeviceFields, kept, but=shown)
    return form


def lines_of(text: object) -> tuple[str, ...]:
    """Return the accessories that a text lists, one a line or between commas."""
    lines = str(text).replace(",", "\n").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _accessory_help(found: DeviceDetail | None) -> str:
    words = "Un par ligne, avec son numéro s’il en a un : chargeur, clé 4G n° 8933…"
    missing = (
        []
        if found is None
        else [accessory.name for accessory in found.accessories if not accessory.present]
    )
    if missing:
        words += f" Jamais revenus : {', '.join(missing)}."
    return words
