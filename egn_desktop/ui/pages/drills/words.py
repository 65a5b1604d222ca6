# SPDX-License-Identifier: GPL-3.0-or-later
"""What several parts of the page say alike: tones, and where an action comes from."""

from PySide6.QtCore import QCoreApplication

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.audit.catalogue import criteria
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.school.queries import identity
from egn_desktop.ui.tables import ChipText

STATE_TONES = {
    DrillState.PLANNED: "brand",
    DrillState.HELD: "good",
    DrillState.CANCELLED: "neutral",
}
ACTION_TONES = {
    ActionState.OPEN: "brand",
    ActionState.DONE: "good",
    ActionState.DROPPED: "neutral",
}
SOURCE_PAGES = {
    SourceKind.AUDIT: "audit",
    SourceKind.PLAN: "plan",
    SourceKind.RISK: "plan",
}


def action_chip(row: ActionRow) -> ChipText:
    """Return an action's state as a chip."""
    return ChipText(row.state_label, "bad" if row.is_late else ACTION_TONES[row.state])


class Origins:
    """Says where actions come from, more closely than by the kind of their source."""

    def __init__(self, dossier: Dossier) -> None:
        self._criteria = criteria(identity(dossier).kind)
        self._days = {row.id: french.short_date(row.day) for row in drills(dossier)}

    def short(self, row: ActionRow) -> str:
        """Return the origin of one action for a table's cell."""
        day = self._days.get(row.source.drill_id or 0)
        if day:
            return QCoreApplication.translate("Origins", "Exercice du {}").format(day)
        return row.source.kind.label

    def of(self, row: ActionRow) -> str:
        """Return the origin of one action, with the criterion that it comes from if any."""
        criterion = self._criteria.get(row.source.criterion_id)
        if criterion is not None:
            return f"{row.source.kind.label} : {criterion.title}"
        return self.short(row)
