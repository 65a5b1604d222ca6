# SPDX-License-Identifier: GPL-3.0-or-later
"""One class: who teaches it, with what, what its pupils lack, who calls them."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.snapshot import ClassPart
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import plain_button


class ClassPanel(QWidget):
    """A class: new, or kept field by field."""

    finished = Signal()

    def __init__(self, context: Context, one: ClassPart | None) -> None:
        super().__init__()
        self._context = context
        self._key = one.key if one else ""
        self.form = self._make_form(one or ClassPart())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        if one is None:
            column.addWidget(plain_button(self.tr("Ajouter"), self._add, "plus"))
        else:
            self.form.edited.connect(self._changed)
            column.addWidget(plain_button(self.tr("Retirer du plan"), self._remove, "delete"))
        column.addStretch()

    def _make_form(self, one: ClassPart) -> Form:
        form = Form()
        form.add_text("name", self.tr("Classe"), value=one.name)
        form.add_text("teacher", self.tr("Enseignant"), value=one.teacher)
        form.add_text(
            "tool",
            self.tr("Outil de tous les jours"),
            value=one.tool,
            help=self.tr("Celui que les élèves connaissent déjà"),
        )
        options: list[tuple[object, str]] = [(status, status.label) for status in ToolStatus]
        form.add_choice(
            "tool_status", self.tr("Protection des données"), options, value=one.tool_status
        )
        form.add_heading(self.tr("Élèves et besoins"))
        if not one.is_listed:
            form.add_number("pupils", self.tr("Élèves"), value=one.pupils)
        form.add_number(
            "without_device",
            self.tr("Sans appareil à eux"),
            value=one.without_device,
            help=self._answers(one)
            or self.tr("Prêts en cours compris\u202f; vide tant que vous ne savez pas"),
        )
        form.add_number(
            "without_connection", self.tr("Sans connexion"), value=one.without_connection
        )
        form.add_number("packs", self.tr("Pochettes papier prêtes"), value=one.packs)
        form.add_heading(self.tr("Organisation"))
        form.add_text(
            "rhythm",
            self.tr("Rythme"),
            value=one.rhythm,
            lines=3,
            help=self.tr("Selon l’âge\u202f: combien de temps par jour, à quels moments"),
        )
        form.add_text(
            "rota",
            self.tr("Qui appelle, et quand"),
            value=one.rota,
            lines=3,
            help=self.tr("Chaque famille est appelée par quelqu’un de nommé"),
        )
        return form

    def _answers(self, one: ClassPart) -> str:
        if not one.answered or one.pupils is None:
            return ""
        return self.tr(
            "Familles\u202f: {} réponses sur {}, {} sans appareil, {} sans connexion. Laissez vide "
            "pour les suivre\u202f; elles comptent quand toutes ont répondu"
        ).format(one.answered, one.pupils, one.answered_no_device, one.answered_no_connection)

    @Slot()
    def _add(self) -> None:
        if not self.form.is_valid():
            return
        try:
            self._context.services.plans.add_class(**self.form.values())
        except UserError as error:
            self.form.show_error("name", error.what)
        else:
            self.finished.emit()

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        try:
            self._context.services.plans.write_class(self._key, **{name: value})
        except UserError as error:
            self._context.fail(error)
        else:
            self.form.note_saved()

    @Slot()
    def _remove(self) -> None:
        plans = self._context.services.plans
        class_id = plans.remove_class(self._key)
        self.finished.emit()
        self._context.say(
            self.tr("Classe retirée du plan."), partial(plans.restore_class, class_id)
        )
