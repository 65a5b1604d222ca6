# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps, opens, changes and removes the attached PDFs as their card asks."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from egn_desktop.documents.pdf.received import ActiveContentError
from egn_desktop.errors import UserError
from egn_desktop.exchange.spreadsheets import write_file
from egn_desktop.plans import attachments as files
from egn_desktop.plans.attachments import AttachmentRow
from egn_desktop.plans.queries import attachment, attachment_file
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress


class AttachmentDesk(QObject):
    """What is done with attached PDFs; ``added`` gives the row of one just kept."""

    added = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._plans = context.services.plans

    @Slot()
    def choose(self) -> None:
        """Have a PDF chosen, and keep it."""
        path = self._context.ask_open_file(
            "Joindre un PDF, 20\u202fMo au plus", "Documents PDF (*.pdf)"
        )
        if path is not None:
            self.keep(path)

    @Slot(object)
    def keep(self, path: Path) -> None:
        """Keep a copy of a PDF in the dossier, asking first about one that would do something."""
        self._keep(path)

    def _keep(self, path: Path, *, with_actions: bool = False) -> None:
        plans, dossier, context = self._plans, self._context.services.dossier, self._context

        def work(_: Progress) -> int:
            return plans.attach(files.read(path), with_actions=with_actions)

        def done(number: int) -> None:
            row = attachment(dossier, number)
            context.say_done(f"«\u202f{row.title}\u202f» est gardé dans le dossier.")
            self.added.emit(row)

        def failed(error: Exception) -> None:
            if not isinstance(error, ActiveContentError):
                context.fail(error)
            elif context.agree_to_actions(error):
                self._keep(path, with_actions=True)

        label = f"Ajout de {path.name}"
        context.jobs.run(work, done=done, failed=failed, label=label)

    @Slot(object)
    def open(self, row: AttachmentRow) -> None:
        """Have a place chosen for a copy outside the dossier, and open it."""
        target = self._context.ask_save_file(
            "Enregistrer une copie pour l’ouvrir",
            row.file_name,
            "Documents PDF (*.pdf)",
        )
        if target is None:
            return
        try:
            write_file(target, attachment_file(self._context.services.dossier, row.id).pdf)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(f"Copie enregistrée hors du dossier\u202f: {target}")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    @Slot(object)
    def remove(self, row: AttachmentRow) -> None:
        """Take a PDF off the list; the bar lets it be put back."""
        try:
            self._plans.remove_attachment(row.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done(f"«\u202f{row.title}\u202f» est retiré.")

    @Slot(object)
    def restore(self, row: AttachmentRow) -> None:
        """Put a removed PDF back on the list."""
        try:
            self._plans.restore_attachment(row.id)
        except UserError as error:
            self._context.fail(error)

    @Slot(object)
    def erase(self, row: AttachmentRow) -> None:
        """Erase a removed PDF for good, once the user has said yes."""
        text = (
            "Ce PDF est effacé du dossier pour de bon. Les versions du plan qui le citent ne "
            "changent pas\u202f; le journal garde son empreinte."
        )
        title = f"Effacer «\u202f{row.title}\u202f»\u202f?"
        if not self._context.confirm(title, text, "Effacer définitivement"):
            return
        plans, context = self._plans, self._context

        def work(_: Progress) -> None:
            plans.erase_attachment(row.id)

        def done(_: None) -> None:
            context.say(f"«\u202f{row.title}\u202f» est effacé pour de bon.")

        label = f"Effacement de {row.title}"
        context.jobs.run(work, done=done, failed=context.fail, label=label)
