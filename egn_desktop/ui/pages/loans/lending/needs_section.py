# SPDX-License-Identifier: GPL-3.0-or-later
"""What a pupil lacks at home: a short questionnaire, the sum line by line, another decision."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.needs import Criterion, Priority
from egn_desktop.inventory.lending.queries.needs import NeedRow, asked, need
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, section

PRIORITY_TONES = {
    Priority.FIRST: "bad",
    Priority.NEXT: "attention",
    Priority.LATER: "neutral",
}


class NeedSection(QWidget):
    """A pupil's need: kept answer by answer, explained, and erasable."""

    def __init__(self, context: Context, pupil_id: int) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._pupil_id = pupil_id
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._questions: Form | None = None
        self._build()

    def _build(self) -> None:
        """Show anew what is known; the questionnaire itself is made once it is wanted."""
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        found = need(self._context.services.dossier, self._pupil_id)
        head = QHBoxLayout()
        head.addWidget(section("Besoin"))
        head.addStretch()
        column.addLayout(head)
        if found is None:
            self._add_invitation(column)
        else:
            head.addWidget(_chip(found))
            column.addWidget(Facts(_sum(found)) if found.lines else muted("Aucun."))
            self._add_decision(column, found)
            self._add_end(column, found)
        self._column.insertWidget(0, self._shown)
        self._shown.show()

    def _rebuild(self) -> None:
        self._column.removeWidget(self._shown)
        self._shown.hide()
        self._shown.deleteLater()
        self._build()

    def _add_invitation(self, column: QVBoxLayout) -> None:
        column.addWidget(muted("Une minute de questions dit qui prêter d’abord, et pourquoi."))
        if self._questions is None:
            line = QHBoxLayout()
            line.addWidget(plain_button("Noter ses besoins", self._ask))
            line.addWidget(quiet_button("Rien à signaler", self._nothing))
            line.addStretch()
            column.addLayout(line)

    def _add_decision(self, column: QVBoxLayout, found: NeedRow) -> None:
        form = Form()
        options: list[tuple[object, str]] = [(None, "Selon les points")]
        options += [(priority, priority.label) for priority in Priority]
        form.add_choice("priority", "Priorité", options, value=found.decided)
        form.add_text(
            "reason",
            "Raison de ce choix",
            value=found.reason,
            help="Gardée au journal, avec votre choix.",
        )
        form.set_shown("reason", found.decided is not None)
        form.edited.connect(self._decided)
        self._decision = form
        column.addWidget(form)

    def _add_end(self, column: QVBoxLayout, found: NeedRow) -> None:
        words = "Noté le {}, gardé jusqu’au {}. Critères et points : proposition d’EGN "
        words += "Desktop."
        column.addWidget(
            muted(
                words.format(french.short_date(found.noted_on), french.short_date(found.kept_until))
            )
        )
        line = QHBoxLayout()
        if self._questions is None:
            line.addWidget(quiet_button("Modifier les réponses", self._ask))
        line.addWidget(quiet_button("Effacer les réponses…", self._forget))
        line.addStretch()
        column.addLayout(line)

    @Slot()
    def _ask(self) -> None:
        found = need(self._context.services.dossier, self._pupil_id)
        answers = frozenset[str]() if found is None else found.answers
        self._questions = _questionnaire(self, answers, asked(self._context.services.dossier))
        self._questions.edited.connect(self._answered)
        self._column.addWidget(self._questions)
        self._questions.show()
        self._rebuild()

    @Slot(str, object)
    def _answered(self, _name: str, _value: object) -> None:
        if self._questions is not None:
            self._note(_answers(self._questions))
            self._questions.note_saved()

    @Slot()
    def _nothing(self) -> None:
        self._note(())

    def _note(self, answers: Collection[str]) -> None:
        try:
            self._services.needs.note_need(self._pupil_id, answers)
        except UserError as error:
            self._context.fail(error)
            return
        self._rebuild()

    @Slot(str, object)
    def _decided(self, _name: str, _value: object) -> None:
        form = self._decision
        chosen, reason = form.value("priority"), form.value("reason")
        form.set_shown("reason", chosen is not None)
        if chosen is not None and not reason.strip():
            form.field("reason").control.setFocus()
            return
        try:
            self._services.needs.decide_priority(self._pupil_id, chosen, reason)
        except UserError as error:
            form.show_error("reason", error.what)
            return
        self._rebuild()

    @Slot()
    def _forget(self) -> None:
        title = "Effacer les réponses ?"
        text = (
            "Les réponses sur les besoins de cet élève, la priorité et ce que le journal en disait "
            "sont effacés pour de bon. L’élève quitte la liste d’attente ; ses prêts restent."
        )
        if not self._context.confirm(title, text, "Effacer définitivement"):
            return
        self._services.privacy.forget_need(self._pupil_id)
        if self._questions is not None:
            self._questions.hide()
            self._questions.deleteLater()
            self._questions = None
        self._context.say("Réponses effacées.")
        self._rebuild()


def _questionnaire(
    parent: QWidget, answers: Collection[str], criteria: Sequence[Criterion]
) -> Form:
    form = Form(parent)
    labels = {
        "device": ("À la maison", "Un appareil pour l’élève seul"),
        "connection": ("Connexion", "Bonne connexion"),
    }
    for group, (label, best) in labels.items():
        options: list[tuple[object, str]] = [("", best)]
        options += [
            (criterion.id, criterion.title) for criterion in criteria if criterion.group == group
        ]
        held = next((value for value, _ in options if value in answers), "")
        form.add_choice(group, label, options, value=held)
    for entry in criteria:
        if not entry.group:
            form.add_check(entry.id, entry.title, value=entry.id in answers)
    return form


def _answers(form: Form) -> list[str]:
    values = form.values()
    return [name if value is True else str(value) for name, value in values.items() if value]


def _chip(found: NeedRow) -> Chip:
    return Chip(found.priority.label, PRIORITY_TONES[found.priority])


def _sum(found: NeedRow) -> list[tuple[str, str]]:
    lines = [(f"{line.weight}", line.title) for line in found.lines]
    return [*lines, (french.count(found.score, "point"), needs.priority(found.score).label)]
