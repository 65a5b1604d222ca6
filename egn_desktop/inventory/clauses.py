# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the loan agreement: its clauses, and its summary in plain language."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from egn_desktop import content

PLACEHOLDERS: Final = frozenset(
    {
        *("school", "the_school", "The_school", "contact"),
        *("pupil", "device", "owner", "lent_on", "due_on"),
    }
)
"""What a clause may name between braces; ``report`` fills each of them.

``school`` is its name; ``the_school`` is "l’école", or "l’établissement" in the second degree.
"""


class Clause(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clause of the agreement; its text may hold placeholders."""

    title: str
    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return self.text.format_map(values)


class PlainSentence(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sentence of the summary for families."""

    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with its placeholders replaced."""
        return self.text.format_map(values)


@cache
def clauses() -> content.Catalogue[Clause]:
    """Return the clauses in the order of the agreement."""
    return content.load("loans/clauses.toml", Clause)


@cache
def summary() -> content.Catalogue[PlainSentence]:
    """Return the sentences of the summary in plain language."""
    return content.load("loans/summary.toml", PlainSentence)
