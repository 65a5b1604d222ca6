# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminding whoever is late: one of them by any channel, or all of them by letter."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.reminders import (
    LateLoan,
    late_loan,
    late_loans,
    messages,
)
from egn_desktop.inventory.lending.reminders import Channel, Sent
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.pages.loans.targets import Away, Loan, Remind
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import Chip, body, muted, note, rule, section

DOCUMENT = "courriers-de-relance"
LIST_HEIGHT = 240


def reminder_line(reminder: Sent) -> str:
    """Return a reminder in one line: "Premier rappel, le 12/11/2026 (courrier)"."""
    day = french.short_date(reminder.sent_on)
    return f"{reminder.level.label}, le {day} ({reminder.channel.within})"


class ReminderPanel(Panel):
    """One late loan: what was said, the next words by letter, e-mail or SMS, and what was done."""

    heading = "Relancer"
    is_draft = True

    def __init__(self, context: Context, loan_id: int) -> None:
        super().__init__()
        self._context = context
        self._late = late_loan(context.services.dossier, loan_id)
        [self._message] = messages(context.services.dossier, [self._late])
        column, foot = footed(self)
        row, message = self._late.row, self._message
        column.addWidget(Chip(row.state_label, "bad"))
        column.addWidget(
            Facts(
                (
                    (row.borrower_kind.label, row.borrower_name),
                    ("Appareil", row.device_label),
                    ("À rendre le", french.long_date(row.due_on)),
                    ("À qui", message.recipient),
                    ("Téléphone", ", ".join(message.phones)),
                    ("Courriel", ", ".join(message.emails)),
                )
            )
        )
        for reminder in self._late.history:
            column.addWidget(muted(reminder_line(reminder)))
        column.addWidget(rule())
        column.addWidget(section(message.level.label))
        for text in message.paragraphs:
            column.addWidget(body(text))
        column.addLayout(self._ways())
        column.addWidget(rule())
        self._form = Form()
        self._form.add_choice(
            "channel",
            "Relance faite par",
            [(channel, channel.label) for channel in Channel],
            value=Channel.LETTER,
        )
        column.addWidget(self._form)
        foot.add(main_button("Noter la relance", self._record, "check"))
        column.addStretch()

    def _ways(self) -> QVBoxLayout:
        ways = QVBoxLayout()
        ways.setSpacing(8)
        write = plain_button("Écrire un courriel", self._write, "mail")
        write.setEnabled(bool(self._message.emails))
        for button in (
            plain_button("Imprimer le courrier", self._print, "print"),
            write,
            plain_button("Copier le texte du courriel", self._copy_email, "copy"),
            plain_button("Copier le texte du SMS", self._copy_sms, "copy"),
        ):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return ways

    @Slot()
    def _print(self) -> None:
        self._form.set_value("channel", Channel.LETTER)
        self._context.print_document(DOCUMENT, str(self._late.id))

    @Slot()
    def _write(self) -> None:
        self._form.set_value("channel", Channel.EMAIL)
        if not QDesktopServices.openUrl(QUrl(self._message.mailto)):
            self._copy_email()

    @Slot()
    def _copy_email(self) -> None:
        self._form.set_value("channel", Channel.EMAIL)
        QApplication.clipboard().setText(self._message.email)
        self._context.say("Courriel copié : collez-le dans votre messagerie.")

    @Slot()
    def _copy_sms(self) -> None:
        self._form.set_value("channel", Channel.SMS)
        QApplication.clipboard().setText(self._message.sms)
        self._context.say("SMS copié.")

    @Slot()
    def _record(self) -> None:
        if record(self._context, [self._late], self._form.value("channel")):
            self.go.emit(Loan(self._late.id))


class AllRemindersPanel(Panel):
    """Every late loan: the letters due today printed, then noted as sent, in one go."""

    heading = "Relancer tous les retards"
    is_draft = True
    preferred_width = 620

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        late = late_loans(context.services.dossier)
        self._due = [loan for loan in late if loan.is_due]
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec("Emprunteur", lambda row: row.row.borrower_name, stretch=True),
                ColumnSpec(
                    "Retard",
                    lambda row: f"{row.row.days_late}{french.NARROW_SPACE}j",
                    sort=lambda row: row.row.days_late,
                ),
                ColumnSpec("Relancé", _last_day, sort=_last_day_sort),
                ColumnSpec("À envoyer", _to_send),
            ],
            accessible_name="Prêts en retard et leurs relances",
            has_people=True,
        )
        self._table.setMinimumHeight(LIST_HEIGHT)
        self._table.set_rows(late)
        self._table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._words(len(late)))
        column.addWidget(self._table, 1)
        print_all = main_button("Imprimer les courriers", self._print, "print")
        noted = plain_button("Noter les courriers comme envoyés", self._record, "check")
        for button in (print_all, noted):
            button.setEnabled(bool(self._due))
            column.addWidget(button)
        column.addWidget(quiet_button("Voir la relance choisie", self._open_chosen))

    def _words(self, late: int) -> QWidget:
        if self._due:
            words = (
                "Une page par prêt, précédée de la liste des envois. Qui a été relancé depuis "
                "moins de 7 jours ne l’est pas à nouveau."
            )
            return muted(words)
        if late:
            return note("Toutes ces personnes ont été relancées depuis moins de 7 jours.")
        return note("Aucun prêt n’est en retard.", "good")

    @Slot()
    def _print(self) -> None:
        self._context.print_document(DOCUMENT, "")

    @Slot()
    def _record(self) -> None:
        if record(self._context, self._due, Channel.LETTER):
            self.go.emit(Away())

    @Slot(object)
    def _open(self, loan: LateLoan) -> None:
        self.go.emit(Remind(loan.id))

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self._table.chosen() or self._table.rows()[:1]
        if chosen:
            self._open(chosen[0])


def record(context: Context, late: list[LateLoan], channel: Channel) -> bool:
    """Note reminders as made, and say so with the way back."""
    services = context.services
    try:
        made = services.reminders.record_reminders([loan.id for loan in late], channel)
    except UserError as error:
        context.fail(error)
        return False
    words = french.count(len(made), "relance notée", "relances notées")
    context.say_done(f"{words} ({channel.within}).")
    return True


def _last_day(loan: LateLoan) -> str:
    return french.short_date(loan.last_sent.sent_on) if loan.last_sent else ""


def _last_day_sort(loan: LateLoan) -> str:
    return loan.last_sent.sent_on.isoformat() if loan.last_sent else ""


def _to_send(loan: LateLoan) -> ChipText:
    return ChipText(loan.level.label, "attention") if loan.is_due else ChipText("En attente")
