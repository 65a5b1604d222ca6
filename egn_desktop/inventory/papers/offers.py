# SPDX-License-Identifier: GPL-3.0-or-later
"""What is signed at hand-over and return."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from egn_desktop import french
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.returns import ReturnDay, last_return, returns
from egn_desktop.inventory.papers.acts import AGREEMENT, RECEIPT
from egn_desktop.inventory.papers.keys import (
    AgreementKey,
    agreement_key,
    in_language,
    receipt_key,
    split_language,
)
from egn_desktop.inventory.papers.queries import PaperRow, papers
from egn_desktop.inventory.register.loans import LoanRow, handover_days, loan, loans
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.lists import Asked
from egn_desktop.school.languages import languages

HANDOVER_DAYS = 30
"""For how long a handover is offered to be printed as one; each loan is, for as long as it runs."""

MISSING = "Prêtez plusieurs appareils le même jour, par exemple à une classe."

RETURN_DAYS: Final = 60
"""For how long a receipt is offered; a return is seen on its loan for as long as it is kept."""


def open_loans(dossier: Dossier, *, limit: int | None = None) -> Sequence[Subject]:
    """Return the loans that an agreement can be printed for: those that are open."""
    rows = loans(dossier, Asked(limit=limit), LoanState.OPEN)
    return [Subject(str(row.id), _loans_label([row])) for row in rows]


def find_agreement(dossier: Dossier, key: str) -> Subject | None:
    """Return what a key names: one open loan, or several of one person ("12+13", "12/ar")."""
    wanted = agreement_key(key)
    if wanted is None:
        return None
    try:
        rows = [loan(dossier, loan_id).row for loan_id in wanted.loan_ids]
    except UserError:
        return None
    if any(row.state is not LoanState.OPEN for row in rows):
        return None
    return Subject(str(wanted), _loans_label(rows, wanted))


def _loans_label(rows: Sequence[LoanRow], key: AgreementKey | None = None) -> str:
    devices = rows[0].device_label if len(rows) == 1 else f"{len(rows)} appareils"
    language = languages().get(key.language) if key else None
    beside = f" ({language.french})" if language else ""
    return f"{rows[0].borrower_name}, {devices}{beside}"


def handovers(dossier: Dossier) -> Sequence[Subject]:
    """Return the recent days on which several devices were lent that are still out."""
    since = dossier.today() - timedelta(days=HANDOVER_DAYS)
    return [
        Subject(day.isoformat(), f"{french.short_date(day)}, {french.count(many, 'prêt')}")
        for day, many in handover_days(dossier, since)
        if many > 1
    ]


def find_handover(dossier: Dossier, key: str) -> Subject | None:
    """Return the day that a key names, in a language beside French if it names one."""
    day, language = split_language(key)
    beside = languages().get(language)
    if beside is None:
        return None
    found = next((handover for handover in handovers(dossier) if handover.key == day), None)
    return found and Subject(in_language(day, language), f"{found.label} ({beside.french})")


def recent_returns(dossier: Dossier) -> Sequence[Subject]:
    """Return who gave something back lately, and when."""
    return _on_days(dossier, dossier.today() - timedelta(days=RETURN_DAYS))


def _latest_returns(dossier: Dossier) -> Sequence[Subject]:
    latest = last_return(dossier)
    since = dossier.today() - timedelta(days=RETURN_DAYS)
    if latest is None or latest < since:
        return ()
    found = _on_days(dossier, latest)
    return found if len(found) > 1 else _on_days(dossier, since)


def _on_days(dossier: Dossier, since: date) -> Sequence[Subject]:
    return [
        Subject(
            receipt_key(returned.borrower_id, returned.day),
            f"{returned.borrower_name}, {_return_label(returned)}",
        )
        for returned in returns(dossier, since=since)
    ]


def _return_label(day: ReturnDay) -> str:
    parts = sum(map(len, day.apart.values()))
    said = (
        french.count(len(day.loan_ids), "appareil") if day.loan_ids else "",
        french.count(parts, "accessoire") if parts else "",
    )
    return f"{french.short_date(day.day)} ({', '.join(filter(None, said))})"


def _signed_papers(dossier: Dossier) -> Sequence[Subject]:
    return [Subject(str(row.id), _paper_label(row)) for row in papers(dossier)]


def _paper_label(row: PaperRow) -> str:
    """Return what names a signed paper: "Benali Inès, convention de prêt du 24/11/2026"."""
    kind = f"{row.title[:1].lower()}{row.title[1:]}"
    return f"{row.borrower_name}, {kind} du {french.short_date(row.signed_on)}"


OFFERS: Final = (
    Offer(
        AGREEMENT,
        title="Convention de prêt",
        purpose="Dit ce qui est prêté, jusqu’à quand et à quelles conditions ; la famille et "
        "la direction la signent à la remise.",
        missing="Enregistrez un prêt : sa convention s’imprime aussitôt.",
        maker="egn_desktop.inventory.papers.report.agreement:loan_agreement",
        subjects=open_loans,
        find=find_agreement,
        first=partial(open_loans, limit=2),
        names_people=True,
    ),
    Offer(
        "conventions-d-une-remise",
        title="Conventions d’une remise",
        purpose="Réunit toutes les conventions de prêt d’un même jour, par classe, précédées de "
        "leur liste : une seule impression pour une classe.",
        missing=MISSING,
        maker="egn_desktop.inventory.papers.report.handover:agreements",
        subjects=handovers,
        find=find_handover,
        names_people=True,
        together=False,
    ),
    Offer(
        "fiche-de-remise",
        title="Fiche de remise",
        purpose="Se signe au moment de donner les appareils d’une classe : une ligne par "
        "appareil, avec ce qui est remis.",
        missing=MISSING,
        maker="egn_desktop.inventory.papers.report.handover:delivery_sheet",
        subjects=handovers,
        names_people=True,
    ),
    Offer(
        RECEIPT,
        title="Reçu de retour",
        purpose="Prouve à la famille ce qu’elle a rendu et dans quel état : un seul reçu pour "
        "tout ce qu’une personne rend le même jour.",
        missing="Notez un retour : son reçu s’imprime aussitôt.",
        maker="egn_desktop.inventory.papers.report.receipt:receipt",
        subjects=recent_returns,
        first=_latest_returns,
        names_people=True,
    ),
    Offer(
        "papier-signe",
        title="Convention ou reçu signé à l’écran",
        purpose="Le fichier même que la personne a signé à la remise ou au retour : à imprimer ou "
        "à envoyer à la famille.",
        missing="Faites signer une convention à l’écran, depuis un prêt.",
        maker="egn_desktop.inventory.papers.report.signed:signed_paper",
        subjects=_signed_papers,
        names_people=True,
        together=False,
    ),
)
