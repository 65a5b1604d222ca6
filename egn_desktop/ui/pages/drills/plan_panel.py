# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel in which a drill is planned."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules
from egn_desktop.drills.queries import drilled_scenarios
from egn_desktop.drills.rules import DrillKind
from egn_desktop.errors import UserError
from egn_desktop.school.queries import identity
from egn_desktop.school.words import SchoolKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.day_note import DayNote
from egn_desktop.ui.widgets.buttons import main_button


def scenario_options(dossier: Dossier, none: str) -> list[tuple[object, str]]:
    """Return the scenarios to choose from, the school's own included, none of them first."""
    return [
        ("", none),
        *((scenario.id, scenario.title) for scenario in drilled_scenarios(dossier).values()),
    ]


def script_options(
    kind: DrillKind, scenario: str, none: str, school: SchoolKind
) -> list[tuple[object, str]]:
    """Return the scripts of a kind to choose from, those of the scenario first."""
    found = rules.scripts_for(kind, scenario, school)
    return [*((script.id, script.title) for script in found), ("", none)]


class PlanPanel(QWidget):
    """Kind, scenario, day and script of a new drill."""

    is_draft = True

    planned = Signal(int)

    def __init__(self, context: Context, kind: DrillKind = DrillKind.ALERT) -> None:
        super().__init__()
        self._context = context
        self._none = "Sans déroulé"
        self._form = Form()
        self._school = identity(context.services.dossier).kind
        self._kinds = rules.kinds(self._school)
        kinds = [(kind.id, kind.title) for kind in self._kinds]
        self._form.add_choice("kind", "Type d’exercice", kinds, value=kind)
        self._form.add_choice(
            "scenario",
            "Scénario du plan",
            scenario_options(context.services.dossier, "Aucun en particulier"),
        )
        self._form.add_choice("script", "Déroulé prêt à jouer", [("", self._none)])
        self._form.add_date(
            "planned_on",
            "Date prévue",
            help="18/12, demain ou +14. Elle peut être fixée plus tard.",
        )
        self._day_note = DayNote(context.services.dossier)
        self._form.add_widget(self._day_note)
        self._form.add_text("aim", "Objectif", lines=3)
        self._form.edited.connect(self._edited)
        self._go = main_button("Prévoir cet exercice", self._plan, "plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._form)
        column.addWidget(self._go)
        column.addStretch()
        self._aim_proposed = ""
        self._kind_chosen()

    @Slot(str, object)
    def _edited(self, name: str, _value: object) -> None:
        if name == "kind":
            self._kind_chosen()
        elif name == "scenario":
            self._offer_scripts()
        elif name == "planned_on":
            self._day_note.show_day(self._form.value("planned_on"))

    def _kind_chosen(self) -> None:
        kind = self._kinds[self._form.value("kind")]
        if self._form.value("aim") == self._aim_proposed:
            self._aim_proposed = kind.aim
            self._form.set_value("aim", kind.aim)
        cadence = f"Durée : {kind.duration}. Rythme proposé : {kind.cadence_text}."
        self._form.field("kind").set_help(cadence)
        self._offer_scripts()

    def _offer_scripts(self) -> None:
        kind, scenario = DrillKind(self._form.value("kind")), self._form.value("scenario")
        options = script_options(kind, scenario, self._none, self._school)
        self._form.set_options("script", options)
        self._form.set_value("script", options[0][0])

    @Slot()
    def _plan(self) -> None:
        if not self._form.is_valid():
            return
        try:
            drill_id = self._context.services.drills.plan(**self._form.values())
        except UserError as error:
            self._context.fail(error)
            return
        self.planned.emit(drill_id)
