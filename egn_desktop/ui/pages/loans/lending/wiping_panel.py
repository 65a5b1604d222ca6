# SPDX-License-Identifier: GPL-3.0-or-later
"""The devices that came back and are not wiped yet, each leading to its checklist."""

from PySide6.QtWidgets import QVBoxLayout

from egn_desktop import french
from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import LeadLine, Panel
from egn_desktop.ui.pages.loans.targets import Loan
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.labels import muted, note


class WipingPanel(Panel):
    """What is left to wipe before it is lent again."""

    heading = "Appareils à effacer"

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        waits = to_wipe(context.services.dossier)
        if waits:
            words = "Ouvrez un appareil pour cocher ce qui est fait."
            column.addWidget(muted(words))
        else:
            column.addWidget(note("Tous les appareils rendus sont effacés.", "good"))
        for wait in waits:
            day = f"rendu le {french.short_date(wait.ended_on)}"
            left = ChipText(french.count(len(wait.left), "étape"), "attention")
            line = LeadLine(wait.device_label, Loan(wait.id), day, left)
            column.addWidget(self.leading(line))
        column.addStretch()
