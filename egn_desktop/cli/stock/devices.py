# SPDX-License-Identifier: GPL-3.0-or-later
"""``devices``: the stock. ``device``: one sheet; added, changed, reserved, taken out of it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.described import add_options, given
from egn_desktop.cli.finding import add_search, find_borrower, find_device, found, print_line
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput

if TYPE_CHECKING:
    from egn_desktop.services import Services

_STATES = ("available", "in_repair", "lost", "stolen")


def register(subcommands: SubCommands) -> None:
    """Add ``devices`` and ``device``."""
    add_search(subcommands.add("devices", help="affiche le matériel et où il est", run=_devices))
    command = subcommands.add(
        "device", help="affiche la fiche d’un matériel, l’ajoute ou la modifie", run=_device
    )
    command.add_argument("--device", required=True, metavar="NUMÉRO", help="numéro d’inventaire")
    command.add_argument("--add", action="store_true", help="ajoute ce matériel")
    add_options(command, DeviceInput)
    command.add_argument(
        "--state",
        choices=_STATES,
        help="disponible (lève une réservation), en panne, perdu, volé",
    )
    command.add_argument("--reserve-for", metavar="NOM PRÉNOM", help="réserve à cette personne")
    command.add_argument("--reserve-note", metavar="TEXTE", help="pour quoi il est réservé")
    command.add_argument(
        "--retire",
        choices=("given_back", "donated", "recycled"),
        help="sort du parc : rendu à son propriétaire, donné, recyclé",
    )
    command.add_argument("--retired-on", type=day, metavar="JJ/MM/AAAA", help="à quelle date")
    command.add_argument(
        "--photo", action="append", type=Path, default=[], metavar="FICHIER",
        help="ajoute une photo (JPEG, PNG, WebP), sans le lieu ni l’appareil de prise de vue ; "
        "se répète",
    )  # fmt: skip
    command.add_argument("--caption", default="", metavar="TEXTE", help="légende de ces photos")


def _devices(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.inventory.stock.queries.devices import devices

    rows = found(services, options.search, lambda text: devices(services.dossier, text))
    if not rows:
        print("Aucun matériel. Pour importer une liste : egn-desktop import --help")
    for row in rows:
        print_line(row.code, row.name, row.state.label, row.borrower_name or row.place)


def _device(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.documents import images

    # Read first: a photo that cannot be is told before anything is written.
    photos = [(path.name, images.read_file(path)) for path in options.photo]
    fields = _fields(services, options)
    with services.dossier.write():
        if options.add:
            device_id = _add(services, options, fields)
        else:
            device_id = find_device(services, options.device).id
            if fields:
                services.devices.change_device(device_id, **fields)
        for name, content in photos:
            services.photos.add_photo(device_id, content, options.caption, name=name)
    _show(services, device_id)


def _add(services: "Services", options: argparse.Namespace, fields: dict[str, Any]) -> int:
    after = {"state", "reserved_for", "reserved_note", "retired_as", "retired_on"}
    first = {name: value for name, value in fields.items() if name not in after}
    device = DeviceInput(**{"asset_number": options.device, **first})
    device_id = services.devices.add_device(device)
    rest = {name: value for name, value in fields.items() if name in after}
    if rest:
        services.devices.change_device(device_id, **rest)
    return device_id


def _fields(services: "Services", options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of the device, as ``change_device`` takes it."""
    from egn_desktop.inventory.register import terms

    fields = given(options, DeviceInput)
    if options.state is not None:
        fields["state"] = terms.DeviceState(options.state)
    if options.reserve_for or options.reserve_note:
        fields["state"] = terms.DeviceState.RESERVED
        fields["reserved_note"] = options.reserve_note or ""
        fields["reserved_for"] = None
        if options.reserve_for:
            fields["reserved_for"] = find_borrower(services, options.reserve_for, "").id
    if options.retire:
        fields["state"] = terms.DeviceState.RETIRED
        fields["retired_as"] = terms.Retirement(options.retire)
        fields["retired_on"] = options.retired_on
    elif options.retired_on:
        raise UserError(
            "--retired-on va avec --retire.", todo="Dites ce qu’est devenu ce matériel."
        )
    return fields


def _show(services: "Services", device_id: int) -> None:
    from egn_desktop import french
    from egn_desktop.inventory.stock.device_sheet import facts, life
    from egn_desktop.inventory.stock.queries.devices import device
    from egn_desktop.inventory.stock.queries.photos import photos

    found = device(services.dossier, device_id)
    print(f"{found.row.name} ({found.row.code})")
    for label, value in (*life(found), *facts(found, services.dossier.today())):
        print(f"  {label} : {value}")
    for accessory in found.accessories:
        print(f"  avec : {accessory.name}" + ("" if accessory.present else " (jamais revenu)"))
    how_many = len(photos(services.dossier, device_id))
    if how_many:
        print(f"  {french.count(how_many, 'photo')}")
    for row in found.loans:
        print(
            f"  {row.state_label} · {row.borrower_name} · du {french.short_date(row.lent_on)} au "
            f"{french.short_date(row.ended_on or row.due_on)}"
        )
