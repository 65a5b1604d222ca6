# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lines of the DUERP: the list, and what is proposed to start from."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import spreadsheets
from egn_desktop.plans.queries import proposed_risks_taken, risk_lines, risk_rows
from egn_desktop.plans.rules import risks
from egn_desktop.plans.snapshot import RiskPart
from egn_desktop.school.queries import identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.plan.list_tab import ListTab
from egn_desktop.ui.pages.plan.risk_copy import CopyPanel
from egn_desktop.ui.pages.plan.risk_panel import RiskPanel
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import body, muted, rule


def rating_chip(line: RiskPart) -> ChipText:
    """Return a line's rating and priority as its cell shows them."""
    if line.rating is None or line.priority is None:
        return ChipText("À coter", "attention")
    return ChipText(f"{line.rating.score} · {line.priority.title}", line.priority.tone)


def score(line: RiskPart) -> int:
    """Return what lines are sorted by."""
    return line.rating.score if line.rating else 0


class AddRiskPanel(QWidget):
    """The risks that are proposed and not taken yet, and room for another one."""

    is_draft = True

    added = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._form = Form()
        self._form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._form.add_text("title", "Un autre risque", help="Son intitulé")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._form)
        column.addWidget(plain_button("Ajouter ce risque", self._add_own, "plus"))
        taken = proposed_risks_taken(context.services.dossier)
        proposed = risks(identity(context.services.dossier).kind)
        left = [risk for risk in proposed if risk.id not in taken]
        if left:
            column.addWidget(rule())
            column.addWidget(muted("Ou partez d’un risque proposé par EGN Desktop"))
        for risk in left:
            line = QHBoxLayout()
            line.addWidget(body(risk.title), 1)
            add = quiet_button("Ajouter", partial(self._add, risk.id))
            add.setAccessibleName(f"Ajouter : {risk.title}")
            line.addWidget(add)
            column.addLayout(line)
        column.addStretch()

    def _add(self, risk_id: str, _checked: bool = False) -> None:
        self.added.emit(self._context.services.plans.add_risk(risk=risk_id))

    @Slot()
    def _add_own(self) -> None:
        try:
            line = self._context.services.plans.add_risk(title=self._form.value("title"))
        except UserError as error:
            self._form.show_error("title", error.what)
        else:
            self.added.emit(line)


class RisksView(ListTab):
    """The lines, the highest rating first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel: RiskPanel | None = None
        table = RowsTable(
            (
                ColumnSpec("Risque", lambda row: row.title, stretch=True),
                ColumnSpec("Unités de travail", lambda row: row.work_units, shown=False),
                ColumnSpec("Cotation", rating_chip, sort=score),
            ),
            key=lambda row: row.id,
            accessible_name="Risques du DUERP",
        )
        table.opened.connect(self._open)
        self._lay_out(
            table,
            self._empty(),
            plain_button("Copier", self._copy, "copy"),
            plain_button("Exporter", self._export, "spreadsheet"),
            plain_button("Retirer", self._remove, "delete"),
            plain_button("Ajouter un risque", self.new, "plus"),
        )

    def reload(self) -> None:
        """Show what the dossier now says."""
        rows = risk_lines(self._context.services.dossier)
        unrated = sum(row.rating is None for row in rows)
        words = "{} pour le DUERP".format(french.count(len(rows), "risque"))
        if unrated:
            words += f", dont {french.number(unrated, 0)} à coter"
        self._show_rows(rows, words)

    def open_line(self, line_id: int) -> None:
        """Open one line in the panel."""
        rows = risk_lines(self._context.services.dossier)
        row = next((row for row in rows if row.id == str(line_id)), None)
        if row is not None:
            self._open(row)

    @Slot()
    def new(self) -> None:
        """Choose a risk to add."""
        panel = AddRiskPanel(self._context)
        panel.added.connect(self.open_line)
        self.panel_wanted.emit(panel, "Ajouter un risque")

    def _empty(self) -> EmptyState:
        return EmptyState(
            "shield",
            "Aucun risque pour l’instant",
            "La crise et le travail à distance usent les personnes : surcharge, isolement, "
            "agressions… Ces lignes rejoignent le DUERP, avec leurs mesures. Treize risques "
            "sont proposés, à garder ou à récrire.",
            plain_button("Choisir des risques", self.new),
        )

    @Slot()
    def _copy(self) -> None:
        """Show the chosen line, or the first, field by field."""
        rows: list[RiskPart] = self.table.chosen() or self.table.rows()
        panel = CopyPanel(self._context, rows[0].id)
        self.panel_wanted.emit(panel, "Copier dans un outil en ligne")

    @Slot()
    def _export(self) -> None:
        path = self._context.ask_save_file(
            "Exporter les lignes de risque",
            "risques-duerp.ods",
            spreadsheets.FILTER,
        )
        if path is None:
            return
        rows = risk_rows(self._context.services.dossier)
        kind = spreadsheets.kind_of(path) or spreadsheets.KINDS[0]
        path = path.with_suffix(kind.suffix)
        try:
            kind.write(rows, path, "Risques")
        except UserError as error:
            self._context.fail(error)
        else:
            self._context.say(f"Lignes de risque enregistrées\u202f: {path.name}.")

    @Slot(object)
    def _open(self, row: RiskPart) -> None:
        self.panel_wanted.emit(RiskPanel(self._context, row), row.title)

    @Slot()
    def _remove(self) -> None:
        rows: list[RiskPart] = self.table.chosen()
        if not rows:
            self._context.say("Choisissez d’abord une ligne.")
            return
        plans = self._context.services.plans
        words = "{} du plan".format(french.count(len(rows), "risque retiré", "risques retirés"))
        with self._context.services.dossier.write(undo=words):
            for row in rows:
                plans.remove_risk(int(row.id))
        self.panel_done.emit()
        self._context.say_done(f"{words}.")
