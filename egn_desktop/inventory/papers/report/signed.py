# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers signed on screen, printed again as the very bytes that were signed."""

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.queries import paper_pdf


def signed_paper(dossier: Dossier, key: str) -> bytes:
    """Return the paper of that id, byte for byte as it was signed."""
    return paper_pdf(dossier, int(key))
