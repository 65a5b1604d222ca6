# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed of the stock alone."""

from collections.abc import Sequence
from typing import Final

from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.stock.labels import Code, formats
from egn_desktop.inventory.stock.queries.devices import stock

SEPARATOR = "-"


def _sheets_of_labels(dossier: Dossier) -> Sequence[Subject]:
    figures = stock(dossier)
    if figures.total <= figures.lost:
        return ()
    return [
        Subject(f"{label_format.id}{SEPARATOR}{code}", f"{label_format.title}, {code.label}")
        for label_format in formats()
        for code in Code
    ]


OFFERS: Final = (
    Offer(
        "etiquettes",
        title="Étiquettes du matériel",
        purpose="Un code à scanner et le numéro d’inventaire, à coller sur chaque appareil. La "
        "page Prêts, onglet Matériel, permet de choisir les appareils et de régler la planche.",
        missing="Importez la liste du matériel, ou ajoutez un appareil.",
        maker="egn_desktop.inventory.stock.report:all_labels",
        subjects=_sheets_of_labels,
        together=False,
    ),
)
