# SPDX-License-Identifier: GPL-3.0-or-later
"""One document, from the wish to the file opened in the reader."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from egn_desktop import exports, paths
from egn_desktop.documents.unwritten import unwritten_words
from egn_desktop.ui.context import Context

if TYPE_CHECKING:
    from egn_desktop.documents.render import Rendered


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
    target = paths.with_ending(target, ".pdf")

    label = f"Impression : {offer.title}"

    def printed(rendered: "Rendered") -> None:
        words = unwritten_words(rendered.unwritten)
        if not words or context.confirm("Des signes ne s’impriment pas", words, "Imprimer ainsi"):
            context.jobs.run(
                lambda _: exports.write_printed(dossier, document_id, rendered, target),
                done=lambda _: written(),
                failed=context.fail,
                label=label,
            )

    def written() -> None:
        context.say(f"« {offer.title} » est enregistré : {target}")
        context.printed.emit(target)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    context.jobs.run(
        lambda _: exports.printed(dossier, document_id, subject.key),
        done=printed,
        failed=context.fail,
        label=label,
    )
