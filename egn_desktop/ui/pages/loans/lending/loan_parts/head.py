# SPDX-License-Identifier: GPL-3.0-or-later
"""What a loan is: who has what since when; its agreement once it is made; its reminders."""

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.inventory.lending.queries.reminders import late_loan
from egn_desktop.inventory.register.terms import BorrowerKind, Standing
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.lending.reminder_panel import reminder_line
from egn_desktop.ui.pages.loans.papers.language_button import LanguageButton
from egn_desktop.ui.pages.loans.parts import Facts, loan_tone
from egn_desktop.ui.pages.loans.targets import Borrower, Device, Lend, Remind
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.labels import Chip, muted, note, rule

AGREEMENT = "convention-de-pret"


class HeadPart(LoanPart):
    """Who has what, since when and until when."""

    def build(self) -> None:
        row = self.detail.row
        self.column.addWidget(Chip(row.state_label, loan_tone(row)))
        self.column.addWidget(
            Facts(
                (
                    (row.borrower_kind.label, row.borrower_name),
                    ("Classe", row.school_class),
                    ("Appareil", row.device_label),
                    ("Prêté le", french.long_date(row.lent_on)),
                    ("À rendre le", french.long_date(row.due_on)),
                    ("Remarque", self.detail.note_out),
                )
            )
        )
        borrower = Borrower(row.borrower_kind, row.borrower_id)
        self.line(
            self.leading(Lead(self._sheet_words(), borrower, icon="person")),
            self.leading(Lead("Fiche de l’appareil", Device(row.device_id), icon="loans")),
            spacing=4,
        )
        self.column.addWidget(rule())

    def _sheet_words(self) -> str:
        is_pupil = self.detail.row.borrower_kind is BorrowerKind.PUPIL
        return "Fiche de l’élève" if is_pupil else "Fiche de la personne"


class AgreementPart(LoanPart):
    """The agreement of a loan just made."""

    def build(self) -> None:
        words = (
            "Le prêt est enregistré. La convention se signe à la remise : un exemplaire "
            "pour {}, un pour vous."
        )
        is_pupil = self.detail.row.borrower_kind is BorrowerKind.PUPIL
        whom = "la famille" if is_pupil else "la personne"
        self.column.addWidget(note(words.format(whom), "good"))
        self.column.addWidget(main_button("Imprimer la convention", self._print, "print"))
        self.column.addWidget(LanguageButton(self.context, AGREEMENT, str(self.loan_id)))

    @Slot()
    def _print(self) -> None:
        self.context.print_document(AGREEMENT, str(self.loan_id))


class AnotherPart(LoanPart):
    """The next loan."""

    def build(self) -> None:
        another = Lead("Prêter un autre appareil", Lend(), icon="plus")
        self.column.addWidget(self.leading(another))


class RemindersPart(LoanPart):
    """The reminders made of a late loan, and the next one."""

    def build(self) -> None:
        self._history = late_loan(self.dossier, self.loan_id).history
        for line in self._history:
            self.column.addWidget(muted(reminder_line(line)))
        is_late = self.detail.row.standing is Standing.LATE
        if is_late:
            remind = Lead("Relancer", Remind(self.loan_id), "plain", "mail")
            self.column.addWidget(self.leading(remind))
        if not (is_late or self._history):
            self.hide()

    @property
    def is_current(self) -> bool:
        return late_loan(self.dossier, self.loan_id).history == self._history
