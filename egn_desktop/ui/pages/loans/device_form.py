# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a device: what everybody needs, and the rest folded away."""

from typing import Any

from egn_desktop.inventory.register.rules import DeviceInput
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind, OwnerKind
from egn_desktop.inventory.stock.queries.devices import DeviceDetail
from egn_desktop.ui.forms import Form

NEW = DeviceInput(asset_number="", kind=DeviceKind.LAPTOP)


def device_form(found: DeviceDetail | None) -> Form:
    """Return the form of a device; of a new one without it."""
    kept: Any = NEW if found is None else found.row
    form = Form()
    with form.row():
        form.add_text("asset_number", "N° d’inventaire", value=kept.asset_number)
        form.add_text("serial_number", "N° de série", value=kept.serial_number)
    kinds = [(one, one.label) for one in DeviceKind]
    form.add_choice("kind", "Type", kinds, value=kept.kind)
    with form.row():
        form.add_text("brand", "Marque", value=kept.brand)
        form.add_text("model", "Modèle", value=kept.model)
    conditions = [(one, one.label) for one in Condition]
    form.add_choice("condition", "Usure", conditions, value=kept.condition)
    names = [] if found is None else [one.name for one in found.accessories]
    form.add_text(
        "accessories",
        "Accessoires",
        value="\n".join(names),
        lines=3,
        help=_accessory_help(found),
    )
    form.add_text("place", "Emplacement", value=kept.place)
    notes = "" if found is None else found.notes
    form.add_text("notes", "Remarques", value=notes, lines=2)
    with form.fold("Achat, garantie, entretien"):
        _add_origin(form, kept)
    return form


def lines_of(text: object) -> tuple[str, ...]:
    """Return the accessories that a text lists, one a line or between commas."""
    lines = str(text).replace(",", "\n").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _add_origin(form: Form, kept: Any) -> None:
    unknown: tuple[object, str] = (None, "Non précisé")
    form.add_text("owner", "Propriétaire", value=kept.owner)
    form.add_choice(
        "owner_kind",
        "Nature du propriétaire",
        [unknown, *((one, one.label) for one in OwnerKind)],
        value=kept.owner_kind,
    )
    form.add_text(
        "funding",
        "Financement",
        value=kept.funding,
        placeholder="Budget, dotation, subvention…",
    )
    form.add_choice(
        "acquired_by",
        "Mode d’acquisition",
        [unknown, *((one, one.label) for one in Acquisition)],
        value=kept.acquired_by,
    )
    with form.row():
        form.add_date("acquired_on", "Acquis le", value=kept.acquired_on)
        form.add_date("warranty_until", "Garanti jusqu’au", value=kept.warranty_until)
    form.add_check("refurbished", "Reconditionné", value=kept.refurbished)
    form.add_text(
        "maintained_by",
        "Qui l’entretient",
        value=kept.maintained_by,
        placeholder="Service informatique de la mairie…",
    )


def _accessory_help(found: DeviceDetail | None) -> str:
    words = "Un par ligne, avec son numéro s’il en a un : chargeur, clé 4G n° 8933…"
    missing = [] if found is None else [one.name for one in found.accessories if not one.present]
    if missing:
        words += f" Jamais revenus : {', '.join(missing)}."
    return words
