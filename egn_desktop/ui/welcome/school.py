# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, step 1: which school it is, its UAI checked as it is typed."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from egn_desktop.school import academies, rules
from egn_desktop.school.rules import Level
from egn_desktop.ui.contain import contained
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.inputs import typed
from egn_desktop.ui.widgets.labels import muted

UAI_LENGTH = 8


@dataclass(frozen=True, slots=True)
class SchoolAnswers:
    """What the head said of the school."""

    uai: str
    name: str
    town: str
    levels: tuple[Level, ...]


class SchoolStep(Step):
    """The school's name, UAI, town and levels."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            "Qui êtes-vous ?",
            "Étape 1 sur 3. Tout pourra être complété ou corrigé dans les réglages.",
            "Continuer",
        )
        self._name = QLineEdit()
        self._name.setPlaceholderText("Comme sur vos courriers")
        self._name.textChanged.connect(self._name_typed)
        self._name_wrong = error_label()
        self._uai = QLineEdit()
        self._uai.setPlaceholderText("0430999C")
        self._uai.setMaxLength(12)
        self._uai.textChanged.connect(self._uai_typed)
        self._uai.editingFinished.connect(self._uai_left)
        self._uai_wrong, self._uai_right = error_label(), muted("")
        self._town = QLineEdit()
        self._add_field("Nom", self._name)
        self.body.addWidget(self._name_wrong)
        self._add_field(
            "UAI",
            self._uai,
            "7 chiffres et une lettre. Vous pouvez le saisir plus tard.",
        )
        self.body.addWidget(self._uai_wrong)
        self.body.addWidget(self._uai_right)
        self._add_field("Commune", self._town)
        self.body.addLayout(self._levels_part())
        self._uai_right.hide()

    def go_on(self) -> None:
        if not self._name.text().strip():
            show_error(self._name_wrong, "Indiquez au moins le nom.")
            self._name.setFocus()
            return
        self._uai_left()
        if self._uai.text().strip() and rules.uai_problem(self._uai.text()):
            self._uai.setFocus()
            return
        self.answered.emit(self.answers())

    def answers(self) -> SchoolAnswers:
        """Return what was said so far."""
        return SchoolAnswers(
            uai=rules.normal_uai(self._uai.text()),
            name=typed(self._name).strip(),
            town=typed(self._town).strip(),
            levels=tuple(level for level, box in self._levels.items() if box.isChecked()),
        )

    @contained
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name.setFocus()

    def _add_field(self, label: str, field: QLineEdit, help: str = "") -> None:
        field.setAccessibleName(label)
        field.setAccessibleDescription(help)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(label, field))
        column.addWidget(field)
        if help:
            column.addWidget(muted(help))
        self.body.addWidget(part)

    def _levels_part(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(field_label("Niveaux accueillis"))
        self._levels: dict[Level, QCheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, level in enumerate(Level):
            box = QCheckBox(level.label)
            self._levels[level] = box
            grid.addWidget(box, place // 2, place % 2)
        column.addLayout(grid)
        column.addWidget(
            muted("Plusieurs si besoin : Maternelle et Élémentaire, ou Collège et Lycée.")
        )
        return column

    @Slot(str)
    def _name_typed(self, text: str) -> None:
        if text.strip():
            show_error(self._name_wrong, "")

    @Slot(str)
    def _uai_typed(self, text: str) -> None:
        """Judge the letter as soon as it is there; before, wait for the field to be left."""
        whole = len(rules.normal_uai(text)) >= UAI_LENGTH
        problem = rules.uai_problem(text) if whole else None
        show_error(self._uai_wrong, problem or "")
        academie = academies.academie_of_uai(text) if whole and not problem else None
        right = f"UAI correct · académie : {academie.name}" if academie else ""
        show_error(self._uai_right, right)

    @Slot()
    def _uai_left(self) -> None:
        text = self._uai.text()
        show_error(self._uai_wrong, (rules.uai_problem(text) or "") if text.strip() else "")
