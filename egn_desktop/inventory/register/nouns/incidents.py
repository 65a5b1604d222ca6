# SPDX-License-Identifier: GPL-3.0-or-later
"""What is noted of something that befell a device."""

from dataclasses import dataclass
from datetime import date

from egn_desktop.fields import REQUIRED, Shape, described
from egn_desktop.inventory.register.terms import IncidentKind
from egn_desktop.personal import OF_INCIDENT, OF_OTHERS, SAID_OF_INCIDENT


@dataclass(frozen=True, slots=True)
class IncidentFields:
    """An incident, of a device that is lent or not, as a form or the command line gives it."""

    kind: IncidentKind = described(
        REQUIRED,
        "Nature",
        OF_INCIDENT,
        choices=IncidentKind,
        in_list=False,
    )
    happened_on: date = described(
        REQUIRED,
        "Arrivé le",
        OF_INCIDENT,
        Shape.DAY,
        in_list=False,
    )
    description: str = described(
        "",
        "Ce qui s’est passé",
        SAID_OF_INCIDENT,
        Shape.LINES,
        key="recit",
    )
    report_number: str = described(
        "",
        "N° de plainte",
        SAID_OF_INCIDENT,
        help="Du procès-verbal, ou du récépissé de la plainte.",
        option="--report",
        key="numero_de_plainte",
    )
    repairer: str = described("", "Réparateur", OF_OTHERS)
    sent_on: date | None = described(None, "Envoyé le", OF_INCIDENT, Shape.DAY, option="--sent")
    cost_cents: int | None = described(None, "Coût", OF_INCIDENT, Shape.MONEY, option="--cost")
