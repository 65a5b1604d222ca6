# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the letter to each who must provide, as ``resources/audit/letters.toml`` says."""

from functools import cache
from pathlib import Path
from typing import Final

from egn_desktop import content
from egn_desktop.actions.rules import Provider
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind

PLACEHOLDERS: Final = frozenset(
    {"who", "year", "state", "score", "gaps", "greeting", "owner", "services"}
)
"""What a letter may name between braces; ``report.letter`` fills each."""


class Letter(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The letter to one provider, whose value is the entry's id.

    Attributes:
        name: the provider in a list of documents.
        to: whom it is addressed to.
        opening: why the school writes.
        worth: what the natures named in its table are worth.
        request: what is asked for.
        closing: the polite end.
    """

    name: str
    to: str
    opening: str
    worth: str
    request: str
    closing: str

    @property
    def provider(self) -> Provider:
        """Who it is written to."""
        return Provider(self.id)


@cache
def letters(
    school: SchoolKind = ANY_SCHOOL, folder: Path | None = None
) -> content.Catalogue[Letter]:
    """Return the letters in the words of a school, in the order of the providers."""
    return content.load("audit/letters.toml", Letter, folder=folder).worded(school.words)
