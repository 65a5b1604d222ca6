# SPDX-License-Identifier: GPL-3.0-or-later
"""``labels``: sheets of QR codes or barcodes to stick on devices."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, file_to_write
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``labels``."""
    labels = subcommands.add("labels", help="imprime des étiquettes à scanner", run=_labels)
    labels.add_argument(
        "--format", default="24", metavar="NOMBRE", help="étiquettes par feuille : 21, 24, 40, 65"
    )
    labels.add_argument(
        "--code", choices=("qr", "code128"), default="qr", help="code QR ou code-barres"
    )
    labels.add_argument(
        "--from", dest="first", type=int, default=1, metavar="PLACE",
        help="place de la première étiquette, quand la feuille est entamée",
    )  # fmt: skip
    labels.add_argument(
        "--shift", type=_shift, default=(0.0, 0.0), metavar="X,Y",
        help="décalage en millimètres, vers la droite et vers le bas ; négatif : --shift=-1,0.5",
    )  # fmt: skip
    labels.add_argument(
        "--device", action="append", metavar="NUMÉRO", help="seulement cet appareil ; se répète"
    )
    labels.add_argument(
        "--search", metavar="MOTS", help="seulement les appareils qui contiennent ces mots"
    )
    labels.add_argument(
        "--to", type=file_to_write(".pdf"), required=True, metavar="FICHIER", help="le PDF à créer"
    )


def _labels(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exports import export_labels
    from egn_desktop.inventory.stock.labels import Code, LabelWish

    wish = LabelWish(
        format_id=options.format,
        code=Code(options.code),
        device_ids=_chosen(services, options),
        first=options.first,
        right=options.shift[0],
        down=options.shift[1],
    )
    export_labels(services.dossier, wish, options.to)
    print(options.to)


def _chosen(services: "Services", options: argparse.Namespace) -> tuple[int, ...] | None:
    from egn_desktop.inventory.register.rules import asset_key
    from egn_desktop.inventory.stock.queries.devices import devices

    if options.device:
        known = {asset_key(row.code): row.id for row in devices(services.dossier)}
        for number in options.device:
            if asset_key(number) not in known:
                raise UserError(
                    f"Aucun matériel ne porte le numéro « {number} ».",
                    kept="Aucune étiquette n’a été imprimée.",
                    todo="Vérifiez avec : egn-desktop devices DOSSIER",
                )
        return tuple(known[asset_key(number)] for number in options.device)
    if options.search:
        return tuple(row.id for row in devices(services.dossier, options.search))
    return None


def _shift(text: str) -> tuple[float, float]:
    try:
        right, down = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » ne se lit pas comme un décalage, par exemple 1,-0.5"
        ) from None
    return right, down
