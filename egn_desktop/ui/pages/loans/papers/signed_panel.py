# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper that was just signed: the file for the family, and what comes next."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from egn_desktop import french
from egn_desktop.inventory.lending.reminders import mailto
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.queries import PaperRow, handover, paper
from egn_desktop.inventory.people.queries.contacts import contacts
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.queries import identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Lead, Panel
from egn_desktop.ui.pages.loans.targets import Loan, Sign
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.labels import muted, note

DOCUMENT = "papier-signe"


class SignedPanel(Panel):
    """Save the very file that was signed, write to the family, go on."""

    heading = "Papier signé"

    def __init__(self, context: Context, paper_id: int, day: date | None = None) -> None:
        super().__init__()
        self._context = context
        self._paper = paper(context.services.dossier, paper_id)
        row = loan(context.services.dossier, self._paper.loan_ids[0]).row
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
        if (following := self._next(day)) is not None:
            go_on = Lead("Personne suivante", following, "main", "next")
            column.addWidget(self.leading(go_on))
            column.addWidget(plain_button(save, self._save, "download"))
        else:
            column.addWidget(main_button(save, self._save, "download"))
        if self._mails:
            column.addWidget(plain_button("Écrire un courriel", self._write, "mail"))
            words = "À {}. Joignez-y le fichier enregistré.".format(", ".join(self._mails))
            column.addWidget(muted(words))
        column.addWidget(self.leading(Lead("Voir le prêt", Loan(row.id))))
        column.addStretch()

    def follow(self) -> None:
        """Leave a paper that was withdrawn meanwhile."""
        if paper(self._context.services.dossier, self._paper.id).withdrawn_on is not None:
            self.go.emit(Loan(self._paper.loan_ids[0]))

    def _next(self, day: date | None) -> Sign | None:
        """Return what the next person of a day's hand-over signs, if anybody is left."""
        if day is None:
            return None
        rows = handover(self._context.services.dossier, AGREEMENT, day)
        return next((Sign(AGREEMENT, row.unsigned, day) for row in rows if not row.is_signed), None)

    @Slot()
    def _save(self) -> None:
        self._context.print_document(DOCUMENT, str(self._paper.id))

    @Slot()
    def _write(self) -> None:
        link = mail_link(self._context, self._paper, self._mails)
        QDesktopServices.openUrl(QUrl(link))


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
