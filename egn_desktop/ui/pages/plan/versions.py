# SPDX-License-Identifier: GPL-3.0-or-later
"""The versions, what became of them, where the next one stands, what two say differently."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.queries import VersionRow, review_lines, submission, versions
from egn_desktop.plans.rules import VersionState
from egn_desktop.school.queries import identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.plan.comparison import ComparisonView
from egn_desktop.ui.pages.plan.milestones import MilestonesPart
from egn_desktop.ui.pages.plan.review import ReviewPanel
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import Chip, body, code, muted


class VersionPanel(QWidget):
    """One version: who adopted it, its SHA-256, and its PDF as it was printed."""

    def __init__(self, context: Context, row: VersionRow) -> None:
        super().__init__()
        self._context = context
        self._number = row.number
        words = settling_words(identity(context.services.dossier).kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for label, said in (
            (f"{french.capital(words.done)} le", french.day_and_date(row.adopted_on)),
            (words.body_label, row.body),
            ("Ont participé", row.participants),
        ):
            if said:
                column.addWidget(muted(label))
                column.addWidget(body(said))
        column.addSpacing(8)
        column.addWidget(MilestonesPart(context, row.number, row.body))
        column.addSpacing(8)
        column.addWidget(muted("Empreinte du PDF (SHA-256)"))
        groups = [row.sha256[at : at + 8] for at in range(0, len(row.sha256), 8)]
        column.addWidget(code(" ".join(groups)))
        column.addSpacing(8)
        reprint = plain_button("Réimprimer cette version", self._reprint, "print")
        column.addWidget(reprint)
        column.addSpacing(8)
        column.addWidget(
            muted(
                "Le PDF réimprimé est celui de ce jour-là, octet pour octet : "
                "« egn-desktop verify-pdf » le reconnaît."
            )
        )
        column.addStretch()

    @Slot()
    def _reprint(self) -> None:
        self._context.print_document("plan-de-continuite", str(self._number))


class VersionsView(QWidget):
    """Versions, the latest first, above the difference of two."""

    panel_wanted = Signal(QWidget, str)
    adoption_wanted = Signal()
    place_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table = RowsTable(
            (
                ColumnSpec("Version", lambda row: f"Version {row.number}"),
                ColumnSpec(
                    "Date",
                    lambda row: french.short_date(row.adopted_on),
                    sort=lambda row: row.adopted_on,
                ),
                ColumnSpec("Instance", lambda row: row.body, stretch=True),
                ColumnSpec("État", lambda row: ChipText(row.state.label, row.state.tone)),
                ColumnSpec("Empreinte", lambda row: f"{row.sha256[:12]}…"),
            ),
            key=lambda row: row.number,
            accessible_name="Versions du plan",
        )
        self.table.opened.connect(self._open)
        self._chip = Chip("")
        self._draft = muted("")
        self.comparison = ComparisonView(context)
        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self._chip)
        state.addWidget(self._draft, 1)
        self._review = plain_button("Revue annuelle", self.review, "list-checks")
        state.addWidget(self._review)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(state)
        column.addWidget(self.table, 2)
        column.addWidget(self.comparison, 3)
        self.comparison.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def reload(self) -> None:
        """Show what the dossier now says."""
        dossier = self._context.services.dossier
        rows = versions(dossier)
        self.table.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        waiting = submission(dossier)
        state = VersionState.SUBMITTED if waiting else VersionState.DRAFT
        self._chip.set_state(state.label, state.tone)
        words = f"Version {rows[0].number + 1 if rows else 1} en préparation"
        if waiting:
            day = french.short_date(waiting.submitted_on)
            words += f", soumise le {day} ({waiting.body})"
        self._draft.setText(words)
        found = len(review_lines(dossier))
        text = f"Revue annuelle ({found})" if found else "Revue annuelle"
        self._review.setText(text)
        self.comparison.show_versions(rows)

    @Slot()
    def review(self) -> None:
        """List what has changed since the last adoption."""
        panel = ReviewPanel(self._context)
        panel.place_wanted.connect(self.place_wanted)
        self.panel_wanted.emit(panel, "Revue annuelle")

    def open_last(self) -> None:
        """Open the version in force, where what became of it is noted."""
        rows = versions(self._context.services.dossier)
        if rows:
            self._open(rows[0])

    def flush(self) -> None:
        """Nothing is typed here."""

    def take_focus(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "history",
            "Aucune version pour l’instant",
            "Une version fige le texte, les chiffres et le PDF avec leur date : ce que détient "
            "l’inspection peut y être comparé. Le brouillon continue.",
            plain_button("Voir ce qui manque", self._ask),
        )

    @Slot()
    def _ask(self) -> None:
        self.adoption_wanted.emit()

    @Slot(object)
    def _open(self, row: VersionRow) -> None:
        panel = VersionPanel(self._context, row)
        self.panel_wanted.emit(panel, f"Version {row.number}")
