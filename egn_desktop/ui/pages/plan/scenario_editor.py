# SPDX-License-Identifier: GPL-3.0-or-later
"""One scenario, field by field, in the proposal's words or in the school's own."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import content, french
from egn_desktop.plans import wording
from egn_desktop.plans.queries import ScenarioRow
from egn_desktop.plans.rules import pedagogy_for
from egn_desktop.school.queries import identity
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.plan.autosave import AutosaveText
from egn_desktop.ui.pages.plan.capacity_card import CapacityCard
from egn_desktop.ui.widgets.buttons import icon_button, plain_button
from egn_desktop.ui.widgets.labels import body, muted, plain_label, section
from egn_desktop.ui.widgets.scroll import scrolled


class FieldEditor(QWidget):
    """One field of a scenario: its label, its text, and the way back to the proposal."""

    proposal_wanted = Signal(str)

    def __init__(self, context: Context, field: wording.Field) -> None:
        super().__init__()
        self.field = field
        self.text = AutosaveText(context, grows=True)
        self.text.setAccessibleName(field.label)
        label = plain_label(field.label)
        label.setProperty("role", "label")
        label.setBuddy(self.text)
        name = f"{field.label}\u202f: reprendre la proposition"
        self._back = icon_button("undo", name, self._ask)
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label)
        if field.hint:
            words.addWidget(muted(field.hint))
        head.addLayout(words, 1)
        head.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)

    def mark_own(self, own: bool) -> None:
        """Offer the way back where the words are the school's own; its place is kept."""
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        self._back.setVisible(own)

    @Slot()
    def _ask(self) -> None:
        self.proposal_wanted.emit(self.field.id)


class ScenarioEditor(QFrame):
    """The scenario that is shown; each field is kept as it is typed."""

    choice_changed = Signal(str, bool)
    circumstance_changed = Signal(str, str, bool)
    place_wanted = Signal(str)
    own_edited = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: ScenarioRow | None = None
        self.setProperty("role", "card")
        self._title = section("")
        self._summary = body("")
        self._source = muted("")
        self._saved = plain_label("")
        self._saved.setProperty("role", "saved")
        self._chosen = QCheckBox("Retenu dans le plan")
        self._chosen.clicked.connect(self._choose)
        self._own = icon_button("edit", "Renommer ou retirer", self._edit_own)
        self.capacity = CapacityCard(context)
        self.capacity.circumstance_changed.connect(self._tick)
        self.capacity.classes_wanted.connect(self._go_classes)
        self.fields = {field.id: FieldEditor(context, field) for field in wording.FIELDS}
        self._area = scrolled(self._inside())
        self._lay_out()

    def open_row(self, row: ScenarioRow) -> None:
        """Show another scenario; what was typed of the one before is kept first."""
        self.flush()
        self._row = row
        self._saved.setText("")
        for field_id, field in self.fields.items():
            field.text.bind(row.texts[field_id], partial(self._write, row.scenario.id, field_id))
        self._show_marks(row)
        self._area.verticalScrollBar().setValue(0)

    def show_row(self, row: ScenarioRow) -> None:
        """Show what the dossier now says of the scenario; what is being typed stays."""
        self._row = row
        for field_id, field in self.fields.items():
            field.text.show_text(row.texts[field_id])
        self._show_marks(row)

    def flush(self) -> None:
        """Keep what was typed now."""
        for field in self.fields.values():
            field.text.flush()

    def _inside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 4, 14, 18)
        column.setSpacing(14)
        column.addWidget(self.capacity)
        for field in self.fields.values():
            field.proposal_wanted.connect(self._take_proposal)
            field.text.saved.connect(self._note_saved)
            column.addWidget(field)
        return inside

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._own)
        head.addWidget(plain_button("Fiche réflexe", self._print, "print"))
        choice = QHBoxLayout()
        choice.addWidget(self._chosen)
        choice.addStretch()
        choice.addWidget(self._saved)
        words = QVBoxLayout()
        words.setContentsMargins(18, 16, 18, 4)
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(self._summary)
        words.addWidget(self._source)
        words.addLayout(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 4, 4)
        column.addLayout(words)
        column.addWidget(self._area, 1)

    def _show_marks(self, row: ScenarioRow) -> None:
        self._title.setText(row.scenario.title)
        self._summary.setText(row.scenario.summary)
        written = "Scénario que vous avez ajouté"
        self._source.setText(written if row.is_own else content.source(row.scenario).citation)
        self._summary.setVisible(bool(row.scenario.summary))
        self._own.setVisible(row.is_own)
        self.capacity.show_row(row)
        self._chosen.setChecked(row.chosen)
        levels = [level.level for level in identity(self._context.services.dossier).levels]
        groups = pedagogy_for(levels)
        for field_id, field in self.fields.items():
            field.setVisible(field_id not in wording.LEVEL_GROUPS or field_id in groups)
            field.mark_own(field_id in row.own and not row.is_own)

    def _write(self, scenario_id: str, field: str, text: str) -> None:
        self._context.services.plans.edit_scenario(scenario_id, field, text)

    @Slot(bool)
    def _choose(self, chosen: bool) -> None:
        if self._row is not None:
            self.choice_changed.emit(self._row.scenario.id, chosen)

    @Slot(str, bool)
    def _tick(self, name: str, works: bool) -> None:
        if self._row is not None:
            self.circumstance_changed.emit(self._row.scenario.id, name, works)

    @Slot()
    def _go_classes(self) -> None:
        self.place_wanted.emit("classes")

    @Slot()
    def _edit_own(self) -> None:
        if self._row is not None:
            self.own_edited.emit(self._row.scenario.id)

    @Slot(str)
    def _take_proposal(self, field_id: str) -> None:
        if self._row is None:
            return
        text = self.fields[field_id].text
        text.setPlainText(wording.proposed_texts(self._row.scenario)[field_id])
        text.flush()
        self._context.say_done("La proposition est reprise.")

    @Slot()
    def _note_saved(self) -> None:
        self._saved.setText(f"Enregistré à {french.clock_time(clock.now())}")

    @Slot()
    def _print(self) -> None:
        self.flush()
        if self._row is not None:
            self._context.print_document("fiche-reflexe", self._row.scenario.id)
