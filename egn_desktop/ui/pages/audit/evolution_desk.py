# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the evolution shows: the years of the dossier, and two of them compared."""

from PySide6.QtCore import QObject, Slot

from egn_desktop.audit.comparison import (
    Comparison,
    compare_campaigns,
    evolution,
    with_previous,
)
from egn_desktop.audit.queries import AuditView
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit.evolution_view import EvolutionView


class EvolutionDesk(QObject):
    """Between the evolution shown and the queries; it remembers which two years were chosen."""

    def __init__(self, context: Context, view: EvolutionView) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._pair: tuple[int, int] | None = None
        self._audit: AuditView | None = None
        view.chosen.connect(self._choose)

    def show_audit(self, audit: AuditView) -> None:
        """Compare an audit with the one before it, or the two years that were chosen."""
        self._audit = audit
        self._view.show_years(evolution(self._context.services.dossier), self._found(audit))

    def _found(self, audit: AuditView) -> Comparison | None:
        dossier = self._context.services.dossier
        if self._pair is None:
            return with_previous(dossier, audit)
        return compare_campaigns(dossier, *self._pair)

    @Slot(int, int)
    def _choose(self, before: int, after: int) -> None:
        # A year is not compared with itself: the choice goes back to what it was.
        if before != after:
            self._pair = (before, after)
        if self._audit is not None:
            self.show_audit(self._audit)
