# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of one print of labels. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from egn_desktop.documents.label_formats import formats

MOST_SHIFT: Final = 10.0
"""No printer prints further off than this, in millimetres."""


class Code(StrEnum):
    """What a reader scans."""

    QR = "qr"
    CODE_128 = "code128"

    @property
    def label(self) -> str:
        """The French name."""
        return {Code.QR: "Code QR", Code.CODE_128: "Code-barres (Code 128)"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWish:
    """What is asked of one print of labels.

    Attributes:
        device_ids: the devices, in this order; all that are still in the stock when None.
        first: the place of the first label on the first sheet, from 1.
        right: how far everything is moved to the right, in millimetres; ``down`` likewise.
    """

    format_id: str = "24"
    code: Code = Code.QR
    device_ids: tuple[int, ...] | None = None
    first: int = 1
    right: float = 0.0
    down: float = 0.0


def wish_problem(wish: LabelWish) -> str | None:
    """Return what is wrong with a wish, in French, or None."""
    chosen = formats().get(wish.format_id)
    if chosen is None:
        known = ", ".join(label_format.id for label_format in formats())
        return f"Le format « {wish.format_id} » n’est pas connu ; au choix : {known}."
    if not 1 <= wish.first <= chosen.count:
        return f"La première étiquette va de 1 à {chosen.count} sur cette feuille."
    if not (abs(wish.right) <= MOST_SHIFT and abs(wish.down) <= MOST_SHIFT):
        return f"Le réglage va de −{MOST_SHIFT:.0f} à {MOST_SHIFT:.0f} millimètres."
    return None
