# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing the plan: the sections at the left, the text in the middle, help at the right."""

from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.plans.figures import figures
from egn_desktop.plans.queries import SectionRow, sections
from egn_desktop.plans.rules import SectionState, pedagogy_for
from egn_desktop.plans.snapshot import FigurePart
from egn_desktop.school.queries import identity
from egn_desktop.ui import clock, theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.plan.autosave import AutosaveText
from egn_desktop.ui.pages.plan.markup import (
    MarkupHighlighter,
    insert_table,
    toggle_bold,
    toggle_list,
)
from egn_desktop.ui.pages.plan.section_help import SectionHelp
from egn_desktop.ui.pages.plan.section_list import SectionList
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import Chip, muted, plain_label, section
from egn_desktop.ui.widgets.tips import set_tip

EDITOR_WIDTH = 260


class WritingView(QWidget):
    """The sections of the draft, one being written."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = ""
        self._list = SectionList()
        self._list.section_chosen.connect(self._show_section)
        self._help = SectionHelp()
        self._help.example_wanted.connect(self._take_example)
        self._help.figure_wanted.connect(self._insert_figure)
        self._help.line_wanted.connect(self._add_line)
        self._title = section("")
        self._chip = Chip("")
        self._obligatory = muted("")
        self._obligatory.setWordWrap(False)
        self.editor = AutosaveText(context)
        self.editor.setPlaceholderText("Écrivez ici, ou partez de l’exemple.")
        self.editor.saved.connect(self._note_saved)
        self._marks = MarkupHighlighter(self.editor.document())
        self._saved = plain_label("")
        self._saved.setProperty("role", "saved")
        self._done = QCheckBox("Partie terminée")
        self._done.clicked.connect(self._mark_done)
        bold = QShortcut(QKeySequence("Ctrl+B"), self.editor)
        bold.activated.connect(self._bold)
        self._aid = quiet_button("Aide", self._fit, "help")
        self._aid.setCheckable(True)
        self._lay_out()

    def reload(self) -> None:
        """Show what the dossier now says; what is being typed stays."""
        rows = sections(self._context.services.dossier)
        self._list.show_sections(rows)
        if not self._shown:
            first = next((row for row in rows if row.state is SectionState.EMPTY), rows[0])
            self._list.choose(first.section.id)
            return
        row = next(row for row in rows if row.section.id == self._shown)
        self._show_state(row)
        self.editor.show_text(row.text)
        self._show_help(row)

    def open_section(self, section_id: str) -> None:
        """Show a section, with the cursor in its text."""
        self._list.choose(section_id)
        self.editor.setFocus()

    def flush(self) -> None:
        """Keep what was typed now."""
        self.editor.flush()

    def take_focus(self) -> None:
        """Go to the list of sections."""
        self._list.setFocus()

    def minimumSizeHint(self) -> QSize:
        least = self._list.width() + theme.pixels(EDITOR_WIDTH)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Keep list and help where there is room for both, else one of them."""
        room = self._list.width() + self._help.width() + theme.pixels(EDITOR_WIDTH)
        narrow = self.width() < room
        self._aid.setVisible(narrow)
        helping = narrow and self._aid.isChecked()
        self._help.setVisible(helping or not narrow)
        self._list.setVisible(not helping)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title, 1)
        head.addWidget(self._obligatory)
        head.addWidget(self._chip)
        buttons = QWidget()
        tools = Flow(buttons, spacing=4)
        tools.addWidget(quiet_button("Gras", self._bold))
        tools.addWidget(quiet_button("Liste", self._make_list))
        table = quiet_button("Tableau", self._make_table)
        set_tip(table, "Un tableau, ou une ligne de plus : une case entre deux barres |")
        tools.addWidget(table)
        tools.addWidget(self._aid)
        foot = QHBoxLayout()
        foot.addWidget(self._done)
        foot.addStretch()
        foot.addWidget(self._saved)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(head)
        middle.addWidget(buttons)
        middle.addWidget(self.editor, 1)
        middle.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addLayout(middle, 1)
        row.addWidget(self._help)

    @Slot(str)
    def _show_section(self, section_id: str) -> None:
        self.editor.flush()
        self._shown = section_id
        self._saved.setText("")
        dossier = self._context.services.dossier
        row = next(row for row in sections(dossier) if row.section.id == section_id)
        self.editor.bind(row.text, partial(self._write, section_id))
        self.editor.setAccessibleName(row.section.title)
        self._title.setText(row.section.title)
        self._show_state(row)
        self._show_help(row)

    def _show_help(self, row: SectionRow) -> None:
        dossier = self._context.services.dossier
        school = identity(dossier)
        example = row.section.example_for(pedagogy_for(level.level for level in school.levels))
        levels = [level.level for level in school.levels]
        self._help.show_section(row.section, example, figures(dossier), school.kind, levels)

    def _show_state(self, row: SectionRow) -> None:
        self._chip.set_state(row.state.label, row.state.tone)
        self._obligatory.setText("Obligatoire" if row.section.obligatory else "")
        self._done.setChecked(row.state is SectionState.DONE)
        self._done.setEnabled(bool(row.text.strip()))

    def _write(self, section_id: str, text: str) -> None:
        self._context.services.plans.write_section(section_id, text)

    @Slot()
    def _note_saved(self) -> None:
        self._saved.setText(f"Enregistré à {french.clock_time(clock.now())}")

    @Slot(bool)
    def _mark_done(self, done: bool) -> None:
        self.editor.flush()
        try:
            self._context.services.plans.finish_section(self._shown, done=done)
        except UserError as error:
            self._done.setChecked(not done)
            self._context.fail(error)

    @Slot()
    def _bold(self) -> None:
        toggle_bold(self.editor)

    @Slot()
    def _make_list(self) -> None:
        toggle_list(self.editor)

    @Slot()
    def _make_table(self) -> None:
        insert_table(self.editor, ("Quoi", "Qui", "Quand"))

    @Slot(str)
    def _take_example(self, example: str) -> None:
        cursor = self.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        before = "\n\n" if self.editor.toPlainText().strip() else ""
        cursor.insertText(before + example)
        self._keep(cursor)

    @Slot(str)
    def _add_line(self, words: str) -> None:
        cursor = self.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text = self.editor.toPlainText()
        cursor.insertText(words if not text or text.endswith("\n") else f"\n{words}")
        self._keep(cursor)

    @Slot(object)
    def _insert_figure(self, figure: FigurePart) -> None:
        cursor = self.editor.textCursor()
        cursor.insertText(f"{figure.label}\u202f: {figure.value}")
        self._keep(cursor)

    def _keep(self, cursor: QTextCursor) -> None:
        self.editor.setTextCursor(cursor)
        self.editor.setFocus()
        self.editor.flush()
