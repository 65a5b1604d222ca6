# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in place of a page that could not be read, where an empty one would be a lie."""

from PySide6.QtCore import Signal, Slot

from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState


class Unread(EmptyState):
    """Says that what the page shows is not lost, and offers to read it again.

    Attributes:
        is_lost: whether the place of the dossier does not answer; else reading failed for a reason
            that is told elsewhere, a damaged page of the file or a fault of ours.
    """

    retry_asked = Signal()

    def __init__(self, *, is_lost: bool) -> None:
        super().__init__("alert", "", "", plain_button("Réessayer", self._retry))
        self.is_lost = is_lost
        text = (
            "Elle n’est pas vide : le disque, la clé ou le partage où se trouve le dossier est "
            "injoignable. Tout ce qui y était enregistré y est toujours ; la page se remplira "
            "dès qu’il répondra de nouveau."
            if is_lost
            else "Elle n’est pas vide : ce qu’elle montre n’a pas pu être lu dans le dossier. Rien "
            "n’a été modifié."
        )
        self.set_words("Cette page ne peut pas être lue pour l’instant", text)

    @Slot()
    def _retry(self) -> None:
        self.retry_asked.emit()
