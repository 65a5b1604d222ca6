# SPDX-License-Identifier: GPL-3.0-or-later
"""One loan: its agreement, its return item by item, its renewal, its loss."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.queries import LoanDetail, loan
from egn_desktop.inventory.queries.reminders import late_loan
from egn_desktop.inventory.terms import Condition, LoanState, Standing
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.due_field import DueField
from egn_desktop.ui.pages.loans.parts import STANDING_TONES, Facts
from egn_desktop.ui.pages.loans.reminder_panel import reminder_line
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, note, rule, strong


class LoanPanel(QWidget):
    """An open loan, to be returned; or one that ended, to be read.

    ``just_lent`` puts the agreement first. ``done`` tells that the loan ended here.
    """

    done = Signal()
    pupil_wanted = Signal(int)
    device_wanted = Signal(int)
    another_wanted = Signal()
    reminder_wanted = Signal(int)

    def __init__(self, context: Context, loan_id: int, *, just_lent: bool = False) -> None:
        super().__init__()
        self._context = context
        self._inventory = context.services.inventory
        self._loan_id = loan_id
        self._detail = loan(context.services.dossier, loan_id)
        self._reminders = late_loan(context.services.dossier, loan_id).history
        self._kit_names: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._add_head()
        if just_lent:
            self._add_agreement()
        elif self._detail.row.state is LoanState.OPEN:
            self._add_reminders()
            self._add_return()
        else:
            self._add_past()
        self._column.addStretch()

    @property
    def is_current(self) -> bool:
        """Whether the loan still stands as this panel shows it."""
        dossier = self._context.services.dossier
        return (
            loan(dossier, self._loan_id) == self._detail
            and late_loan(dossier, self._loan_id).history == self._reminders
        )

    def _add_head(self) -> None:
        row = self._detail.row
        self._column.addWidget(Chip(row.state_label, STANDING_TONES[row.standing]))
        self._column.addWidget(
            Facts(
                (
                    (self.tr("Élève"), row.borrower_name),
                    (self.tr("Classe"), row.school_class),
                    (self.tr("Appareil"), row.device_label),
                    (self.tr("Prêté le"), french.long_date(row.lent_on)),
                    (self.tr("À rendre le"), french.long_date(row.due_on)),
                    (self.tr("Remarque"), self._detail.note_out),
                )
            )
        )
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(quiet_button(self.tr("Fiche de l’élève"), self._open_pupil, "person"))
        line.addWidget(quiet_button(self.tr("Fiche de l’appareil"), self._open_device, "loans"))
        line.addStretch()
        self._column.addLayout(line)
        self._column.addWidget(rule())

    def _add_reminders(self) -> None:
        for one in self._reminders:
            self._column.addWidget(muted(reminder_line(one)))
        if self._detail.row.standing is Standing.LATE:
            self._column.addWidget(
                plain_button(self.tr("Relancer la famille"), self._remind, "mail")
            )

    def _add_agreement(self) -> None:
        self._column.addWidget(
            note(
                self.tr(
                    "Le prêt est enregistré. La convention se signe à la remise : un exemplaire "
                    "pour la famille, un pour l’école."
                ),
                "good",
            )
        )
        self._column.addWidget(main_button(self.tr("Imprimer la convention"), self._print, "print"))
        self._column.addWidget(
            plain_button(self.tr("Prêter un autre appareil"), self._want_another, "plus")
        )

    def _add_return(self) -> None:
        self._return = Form()
        self._return.add_heading(self.tr("Noter le retour"))
        if self._detail.accessories:
            self._return.add_widget(muted(self.tr("Cochez ce qui revient avec l’appareil.")))
        for number, name in enumerate(self._detail.accessories):
            key = f"accessory-{number}"
            self._kit_names[key] = name
            self._return.add_check(key, name[:1].upper() + name[1:], value=True)
        self._return.add_choice(
            "condition",
            self.tr("État de l’appareil"),
            [(one, one.label) for one in Condition],
            value=self._detail.condition_out,
        )
        self._return.add_text("note", self.tr("Remarque"), lines=2)
        self._column.addWidget(self._return)
        give_back = main_button(self.tr("Noter le retour"), self._give_back, "check")
        give_back.setAutoDefault(True)
        self._column.addWidget(give_back)
        self._column.addWidget(rule())
        self._renewal = DueField(
            self._context.services.dossier,
            self.tr("Prolonger jusqu’au"),
            self._detail.row.due_on,
        )
        self._renewal.edited.connect(self._renew)
        self._column.addWidget(self._renewal)
        self._column.addWidget(
            plain_button(self.tr("Imprimer la convention"), self._print, "print")
        )
        self._column.addWidget(strong(self.tr("Il ne reviendra pas ?")))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(plain_button(self.tr("Déclarer perdu"), self._lost))
        line.addWidget(plain_button(self.tr("Déclarer volé"), self._stolen))
        line.addStretch()
        self._column.addLayout(line)

    def _add_past(self) -> None:
        detail = self._detail
        self._column.addWidget(Facts(_past(detail)))
        if detail.row.state is not LoanState.CANCELLED:
            self._column.addWidget(plain_button(self.tr("Rouvrir ce prêt"), self._reopen, "undo"))

    def _ended(self, words: str) -> None:
        inventory, loan_id = self._inventory, self._loan_id
        self._context.say(words, lambda: inventory.undo_return(loan_id))
        self.done.emit()

    @Slot()
    def _give_back(self) -> None:
        came_back = [name for key, name in self._kit_names.items() if self._return.value(key)]
        try:
            self._inventory.return_device(
                self._loan_id,
                condition=self._return.value("condition"),
                accessories=came_back,
                note=self._return.value("note"),
            )
        except UserError as error:
            self._context.fail(error)
            return
        row = self._detail.row
        self._ended(self.tr("{} rendu par {}.").format(row.device_label, row.borrower_name))

    @Slot()
    def _lost(self) -> None:
        self._declare(stolen=False)

    @Slot()
    def _stolen(self) -> None:
        self._declare(stolen=True)

    def _declare(self, *, stolen: bool) -> None:
        try:
            self._inventory.declare_missing(
                self._loan_id, stolen=stolen, note=self._return.value("note")
            )
        except UserError as error:
            self._context.fail(error)
            return
        state = self.tr("déclaré volé") if stolen else self.tr("déclaré perdu")
        self._ended(f"{self._detail.row.device_label} {state}.")

    @Slot(object)
    def _renew(self, due_on: date) -> None:
        inventory, loan_id, before = self._inventory, self._loan_id, self._detail.row.due_on
        try:
            inventory.renew(loan_id, due_on=due_on)
        except UserError as error:
            self._renewal.show_error(error.what)
            return
        words = self.tr("Prêt prolongé jusqu’au {}.").format(french.short_date(due_on))
        self._context.say(words, lambda: inventory.renew(loan_id, due_on=before))

    @Slot()
    def _reopen(self) -> None:
        try:
            self._inventory.undo_return(self._loan_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(self.tr("Le prêt est de nouveau en cours."))

    @Slot()
    def _print(self) -> None:
        self._context.print_document("convention-de-pret", str(self._loan_id))

    @Slot()
    def _want_another(self) -> None:
        self.another_wanted.emit()

    @Slot()
    def _remind(self) -> None:
        self.reminder_wanted.emit(self._loan_id)

    @Slot()
    def _open_pupil(self) -> None:
        self.pupil_wanted.emit(self._detail.row.borrower_id)

    @Slot()
    def _open_device(self) -> None:
        self.device_wanted.emit(self._detail.row.device_id)


def _past(detail: LoanDetail) -> list[tuple[str, str]]:
    missing = [name for name, back in detail.accessories.items() if back is False]
    returned = [name for name, back in detail.accessories.items() if back]
    return [
        ("Terminé le", french.long_date(detail.row.ended_on) if detail.row.ended_on else ""),
        ("État au départ", detail.condition_out.label),
        ("État au retour", detail.condition_in.label if detail.condition_in else ""),
        ("Rendus avec", ", ".join(returned)),
        ("Non rendus", ", ".join(missing)),
        ("Remarque", detail.note_in),
    ]
