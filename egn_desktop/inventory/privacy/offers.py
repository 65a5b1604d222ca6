# SPDX-License-Identifier: GPL-3.0-or-later
"""What the GDPR asks for, and what is known of a person."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.borrowers import known_borrowers


def _everybody(dossier: Dossier, *, limit: int | None = None) -> Sequence[Subject]:
    return [
        Subject(str(borrower.id), borrower.label)
        for borrower in known_borrowers(dossier, limit=limit)
    ]


OFFERS: Final = (
    Offer(
        "registre-rgpd",
        title="Registre des activités de traitement",
        purpose="Les deux lignes de ce dossier au registre que le RGPD demande (article 30), "
        "prêts et gestion de crise : à remettre au délégué à la protection des données, ou à "
        "présenter à la CNIL.",
        maker="egn_desktop.inventory.privacy.report.notices:register_entry",
    ),
    Offer(
        "fiche-violation-de-donnees",
        title="Violation de données : que faire",
        purpose="À sortir quand des données ont fui, sont perdues ou faussées : quoi faire dans "
        "l’heure et dans les 72 heures, qui appeler, et la fiche à remplir (RGPD, articles 33 et "
        "34). À imprimer d’avance, et à ranger avec les papiers de crise.",
        maker="egn_desktop.inventory.privacy.report.breach:breach_sheet",
    ),
    Offer(
        "notice-familles",
        title="Notice aux familles sur les données personnelles",
        purpose="Dit aux familles ce qui est gardé, pourquoi et combien de temps, et leurs "
        "droits (RGPD, article 13) : à remettre avec la convention, ou à afficher.",
        maker="egn_desktop.inventory.privacy.report.notices:family_notice",
    ),
    Offer(
        "notice-personnel",
        title="Notice au personnel sur les données personnelles",
        purpose="Dit au personnel qui emprunte ce qui est gardé, pourquoi et combien de "
        "temps, et ses droits (RGPD, article 13) : à remettre avec la convention, ou à afficher.",
        maker="egn_desktop.inventory.privacy.report.notices:staff_notice",
    ),
    Offer(
        "donnees-personnelles",
        title="Données d’une personne",
        purpose="Tout ce que le dossier sait d’un élève ou d’un membre du personnel : à remettre "
        "à la personne, ou à sa famille, quand elle le demande (RGPD, article 15).",
        missing="Importez la liste des élèves, ou ajoutez quelqu’un.",
        maker="egn_desktop.inventory.privacy.report.personal:personal_document",
        subjects=_everybody,
        first=partial(_everybody, limit=2),
        names_people=True,
        together=False,
    ),
    Offer(
        "fiche-emprunteur",
        title="Fiche d’emprunteur",
        purpose="Montre ce qu’un élève ou un membre du personnel a et a eu : prêts, incidents, "
        "documents signés. Utile à un rendez-vous, à un départ, ou pour faire le point.",
        missing="Importez la liste des élèves, ou ajoutez quelqu’un.",
        maker="egn_desktop.inventory.privacy.report.borrower:borrower_sheet",
        subjects=_everybody,
        first=partial(_everybody, limit=2),
        names_people=True,
        together=False,
    ),
)
