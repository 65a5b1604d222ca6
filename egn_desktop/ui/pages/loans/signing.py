# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing on screen: what is handed over, who signs, and the paper that is kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop.inventory.papers import clauses, signing
from egn_desktop.inventory.papers import kinds as papers
from egn_desktop.inventory.papers.queries import signable, signed_loans
from egn_desktop.inventory.people.queries.contacts import contacts
from egn_desktop.inventory.register.loans import LoanDetail, LoanRow, loan
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.kept_signature import KeptSignature
from egn_desktop.ui.pages.loans.signer_block import SignerBlock
from egn_desktop.ui.pages.loans.signing_words import SigningWords
from egn_desktop.ui.widgets.buttons import main_button, quiet_button
from egn_desktop.ui.widgets.labels import muted

SIDE_BY_SIDE: Final = 780
WORDS, PADS = 4, 5


class SigningPanel(QWidget):
    """Turned towards the person: the words at the left, the pads at the right.

    ``signed`` tells the paper's id.
    """

    signed = Signal(int)

    preferred_width = 1_040

    def __init__(
        self, context: Context, document_id: str, loan_ids: Sequence[int], kept: KeptSignature
    ) -> None:
        super().__init__()
        self._context, self._kept = context, kept
        self._dossier = context.services.dossier
        self._kind = papers.kind(document_id)
        offered, covered = self._offered(loan_ids)
        borrower_id = offered[0].row.borrower_id
        done = signed_loans(self._dossier, self._kind.id, borrower_id=borrower_id)
        self._again = bool(done & set(loan_ids))
        languages = list(clauses.languages()) if self._kind.languages else []
        name = offered[0].row.borrower_name
        self._words = SigningWords(name, offered, covered, languages)
        self._words.changed.connect(self._cover)
        self._hint = muted("")
        self._sign = main_button("Signer et garder", self._do_sign, "check")
        self._blocks: list[SignerBlock] = []
        self._keep = QCheckBox("La garder pour les signatures suivantes")
        self._pads = QVBoxLayout()
        self._pads.setSpacing(24)
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(32)
        self._lines.addWidget(self._words, WORDS, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(self._pads, PADS)
        self._fill_pads(offered[0].row)
        self._cover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.pixels(SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._lines.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _offered(self, loan_ids: Sequence[int]) -> tuple[list[LoanDetail], list[int]]:
        """Return the loans that can be on the paper, and those of them that are of the same day."""
        asked = [loan(self._dossier, loan_id) for loan_id in loan_ids]
        first = asked[0].row
        known = {one.row.id for one in asked}
        others = [
            row
            for row in signable(self._dossier, self._kind.id, borrower_id=first.borrower_id)
            if row.id not in known and self._kind.concerns(row)
        ]
        same_day = [row.id for row in others if _day(row) == _day(first)]
        return [*asked, *(loan(self._dossier, row.id) for row in others)], [*known, *same_day]

    def _fill_pads(self, row: LoanRow) -> None:
        boxes = signing.boxes(self._kind.make(self._dossier, [row.id]))
        for number, box in enumerate(boxes):
            if not number and self._kind.id == papers.RECEIPT:
                box = replace(box, name=self._giver(row))
            block = SignerBlock(box, optional=number > 0)
            block.changed.connect(self._show_state)
            self._blocks.append(block)
            self._pads.addWidget(block)
        if len(boxes) > 1:
            self._blocks[-1].add(self._keep)
            if self._kept.signature is not None:
                self._blocks[-1].set_signature(self._kept.signature)
                self._keep.setChecked(True)
        self._pads.addWidget(self._hint)
        self._pads.addWidget(self._sign)
        self._pads.addWidget(quiet_button("Imprimer pour signer sur papier", self._print, "print"))
        self._pads.addStretch()

    def _giver(self, row: LoanRow) -> str:
        """Return who brings things back, as far as one can tell: a parent, else the borrower."""
        known = contacts(self._dossier, [row])[row.borrower_id]
        return known.name if known.emails or known.phones or known.address else row.borrower_name

    @Slot()
    def _cover(self) -> None:
        covered = self._words.covered()
        if covered:
            draft = self._kind.make(self._dossier, covered, language=self._words.language())
            self._words.set_summary(*signing.plain_words(draft))
        else:
            self._words.set_summary("", "")
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        if not self._words.covered():
            words = "Cochez au moins un appareil."
        elif all(one.signature() is None for one in self._blocks[:-1] or self._blocks):
            words = f"Il manque la signature : {self._blocks[0].role.lower()}."
        else:
            words = ""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._sign.setEnabled(not words)

    @Slot()
    def _do_sign(self) -> None:
        if not all(block.is_valid() for block in self._blocks):
            return
        given = [one for block in self._blocks if (one := block.signature()) is not None]
        last = self._blocks[-1]
        self._kept.signature = last.signature() if self._keep.isChecked() else None
        services, document = self._context.services, self._kind.id
        covered, language, again = self._words.covered(), self._words.language(), self._again

        def work(_: Progress) -> int:
            return services.papers.sign(
                document_id=document,
                loan_ids=covered,
                signatures=given,
                language=language,
                again=again,
            )

        self._sign.setEnabled(False)
        label = f"Signature : {self._kind.title}"
        self._context.jobs.run(work, done=self._done, failed=self._failed, label=label)

    def _done(self, paper_id: int) -> None:
        services = self._context.services
        self._context.say(
            f"{self._kind.title} : papier signé et gardé.",
            lambda: services.papers.withdraw_paper(paper_id, reason="Annulé aussitôt"),
        )
        if isValid(self):  # the panel may have been left meanwhile
            self.signed.emit(paper_id)

    def _failed(self, error: Exception) -> None:
        if isValid(self):
            self._show_state()
        self._context.fail(error)

    @Slot()
    def _print(self) -> None:
        for loan_id in self._words.covered()[:1]:
            key = self._kind.key(loan(self._dossier, loan_id).row)
            self._context.print_document(self._kind.id, key)


def _day(row: LoanRow) -> object:
    return row.ended_on or row.lent_on
