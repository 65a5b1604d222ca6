# SPDX-License-Identifier: GPL-3.0-or-later
"""Crisis mode itself: choose the scenario, act, call, write, note; Escape leaves."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.campaign import campaign
from egn_desktop.inventory.people.queries.pupils import has_pupils
from egn_desktop.plans.messages import messages
from egn_desktop.plans.offers import ALL_CLASSES, MESSAGES
from egn_desktop.plans.queries import ScenarioRow, contacts, crises, open_crisis, scenario
from egn_desktop.plans.translations import offered, said_in
from egn_desktop.school.languages import FRENCH
from egn_desktop.school.queries import identity
from egn_desktop.ui import theme
from egn_desktop.ui.bar import Bar
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.crisis.acts import ActList
from egn_desktop.ui.crisis.aside import Aside
from egn_desktop.ui.crisis.big import big
from egn_desktop.ui.crisis.picker import ScenarioPicker
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.buttons import icon_button, main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import muted, plain_label
from egn_desktop.ui.widgets.scroll import scrolled

MARGINS = (32, 22, 32, 20)
MARK = 26
SCROLL_BAR = 14
LOANS = "loans"


class CrisisView(QWidget):
    """The whole window; what is done is kept in the dossier at once."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: ScenarioRow | None = None
        self._fills = False
        self.acts: ActList | None = None
        self.aside: Aside | None = None
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Mode crise")
        self._state = muted("")
        self._state.setWordWrap(False)
        self._other = plain_button("Autre scénario", self.pick, "back")
        self._pack = plain_button("Dossier de crise", self._print_pack, "print")
        self._print = main_button("Imprimer la fiche", self._print_card, "print")
        self._body = QWidget()
        self._bar = Bar(context)
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._add_key(Qt.Key.Key_Escape, self._leave)
        self._add_key(Qt.Key.Key_F11, self.fill_screen)
        running = next(
            (crisis for crisis in crises(context.services.dossier) if not crisis.ended_at), None
        )
        if running is not None:
            self.open_scenario(running.scenario)
        else:
            self.pick()

    @Slot()
    def fill_screen(self) -> None:
        """Let the window take the whole screen, or its place again."""
        self._fills = not self._fills
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def pick(self) -> None:
        """Choose the scenario."""
        self._row, self.acts, self.aside = None, None, None
        picker = ScenarioPicker(self._context)
        picker.picked.connect(self.open_scenario)
        self._show(picker)
        self._state.setText("Choisissez un scénario")
        if self.isVisible():
            picker.take_focus()

    @Slot(str)
    def open_scenario(self, scenario_id: str) -> None:
        """Show a scenario's card."""
        dossier = self._context.services.dossier
        self._row = scenario(dossier, scenario_id)
        school, texts = identity(dossier), self._row.texts
        log = open_crisis(dossier, scenario_id)
        self.acts = ActList(texts, self._tick, log)
        own, today = self._row.own, dossier.today()
        prepared = {FRENCH: messages(texts, self._row.scenario.short, school, today)}
        for language in offered(scenario_id, own, first_degree=school.is_first_degree):
            prepared[language.id] = said_in(language, scenario_id, own, school, today)
        since = log.started_at.date() if log else dossier.today()
        people = [contact for contact in contacts(dossier) if contact.phone]
        self.aside = Aside(people, prepared, texts["families"], campaign(dossier, since))
        self.aside.message.copied.connect(self._say_copied)
        self.aside.message.sheet_wanted.connect(self._print_messages)
        self.aside.journal.noted.connect(self._note)
        self.aside.calls.lists.setVisible(has_pupils(dossier))
        self.aside.calls.lists_wanted.connect(self._print_lists)
        self.aside.journal.print_wanted.connect(self._print_journal)
        self.aside.lending_wanted.connect(self._go_lending)
        self.aside.end_wanted.connect(self._end_crisis)
        self._show(self._card(self._row))
        self._show_log()
        if self.acts.rows and self.isVisible():
            self.acts.rows[0].box.setFocus(Qt.FocusReason.OtherFocusReason)

    @contained
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if isinstance(self._body, ScenarioPicker):
            self._body.take_focus()

    def _add_key(self, key: Qt.Key, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        mark = plain_label()
        side = theme.pixels(MARK)
        mark.setPixmap(icon("crisis", "bad").pixmap(side, side))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(mark)
        title = big("Mode crise", 20, bold=True)
        title.setWordWrap(False)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self._state)
        head.addLayout(words)
        buttons = QWidget()
        flow = Flow(buttons, spacing=12)
        for button in (self._other, self._pack, self._print):
            flow.addWidget(button)
        flow.addWidget(icon_button("maximize", "Plein écran (F11)", self.fill_screen))
        flow.addWidget(quiet_button("Quitter (Échap)", self._leave, "close"))
        head.addStretch(1)
        head.addWidget(buttons)
        self._column.setContentsMargins(*MARGINS)
        self._column.setSpacing(16)
        self._column.addLayout(head)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self._bar)

    def _card(self, row: ScenarioRow) -> QWidget:
        card = QWidget()
        if self.acts is None or self.aside is None:
            return card
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(big(row.scenario.title, 28, bold=True))
        left.addWidget(big(row.texts["decision"], 16))
        left.addSpacing(6)
        left.addWidget(scrolled(self.acts), 1)
        line = QHBoxLayout(card)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(28)
        line.addLayout(left, 3)
        aside = scrolled(self.aside)
        aside.setMinimumWidth(self.aside.minimumSizeHint().width() + SCROLL_BAR)
        line.addWidget(aside, 2)
        return card

    def _show(self, body: QWidget) -> None:
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        for button in (self._other, self._pack, self._print):
            button.setVisible(self._row is not None)

    def _show_log(self) -> None:
        if self._row is None or self.acts is None or self.aside is None:
            return
        log = open_crisis(self._context.services.dossier, self._row.scenario.id)
        self.acts.show_log(log)
        self.aside.journal.show_log(log)
        self.aside.show_running(log is not None)
        done, total = self.acts.counts()
        words = "{} sur {}".format(done, french.count(total, "geste"))
        if log is not None:
            words = f"Depuis {french.clock_time(log.started_at)} · {words}"
        self._state.setText(words)

    def _tick(self, field: str, text: str, done: bool) -> None:
        if self._row is None:
            return
        plans, scenario_id = self._context.services.plans, self._row.scenario.id
        try:
            if done:
                plans.tick(scenario_id, field=field, text=text)
            else:
                log = open_crisis(self._context.services.dossier, scenario_id)
                for entry in log.entries if log else ():
                    if (entry.field, entry.text) == (field, text):
                        plans.untick(entry.id)
        except UserError as error:
            self._context.fail(error)
        self._show_log()

    @Slot(str)
    def _note(self, text: str) -> None:
        if self._row is None or self.aside is None:
            return
        try:
            self._context.services.plans.note_in_crisis(self._row.scenario.id, text)
        except UserError as error:
            self._context.fail(error)
        else:
            self.aside.journal.line.clear()
            self._show_log()

    @Slot()
    def _end_crisis(self) -> None:
        if self._row is None:
            return
        try:
            self._context.services.plans.end_crisis(self._row.scenario.id)
        except UserError as error:
            self._context.fail(error)
            return
        self.pick()
        self._context.say(
            "Le journal de cette crise est clos. Il s’imprime dans la page Documents."
        )

    @Slot()
    def _go_lending(self) -> None:
        """Open the loans page; the crisis is noted as begun, so that it is found again."""
        if self._row is None or self.aside is None:
            return
        said = self.aside.campaign.said
        try:
            self._context.services.plans.tick(self._row.scenario.id, field=LOANS, text=said)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.go("loans", "together")

    @Slot()
    def _print_card(self) -> None:
        if self._row is not None:
            self._context.print_document("fiche-reflexe", self._row.scenario.id)

    @Slot()
    def _print_pack(self) -> None:
        if self._row is not None:
            self._context.print_document("dossier-de-crise", self._row.scenario.id)

    @Slot(str)
    def _print_messages(self, language: str) -> None:
        if self._row is not None:
            key = self._row.scenario.id
            self._context.print_document(MESSAGES, f"{key}/{language}" if language else key)

    @Slot()
    def _print_lists(self) -> None:
        self._context.print_document("listes-d-appel", ALL_CLASSES)

    @Slot()
    def _print_journal(self) -> None:
        dossier = self._context.services.dossier
        log = open_crisis(dossier, self._row.scenario.id) if self._row else None
        if log is not None:
            self._context.print_document("journal-de-crise", str(log.id))

    @Slot()
    def _say_copied(self) -> None:
        self._context.say("Le message est copié\u202f: collez-le où vous voulez l’envoyer.")

    @Slot()
    def _leave(self) -> None:
        if self._fills:
            self.fill_screen()
        self.left.emit()
