# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing on screen: what is handed over, who signs, and the paper that is kept."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QVBoxLayout
from shiboken6 import isValid

from egn_desktop.documents.unwritten import UnwrittenError
from egn_desktop.inventory.papers.acts import act
from egn_desktop.inventory.papers.case import Case, Signature
from egn_desktop.inventory.papers.forms import case_of, unsigned_key
from egn_desktop.inventory.papers.queries import signable, signed_loans
from egn_desktop.inventory.register.loans import LoanDetail, LoanRow, loan
from egn_desktop.school.languages import languages
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.papers.signer_block import KeptSignature, SignerBlock
from egn_desktop.ui.pages.loans.papers.signing_words import SigningWords
from egn_desktop.ui.pages.loans.targets import Sign, Signed
from egn_desktop.ui.widgets.buttons import main_button, quiet_button
from egn_desktop.ui.widgets.labels import muted

SIDE_BY_SIDE: Final = 780
WORDS, PADS = 4, 5


class SigningPanel(Panel):
    """Turned towards the person: the words at the left, the pads at the right."""

    preferred_width = 1_040

    def __init__(self, context: Context, to: Sign, kept: KeptSignature) -> None:
        super().__init__()
        self._context, self._kept = context, kept
        self._dossier = context.services.dossier
        self._act, self._day = act(to.document_id), to.day
        self.heading = self._act.title
        offered, covered = self._offered(to.loan_ids)
        borrower_id = offered[0].row.borrower_id
        done = signed_loans(self._dossier, self._act.id, borrower_id=borrower_id)
        self._again = bool(done & set(to.loan_ids))
        beside = list(languages()) if self._act.translated else []
        name = offered[0].row.borrower_name
        self._words = SigningWords(name, offered, covered, beside)
        self._words.changed.connect(self._reread)
        self._hint = muted("")
        self._sign = main_button("Signer et garder", self._do_sign, "check")
        self._blocks: list[SignerBlock] = []
        self._school_block: SignerBlock | None = None
        self._keep = QCheckBox("La garder pour les signatures suivantes")
        self._pads = QVBoxLayout()
        self._pads.setSpacing(24)
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(32)
        self._lines.addWidget(self._words, WORDS, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(self._pads, PADS)
        self._case = self._read()
        self._fill_pads()
        self._show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.pixels(SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._lines.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _offered(self, loan_ids: Sequence[int]) -> tuple[list[LoanDetail], list[int]]:
        """Return the loans that can be on the paper, and those of them that are of the same day."""
        asked = [loan(self._dossier, loan_id) for loan_id in loan_ids]
        first = asked[0].row
        known = {detail.row.id for detail in asked}
        others = [
            row
            for row in signable(self._dossier, self._act.id, borrower_id=first.borrower_id)
            if row.id not in known and self._act.concerns(row)
        ]
        same_day = [row.id for row in others if _day(row) == _day(first)]
        return [*asked, *(loan(self._dossier, row.id) for row in others)], [*known, *same_day]

    def _read(self) -> Case:
        covered, language = self._words.covered(), self._words.language()
        return case_of(self._dossier, self._act, covered, language=language)

    def _fill_pads(self) -> None:
        for signer in self._case.signers:
            block = SignerBlock(signer)
            block.changed.connect(self._show_state)
            self._blocks.append(block)
            self._pads.addWidget(block)
            if signer.rule.side == "school":
                self._school_block = block
        if self._school_block is not None:
            self._school_block.add(self._keep)
            if self._kept.signature is not None:
                self._school_block.set_signature(self._kept.signature)
                self._keep.setChecked(True)
        self._pads.addWidget(self._hint)
        self._pads.addWidget(self._sign)
        self._pads.addWidget(quiet_button("Imprimer pour signer sur papier", self._print, "print"))
        self._pads.addStretch()

    @Slot()
    def _reread(self) -> None:
        if self._words.covered():
            self._case = self._read()
        self._show_words()

    def _show_words(self) -> None:
        said = self._case.summary if self._words.covered() else ()
        self._words.set_summary([part.french for part in said], [part.other for part in said])
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        if not self._words.covered():
            words = "Cochez au moins un appareil."
        elif missing := self._case.missing(self._signatures()):
            words = f"Il manque la signature : {missing.role.lower()}."
        else:
            words = ""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._sign.setEnabled(not words)

    def _signatures(self) -> list[Signature]:
        return [signature for block in self._blocks if (signature := block.signature()) is not None]

    @Slot()
    def _do_sign(self) -> None:
        if all(block.is_valid() for block in self._blocks):
            self._sign_now(with_marks=False)

    def _sign_now(self, *, with_marks: bool) -> None:
        given, school = self._signatures(), self._school_block
        self._kept.signature = school.signature() if school and self._keep.isChecked() else None
        services, document = self._context.services, self._act.id
        covered, language, again = self._words.covered(), self._words.language(), self._again

        def work(_: Progress) -> int:
            return services.papers.sign(
                document_id=document,
                loan_ids=covered,
                signatures=given,
                language=language,
                again=again,
                with_marks=with_marks,
            )

        self._sign.setEnabled(False)
        label = f"Signature : {self._act.title}"
        self._context.jobs.run(work, done=self._done, failed=self._failed, label=label)

    def _done(self, paper_id: int) -> None:
        self._context.say_done(f"{self._act.title} : papier signé et gardé.")
        if isValid(self):  # the panel may have been left meanwhile
            self.go.emit(Signed(paper_id, self._day))

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            self._context.fail(error)
            return
        self._show_state()
        if not isinstance(error, UnwrittenError):
            self._context.fail(error)
        elif self._context.confirm("Des signes ne s’impriment pas", error.what, "Signer ainsi"):
            self._sign_now(with_marks=True)

    @Slot()
    def _print(self) -> None:
        for loan_id in self._words.covered()[:1]:
            key = unsigned_key(self._act, loan(self._dossier, loan_id).row)
            self._context.print_document(self._act.id, key)


def _day(row: LoanRow) -> object:
    return row.ended_on or row.lent_on
