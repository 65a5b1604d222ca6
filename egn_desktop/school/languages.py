# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages that what families read is translated into."""

from functools import cache

from egn_desktop import content
from egn_desktop.errors import UserError

FRENCH = "fr"


class Language(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language that the agreement and the messages to families can be read in, beside French.

    Attributes:
        id: its code ("ar").
        name: as its readers call it.
        french: as French calls it.
    """

    name: str
    french: str
    right_to_left: bool = False

    @property
    def label(self) -> str:
        """Both names, as a list offers them: "Arabe (العربية)"."""
        return f"{self.french.capitalize()} ({self.name})"


@cache
def languages() -> content.Catalogue[Language]:
    """Return the languages beside French."""
    return content.load("school/languages.toml", Language)


def language_of(code: str, what: str) -> Language | None:
    """Return the language of that code; None for French alone.

    Args:
        code: as a key or a command gives it.
        what: the beginning of the refusal: "La convention n’est pas traduite".

    Raises:
        UserError: nothing is translated into it.
    """
    if not code or code == FRENCH:
        return None
    found = languages().get(code)
    if found is None:
        known = ", ".join(f"{language.id} ({language.french})" for language in languages())
        raise UserError(f"{what} en « {code} ».", todo=f"Au choix : {known}.")
    return found
