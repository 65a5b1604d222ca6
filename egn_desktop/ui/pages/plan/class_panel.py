# SPDX-License-Identifier: GPL-3.0-or-later
"""One class: who teaches it, with what, what its pupils lack, who calls them."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.snapshot import ClassPart
from egn_desktop.school.queries import identity
from egn_desktop.school.tools import StateTool, tools_for
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.labels import muted


class ClassPanel(QWidget):
    """A class: new, or kept field by field."""

    finished = Signal()

    def __init__(self, context: Context, part: ClassPart | None) -> None:
        super().__init__()
        self._context = context
        self._key = part.key if part else ""
        self.form = self._make_form(part or ClassPart())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        if part is None:
            column.addWidget(plain_button("Ajouter", self._add, "plus"))
        else:
            self.form.edited.connect(self._changed)
            column.addWidget(plain_button("Retirer du plan", self._remove, "delete"))
        column.addStretch()

    def _make_form(self, part: ClassPart) -> Form:
        form = Form()
        form.add_text("name", "Classe", value=part.name)
        form.add_text("teacher", "Qui enseigne", value=part.teacher)
        form.add_text(
            "tool",
            "Outil de tous les jours",
            value=part.tool,
            help="Celui que les élèves connaissent déjà",
        )
        form.add_widget(self._public_tools())
        options: list[tuple[object, str]] = [(status, status.label) for status in ToolStatus]
        form.add_choice("tool_status", "Protection des données", options, value=part.tool_status)
        form.add_heading("Élèves et besoins")
        if not part.is_listed:
            form.add_number("pupils", "Élèves", value=part.pupils)
        form.add_number(
            "without_device",
            "Sans appareil à eux",
            value=part.without_device,
            help=self._answers(part)
            or "Prêts en cours compris\u202f; vide tant que vous ne savez pas",
        )
        form.add_number("without_connection", "Sans connexion", value=part.without_connection)
        form.add_number("packs", "Pochettes papier prêtes", value=part.packs)
        form.add_heading("Organisation")
        form.add_text(
            "rhythm",
            "Rythme",
            value=part.rhythm,
            lines=3,
            help="Selon l’âge\u202f: combien de temps par jour, à quels moments",
        )
        form.add_text(
            "rota",
            "Qui appelle, et quand",
            value=part.rota,
            lines=3,
            help="Chaque famille est appelée par quelqu’un de nommé",
        )
        return form

    def _public_tools(self) -> QWidget:
        """Return the tools of the State with which a class works, each to be taken by a click."""
        levels = [level.level for level in identity(self._context.services.dossier).levels]
        offered = QWidget()
        line = QHBoxLayout(offered)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(muted("Services publics"))
        for tool in tools_for(levels):
            if tool.class_tool:
                take = quiet_button(tool.short, partial(self._take, tool))
                take.setAccessibleName(f"Reprendre\u202f: {tool.name}")
                line.addWidget(take)
        line.addStretch()
        return offered

    def _take(self, tool: StateTool, _checked: bool = False) -> None:
        self.form.set_value("tool", tool.short)
        self.form.set_value("tool_status", ToolStatus.RECOMMENDED)
        if self._key:
            self._changed("tool", tool.short)
            self._changed("tool_status", ToolStatus.RECOMMENDED)

    def _answers(self, part: ClassPart) -> str:
        if not part.answered or part.pupils is None:
            return ""
        return (
            f"Familles\u202f: {part.answered} réponses sur {part.pupils}, "
            f"{part.answered_no_device} sans appareil, {part.answered_no_connection} sans "
            "connexion. Laissez vide pour les suivre\u202f; elles comptent quand toutes ont répondu"
        )

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
        self._context.services.plans.remove_class(self._key)
        self.finished.emit()
        self._context.say_done("Classe retirée du plan.")
