# SPDX-License-Identifier: GPL-3.0-or-later
"""One domain of questions at a time, with the list of domains at the left."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QProgressBar, QVBoxLayout, QWidget

from egn_desktop.audit import rules
from egn_desktop.audit.queries import AuditView
from egn_desktop.school.queries import Identity
from egn_desktop.ui import theme
from egn_desktop.ui.pages.audit.card_parts import Beside, Shown
from egn_desktop.ui.pages.audit.domain_list import WIDTH, DomainList, DomainRow, left_column
from egn_desktop.ui.pages.audit.question_card import QuestionCard
from egn_desktop.ui.pages.audit.words import shown_question
from egn_desktop.ui.widgets.labels import muted, section
from egn_desktop.ui.widgets.scroll import scrolled

NARROW = 660


class QuestionsView(QWidget):
    """The questions; it asks the page to keep what is answered."""

    answered = Signal(str, str)
    cleared = Signal(str)
    noted = Signal(str, str)
    explained = Signal(str, str, str)
    taken = Signal(object)
    attach_wanted = Signal(str)
    evidence_opened = Signal(object)
    evidence_removed = Signal(object)
    moved = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._audit: AuditView | None = None
        self._school = Identity()
        self._beside = Beside()
        self._domain = ""
        self._key = ""
        self._moving = False
        self._cards: dict[str, QuestionCard] = {}
        self._list = DomainList()
        self._list.chosen.connect(self._domain_chosen)
        self._list.entered_domain.connect(self.focus_question)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._left_words = muted("")
        self._title = section("")
        self._intro = muted("")
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(8)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        self._area = scrolled(self._inside)
        self._lay_out()

    @property
    def current(self) -> QuestionCard | None:
        """The card to answer in, or None before anything is shown."""
        return self._cards.get(self._key)

    def show_audit(self, audit: AuditView, school: Identity, beside: Beside) -> None:
        """Show an audit, at the place where the user was."""
        self._beside = beside
        fresh = self._audit is None or self._audit.campaign.id != audit.campaign.id
        self._audit, self._school = audit, school
        keys = [question.key for question in audit.questions]
        if fresh or self._key not in keys:
            self._key = audit.place if audit.place in keys else (keys[0] if keys else "")
        self._show_progress(audit)
        domain = self._domain_of(self._key)
        wanted = [question.key for question in audit.frame.in_domain(domain)]
        if fresh or domain != self._domain or wanted != list(self._cards):
            self._build(domain)
        else:
            for question in audit.frame.in_domain(domain):
                self._cards[question.key].show_question(self._shown(question.key))

    def go_to(self, target: str) -> None:
        """Open a question by its key, or a domain at its first question left."""
        audit = self._audit
        if audit is None:
            return
        keys = [question.key for question in audit.questions]
        in_domain = [question.key for question in audit.frame.in_domain(target)]
        if in_domain:
            left = [key for key in in_domain if key not in audit.answers]
            target = (left or in_domain)[0]
        if target not in keys:
            return
        if self.current is not None and target != self._key:
            self.current.keep()
        self._key = target
        domain = self._domain_of(target)
        if domain != self._domain:
            self._build(domain)
        # A card that folds hands the keyboard to its neighbour, which is not what was asked for.
        self._moving = True
        for key, card in self._cards.items():
            card.set_current(key == target)
        self._moving = False
        self._list.set_current(domain)
        self.moved.emit(target)
        self.focus_question()

    @Slot()
    def focus_question(self) -> None:
        """Give the keyboard to the question to answer."""
        if self.current is not None:
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)
            # Once the folded cards have given their room back.
            QTimer.singleShot(0, self, self._show_current)

    def show_error(self, key: str, text: str) -> None:
        """Say at a question what is wrong with its answer."""
        if key in self._cards:
            self._cards[key].show_error(text)

    def ask_why(self, key: str, text: str, problem: str) -> None:
        """Ask at a question why its answer differs from the inventory's."""
        if key in self._cards:
            self._cards[key].ask_why(text, problem)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self._cards.values():
            card.set_narrow(self._is_narrow())

    def _lay_out(self) -> None:
        left = left_column()
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(10)
        side.addWidget(self._list)
        side.addWidget(self._progress)
        side.addWidget(self._left_words)
        side.addWidget(
            muted(
                "O oui · P en partie · N non\n? je ne sais pas · S sans objet\n"
                "C confirmer une proposition\nEntrée : question suivante"
            )
        )
        side.addStretch()
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._title)
        right.addWidget(self._intro)
        right.addSpacing(6)
        right.addWidget(self._area, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(24)
        whole.addWidget(left)
        whole.addLayout(right, 1)

    def _rows(self, audit: AuditView) -> list[DomainRow]:
        unsure = {question.criterion.domain for question in audit.to_find_out}
        rows = [
            DomainRow(domain.id, domain.short, *audit.progress(domain.id), domain.id in unsure)
            for domain in audit.frame.domains
        ]
        return [row for row in rows if row.total]

    def _show_progress(self, audit: AuditView) -> None:
        self._list.show_rows(self._rows(audit))
        total = len(audit.questions)
        done = sum(question.key in audit.answers for question in audit.questions)
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._progress.setAccessibleName(f"{done} sur {total}")
        minutes = rules.minutes_left(audit.frame, audit.answers)
        words = f"{done} questions sur {total}"
        if minutes:
            words += f" · environ {minutes} min"
        self._left_words.setText(words)

    def _build(self, domain: str) -> None:
        audit = self._audit
        if audit is None:
            return
        self._domain = domain
        entry = next(area for area in audit.frame.domains if area.id == domain)
        self._title.setText(entry.title)
        self._intro.setText(entry.intro)
        gone, self._cards = self._cards, {}
        self._moving = True
        for card in gone.values():
            card.hide()
            card.deleteLater()
        self._moving = False
        while self._column.takeAt(0) is not None:
            pass
        for question in audit.frame.in_domain(domain):
            card = QuestionCard(self._shown(question.key))
            card.answered.connect(self.answered)
            card.cleared.connect(self.cleared)
            card.noted.connect(self.noted)
            card.explained.connect(self.explained)
            card.proposals.taken.connect(self.taken)
            card.evidence.attach_wanted.connect(self.attach_wanted)
            card.evidence.opened.connect(self.evidence_opened)
            card.evidence.removed.connect(self.evidence_removed)
            card.wanted.connect(self._card_wanted)
            card.left.connect(self._card_left)
            card.turned.connect(self._page_turned)
            card.set_current(question.key == self._key)
            card.set_narrow(self._is_narrow())
            self._cards[question.key] = card
            self._column.addWidget(card)
            # At once, not when the layout gets to it: what is not seen cannot have the keyboard.
            card.show()
        self._column.addStretch()
        self._list.set_current(domain)

    def _is_narrow(self) -> bool:
        return self.width() - theme.pixels(WIDTH) < theme.pixels(NARROW)

    def _shown(self, key: str) -> Shown:
        if self._audit is None:
            raise RuntimeError("no audit is shown")
        return shown_question(self._audit, key, self._school, self._beside)

    def _domain_of(self, key: str) -> str:
        questions = self._audit.questions if self._audit else ()
        return next(
            (question.criterion.domain for question in questions if question.key == key), ""
        )

    @Slot(str)
    def _domain_chosen(self, domain: str) -> None:
        had_focus = self._list.hasFocus()
        self.go_to(domain)
        if had_focus:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _card_wanted(self, key: str) -> None:
        if not self._moving and key in self._cards:
            self.go_to(key)

    @Slot(int)
    def _card_left(self, step: int) -> None:
        keys = [question.key for question in self._audit.questions] if self._audit else []
        place = keys.index(self._key) + step
        if 0 <= place < len(keys):
            self.go_to(keys[place])
        elif step > 0:
            self.finished.emit()

    @Slot(int)
    def _page_turned(self, step: int) -> None:
        domains = [row.id for row in self._rows(self._audit)] if self._audit else []
        place = domains.index(self._domain) + step
        if 0 <= place < len(domains):
            self.go_to(domains[place])

    @Slot()
    def _show_current(self) -> None:
        if self.current is not None:
            self._area.ensureWidgetVisible(self.current, 0, 24)
