# SPDX-License-Identifier: GPL-3.0-or-later
"""How a loan ended, and the way back."""

from PySide6.QtCore import Slot

from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.terms import LoanState
from egn_desktop.ui.pages.loans.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.widgets.buttons import plain_button


class PastPart(LoanPart):
    """The state before and after, what came back and what did not."""

    def build(self) -> None:
        self.column.addWidget(Facts(self._facts()))
        if self.detail.row.state is not LoanState.CANCELLED:
            self.column.addWidget(plain_button(self.tr("Rouvrir ce prêt"), self._reopen, "undo"))

    def _facts(self) -> list[tuple[str, str]]:
        detail = self.detail
        missing = [name for name, back in detail.accessories.items() if back is False]
        returned = [name for name, back in detail.accessories.items() if back]
        ended_on = detail.row.ended_on
        return [
            (self.tr("Terminé le"), french.long_date(ended_on) if ended_on else ""),
            (self.tr("État au départ"), detail.condition_out.label),
            (self.tr("État au retour"), detail.condition_in.label if detail.condition_in else ""),
            (self.tr("Rendus avec"), ", ".join(returned)),
            (self.tr("Non rendus"), ", ".join(missing)),
            (self.tr("Remarque"), detail.note_in),
        ]

    @Slot()
    def _reopen(self) -> None:
        try:
            self.inventory.undo_return(self.loan_id)
        except UserError as error:
            self.fail(error)
            return
        self.context.say(self.tr("Le prêt est de nouveau en cours."))
