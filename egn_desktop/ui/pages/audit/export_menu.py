# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu « Exporter » of the result: answers for a spreadsheet, anonymous indicators."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from egn_desktop.audit import exports
from egn_desktop.audit.queries import AuditView
from egn_desktop.errors import UserError
from egn_desktop.exchange import spreadsheets
from egn_desktop.exchange.spreadsheets import KINDS, Kind
from egn_desktop.ui.context import Context


class ExportMenu(QMenu):
    """What can be taken out of the audit shown."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._audit: AuditView | None = None
        for kind in KINDS:
            self._offer(
                f"Réponses\u202f: {kind.title} ({kind.id})…", partial(self._write_answers, kind)
            )
        self._offer("Indicateurs anonymes, à transmettre (json)…", self._write_json)

    def _offer(self, text: str, slot: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.triggered.connect(slot)
        self.addAction(action)

    def set_audit(self, audit: AuditView | None) -> None:
        """Export this audit from now on."""
        self._audit = audit

    def _ask(self, title: str, name: str, filter: str) -> Path | None:
        chosen = self._context.ask_save_file(title, name, filter)
        suffix = Path(name).suffix
        # What is typed without its ending still opens in the right program.
        return chosen if chosen is None or chosen.suffix else chosen.with_suffix(suffix)

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        try:
            write()
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(f"« {path.name} » est écrit.")

    def _write_answers(self, kind: Kind, _checked: bool = False) -> None:
        if self._audit is None:
            return
        name = exports.export_name(self._audit, kind.id)
        path = self._ask("Exporter les réponses", name, kind.filter)
        if path is not None:
            rows = exports.answer_rows(self._audit)
            sheet = f"Réponses {self._audit.campaign.school_year}"
            self._write(path, partial(kind.write, rows, path, sheet))

    @Slot()
    def _write_json(self) -> None:
        if self._audit is None:
            return
        name = exports.export_name(self._audit, "json", anonymous=True)
        title = "Exporter les indicateurs anonymes"
        path = self._ask(title, name, "Indicateurs (*.json)")
        if path is not None:
            content = exports.indicators_json(self._audit)
            self._write(path, partial(spreadsheets.write_file, path, content))
