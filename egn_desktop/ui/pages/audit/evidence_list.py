# SPDX-License-Identifier: GPL-3.0-or-later
"""The photos and documents that back an answer: listed on its card, kept, opened, removed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.audit import evidence
from egn_desktop.audit.evidence import EvidenceRow
from egn_desktop.audit.queries import evidence_file
from egn_desktop.documents.pdf.received import ActiveContentError
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import icon_button, quiet_button
from egn_desktop.ui.widgets.labels import muted


class EvidenceLine(QWidget):
    """One file: its name opens it."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, row: EvidenceRow, *, closed: bool) -> None:
        super().__init__()
        self._row = row
        self.open_button = quiet_button(row.name, self._open, "documents")
        self.open_button.setAccessibleName(f"Ouvrir {row.name}")
        self.closed = closed
        words = "Effacer {} définitivement" if closed else "Retirer {}"
        self.remove_button = icon_button("delete", words.format(row.name), self._remove)
        size = muted(row.size_text)
        size.setWordWrap(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.open_button)
        line.addWidget(size)
        line.addWidget(self.remove_button)
        line.addStretch()

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._row)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._row)


class EvidenceList(QWidget):
    """The files of one question, and the button that adds one."""

    attach_wanted = Signal(str)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._rows: Sequence[EvidenceRow] | None = None
        self.lines: list[EvidenceLine] = []
        self.attach = quiet_button("Joindre une photo ou un document", self._attach_wanted, "plus")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.attach)

    def show_rows(self, rows: Sequence[EvidenceRow], *, closed: bool) -> None:
        """Show the files; a closed audit lets them be opened, or erased for good."""
        self.attach.setVisible(not closed)
        if rows == self._rows and all(line.closed == closed for line in self.lines):
            return
        self._rows = rows
        focus = QApplication.focusWidget()
        if focus is not None and any(line.isAncestorOf(focus) for line in self.lines):
            self.attach.setFocus()
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [EvidenceLine(row, closed=closed) for row in rows]
        for place, line in enumerate(self.lines):
            line.opened.connect(self.opened)
            line.removed.connect(self.removed)
            self._column.insertWidget(place, line)

    @Slot()
    def _attach_wanted(self) -> None:
        self.attach_wanted.emit(self._key)


class EvidenceDesk:
    """Keeps, opens and removes files as the cards ask."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._service = context.services.audit

    def attach(self, campaign: int, key: str) -> None:
        """Have a file chosen and keep a copy of it."""
        patterns = " ".join(f"*{suffix}" for suffix in evidence.PHOTOS + evidence.DOCUMENTS)
        path = self._context.ask_open_file(
            "Joindre une photo ou un document, 5\u202fMo au plus",
            f"Photos et documents ({patterns})",
        )
        if path is None:
            return
        self._keep(campaign, key, path)

    def _keep(self, campaign: int, key: str, path: Path, *, with_actions: bool = False) -> None:
        service, context = self._service, self._context

        def work(_: Progress) -> int:
            return service.add_evidence(campaign, key, path, with_actions=with_actions)

        def done(_: int) -> None:
            context.say_done(f"«\u202f{path.name}\u202f» est gardé dans le dossier.")

        def failed(error: Exception) -> None:
            if not isinstance(error, ActiveContentError):
                context.fail(error)
            elif context.agree_to_actions(error):
                self._keep(campaign, key, path, with_actions=True)

        label = f"Ajout de {path.name}"
        context.jobs.run(work, done=done, failed=failed, label=label)

    def open(self, row: EvidenceRow) -> None:
        """Have a place chosen for a copy outside the dossier, and open it."""
        suffix = Path(row.name).suffix
        target = self._context.ask_save_file(
            "Enregistrer une copie pour l’ouvrir", row.name, f"*{suffix}"
        )
        if target is None:
            return
        try:
            evidence.write(evidence_file(self._context.services.dossier, row.id), target)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(f"Copie enregistrée hors du dossier\u202f: {target}")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def remove(self, row: EvidenceRow) -> None:
        """Erase a file; the bar lets it be put back."""
        try:
            self._service.remove_evidence(row.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done(f"«\u202f{row.name}\u202f» est retiré du dossier.")

    def erase(self, row: EvidenceRow) -> None:
        """Erase a file of a closed audit for good, once the head has said yes."""
        title = f"Effacer «\u202f{row.name}\u202f» ?"
        text = (
            "Cette pièce d’un état des lieux clos est effacée du dossier pour de bon. Les réponses "
            "et le résultat ne changent pas\u202f; le journal garde la date de l’effacement."
        )
        context, service = self._context, self._service
        if not context.confirm(title, text, "Effacer définitivement"):
            return

        def work(_: Progress) -> None:
            service.erase_evidence(row.id)

        def done(_: None) -> None:
            context.say(f"«\u202f{row.name}\u202f» est effacé pour de bon.")

        label = f"Effacement de {row.name}"
        context.jobs.run(work, done=done, failed=context.fail, label=label)
