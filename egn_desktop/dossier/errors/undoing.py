# SPDX-License-Identifier: GPL-3.0-or-later
"""Why something cannot be undone, or done again."""

from egn_desktop.errors import UserError


class NothingToUndoError(UserError):
    """Nothing was done since the dossier was opened, or all of it was undone."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a rien à annuler.",
            todo="Ce qui date d’une ouverture précédente se corrige à la main.",
        )


class NothingToRedoError(UserError):
    """Nothing was undone, or something else was done since."""

    def __init__(self) -> None:
        super().__init__(
            "Il n’y a rien à rétablir.",
            todo="Seul se rétablit ce qui vient d’être annulé : sinon, refaites-le.",
        )


class ChangedSinceError(UserError):
    """What was done can no longer be taken back: something that it changed has changed again."""

    def __init__(self, words: str, *, redo: bool) -> None:
        verb = "rétabli" if redo else "annulé"
        super().__init__(
            f"« {words} » ne peut plus être {verb} : ce qui avait changé a encore changé depuis.",
            todo="Corrigez à la main ce qui doit l’être.",
        )


class NotTheLastError(UserError):
    """Something else was done since, and is to be undone first."""

    def __init__(self, words: str, last: str) -> None:
        super().__init__(
            f"« {words} » n’est plus la dernière chose faite.",
            todo=f"Annulez d’abord : {last} (Ctrl+Z)." if last else "",
        )
