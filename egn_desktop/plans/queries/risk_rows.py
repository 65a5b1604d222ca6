# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lines for the employer's DUERP tool: rows of a spreadsheet, or fields to copy."""

from collections.abc import Sequence

from egn_desktop.dossier import Dossier
from egn_desktop.plans import wording
from egn_desktop.plans.queries.draft import risk_lines
from egn_desktop.plans.snapshot import RiskPart

HEADER = (
    "Risque",
    "Famille",
    "Unités de travail",
    "Situations",
    "Mesures en place",
    "Mesures à prendre",
    "Gravité (1 à 4)",
    "Fréquence (1 à 4)",
    "Maîtrise (1 à 3)",
    "Cotation",
    "Priorité",
)
Row = tuple[str | int | None, ...]


def risk_rows(dossier: Dossier) -> Sequence[Row]:
    """Return a header, then the lines, the highest rating first; what is not rated is empty."""
    return [HEADER, *(_row(line) for line in risk_lines(dossier))]


def risk_fields(risk: RiskPart) -> Sequence[tuple[str, str]]:
    """Return the filled fields of a line with their titles, a measure a line, to be copied."""
    row = _row(risk, between="\n")
    return [
        (title, str(cell))
        for title, cell in zip(HEADER, row, strict=True)
        if cell is not None and cell != ""
    ]


def _row(risk: RiskPart, between: str = " ; ") -> Row:
    rating, asks = risk.rating, risk.priority
    return (
        risk.title,
        risk.family,
        risk.work_units,
        risk.situations,
        between.join(wording.lines(risk.in_place)),
        between.join(wording.lines(risk.to_take)),
        rating.severity if rating else None,
        rating.likelihood if rating else None,
        rating.control if rating else None,
        rating.score if rating else None,
        asks.title if asks else "",
    )
