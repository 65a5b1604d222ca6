# SPDX-License-Identifier: GPL-3.0-or-later
"""The drills' papers and the plan's yearly review."""

from collections.abc import Sequence
from typing import Final

from egn_desktop import french
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.plans.queries import versions


def held_drills(dossier: Dossier) -> Sequence[Subject]:
    """Return the drills that a report can be printed for: those that were held."""
    return [
        Subject(str(row.id), f"{row.title}, {french.short_date(row.held_on)}")
        for row in drills(dossier, DrillState.HELD)
    ]


def of_an_adopted_plan(dossier: Dossier) -> Sequence[Subject]:
    """Return the one review, once a version is adopted."""
    return (Subject(),) if versions(dossier) else ()


OFFERS: Final = (
    Offer(
        "compte-rendu-exercice",
        title="Compte rendu d’exercice",
        purpose="Garde la trace d’un exercice : mesures, bilan, enseignements et actions décidées.",
        missing="Préparez un exercice, puis notez comment il s’est passé.",
        maker="egn_desktop.drills.report.drill:drill_report",
        subjects=held_drills,
        names_people=True,
    ),
    Offer(
        "programme-des-exercices",
        title="Programme des exercices",
        purpose="Présente au conseil les exercices de l’année.",
        maker="egn_desktop.drills.report.drill:drill_programme",
    ),
    Offer(
        "revue-annuelle",
        title="Revue annuelle du plan",
        purpose="Ce que le plan doit reprendre, ce qu’il a repris, où, et d’où chaque point vient.",
        missing="Adoptez une première version du plan\u202f: la revue dit ce qui a changé depuis.",
        maker="egn_desktop.drills.report.review:yearly_review",
        subjects=of_an_adopted_plan,
        names_people=True,
    ),
)
