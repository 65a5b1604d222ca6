# SPDX-License-Identifier: GPL-3.0-or-later
"""Settling the plan: what is missing or would be questioned, each with its way; who, when."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.missing import Missing, Weight
from egn_desktop.plans.queries import missing, submission, summary
from egn_desktop.plans.rules import next_version
from egn_desktop.school.queries import identity
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, note, section


class AdoptionPanel(QWidget):
    """The panel; ``adopted`` tells the number of the new version, ``submitted`` a new state."""

    is_draft = True

    place_wanted = Signal(str)
    adopted = Signal(int)
    submitted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        dossier = context.services.dossier
        lacking = missing(dossier)
        by_weight = {weight: [it for it in lacking if it.weight is weight] for weight in Weight}
        self._words = settling_words(identity(dossier).kind)
        self.number = next_version(summary(dossier).version)
        self.title = f"{self._words.verb} la version {self.number}"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._add_submission(column)
        if by_weight[Weight.BLOCKS]:
            title = f"À compléter {self._words.before}"
            self._add_missing(column, title, by_weight[Weight.BLOCKS])
        if by_weight[Weight.QUESTIONED]:
            title = "Ce qu’une inspection relèverait"
            self._add_missing(column, title, by_weight[Weight.QUESTIONED])
        if not by_weight[Weight.BLOCKS]:
            self._add_form(column)
        if by_weight[Weight.ADVISED]:
            self._add_missing(column, "Conseillé", by_weight[Weight.ADVISED])
        column.addStretch()

    def _add_missing(self, column: QVBoxLayout, title: str, lacking: list[Missing]) -> None:
        column.addWidget(section(title))
        for gap in lacking:
            line = QHBoxLayout()
            line.addWidget(body(gap.what), 1)
            button = quiet_button("Y aller", partial(self._go, gap.place))
            button.setAccessibleName(f"Y aller : {gap.what}")
            line.addWidget(button)
            column.addLayout(line)

    def _add_submission(self, column: QVBoxLayout) -> None:
        found = submission(self._context.services.dossier)
        if found is None:
            return
        day = french.short_date(found.submitted_on)
        words = f"Soumise le {day} ({found.body})."
        if found.changes:
            moved = french.count(found.changes, "changement")
            words += f" {moved} depuis."
        line = QHBoxLayout()
        line.addWidget(body(words), 1)
        line.addWidget(quiet_button("Retirer la soumission", self._withdraw))
        column.addLayout(line)

    def _add_form(self, column: QVBoxLayout) -> None:
        self._form = Form()
        words = self._words
        hint = "Laissez vide si elle ne s’est pas encore réunie : vous noterez son avis ensuite"
        self._form.add_text(
            "body", words.body_label, value=words.usual_body, help=hint if words.advises else ""
        )
        self._form.add_date("on", "Date", value=clock.today(), optional=False)
        self._form.add_text(
            "participants",
            "Ont participé",
            lines=3,
            help="À l’écriture du plan et à la cotation des risques",
        )
        self._adopt = main_button(self.title, self._run, "done")
        column.addWidget(
            note(
                "Le texte, les chiffres d’aujourd’hui et le PDF sont figés. Une version "
                f"{words.done} ne se modifie pas et ne se supprime pas ; le brouillon continue. "
                "Sa transmission et son annexion au DUERP se notent ensuite, dans Versions."
            )
        )
        column.addWidget(self._form)
        column.addWidget(self._adopt)
        column.addWidget(plain_button("Noter comme soumise", self._submit))
        column.addWidget(muted("Relisez d’abord le projet imprimé."))

    def _go(self, place: str, _checked: bool = False) -> None:
        self.place_wanted.emit(place)

    @Slot()
    def _submit(self) -> None:
        if not self._form.is_valid():
            return
        values = self._form.values()
        try:
            self._context.services.plans.submit(body=values["body"], on=values["on"])
        except UserError as error:
            self._context.fail(error)
        else:
            self.submitted.emit()

    @Slot()
    def _withdraw(self) -> None:
        self._context.services.plans.withdraw_submission()
        self.submitted.emit()

    @Slot()
    def _run(self) -> None:
        if not self._form.is_valid():
            return
        values = self._form.values()
        plans = self._context.services.plans

        def work(_: Progress) -> int:
            return plans.adopt(**values)

        self._adopt.setEnabled(False)
        self._context.jobs.run(
            work,
            done=self._done,
            failed=self._refused,
            label=f"Version {self.number} du plan",
        )

    def _done(self, number: int) -> None:
        self.adopted.emit(number)

    def _refused(self, error: Exception) -> None:
        self._adopt.setEnabled(True)
        self._context.fail(error)
