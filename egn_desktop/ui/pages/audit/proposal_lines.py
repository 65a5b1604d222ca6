# SPDX-License-Identifier: GPL-3.0-or-later
"""What inventory and last audit propose to a question, each with its way to confirm it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.audit.answers import Answer, is_same
from egn_desktop.audit.proposals import Proposal
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import body, muted
from egn_desktop.ui.widgets.tips import set_tip


class ProposalLine(QFrame):
    """One proposal that can be confirmed."""

    taken = Signal(object)

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self._proposal = proposal
        self.setProperty("role", "note")
        self.setProperty("tone", "brand")
        self.button = plain_button("Confirmer", self.take)
        set_tip(self.button, "Touche C")
        self.button.setAccessibleDescription(proposal.words)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(body(proposal.words), 1)
        line.addWidget(self.button)

    @Slot()
    def take(self) -> None:
        self.taken.emit(self._proposal)


class ProposalLines(QWidget):
    """All that is proposed to one question; the first that answers it has the button."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Sequence[Proposal], Answer | None] = ((), None)
        self._lines: list[ProposalLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_proposals(self, proposals: Sequence[Proposal], answer: Answer | None) -> None:
        """Show what is proposed beside the answer there is."""
        if (proposals, answer) == self._shown:
            return
        self._shown, self._lines = (proposals, answer), []
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for proposal in proposals:
            self._column.addWidget(self._part(proposal, answer))
        self.setVisible(bool(proposals))

    def take_first(self) -> bool:
        """Confirm the first that can be; tell whether there was one."""
        if self._lines:
            self._lines[0].take()
            return True
        return False

    def _part(self, proposal: Proposal, answer: Answer | None) -> QWidget:
        given = proposal.answer
        criterion = proposal.question.criterion
        agrees = given is not None and answer is not None and is_same(criterion, given, answer)
        # One is enough to confirm: under the inventory's figure last year's is a reminder.
        if given is None or agrees or self._lines:
            return muted(proposal.words)
        line = ProposalLine(proposal)
        line.taken.connect(self.taken)
        self._lines.append(line)
        return line
