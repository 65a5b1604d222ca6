# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of a loan, offered for each open loan; or of several loans to one person."""

from collections.abc import Sequence
from functools import partial

from egn_desktop.documents.blocks import Document
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.forms import case_of, compose
from egn_desktop.inventory.papers.keys import AgreementKey, agreement_key
from egn_desktop.inventory.register.loans import LoanRow, loan, loans
from egn_desktop.inventory.register.terms import LoanState


def open_loans(dossier: Dossier, *, limit: int | None = None) -> Sequence[Subject]:
    """Return the loans that an agreement can be printed for: those that are open."""
    rows = loans(dossier, state=LoanState.OPEN, limit=limit)
    return [Subject(str(row.id), _label([row])) for row in rows]


def _find(dossier: Dossier, key: str) -> Subject | None:
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
    return Subject(str(wanted), _label(rows, wanted))


def _label(rows: Sequence[LoanRow], key: AgreementKey | None = None) -> str:
    devices = rows[0].device_label if len(rows) == 1 else f"{len(rows)} appareils"
    language = clauses.languages().get(key.language) if key else None
    beside = f" ({language.french})" if language else ""
    return f"{rows[0].borrower_name}, {devices}{beside}"


@offers(
    "convention-de-pret",
    title="Convention de prêt",
    purpose="Dit ce qui est prêté, jusqu’à quand et à quelles conditions ; la famille et l’école "
    "la signent à la remise.",
    missing="Enregistrez un prêt : sa convention s’imprime aussitôt.",
    subjects=open_loans,
    find=_find,
    first=partial(open_loans, limit=2),
)
def loan_agreement(dossier: Dossier, key: str) -> Document:
    """Return the agreement of the loans that the key names.

    Raises:
        UserError: the key names no loan or no language, or the loans are not one person's.
    """
    wanted = agreement_key(key)
    if wanted is None:
        raise UserError(f"« {key} » ne désigne aucun prêt.")
    case = case_of(dossier, act(AGREEMENT), wanted.loan_ids, language=wanted.language)
    return compose(case)
