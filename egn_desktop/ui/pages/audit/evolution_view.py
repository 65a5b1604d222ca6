# SPDX-License-Identifier: GPL-3.0-or-later
"""Two audits side by side: the scores of each year, and what became of each question."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.audit.comparison import (
    CampaignScores,
    ComparedRow,
    Comparison,
    Evolution,
    GapMove,
    Verdict,
)
from egn_desktop.ui import theme
from egn_desktop.ui.pages.audit.evolution_chart import BETWEEN, EvolutionChart, Group
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.inputs import ChoiceInput
from egn_desktop.ui.widgets.labels import Chip, muted
from egn_desktop.ui.widgets.segments import Segments

MOST_YEARS = 4
LEAST_TABLE = 260
LEAST_WIDTH = 500
NARROW = 760
VERDICT_TONES = {Verdict.BETTER: "good", Verdict.WORSE: "bad", Verdict.NEW: "brand"}
GAP_TONES = {GapMove.CLOSED: "good", GapMove.OPENED: "bad", GapMove.REMAINS: "attention"}


class EvolutionView(QWidget):
    """The choice of two years, their chart and their questions."""

    chosen = Signal(int, int)
    question_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._years: tuple[CampaignScores, ...] = ()
        self._before, self._after = ChoiceInput(), ChoiceInput()
        self._before.setAccessibleName("Comparer l’état des lieux")
        self._after.setAccessibleName("à celui de")
        for choice in (self._before, self._after):
            choice.currentIndexChanged.connect(self._choice_changed)
        self._chips = [Chip("", tone) for tone in ("good", "bad", "good", "bad")]
        self._left = EvolutionChart("Part des repères atteints, année après année")
        self._right = EvolutionChart("Part des repères atteints, année après année")
        self._note = muted("")
        self._kind = Segments(
            ["Ce qui a changé", "Toutes les questions"],
            "Questions montrées",
        )
        self._kind.chosen.connect(self._kind_changed)
        self.table = self._make_table()
        self.table.setMinimumHeight(theme.pixels(LEAST_TABLE))
        self.table.opened.connect(self._opened)
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._stack.addWidget(self._lay_out())
        self._stack.addWidget(
            EmptyState(
                "history",
                "Un seul état des lieux pour l’instant",
                "L’an prochain, vous verrez ici ce qui a progressé, question par question, et "
                "les écarts comblés.",
            )
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(LEAST_WIDTH), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.pixels(NARROW)
        ways = QBoxLayout.Direction
        for line in (self._bars, self._head, self._chip_lines):
            line.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._bars.setSpacing(theme.pixels(BETWEEN) if narrow else 28)

    def show_years(self, every: Evolution, found: Comparison | None) -> None:
        """Show the scores of all years, and the comparison of two of them."""
        self._found, self._years = found, every.campaigns
        self._stack.setCurrentIndex(0 if found else 1)
        if found is None:
            return
        names = [campaign.campaign.school_year for campaign in every.campaigns]
        for choice, audit in ((self._before, found.before), (self._after, found.after)):
            blocker = QSignalBlocker(choice)
            choice.clear()
            choice.addItems(names)
            choice.setCurrentText(audit.campaign.school_year)
            blocker.unblock()
        self._show_chart(every)
        self._show_figures(found)
        self._show_rows()

    def _show_chart(self, every: Evolution) -> None:
        years = every.campaigns[-MOST_YEARS:]
        groups = [
            Group("Ensemble", tuple((year.campaign.school_year, year.overall) for year in years))
        ]
        for domain in every.domains:
            scores = tuple(
                (year.campaign.school_year, year.domains.get(domain.id)) for year in years
            )
            if any(score for _, score in scores):
                groups.append(Group(domain.short, scores))
        half = -(-len(groups) // 2)
        self._left.set_groups(groups[:half])
        self._right.set_groups(groups[half:])

    def _show_figures(self, found: Comparison) -> None:
        closed, opened = (len(found.moved(move)) for move in (GapMove.CLOSED, GapMove.OPENED))
        better, worse = (len(found.judged(verdict)) for verdict in (Verdict.BETTER, Verdict.WORSE))
        words = (
            french.count(closed, "écart comblé", "écarts comblés"),
            french.count(opened, "nouvel écart", "nouveaux écarts"),
            french.count(better, "réponse meilleure", "réponses meilleures"),
            french.count(worse, "moins bonne", "moins bonnes"),
        )
        counts = (closed, opened, better, worse)
        for chip, text, many, tone in zip(
            self._chips, words, counts, ("good", "bad", "good", "bad"), strict=True
        ):
            chip.set_state(text, tone if many else "neutral")
        note = "La partie hachurée est ce que l’on ne savait pas encore."
        if not found.same_frame:
            note += " " + "Critères ou niveaux ont changé : chaque année reste jugée par les siens."
        self._note.setText(note)

    def _show_rows(self) -> None:
        if self._found is None:
            return
        rows = list(self._found.rows)
        if self._kind.index() == 0:
            still = (Verdict.SAME, Verdict.UNCLEAR)
            rows = [
                row
                for row in rows
                if row.verdict not in still or row.gap in (GapMove.CLOSED, GapMove.OPENED)
            ]
        self.table.set_rows(rows)

    def _make_table(self) -> RowsTable:
        return RowsTable(
            [
                ColumnSpec("Domaine", lambda row: row.domain),
                ColumnSpec("Question", lambda row: row.title, stretch=True),
                ColumnSpec("Avant", lambda row: row.before or "–"),
                ColumnSpec("Après", lambda row: row.after or "–"),
                ColumnSpec(
                    "Évolution",
                    lambda row: ChipText(
                        row.verdict.label, VERDICT_TONES.get(row.verdict, "neutral")
                    ),
                ),
                ColumnSpec("Écart", _gap),
            ],
            key=lambda row: (row.key, row.verdict),
            accessible_name="Questions des deux états des lieux",
        )

    def _lay_out(self) -> QWidget:
        years = QHBoxLayout()
        years.setSpacing(10)
        years.addWidget(self._words("Comparer"))
        years.addWidget(self._before)
        years.addWidget(self._words("à"))
        years.addWidget(self._after)
        years.addStretch()
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addLayout(years, 1)
        self._head.addWidget(self._kind)
        self._chip_lines = QHBoxLayout()
        self._chip_lines.setSpacing(8)
        for pair in (self._chips[:2], self._chips[2:]):
            line = QHBoxLayout()
            line.setSpacing(8)
            for chip in pair:
                line.addWidget(chip)
            self._chip_lines.addLayout(line)
            line.addStretch()
        self._chip_lines.addStretch()
        card = Card()
        self._bars = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        self._bars.addWidget(self._left, 1, top)
        self._bars.addWidget(self._right, 1, top)
        card.body.addLayout(self._bars)
        card.body.addWidget(self._note)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head)
        column.addLayout(self._chip_lines)
        column.addWidget(card)
        column.addWidget(self.table, 1)
        return shown

    def _words(self, text: str) -> QWidget:
        label = muted(text)
        label.setWordWrap(False)
        return label

    @Slot()
    def _choice_changed(self) -> None:
        before, after = self._before.currentIndex(), self._after.currentIndex()
        if before >= 0 and after >= 0:
            self.chosen.emit(self._years[before].campaign.id, self._years[after].campaign.id)

    @Slot()
    def _kind_changed(self) -> None:
        self._show_rows()

    @Slot(object)
    def _opened(self, row: ComparedRow) -> None:
        if row.verdict is not Verdict.GONE:
            self.question_wanted.emit(row.key)


def _gap(row: ComparedRow) -> ChipText | str:
    tone = GAP_TONES.get(row.gap)
    return ChipText(row.gap.label, tone) if tone else "–"
