# SPDX-License-Identifier: GPL-3.0-or-later
"""What was signed on screen for a loan, and the way to have it signed."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.inventory.papers.acts import AGREEMENT, Act, acts
from egn_desktop.inventory.papers.queries import PaperRow, handover, lacking_accords, papers
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.papers.signed_panel import DOCUMENT, paper_words
from egn_desktop.ui.pages.loans.targets import HandOver, Sign
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import muted

RECENT_DAYS: Final = 30
"""For how long a loan leads back to the hand-over that it was part of."""


class PapersPart(LoanPart):
    """The signed papers of a loan; « Faire signer à l’écran » for what is not signed yet."""

    def build(self) -> None:
        self._papers = papers(self.dossier, loan_id=self.loan_id)
        for row in self._papers:
            self.column.addWidget(self._paper(row))
        wanted = [act for act in acts() if act.concerns(self.detail.row)]
        self._lacking = lacking_accords(self.dossier, self.loan_id)
        if self._lacking:
            said = f"Il manque {' et '.join(self._lacking)} : à noter dans les réglages."
            self.column.addWidget(muted(said))
        for act in wanted:
            self.column.addWidget(self._sign(act))
        if waits := self._waits():
            day = f"{self.detail.row.lent_on:%d/%m}"
            words = f"Remise du {day} : {french.number(waits, 0)} à signer"
            day_of_all = Lead(words, HandOver(self.detail.row.lent_on), icon="list-checks")
            self.column.addWidget(self.leading(day_of_all))
        if not (wanted or self._papers):
            self.hide()

    @property
    def is_current(self) -> bool:
        lacking = lacking_accords(self.dossier, self.loan_id)
        return papers(self.dossier, loan_id=self.loan_id) == self._papers and (
            lacking == self._lacking
        )

    def _waits(self) -> int:
        """Return how many people have not signed yet of the hand-over that this loan is part of."""
        row = self.detail.row
        recent = self.dossier.today() - timedelta(days=RECENT_DAYS)
        if row.state is not LoanState.OPEN or row.lent_on < recent:
            return 0
        people = handover(self.dossier, AGREEMENT, row.lent_on)
        waits = sum(not person.is_signed for person in people)
        return waits if len(people) > 1 else 0

    def _sign(self, act: Act) -> QWidget:
        again = any(row.document == act.id for row in self._papers)
        words = "Faire signer à nouveau" if again else "Faire signer à l’écran"
        kind = "quiet" if again else "plain"
        return self.leading(Lead(words, Sign(act.id, [self.loan_id]), kind, "edit"))

    def _paper(self, row: PaperRow) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(muted(paper_words(row)))
        line = QHBoxLayout()
        line.setSpacing(4)
        for words, slot, icon in (
            ("Enregistrer", self._save, "download"),
            ("Retirer…", self._withdraw, "delete"),
        ):
            button = quiet_button(words, slot, icon)
            button.setAccessibleName(f"{words} : {paper_words(row)}")
            button.setProperty("paper", row.id)
            line.addWidget(button)
        line.addStretch()
        column.addLayout(line)
        return made

    @Slot()
    def _save(self) -> None:
        self.context.print_document(DOCUMENT, str(self.sender().property("paper")))

    @Slot()
    def _withdraw(self) -> None:
        paper_id = int(self.sender().property("paper"))
        (row,) = (paper for paper in self._papers if paper.id == paper_id)
        text = (
            f"{paper_words(row)} Le fichier signé est effacé du dossier pour de bon ; le journal "
            "garde qu’il a été signé puis retiré. Il pourra être signé à nouveau."
        )
        if not self.context.confirm("Retirer ce papier signé ?", text, "Retirer le papier"):
            return
        self.services.papers.withdraw_paper(paper_id)
        self.context.say("Papier retiré : il peut être signé à nouveau.")
