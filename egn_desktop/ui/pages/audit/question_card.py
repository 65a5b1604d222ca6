# SPDX-License-Identifier: GPL-3.0-or-later
"""One question: a line when it is only looked at, a card to answer in when it is its turn."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from egn_desktop.audit.answers import Standing, answer_text
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.pages.audit.card_parts import (
    Shown,
    help_column,
    in_brief,
    label_field,
    line_field,
    saved_words,
)
from egn_desktop.ui.pages.audit.choices import Choices
from egn_desktop.ui.pages.audit.editors import Editor, editor_for
from egn_desktop.ui.pages.audit.evidence_list import EvidenceList
from egn_desktop.ui.pages.audit.proposal_lines import ProposalLines
from egn_desktop.ui.widgets.inputs import typed
from egn_desktop.ui.widgets.labels import Chip, muted, plain_label, strong

UNKNOWN, NOT_APPLICABLE = 0, 1
HELP_WIDTH = 268
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
QWIDGETSIZE_MAX = 16_777_215
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuestionCard(QFrame):
    """One question of the audit."""

    answered = Signal(str, str)
    cleared = Signal(str)
    noted = Signal(str, str)
    explained = Signal(str, str, str)
    wanted = Signal(str)
    left = Signal(int)
    turned = Signal(int)

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.key = shown.question.key
        self._shown: Shown = shown
        self._drawn = False
        self._current = False
        self._narrow = False
        self._unexplained = ""
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(shown.question.text)
        self.editor: Editor = editor_for(shown.question.criterion, shown.known)
        self.editor.answered.connect(self._answered)
        self.proposals = ProposalLines()
        self.evidence = EvidenceList(self.key)
        self._aside = Choices(["Je ne sais pas", "Sans objet"], "Sinon")
        self._aside.chosen.connect(self._aside_chosen)
        self.reason = line_field("Pourquoi la question est-elle sans objet ?")
        self.reason.editingFinished.connect(self._reason_given)
        self.note = line_field("")
        self.note.editingFinished.connect(self._note_given)
        self._error = plain_label()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._saved = plain_label()
        self._saved.setProperty("role", "saved")
        self._lay_out()
        self.show_question(shown)
        self.set_current(False)

    def show_question(self, shown: Shown) -> None:
        """Show what the dossier now holds."""
        changed = not self._drawn or shown.answer != self._shown.answer
        self._shown, self._drawn = shown, True
        answer = shown.answer
        text = answer_text(shown.question.criterion, answer) if answer else ""
        self._brief.setText(in_brief(shown.question, answer))
        words, tone = shown.state
        self._chip.set_state(words, tone)
        self._chip.setVisible(bool(words))
        if changed:
            # Else what is half typed would go when another part of the card is saved.
            self.editor.show_answer(answer)
        aside = {Standing.UNKNOWN: UNKNOWN, Standing.NOT_APPLICABLE: NOT_APPLICABLE}
        self._aside.set_index(aside.get(answer.standing, -1) if answer else -1)
        self.reason.setText(answer.reason if answer else "")
        self.reason.setVisible(bool(answer and answer.standing is Standing.NOT_APPLICABLE))
        self.note.setText(answer.note if answer else "")
        self.note.setVisible(answer is not None)
        label_field(self.note, "Une note, si vous le souhaitez")
        self._unexplained = ""
        self.proposals.show_proposals(shown.proposals, answer)
        self.evidence.show_rows(shown.evidence, closed=shown.closed)
        self.evidence.setVisible(bool(shown.evidence or (answer and not shown.closed)))
        self._saved.setText(saved_words(shown))
        self._saved.setVisible(bool(self._saved.text()))
        self.show_error("")
        for part in (self.editor, self._aside, self.reason, self.note):
            part.setEnabled(not shown.closed)
        self.setAccessibleDescription(text or "Sans réponse")

    def show_error(self, text: str) -> None:
        """Say under the answer what is wrong with it; what was typed stays."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def ask_why(self, text: str, problem: str) -> None:
        """Ask in the note why an answer differs from the inventory's; it is kept with it."""
        self.show_error(problem)
        self._unexplained = text
        label_field(self.note, "Pourquoi cette différence ?")
        self.note.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def error(self) -> str:
        """What is wrong with the answer, or nothing."""
        return self._error.text()

    def keep(self) -> None:
        """Keep what is typed, before the card is left another way than by Enter."""
        if not self._shown.closed:
            self.editor.finish()

    def set_current(self, current: bool) -> None:
        """Open the card to be answered, or fold it to one line."""
        self._current = current
        self._inside.setVisible(current)
        self._show_brief()
        self.setProperty("pressed", current)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setCursor(Qt.CursorShape.ArrowCursor if current else Qt.CursorShape.PointingHandCursor)

    def set_narrow(self, narrow: bool) -> None:
        """Put the help under the answer, where there is no room beside it."""
        self._narrow = narrow
        self._show_brief()
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._columns.setSpacing(12 if narrow else 24)
        width = theme.pixels(HELP_WIDTH)
        self._help.setMinimumWidth(0 if narrow else width)
        self._help.setMaximumWidth(QWIDGETSIZE_MAX if narrow else width)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._current:
            self.wanted.emit(self.key)

    @contained
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
            return
        if event.key() in ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._leave(-1 if back else 1)
        elif event.key() in STEPS:
            self._leave(STEPS[Qt.Key(event.key())])
        elif event.key() in PAGES:
            self.turned.emit(PAGES[Qt.Key(event.key())])
        elif self._shown.closed or not self._take(event):
            super().keyPressEvent(event)

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the question mark and the arrows mean in a field what they mean on the card."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = event.key() in (*ENTER, *STEPS, *PAGES)
            asks = event.text() == "?" and watched not in (self.note, self.reason)
            if moves or asks:
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent) -> bool:
        key = event.text().lower()
        if key == "?":
            self._aside.click(UNKNOWN)
        elif key == "s":
            self._aside.click(NOT_APPLICABLE)
        elif key == "c":
            return self.proposals.take_first()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            if self._shown.answer is not None:
                self.cleared.emit(self.key)
        else:
            return bool(key) and self.editor.take_key(key)
        return True

    def _leave(self, step: int) -> None:
        for field, keep in ((self.reason, self._reason_given), (self.note, self._note_given)):
            if field.hasFocus():
                keep()
        if not self._shown.closed and not self.editor.finish():
            return
        if not self.error:
            self.left.emit(step)

    def _show_brief(self) -> None:
        # What two counts make is worth seeing while they are typed; the rest is in the fields.
        computed = self._shown.question.criterion.kind.has_counts and not self._narrow
        self._brief.setVisible(computed or not self._current)

    def _lay_out(self) -> None:
        question = self._shown.question
        self._brief = muted("")
        self._brief.setWordWrap(False)
        self._chip = Chip("")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(strong(question.text), 1)
        head.addWidget(self._brief)
        head.addWidget(self._chip)
        self._inside = QWidget()
        self._columns = QHBoxLayout(self._inside)
        self._columns.setContentsMargins(0, 4, 0, 0)
        self._columns.setSpacing(24)
        self._columns.addLayout(self._answer_column(), 1)
        self._help = help_column(self._shown)
        self._columns.addWidget(self._help)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 11, 14, 11)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._inside)
        for field in self.findChildren(QLineEdit):
            field.installEventFilter(self)

    def _answer_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        for part in (
            *(self.proposals, self.editor, self._aside, self.reason),
            *(self._error, self.note, self.evidence, self._saved),
        ):
            column.addWidget(part)
        column.addStretch()
        return column

    @Slot(str)
    def _answered(self, text: str) -> None:
        self.answered.emit(self.key, text)

    @Slot(int)
    def _aside_chosen(self, index: int) -> None:
        if index == UNKNOWN:
            self.answered.emit(self.key, "?")
            return
        usual = self._shown.question.criterion.not_applicable_when
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        if usual:
            self.answered.emit(self.key, f"sans objet: {usual}")
            self.reason.selectAll()

    @Slot()
    def _reason_given(self) -> None:
        before = self._shown.answer.reason if self._shown.answer else ""
        reason = typed(self.reason).strip()
        if reason and reason != before:
            self.answered.emit(self.key, f"sans objet: {reason}")

    @Slot()
    def _note_given(self) -> None:
        before = self._shown.answer.note if self._shown.answer else ""
        if self._unexplained:
            if note := typed(self.note).strip():
                self.explained.emit(self.key, self._unexplained, note)
        elif (note := typed(self.note).strip()) != before:
            self.noted.emit(self.key, note)
