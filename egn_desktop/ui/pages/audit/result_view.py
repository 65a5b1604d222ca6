# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes out of the audit: a bar a domain, what they are made of, and the gaps."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.catalogue import Nature
from egn_desktop.audit.queries import AuditView, GapRow
from egn_desktop.ui import theme
from egn_desktop.ui.pages.audit.domain_bars import DomainBars
from egn_desktop.ui.pages.audit.words import PRIORITY_TONES
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import Chip, figure, muted, section

SHORT_PROVIDERS = {"co": "Commune", "dep": "Département", "reg": "Région", "st": "État"}


LEAST_WIDTH = 500
LEAST_TABLE = 230
NARROW = 720


class ResultView(QWidget):
    """The scores and the table of gaps."""

    opened = Signal(object)
    actions_wanted = Signal(object)
    close_wanted = Signal()
    new_questions_wanted = Signal()
    explained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._figure = figure("")
        self._words = muted("")
        self._left_bars = DomainBars("Part des repères atteints, par domaine")
        self._right_bars = DomainBars("Part des repères atteints, par domaine")
        for bars in (self._left_bars, self._right_bars):
            bars.explained.connect(self.explained)
        self._explain = quiet_button("Détail du calcul", self._explain_wanted)
        self._export = plain_button("Exporter", self._menu_wanted, "download")
        self._menu: QMenu | None = None
        self._gap_words = section("")
        self._duties = Chip("", "bad")
        self._make = plain_button("Créer l’action", self._make_wanted)
        self._close = plain_button("", self.close_wanted.emit)
        self._new = plain_button("", self.new_questions_wanted.emit)
        self.table = self._make_table()
        self.table.opened.connect(self.opened)
        self.table.chosen_changed.connect(self._chosen_changed)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme.pixels(LEAST_TABLE))
        self._stack.addWidget(self.table)
        self._nothing = EmptyState("done", "", "")
        self._stack.addWidget(self._nothing)
        self._lay_out()
        self._chosen_changed()

    def set_export_menu(self, menu: QMenu) -> None:
        """Show this menu under « Exporter »."""
        self._menu = menu

    def set_compact(self, compact: bool) -> None:
        """Leave the room of the bars to the table, while a gap is open at the right."""
        self._bars.setVisible(not compact)

    def minimumSizeHint(self) -> QSize:
        # What the words and the bars need one above the other.
        height = super().minimumSizeHint().height()
        return QSize(theme.pixels(LEAST_WIDTH), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.pixels(NARROW)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._line.setSpacing(8 if narrow else 28)

    def show_audit(self, audit: AuditView, rows: Sequence[GapRow], new_questions: int) -> None:
        """Show the scores of an audit and its gaps, and offer what it could ask besides."""
        gained = french.count(new_questions, "nouvelle question", "nouvelles questions")
        self._new.setText(f"Ajouter {gained}")
        self._new.setVisible(new_questions > 0)
        self._figure.setText(rules.score_text(audit.result.score))
        self._words.setText(self._explained(audit))
        judged = [domain for domain in audit.result.domains if domain.score]
        half = -(-len(judged) // 2)
        self._left_bars.set_domains(judged[:half])
        self._right_bars.set_domains(judged[half:])
        self._explain.setEnabled(bool(judged))
        self._bars.setMinimumHeight(self._left_bars.sizeHint().height())
        duties = sum(row.nature is Nature.DUTY for row in rows)
        self._gap_words.setText(french.count(len(rows), "écart"))
        words = french.count(duties, "obligation légale", "obligations légales")
        self._duties.set_state(words, "bad")
        self._duties.setVisible(duties > 0)
        closing, reopening = "Clore l’état des lieux", "Rouvrir"
        self._close.setText(reopening if audit.is_closed else closing)
        self._close.setEnabled(audit.is_closed or bool(audit.answers))
        self.table.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._say_nothing(audit)
        self._chosen_changed()

    def _say_nothing(self, audit: AuditView) -> None:
        if audit.answers:
            self._nothing.set_words(
                "Aucun écart parmi vos réponses",
                "Ce que vous avez répondu atteint partout les repères.",
            )
        else:
            self._nothing.set_words(
                "Aucune réponse pour l’instant",
                "Les écarts apparaîtront ici au fil de vos réponses.",
            )

    def _explained(self, audit: AuditView) -> str:
        left = len(audit.questions) - audit.answered
        words = "des repères atteints. "
        words += rules.baseline_text(audit.frame, audit.result)
        if left:
            missing = french.count(left, "réponse manque", "réponses manquent")
            words += " " + f"{missing} : c’est la part hachurée des barres."
        return words

    def _make_table(self) -> RowsTable:
        return RowsTable(
            [
                ColumnSpec(
                    "Priorité",
                    lambda row: ChipText(row.gap.priority.label, PRIORITY_TONES[row.gap.priority]),
                    sort=lambda row: row.gap.priority,
                ),
                ColumnSpec("Écart", _gap_title, stretch=True),
                ColumnSpec("Constaté", lambda row: row.found_brief),
                ColumnSpec("Repère", lambda row: row.expected_brief),
                ColumnSpec("À demander à", _provider),
                ColumnSpec("Action", _action),
            ],
            key=lambda row: (row.criterion_id, row.gap.line.question.key, row.expected),
            accessible_name="Écarts",
        )

    def _lay_out(self) -> None:
        card = Card()
        self._line = QHBoxLayout()
        self._line.setSpacing(28)
        score = QVBoxLayout()
        score.setSpacing(2)
        score.addWidget(self._figure)
        score.addWidget(self._words)
        score.addSpacing(6)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self._export)
        tools.addWidget(self._explain)
        tools.addStretch()
        score.addLayout(tools)
        score.addStretch()
        self._bars = QWidget()
        bars = QHBoxLayout(self._bars)
        bars.setContentsMargins(0, 0, 0, 0)
        bars.setSpacing(28)
        top = Qt.AlignmentFlag.AlignTop
        bars.addWidget(self._left_bars, 1, top)
        bars.addWidget(self._right_bars, 1, top)
        self._line.addLayout(score, 3)
        self._line.addWidget(self._bars, 8)
        card.body.addLayout(self._line)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._gap_words)
        head.addWidget(self._duties)
        head.addStretch()
        head.addWidget(self._new)
        head.addWidget(self._close)
        head.addWidget(self._make)
        self._gap_words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._gap_words.setWordWrap(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(card)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)

    @Slot()
    def _explain_wanted(self) -> None:
        self.explained.emit("")

    @Slot()
    def _menu_wanted(self) -> None:
        if self._menu is not None:
            self._menu.popup(self._export.mapToGlobal(QPoint(0, self._export.height())))

    @Slot()
    def _chosen_changed(self) -> None:
        waiting = [row for row in self.table.chosen() if row.action is None]
        self._make.setEnabled(bool(waiting))
        many = f"Créer {len(waiting)} actions"
        self._make.setText(many if len(waiting) > 1 else "Créer l’action")

    @Slot()
    def _make_wanted(self) -> None:
        waiting = [row for row in self.table.chosen() if row.action is None]
        if len(waiting) == 1:
            self.opened.emit(waiting[0])
        elif waiting:
            self.actions_wanted.emit(waiting)


def _gap_title(row: GapRow) -> str:
    return f"{row.title} ({row.level.lower()})" if row.level else row.title


def _provider(row: GapRow) -> str:
    return SHORT_PROVIDERS.get(row.gap.providers[0].value, "Direction")


def _action(row: GapRow) -> ChipText:
    if row.action is None:
        return ChipText("Écarté" if row.set_aside else "À décider", "neutral")
    return ChipText(row.action.state_label, "bad" if row.action.is_late else "brand")
