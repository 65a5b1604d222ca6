# SPDX-License-Identifier: GPL-3.0-or-later
"""What a score is made of, in the side panel: each criterion, its share, what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.explanation import DomainParts, Part
from egn_desktop.ui import theme
from egn_desktop.ui.forms import Form
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.labels import figure, muted

EVERYTHING = ""
WIDTH = 600
LEAST_TABLE = 320


@dataclass(frozen=True, slots=True)
class PartRow:
    """One line: a domain of the overall score, or a criterion of a domain's."""

    key: str
    title: str
    points: ChipText


class ScorePanel(QWidget):
    """The overall score and each domain's, one at a time."""

    question_wanted = Signal(str)
    preferred_width = WIDTH

    def __init__(
        self, overall: rules.Range | None, domains: Sequence[DomainParts], shown: str = EVERYTHING
    ) -> None:
        super().__init__()
        self._overall = overall
        self._domains = {domain.domain.id: domain for domain in domains}
        self.choice = Form()
        options = [(EVERYTHING, "Ensemble")]
        options += [(domain.domain.id, domain.domain.title) for domain in domains]
        self.choice.add_choice("score", "Résultat", options, value=shown)
        self.choice.edited.connect(self._chosen)
        self._figure = figure("")
        self._words = muted("")
        self.table = RowsTable(
            [
                ColumnSpec("De quoi", lambda row: row.title, stretch=True),
                ColumnSpec("Points", lambda row: row.points),
            ],
            accessible_name="Ce dont le résultat est fait",
        )
        self.table.setMinimumHeight(theme.pixels(LEAST_TABLE))
        self.table.opened.connect(self._opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.choice, self._figure, self._words, self.table):
            column.addWidget(part)
        column.setStretch(3, 1)
        self._show(shown)

    def _show(self, domain: str) -> None:
        found = self._domains.get(domain)
        if found is None:
            self._figure.setText(rules.score_text(self._overall))
            self._words.setText(
                "Chaque critère compte autant : un domaine pèse par le nombre des siens. "
                "Entrée ou double clic ouvre un domaine."
            )
            self.table.set_rows([_domain_row(domain) for domain in self._domains.values()])
            return
        self._figure.setText(found.text)
        words = (
            "Sur 100 points, partagés également entre les critères. Ce que l’on ne sait pas fait "
            "un intervalle. Entrée ou double clic mène à la question."
        )
        if found.left_out:
            words += " " + french.count(
                found.left_out,
                "critère ne compte pas (sans objet ou pour information).",
                "critères ne comptent pas (sans objet ou pour information).",
            )
        self._words.setText(words)
        self.table.set_rows([_part_row(part) for part in found.parts])

    @Slot(str, object)
    def _chosen(self, _name: str, domain: object) -> None:
        self._show(str(domain))

    @Slot(object)
    def _opened(self, row: PartRow) -> None:
        if row.key in self._domains:
            self.choice.set_value("score", row.key)
            self._show(row.key)
        else:
            self.question_wanted.emit(row.key)


def _domain_row(parts: DomainParts) -> PartRow:
    title = f"{parts.domain.short} ({french.count(len(parts.parts), 'critère')})"
    return PartRow(parts.domain.id, title, ChipText(parts.points, _tone(parts.score)))


def _part_row(part: Part) -> PartRow:
    words = part.points if part.is_known else f"À trouver : {part.points}"
    return PartRow(part.question, part.criterion.title, ChipText(words, _tone(part.score)))


def _tone(score: rules.Range) -> str:
    if not score.is_exact:
        return "brand"
    return "good" if score.low >= 1 else "attention"
