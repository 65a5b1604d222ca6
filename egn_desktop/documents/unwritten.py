# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of texts that no font of ours can write whole."""

from collections.abc import Sequence
from typing import Final

from egn_desktop.errors import UserError
from egn_desktop.french import count

MOST_TEXTS: Final = 20
MOST_OF_A_TEXT: Final = 80
"""How many signs of a text are shown."""


class UnwrittenError(UserError):
    """A paper that is kept for good would say something else than was typed."""


def unwritten_words(texts: Sequence[str]) -> str:
    """Return, in French, which texts hold a sign that no font can write; empty without any."""
    if not texts:
        return ""
    shown = [f"« {' '.join(text.split())[:MOST_OF_A_TEXT]} »" for text in texts[:MOST_TEXTS]]
    left = len(texts) - len(shown)
    also = f" ; et {count(left, 'autre texte', 'autres textes')}" if left else ""
    return (
        f"Des signes ne peuvent pas être imprimés, un carré □ les remplace : {' ; '.join(shown)}"
        f"{also}. Un nom peut être écrit en lettres latines dans la fiche de la personne, comme "
        "sur ses papiers."
    )
