# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit prints: the report, and a letter to each who must provide."""

from collections.abc import Sequence
from typing import Final

from egn_desktop.actions.rules import Provider
from egn_desktop.audit.letters import letters
from egn_desktop.audit.queries import GapRow, campaigns, gaps
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier


def audits(dossier: Dossier) -> Sequence[Subject]:
    """Return the audits that can be printed, the latest first."""
    return [Subject(str(row.id), f"Année scolaire {row.school_year}") for row in campaigns(dossier)]


def providers_with_gaps(dossier: Dossier) -> Sequence[Subject]:
    """Return who can be written to: those who have a gap of the latest audit to close."""
    rows = gaps(dossier)
    return [
        Subject(letter.id, letter.name)
        for letter in letters()
        if gaps_of_provider(rows, letter.provider)
    ]


def gaps_of_provider(rows: Sequence[GapRow], provider: Provider) -> list[GapRow]:
    """Return the gaps that a letter lists: those that the provider comes first to close.

    A gap of two levels, each with its own collectivité, is asked of both.
    """
    apart = (Provider.STATE, Provider.SCHOOL)

    def is_theirs(row: GapRow) -> bool:
        asked = row.gap.providers
        return asked[0] is provider or (provider in asked and not {*apart} & {asked[0], provider})

    return [row for row in rows if is_theirs(row)]


OFFERS: Final = (
    Offer(
        "etat-des-lieux",
        title="État des lieux numérique",
        purpose="Montre à la collectivité et à l’inspection ce qui est en place, ce qui manque "
        "aux repères, et qui doit le fournir.",
        missing="Commencez l’état des lieux à la page du même nom.",
        maker="egn_desktop.audit.report.baseline:audit_report",
        subjects=audits,
    ),
    Offer(
        "courrier-collectivite",
        title="Courrier : équipement et services numériques",
        purpose="Demande, en une page et son annexe, à la collectivité ou à l’État ce qui leur "
        "revient parmi les écarts du dernier état des lieux.",
        missing="Répondez à l’état des lieux : le courrier est proposé à qui doit combler un "
        "écart.",
        maker="egn_desktop.audit.report.letter:letter",
        subjects=providers_with_gaps,
    ),
)
