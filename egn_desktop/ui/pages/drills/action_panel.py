# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel of one action: a new one, or one to change, close, drop or take up again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.actions.queries import ActionRow
from egn_desktop.actions.rules import ActionState, Provider, SourceKind, provider_label
from egn_desktop.drills.history import Histories
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.words import SOURCE_PAGES, Origins, action_chip
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted


def action_form(form: Form, row: ActionRow | None) -> None:
    """Add the fields of an action to a form, filled with what is known."""
    form.add_text(
        "title",
        "Ce qu’il faut faire",
        value=row.title if row else "",
        lines=3,
        check=lambda text: None if text else "Dites ce qu’il faut faire.",
    )
    form.add_text("responsible", "Responsable", value=row.responsible if row else "")
    form.add_date(
        "due_on", "Échéance", value=row.due_on if row else None, help="24/11, demain, +14"
    )
    provider = row.provider or "" if row else ""
    options: list[tuple[object, str]] = [("", "Personne en particulier")]
    options += [(provider.value, provider.label) for provider in Provider]
    if provider and provider not in list(Provider):
        options.append((provider, provider_label(provider)))
    form.add_choice("provider", "Qui doit fournir", options, value=provider)
    form.add_text("cost", "Coût estimé", value=row.cost_label if row else "", placeholder="300 €")


class NewActionPanel(QWidget):
    """An action to add to the one list."""

    is_draft = True

    added = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._form = Form()
        action_form(self._form, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._form)
        column.addWidget(main_button("Ajouter à la liste", self._add, "plus"))
        column.addStretch()

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        try:
            action_id = self._context.services.actions.add(**self._form.values())
        except UserError as error:
            self._context.fail(error)
            return
        self.added.emit(action_id)


class ActionPanel(QWidget):
    """An action of the list; what is changed is kept at once."""

    drill_wanted = Signal(int)
    moved = Signal()

    def __init__(self, context: Context, row: ActionRow) -> None:
        super().__init__()
        self._context = context
        self._service = context.services.actions
        self._row = row
        chip = action_chip(row)
        state = QHBoxLayout()
        state.addWidget(Chip(chip.text, chip.tone))
        origin = muted(Origins(context.services.dossier).of(row))
        state.addWidget(origin, 1)
        self._form = Form()
        action_form(self._form, row)
        self._form.edited.connect(self._edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(state)
        column.addWidget(muted(Histories(context.services.dossier).of(row.id)))
        column.addWidget(self._form)
        column.addLayout(self._moves())
        column.addWidget(self._way_to_origin())
        column.addStretch()

    def _moves(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        if self._row.state is ActionState.OPEN:
            line.addWidget(plain_button("Marquer faite", self._close, "check"))
            line.addWidget(quiet_button("Abandonner", self._drop))
        else:
            line.addWidget(plain_button("Reprendre", self._reopen, "undo"))
        line.addStretch()
        return line

    def _way_to_origin(self) -> QWidget:
        if self._row.source.drill_id is not None:
            return quiet_button("Voir l’exercice", self._see_drill, "next")
        button = quiet_button("Voir d’où elle vient", self._see_source, "next")
        button.setVisible(self._row.source.kind in SOURCE_PAGES)
        return button

    @Slot(str, object)
    def _edited(self, name: str, value: Any) -> None:
        fields: dict[str, Any] = {name: value}
        if name == "provider":
            fields[name] = value or None
        elif name == "cost":
            fields["cost_cents"] = None
        try:
            self._service.change(self._row.id, **fields)
        except UserError as error:
            self._context.fail(error)
            return
        self._form.note_saved()

    @Slot()
    def _close(self) -> None:
        close_actions(self._context, [self._row])
        self.moved.emit()

    @Slot()
    def _drop(self) -> None:
        drop_actions(self._context, [self._row])
        self.moved.emit()

    @Slot()
    def _reopen(self) -> None:
        reopen_actions(self._context, [self._row])
        self.moved.emit()

    @Slot()
    def _see_drill(self) -> None:
        drill_id = self._row.source.drill_id
        if drill_id is not None:
            self.drill_wanted.emit(drill_id)

    @Slot()
    def _see_source(self) -> None:
        kind = self._row.source.kind
        target = "risks" if kind is SourceKind.RISK else self._row.source.ref
        self._context.go(SOURCE_PAGES[kind], target)


def close_actions(context: Context, rows: list[ActionRow]) -> None:
    """Mark actions done, with the way back."""
    said = "Action faite." if len(rows) == 1 else f"{len(rows)} actions faites."
    _move(context, rows, context.services.actions.close, said)


def drop_actions(context: Context, rows: list[ActionRow]) -> None:
    """Give actions up, with the way back."""
    singular, several = "Action abandonnée.", "{} actions abandonnées."
    said = singular if len(rows) == 1 else several.format(len(rows))
    _move(context, rows, context.services.actions.drop, said)


def reopen_actions(context: Context, rows: list[ActionRow]) -> None:
    """Take actions up again, with the way back."""
    said = "Action reprise." if len(rows) == 1 else f"{len(rows)} actions reprises."
    _move(context, rows, context.services.actions.reopen, said)


def _move(
    context: Context, rows: list[ActionRow], move: Callable[[int], object], said: str
) -> None:
    words = said.removesuffix(".")
    is_reopening = move == context.services.actions.reopen
    try:
        with context.services.dossier.write(undo=words[:1].lower() + words[1:]):
            for row in rows:
                # Of several chosen, those that are there already stay as they are.
                if (row.state is ActionState.OPEN) is not is_reopening:
                    move(row.id)
    except UserError as error:
        context.fail(error)
        return
    context.say_done(said)
