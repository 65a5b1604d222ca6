# SPDX-License-Identifier: GPL-3.0-or-later
"""Beside the acts: messages, whom to call, the loan campaign, the journal of events."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from egn_desktop import french
from egn_desktop.inventory.lending.queries.campaign import Campaign
from egn_desktop.plans.messages import Message
from egn_desktop.plans.queries import NOTE, CrisisLog
from egn_desktop.plans.snapshot import ContactPart
from egn_desktop.ui.crisis.big import sized
from egn_desktop.ui.crisis.campaign import CampaignCard
from egn_desktop.ui.crisis.messages import MessageCard
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.inputs import typed
from egn_desktop.ui.widgets.labels import body, code, muted, strong


class CallCard(Card):
    """Names and numbers, the crisis cell first."""

    lists_wanted = Signal()

    def __init__(self, people: Sequence[ContactPart]) -> None:
        super().__init__()
        self.set_title("Appeler")
        self.lists = quiet_button("Listes des familles", self._ask_lists, "print")
        self.lists.setAccessibleName("Imprimer les listes d’appel des familles")
        self.add_action(self.lists)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        if not people:
            self.body.addWidget(muted("L’annuaire est vide\u202f: onglet Cellule du plan."))
        for at, person in enumerate(people):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(strong(person.name or person.role))
            if person.name:
                words.addWidget(muted(person.role))
            if person.deputy or person.deputy_phone:
                # At six in the morning the first number may not answer: no pointer is needed.
                both = " ".join(part for part in (person.deputy, person.deputy_phone) if part)
                words.addWidget(muted(f"sinon {both}"))
            grid.addLayout(words, at, 0)
            grid.addWidget(self._number(person), at, 1, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _ask_lists(self) -> None:
        self.lists_wanted.emit()

    def _number(self, contact: ContactPart) -> QLabel:
        number = sized(code(contact.phone), 17, bold=True)
        number.setWordWrap(False)
        number.setAccessibleName(f"{contact.name or contact.role}, {contact.phone}")
        return number


class JournalCard(Card):
    """What happens, noted with its time."""

    noted = Signal(str)
    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("Journal des événements")
        self.print = quiet_button("Imprimer", self._ask_print, "print")
        self.print.setAccessibleName("Imprimer le journal de crise")
        self.add_action(self.print)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Noter un événement, puis Entrée")
        self.line.setAccessibleName("Noter un événement")
        self.line.returnPressed.connect(self._note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(plain_button("Noter", self._note))
        self.body.addLayout(row)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)

    def show_log(self, log: CrisisLog | None) -> None:
        """Show what was noted and ticked off, the latest first."""
        self.print.setVisible(log is not None)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for entry in reversed(log.entries if log else ()):
            words = f"{french.clock_time(entry.at)}  {entry.text}"
            self._lines.addWidget(body(words) if entry.field == NOTE else muted(words))

    @Slot()
    def _ask_print(self) -> None:
        self.print_wanted.emit()

    @Slot()
    def _note(self) -> None:
        text = typed(self.line).strip()
        if text:
            self.noted.emit(text)


class Aside(QWidget):
    """The column at the right of the acts."""

    lending_wanted = Signal()
    end_wanted = Signal()

    def __init__(
        self,
        people: Sequence[ContactPart],
        messages: Mapping[str, Sequence[Message]],
        families: str,
        campaign: Campaign,
    ) -> None:
        super().__init__()
        self.calls = CallCard(people)
        self.message = MessageCard(messages, families)
        self.campaign = CampaignCard(campaign)
        self.campaign.wanted.connect(self.lending_wanted)
        self.journal = JournalCard()
        self._end = plain_button("Terminer la crise", self._ask_end, "done")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._end)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for card in (self.message, self.calls, self.campaign, self.journal):
            column.addWidget(card)
        column.addLayout(buttons)
        column.addStretch()

    def show_running(self, running: bool) -> None:
        """Offer to end what has begun."""
        self._end.setEnabled(running)

    @Slot()
    def _ask_end(self) -> None:
        self.end_wanted.emit()
