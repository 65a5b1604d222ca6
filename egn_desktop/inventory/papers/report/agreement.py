# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement of a loan, offered for each open loan; or of several loans to one person."""

from egn_desktop.documents.blocks import Document
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.forms import case_of, compose
from egn_desktop.inventory.papers.keys import agreement_key


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
