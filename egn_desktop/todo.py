# SPDX-License-Identifier: GPL-3.0-or-later
"""What a feature asks the head teacher to do next; the home page lists these."""

from dataclasses import dataclass
from enum import IntEnum


class Urgency(IntEnum):
    """How soon; lower comes first on the home page."""

    VITAL = -1
    LATE = 0
    NOW = 1
    SOON = 2
    START = 3


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the home page.

    Attributes:
        tag: the chip's one or two words ("En retard").
        text: one sentence with its figures.
        page: id of the page where it is done, as in ``features.PAGES``.
        action: the button's verb ("Relancer").
        target: where on that page, as its ``arrive`` knows it; empty for the page as it opens.
    """

    urgency: Urgency
    tag: str
    text: str
    page: str
    action: str
    target: str = ""
