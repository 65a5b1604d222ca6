# SPDX-License-Identifier: GPL-3.0-or-later
"""The signatures of a case, as a paper shows them: boxes to sign in, or what was signed."""

from datetime import datetime

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Foreign,
    Paragraph,
    SignatureBox,
    Signatures,
    Together,
)
from egn_desktop.inventory.papers.case import Case, Signature, Signer


def signature_blocks(case: Case) -> Together:
    """Return the boxes of those who sign, with place and date; an unsigned box stays empty."""
    boxes = [_box(case, signer) for signer in case.signers]
    if case.signed_at is None:
        return Together((Signatures(boxes),))
    made = f"Fait à {case.school.town}, le" if case.school.town else "Fait le"
    line = Paragraph(f"{made} {french.long_date(case.signed_at.date())}.")
    return Together((line, Signatures(boxes, place_and_date=False)))


def _box(case: Case, signer: Signer) -> SignatureBox:
    given, language = signer.signature, case.language
    return SignatureBox(
        signer.role,
        signer.name,
        signer.note,
        drawing=given.drawing if given else None,
        signed=_how(given, case.signed_at) if given and case.signed_at else "",
        below=[Foreign(words, language.id, language.right_to_left) for words in signer.other]
        if language
        else (),
    )


def _how(given: Signature, at: datetime) -> str:
    how = "Signé à l’écran" if given.drawing else "Signé à l’écran, par le nom,"
    return f"{how} le {french.long_date(at.date())} à {french.clock_time(at)} par {given.name}"
