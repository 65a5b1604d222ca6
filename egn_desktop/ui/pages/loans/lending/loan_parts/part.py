# SPDX-License-Identifier: GPL-3.0-or-later
"""What a part of the loan's panel is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.inventory.register.loans import LoanDetail
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Leading
from egn_desktop.ui.pages.loans.targets import Away


class LoanPart(Leading):
    """One part of the panel. One that has nothing to say hides itself.

    What it puts into ``foot`` is always seen, however long the panel is.
    """

    def __init__(self, context: Context, detail: LoanDetail) -> None:
        super().__init__()
        self.context = context
        self.dossier = context.services.dossier
        self.services = context.services
        self.detail = detail
        self.loan_id = detail.row.id
        self.foot: list[QAbstractButton] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.build()

    def build(self) -> None:
        """Fill the column."""
        raise NotImplementedError

    @property
    def is_current(self) -> bool:
        """Whether what this part shows beside the loan itself still stands."""
        return True

    def line(self, *widgets: QWidget, spacing: int = 8) -> None:
        """Add widgets side by side, from the left."""
        line = QHBoxLayout()
        line.setSpacing(spacing)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch()
        self.column.addLayout(line)

    def ended(self, words: str) -> None:
        """Say that the loan ended, with the way back."""
        self.context.say_done(words)
        self.go.emit(Away())

    def give_parts_back(self, names: Sequence[str]) -> None:
        """Note that some of the kit came back without the device, with the way back."""
        try:
            self.services.loans.return_accessories(self.loan_id, names)
        except UserError as error:
            self.fail(error)
            return
        words = "Rendu par {} : {}.".format(self.detail.row.borrower_name, ", ".join(names))
        self.context.say_done(words)

    def fail(self, error: UserError) -> None:
        """Show why something was refused."""
        self.context.fail(error)
