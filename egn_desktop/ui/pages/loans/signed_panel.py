# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper that was just signed: the file for the family, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.inventory.lending.reminders import mailto
from egn_desktop.inventory.papers.queries import PaperRow, paper
from egn_desktop.inventory.people.queries.contacts import contacts
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.queries import identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import muted, note

DOCUMENT = "papier-signe"


class SignedPanel(QWidget):
    """Save the very file that was signed, write to the family, go on."""

    loan_wanted = Signal(int)
    next_wanted = Signal()

    def __init__(self, context: Context, paper_id: int, *, next_one: bool) -> None:
        super().__init__()
        self._context = context
        self._paper = paper(context.services.dossier, paper_id)
        row = loan(context.services.dossier, self.loan_id).row
        self._mails = contacts(context.services.dossier, [row])[row.borrower_id].emails
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(note(paper_words(self._paper), "good"))
        column.addWidget(
            muted(
                "Le fichier signé est gardé dans le dossier avec son empreinte : il ne "
                "changera plus. Une copie peut en être remise sur papier ou par courriel."
            )
        )
        is_pupil = row.borrower_kind is BorrowerKind.PUPIL
        save = "Enregistrer pour {}".format("la famille" if is_pupil else "la personne")
        if next_one:
            column.addWidget(main_button("Personne suivante", self._next, "next"))
            column.addWidget(plain_button(save, self._save, "download"))
        else:
            column.addWidget(main_button(save, self._save, "download"))
        if self._mails:
            column.addWidget(plain_button("Écrire un courriel", self._write, "mail"))
            words = "À {}. Joignez-y le fichier enregistré.".format(", ".join(self._mails))
            column.addWidget(muted(words))
        column.addWidget(quiet_button("Voir le prêt", self._open_loan))
        column.addStretch()

    @property
    def loan_id(self) -> int:
        """The first loan that the paper is about."""
        return self._paper.loan_ids[0]

    @property
    def is_current(self) -> bool:
        """Whether the paper was not withdrawn since."""
        return paper(self._context.services.dossier, self._paper.id).withdrawn_on is None

    @Slot()
    def _save(self) -> None:
        self._context.print_document(DOCUMENT, str(self._paper.id))

    @Slot()
    def _write(self) -> None:
        link = mail_link(self._context, self._paper, self._mails)
        QDesktopServices.openUrl(QUrl(link))

    @Slot()
    def _next(self) -> None:
        self.next_wanted.emit()

    @Slot()
    def _open_loan(self) -> None:
        self.loan_wanted.emit(self.loan_id)


def paper_words(row: PaperRow) -> str:
    """Return what a paper is, who signed it and when, as one French sentence."""
    day = french.long_date(row.signed_on)
    return f"{row.title} : signature de {row.signed_by} le {day}."


def mail_link(context: Context, row: PaperRow, addresses: Sequence[str]) -> str:
    """Return the link to a mail to be read over and sent from one's own program."""
    school = identity(context.services.dossier)
    sender = "\n".join(filter(None, (school.head, school.name)))
    text = (
        "Bonjour,\n\nVous trouverez ci-joint le document signé le "
        f"{french.long_date(row.signed_on)} : {row.title.lower()}, {row.borrower_name}.\n\n"
        f"Cordialement,\n{sender}"
    )
    return mailto(addresses, f"{row.title} : {row.borrower_name}", text)
