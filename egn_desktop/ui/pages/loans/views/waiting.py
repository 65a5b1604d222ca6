# SPDX-License-Identifier: GPL-3.0-or-later
"""The waiting list: who lacks what, from the most to the least urgent."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.collation import class_key
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import NeedRow, waiting
from egn_desktop.inventory.register.search import found_by
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.lists import Asked
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.lending.needs_section import PRIORITY_TONES
from egn_desktop.ui.pages.loans.targets import Borrower, Lend
from egn_desktop.ui.pages.loans.views import empties
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ChipText, ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button


class _Waiting:
    """The waiting list as a list: who waits follows from rules, which the dossier's SQL lacks."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def rows(self, asked: Asked) -> Sequence[NeedRow]:
        return found_by(partial(waiting, self._dossier), asked.searches or ("",))

    def count(self, asked: Asked) -> int:
        return len(self.rows(asked))

    def texts(self, column: str, asked: Asked, most: int) -> Sequence[str]:
        # The table holds the whole list and looks for itself.
        return ()


class WaitingView(ListView):
    """Who waits for a device or a connection."""

    id = "waiting"
    reads_all = True

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="En attente",
            columns=waiting_columns(),
            empty=empties.no_need(),
            less_needed=(5, 4, 1),
        )
        self.add_tool(plain_button("Prêter", self._serve))

    def listed(self) -> Listed:
        return _Waiting(self.dossier)

    def open_row(self, row: NeedRow) -> None:
        self.go.emit(Borrower(BorrowerKind.PUPIL, row.id))

    def tell_empty(self) -> None:
        self.empty.set_words(*empties.why_nobody_waits(self.dossier))

    @Slot()
    def _serve(self) -> None:
        """Lend to the one chosen, else to the first to be served."""
        chosen = (self.table.selected() or self.table.rows())[:1]
        self.go.emit(Lend(borrower_id=chosen[0].id if chosen else None))


def waiting_columns() -> list[ColumnSpec]:
    """Return the columns of the waiting list."""
    return [
        ColumnSpec("Élève", lambda row: row.name),
        ColumnSpec(
            "Classe",
            lambda row: row.school_class,
            sort=lambda row: class_key(row.school_class) if row.school_class else None,
        ),
        ColumnSpec("Il lui manque", _missing, stretch=True),
        ColumnSpec("Priorité", _priority, sort=lambda row: (row.priority, -row.score)),
        ColumnSpec(
            "Points",
            lambda row: str(row.score),
            sort=lambda row: row.score,
            align_right=True,
        ),
        ColumnSpec(
            "Noté le",
            lambda row: french.short_date(row.noted_on),
            sort=lambda row: row.noted_on,
        ),
    ]


def _missing(row: NeedRow) -> str:
    return ", ".join(
        need.label if not at else need.label.lower() for at, need in enumerate(row.missing)
    )


def _priority(row: NeedRow) -> ChipText:
    return ChipText(row.priority.label, PRIORITY_TONES[row.priority])
