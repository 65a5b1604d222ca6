# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers signed on screen, printed again as the very bytes that were signed."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.queries import PaperRow, paper_pdf, papers


def paper_label(row: PaperRow) -> str:
    """Return what names a signed paper: "Benali Inès, convention de prêt du 24/11/2026"."""
    kind = f"{row.title[:1].lower()}{row.title[1:]}"
    return f"{row.borrower_name}, {kind} du {french.short_date(row.signed_on)}"


def _signed(dossier: Dossier) -> Sequence[Subject]:
    return [Subject(str(row.id), paper_label(row)) for row in papers(dossier)]


@offers(
    "papier-signe",
    title="Convention ou reçu signé à l’écran",
    purpose="Le fichier même que la personne a signé à la remise ou au retour : à imprimer ou à "
    "envoyer à la famille.",
    missing="Faites signer une convention à l’écran, depuis un prêt.",
    subjects=_signed,
)
def signed_paper(dossier: Dossier, key: str) -> bytes:
    """Return the paper of that id, byte for byte as it was signed."""
    return paper_pdf(dossier, int(key))
