# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions cost in all: amounts are read where they are written plainly, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from egn_desktop import french

_AMOUNT: Final = r"(\d{1,3}(?:[ .]\d{3})+|\d+)(?:,(\d{1,2}))?"
_COST: Final = re.compile(
    rf"(environ |env\. |≈ ?|~ ?)?{_AMOUNT} ?(?:€|euros?)?"
    rf"(?: ?(?:à|-|–) ?{_AMOUNT} ?(?:€|euros?)?)? ?(?:ttc)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in cents; ``high`` is above ``low`` for a range, ``about`` for what is estimated."""

    low: int
    high: int
    about: bool = False

    @property
    def text(self) -> str:
        """The sum in French: "300 €", "300 à 500 €", "environ 300 €"."""
        words = euros(self.low)
        if self.high > self.low:
            words = f"{_plain(self.low)} à {euros(self.high)}"
        return f"environ {words}" if self.about else words


@dataclass(frozen=True, slots=True)
class Total:
    """What several actions cost together, and how many say no sum."""

    amount: Amount
    counted: int
    uncounted: int

    @property
    def text(self) -> str:
        """The total in French, with what is not in it."""
        if not self.counted:
            return "Aucun coût n’est chiffré."
        words = f"Coût chiffré\u202f: {self.amount.text}"
        if not self.uncounted:
            return f"{words}."
        left = french.count(self.uncounted, "action non comptée", "actions non comptées")
        return f"{words}, {left}."


def amount(text: str, cents: int | None = None) -> Amount | None:
    """Return the sum that a cost says, or None when its words say none plainly.

    Args:
        text: as written: "300 €", "1 240,50 €", "300 à 500 €", "environ 300 €".
        cents: what is known exactly; it stands where nothing is written.
    """
    words = " ".join(text.split())
    if not words:
        return None if cents is None else Amount(cents, cents)
    found = _COST.fullmatch(words)
    if found is None:
        return None
    low = _cents(found[2], found[3])
    high = _cents(found[4], found[5]) if found[4] else low
    return Amount(low, high, about=bool(found[1])) if high >= low else None


def total(costs: Iterable[Amount | None]) -> Total:
    """Return the sum of the costs that are known."""
    each = list(costs)
    known = [amount for amount in each if amount is not None]
    return Total(
        Amount(
            sum(amount.low for amount in known),
            sum(amount.high for amount in known),
            about=any(amount.about for amount in known),
        ),
        len(known),
        len(each) - len(known),
    )


def euros(cents: int) -> str:
    """Return a sum in French: "1 240 €", "12,50 €"."""
    return f"{_plain(cents)}{french.NARROW_SPACE}€"


def _plain(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return french.number(whole, 0) + (f",{rest:02}" if rest else "")


def _cents(whole: str, rest: str | None) -> int:
    digits = re.sub(r"\D", "", whole)
    return int(digits) * 100 + int((rest or "0").ljust(2, "0"))
