# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the documents on personal data: register entry, notices to families and staff."""

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from egn_desktop import content, french
from egn_desktop.school.words import WORDS

PLACEHOLDERS: Final = WORDS | {
    *("school", "contact", "retention", "controller", "dpo", "pupil", "guardian", "staff"),
}
"""What a text may name between braces; ``report.notices`` fills each of them.

``pupil``, ``guardian`` and ``staff`` are the fields that are kept of them; ``school`` is its name.
"""


class Item(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the register entry, or one section of the notice.

    Attributes:
        sensitive_noted: printed only while notified needs are noted, or only while they are left
            out; None: in any case.
    """

    title: str
    text: str
    sensitive_noted: bool | None = None

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return french.capital(self.text.format_map(values))


@cache
def processing() -> content.Catalogue[Item]:
    """Return the lines of the register entry (article 30)."""
    return content.load("loans/processing.toml", Item)


@cache
def crisis_processing() -> content.Catalogue[Item]:
    """Return the lines of the second entry: plan, crises, drills (article 30)."""
    return content.load("loans/processing_crisis.toml", Item)


class Step(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to do when personal data has leaked, is lost or was altered.

    Attributes:
        part: within the hour, or within three days.
    """

    part: Literal["hour", "days"]
    text: str


@cache
def breach_steps() -> content.Catalogue[Step]:
    """Return what to do after a data breach, in order (articles 33 and 34)."""
    return content.load("loans/breach.toml", Step)


@cache
def notice() -> content.Catalogue[Item]:
    """Return the sections of the notice to families (article 13)."""
    return content.load("loans/notice.toml", Item)


@cache
def staff_notice() -> content.Catalogue[Item]:
    """Return the sections of the notice to the staff (article 13)."""
    return content.load("loans/notice_staff.toml", Item)
