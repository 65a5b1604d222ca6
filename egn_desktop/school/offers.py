# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to the dossier as a whole."""

from collections.abc import Sequence
from typing import Final

from egn_desktop.documents.offers import WHOLE_SCHOOL, Offer, Subject
from egn_desktop.dossier import Dossier


def _every_dossier(_: Dossier) -> Sequence[Subject]:
    return WHOLE_SCHOOL


OFFERS: Final = (
    Offer(
        "fiche-de-secours",
        title="Fiche de secours",
        purpose="Ouvre le dossier quand l’ordinateur est perdu, volé, en panne ou remplacé.",
        missing="Chaque dossier a la sienne.",
        maker="egn_desktop.school.report:recovery_sheet",
        subjects=_every_dossier,
        together=False,
    ),
)
