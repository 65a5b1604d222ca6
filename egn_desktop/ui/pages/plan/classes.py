# SPDX-License-Identifier: GPL-3.0-or-later
"""Class by class: those of the inventory, and those that the head adds."""

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.plans.queries import classes
from egn_desktop.plans.snapshot import ClassPart
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.plan.class_panel import ClassPanel
from egn_desktop.ui.pages.plan.list_tab import ListTab
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState


def status_chip(row: ClassPart) -> ChipText | str:
    """Return how the tool of a class stands with data protection."""
    return ChipText(row.tool_status.short, row.tool_status.tone) if row.tool else ""


def needs_text(row: ClassPart) -> str:
    """Return how many have no device, no connection; "?" where nobody has said."""
    known = (row.device_need, row.connection_need)
    if known == (None, None):
        return "À préciser"
    return " · ".join("?" if figure is None else str(figure) for figure in known)


class ClassesView(ListTab):
    """The classes, as a school orders them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        table = RowsTable(
            (
                ColumnSpec("Classe", lambda row: row.name, sort=lambda row: row.name),
                ColumnSpec(
                    "Élèves",
                    lambda row: "" if row.pupils is None else str(row.pupils),
                    sort=lambda row: row.pupils or 0,
                    align_right=True,
                ),
                ColumnSpec("Enseignant", lambda row: row.teacher, stretch=True),
                ColumnSpec("Outil", lambda row: row.tool),
                ColumnSpec("Données", status_chip),
                ColumnSpec("Sans appareil · accès", needs_text),
                ColumnSpec("Pochettes", lambda row: row.packs_text),
            ),
            key=lambda row: row.key,
            accessible_name="Classes du plan",
        )
        table.opened.connect(self._open)
        self._lay_out(
            table,
            self._empty(),
            plain_button("Ajouter une classe", self.new, "plus"),
        )

    def reload(self) -> None:
        """Show what the dossier now says."""
        rows = classes(self._context.services.dossier)
        unknown = sum(None in (row.device_need, row.connection_need) for row in rows)
        words = french.count(len(rows), "classe")
        if unknown:
            words += f", besoins à préciser pour {french.number(unknown, 0)}"
        self._show_rows(rows, words)

    @Slot()
    def new(self) -> None:
        """Add a class."""
        self._show(None, "Ajouter une classe")

    @Slot(object)
    def _open(self, row: ClassPart) -> None:
        self._show(row, row.name)

    def _show(self, row: ClassPart | None, title: str) -> None:
        panel = ClassPanel(self._context, row)
        panel.finished.connect(self.panel_done)
        self.panel_wanted.emit(panel, title)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "pupils",
            "Aucune classe pour l’instant",
            "Les classes viennent de la liste des élèves. Pour chacune\u202f: l’enseignant, "
            "l’outil de tous les jours, les pochettes papier, le rythme, et qui appelle les "
            "familles. Les besoins dits ici servent au calcul de capacité des scénarios.",
            plain_button("Ajouter une classe", self.new),
        )
