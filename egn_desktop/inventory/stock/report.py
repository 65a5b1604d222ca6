# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels for devices: what is scanned is what the loans page's field takes."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.label_formats import LabelFormat, formats
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.stock.labels import Code, LabelWish, wish_problem
from egn_desktop.inventory.stock.offers import SEPARATOR
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices
from egn_desktop.school.queries import identity

NOT_PRINTED = "Aucune étiquette n’a été imprimée."
_GONE = frozenset({DeviceState.RETIRED, DeviceState.LOST, DeviceState.STOLEN})


def all_labels(dossier: Dossier, key: str) -> bytes:
    """Return labels for all devices in the stock; the key is "24-qr" or the like."""
    format_id, _, code = key.partition(SEPARATOR)
    return labels(dossier, LabelWish(format_id=format_id, code=Code(code)))


def labels(dossier: Dossier, wish: LabelWish) -> bytes:
    """Return the labels asked for as a PDF.

    Raises:
        UserError: the wish makes no sense, there is no device, or a number is too long for a
            barcode of that size.
    """
    # Draws barcodes, by libraries that nothing else needs until then.
    from egn_desktop.documents.labels import Label, LabelSheet, render_labels

    problem = wish_problem(wish)
    if problem:
        raise UserError(problem, kept=NOT_PRINTED)
    rows = _wanted(dossier, wish.device_ids)
    if not rows:
        raise UserError("Il n’y a aucun appareil à étiqueter.", kept=NOT_PRINTED)
    chosen = formats()[wish.format_id]
    if wish.code is Code.CODE_128:
        _check_bars(rows, chosen)
    school = identity(dossier)
    return render_labels(
        LabelSheet(
            title="Étiquettes du matériel",
            school=school.footer,
            printed_on=french.long_date(dossier.today()),
            format=chosen,
            labels=[Label(row.code, row.name, row.owner or school.name) for row in rows],
            kind=wish.code.value,
            first=wish.first,
            shift=(wish.right, wish.down),
        )
    )


def _wanted(dossier: Dossier, device_ids: Sequence[int] | None) -> list[DeviceRow]:
    rows = devices(dossier)
    if device_ids is None:
        return [row for row in rows if row.state not in _GONE]
    known = {row.id: row for row in rows}
    return [known[device_id] for device_id in device_ids if device_id in known]


def _check_bars(rows: Sequence[DeviceRow], chosen: LabelFormat) -> None:
    from egn_desktop.documents.labels import THINNEST_BAR, narrowest_bar

    for row in rows:
        if narrowest_bar(row.code, chosen.width) < THINNEST_BAR:
            raise UserError(
                f"Le numéro « {row.code} » ne tient pas dans un code-barres de cette taille, ou "
                "contient un signe que le Code 128 n’écrit pas.",
                kept=NOT_PRINTED,
                todo="Choisissez le code QR, ou une étiquette plus large.",
            )
