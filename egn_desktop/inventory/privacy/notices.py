# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the documents on personal data: register entry, notices to families and staff."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from egn_desktop import content, french
from egn_desktop.school.words import WORDS

PLACEHOLDERS: Final = WORDS | {
    *("school", "contact", "retention", "controller", "dpo", "pupil", "guardian", "staff"),
}
"""What a text may name between braces; ``report.notices`` fills each of them.

``pupil``, ``guardian`` and ``staff`` are the fields that are kept of them; ``school`` is its name.
"""


class Item(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the register entry, or one section of the notice."""

    title: str
    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return french.capital(self.text.format_map(values))


@cache
def processing() -> content.Catalogue[Item]:
    """Return the lines of the register entry (article 30)."""
    return content.load("loans/processing.toml", Item)


@cache
def notice() -> content.Catalogue[Item]:
    """Return the sections of the notice to families (article 13)."""
    return content.load("loans/notice.toml", Item)


@cache
def staff_notice() -> content.Catalogue[Item]:
    """Return the sections of the notice to the staff (article 13)."""
    return content.load("loans/notice_staff.toml", Item)
