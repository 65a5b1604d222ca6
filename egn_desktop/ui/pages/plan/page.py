# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: six views of the plan, its adoption, its print."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.offers import editions
from egn_desktop.plans.queries import missing, submission, summary
from egn_desktop.school.queries import identity
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.plan.adoption import AdoptionPanel
from egn_desktop.ui.pages.plan.classes import ClassesView
from egn_desktop.ui.pages.plan.contacts import ContactsView
from egn_desktop.ui.pages.plan.risks import RisksView
from egn_desktop.ui.pages.plan.scenarios import ScenariosView
from egn_desktop.ui.pages.plan.versions import VersionsView
from egn_desktop.ui.pages.plan.views import ViewStack
from egn_desktop.ui.pages.plan.writing import WritingView
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.segments import Segments

WRITING, CLASSES, SCENARIOS, RISKS, CONTACTS, VERSIONS = range(6)
PLACES = {
    "classes": CLASSES,
    "scenarios": SCENARIOS,
    "risks": RISKS,
    "contacts": CONTACTS,
    "versions": VERSIONS,
}

View = WritingView | ClassesView | ScenariosView | RisksView | ContactsView | VersionsView


class PlanPage(Page):
    """The continuity plan, from its first line to its adopted versions."""

    shows = frozenset(
        {
            Changed.PLAN,
            Changed.SCHOOL,
            Changed.AUDIT,
            Changed.DEVICES,
            Changed.PUPILS,
            Changed.LOANS,
            Changed.ACTIONS,
        }
    )
    document = "plan-de-continuite"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.writing = WritingView(context)
        self.classes = ClassesView(context)
        self.scenarios = ScenariosView(context)
        self.risks = RisksView(context)
        self.contacts = ContactsView(context)
        self.versions = VersionsView(context)
        self._segments = Segments(
            (
                "Rédaction",
                "Classes",
                "Scénarios",
                "Risques",
                "Cellule",
                "Versions",
            ),
            "Parties de la page",
        )
        self._stack = ViewStack()
        for view in self._views():
            self._stack.addWidget(view)
        self.body.addWidget(self._segments)
        self.body.addWidget(self._stack, 1)
        self.add_action(plain_button("Imprimer", self.print_plan, "print"))
        self._adopt = main_button("Faire adopter", self.ask_adoption)
        self.add_action(self._adopt)
        # Beside an open panel the line is longer than the room: it wraps.
        self._state.setWordWrap(True)
        self._connect()

    def reload(self) -> None:
        self._current().reload()
        words = settling_words(identity(self.services.dossier).kind)
        self._adopt.setText("Arrêter une version" if words.advises else "Faire adopter")
        self.set_heading("Plan de continuité", self._state_line())

    def new(self) -> None:
        view = self._current()
        if isinstance(view, ClassesView | ScenariosView | RisksView | ContactsView):
            view.new()
        else:
            self._segments.set_index(RISKS)
            self.risks.new()

    def find(self) -> None:
        self._current().take_focus()

    def arrive(self, target: object) -> None:
        if isinstance(target, str) and target:
            self.go_to(target)

    @contained
    def hideEvent(self, event: QHideEvent) -> None:
        self._current().flush()
        super().hideEvent(event)

    @Slot(str)
    def go_to(self, place: str) -> None:
        """Show a place as ``Missing.place`` names it, or one of the home page's targets."""
        self.close_panel()
        kind, _, what = place.partition(":")
        if kind == "school":
            self.context.go("settings")
            return
        if kind == "audit":
            self.context.go("audit", what)
            return
        self._segments.set_index(PLACES.get(kind, WRITING))
        if kind == "section":
            self.writing.open_section(what)
        elif kind == "risks" and what:
            self.risks.open_line(int(what))
        elif kind == "milestones":
            self._segments.set_index(VERSIONS)
            self.versions.open_last()
        elif kind == "adoption":
            self.ask_adoption()
        elif kind == "review":
            self._segments.set_index(VERSIONS)
            self.versions.review()

    @Slot()
    def ask_adoption(self) -> None:
        """Say what is missing, or ask who adopts and when."""
        self._current().flush()
        panel = AdoptionPanel(self.context)
        panel.place_wanted.connect(self.go_to)
        panel.adopted.connect(self._adopted)
        panel.submitted.connect(self._submitted)
        self.open_panel(panel, panel.title)

    @Slot()
    def print_plan(self) -> None:
        """Print the draft, or the last version where nothing has changed since."""
        self._current().flush()
        subjects = editions(self.services.dossier)
        self.context.print_document(self.document, subjects[0].key if subjects else "")

    def _views(self) -> tuple[View, ...]:
        return (
            self.writing,
            self.classes,
            self.scenarios,
            self.risks,
            self.contacts,
            self.versions,
        )

    def _current(self) -> View:
        shown = self._stack.currentWidget()
        return next(view for view in self._views() if view is shown)

    def _connect(self) -> None:
        self._segments.chosen.connect(self._show_view)
        for view in (self.classes, self.scenarios, self.risks, self.contacts):
            view.panel_wanted.connect(self.open_panel)
            view.panel_done.connect(self.close_panel)
        self.scenarios.place_wanted.connect(self.go_to)
        self.versions.panel_wanted.connect(self.open_panel)
        self.versions.place_wanted.connect(self.go_to)
        self.versions.adoption_wanted.connect(self.ask_adoption)

    def _state_line(self) -> str:
        dossier = self.services.dossier
        found, words = summary(dossier), settling_words(identity(dossier).kind)
        parts = [f"Aucune version {words.done}"]
        if found.version is not None:
            moved = french.count(found.changes_since, "changement")
            parts = [
                f"Version {found.version} {words.told(found.adopted_on, found.body)}",
                f"{moved} depuis" if found.changes_since else "à jour",
            ]
        waiting = submission(dossier)
        if waiting is not None:
            day = french.short_date(waiting.submitted_on)
            parts.append(f"soumis le {day} ({waiting.body})")
        lacking = sum(gap.blocks for gap in missing(dossier))
        if lacking:
            singular, several = "point à compléter", "points à compléter"
            points = french.count(lacking, singular, several)
            parts.append(f"{points} {words.before}")
        return " · ".join(parts)

    @Slot(int)
    def _show_view(self, index: int) -> None:
        self._current().flush()
        self.close_panel()
        self._stack.setCurrentIndex(index)
        self._stack.updateGeometry()
        self.read(self._current().reload)

    @Slot(int)
    def _adopted(self, number: int) -> None:
        self._segments.set_index(VERSIONS)
        self.close_panel()
        words = settling_words(identity(self.services.dossier).kind)
        self.context.say(f"La version {number} du plan est {words.done}.")

    @Slot()
    def _submitted(self) -> None:
        self._segments.set_index(VERSIONS)
        self.close_panel()
