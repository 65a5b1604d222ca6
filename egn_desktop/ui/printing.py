# SPDX-License-Identifier: GPL-3.0-or-later
"""One document, from the wish to the file opened in the reader."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from egn_desktop import exports
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress


def print_document(context: Context, document_id: str, key: str) -> None:
    """Ask where the document goes, print it there off the window's thread, and open it.

    Raises:
        UserError: no such document, nothing to print yet, or no such subject.
    """
    dossier = context.services.dossier
    offer = exports.offer_of(document_id)
    subject = exports.subject_of(offer, dossier, key or None)
    name = exports.file_name(offer, subject)
    target = context.ask_save_file(offer.title, name, "Document PDF (*.pdf)")
    if target is None:
        return
    target = target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf")

    def work(_: Progress) -> Path:
        exports.export_one(dossier, document_id, subject.key, target)
        return target

    def done(file: Path) -> None:
        context.say(f"« {offer.title} » est enregistré : {file}")
        context.printed.emit(file)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    label = f"Impression : {offer.title}"
    context.jobs.run(work, done=done, failed=context.fail, label=label)
