# SPDX-License-Identifier: GPL-3.0-or-later
"""One person who may borrow: form, loans, data; what the panels of pupils and staff share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop import exports, french
from egn_desktop.dossier import rotation
from egn_desktop.dossier.erased import holding
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import PupilDetail
from egn_desktop.inventory.people.queries.staff import StaffDetail
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import BorrowerKind, LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.leading import Lead, Panel
from egn_desktop.ui.pages.loans.parts import LONGEST_HISTORY, LoanLine
from egn_desktop.ui.pages.loans.targets import Away, Borrower, Lend
from egn_desktop.ui.widgets.buttons import danger_button, main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.fold import Fold
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import Chip, muted, rule, section

FILE_NAME = "donnees-personnelles.json"


@dataclass(frozen=True, slots=True)
class Acts:
    """The use cases of one kind of borrower, and how they are told."""

    kind: BorrowerKind
    find: Callable[[int], PupilDetail | StaffDetail]
    add: Callable[[dict[str, Any]], int]
    change: Callable[..., None]
    remove: Callable[[int], None]
    erase: Callable[[int], None]
    heading: str
    add_words: str
    added_words: str
    erased_words: str


class BorrowerPanel(Panel):
    """A person's form, kept field by field; without an id, the form of a new one.

    What somebody has comes first. Override ``make_form``; add sections below it with ``build``.
    """

    def __init__(self, context: Context, borrower_id: int | None, acts: Acts) -> None:
        super().__init__()
        self.context, self._acts = context, acts
        self.borrower_id = borrower_id or 0
        self.is_draft = borrower_id is None
        found = None if borrower_id is None else acts.find(borrower_id)
        self.heading = acts.heading if found is None else found.row.name
        self.column, foot = footed(self)
        if found is not None:
            self._add_head(found)
            self._add_history(found.loans)
        self.form = self.make_form(found)
        self.column.addWidget(self.form)
        if found is None:
            foot.add(main_button(acts.add_words, self._add, "plus"))
        else:
            self.form.edited.connect(self._changed)
            self.build(found)
            self._add_data()
            self._add_end(found)
        self.column.addStretch(1)

    def make_form(self, found: Any) -> Form:
        """Return the form; ``found`` is None for a new one."""
        raise NotImplementedError

    def build(self, found: Any) -> None:
        """Add what stands between the form and the data."""

    def _add_history(self, loans: Sequence[LoanRow]) -> None:
        """Add what is held; what was held is folded away; both can be printed."""
        held = [row for row in loans if row.state is LoanState.OPEN]
        past = [row for row in loans if row.state is not LoanState.OPEN]
        if not loans:
            self.column.addWidget(muted("Rien ne lui a encore été prêté."))
        for row in held:
            self.column.addWidget(self.leading(LoanLine(row, row.device_label)))
        if past:
            words = french.count(len(past), "prêt terminé", "prêts terminés")
            fold = Fold(words)
            for row in past[:LONGEST_HISTORY]:
                fold.body.addWidget(self.leading(LoanLine(row, row.device_label)))
            self.column.addWidget(fold)
        self._add_line(quiet_button("Fiche d’emprunteur…", self._print_sheet, "print"))
        self.column.addWidget(rule())

    def _add_head(self, found: PupilDetail | StaffDetail) -> None:
        row = found.row
        line = QHBoxLayout()
        if row.late:
            line.addWidget(Chip(f"{row.late} en retard", "bad"))
        elif row.open_loans:
            held = french.count(row.open_loans, "prêt en cours", "prêts en cours")
            line.addWidget(Chip(held, "brand"))
        else:
            line.addWidget(Chip("Aucun prêt en cours"))
        line.addStretch(1)
        lend = Lend(borrower_id=self.borrower_id)
        line.addWidget(self.leading(Lead("Prêter", lend, "main")))
        self.column.addLayout(line)

    def _add_data(self) -> None:
        self.column.addWidget(rule())
        self.column.addWidget(section("Ses données"))
        self.column.addWidget(muted("Tout ce que le dossier sait, à remettre à qui le demande."))
        self._add_line(
            plain_button("Ses données (PDF)…", self._print_data, "print"),
            quiet_button("En json…", self._save_data),
        )

    def _add_end(self, found: PupilDetail | StaffDetail) -> None:
        if found.row.open_loans:
            return
        self.column.addWidget(rule())
        self._add_line(
            quiet_button("Retirer de la liste", self._remove),
            danger_button("Effacer définitivement…", self._erase),
        )

    def _add_line(self, *buttons: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        try:
            self._acts.change(self.borrower_id, **{name: value})
        except UserError as error:
            self.form.show_error(name, error.what)
        else:
            self.form.note_saved()

    @Slot()
    def _add(self) -> None:
        if not self.form.is_valid():
            return
        acts = self._acts
        try:
            made = acts.add(self.form.values())
        except UserError as error:
            missing = "first_name" if self.form.value("last_name") else "last_name"
            self.form.show_error(missing, error.what)
            return
        self.context.say_done(acts.added_words)
        self.go.emit(Borrower(acts.kind, made))

    @Slot()
    def _print_sheet(self) -> None:
        self.context.print_document("fiche-emprunteur", str(self.borrower_id))

    @Slot()
    def _print_data(self) -> None:
        self.context.print_document("donnees-personnelles", str(self.borrower_id))

    @Slot()
    def _save_data(self) -> None:
        title = "Où enregistrer les données de cette personne ?"
        target = self.context.ask_save_file(title, FILE_NAME, "Fichier json (*.json)")
        if target is None:
            return
        is_named = target.suffix.lower() == ".json"
        file = target if is_named else target.with_name(f"{target.name}.json")
        context, borrower_id = self.context, self.borrower_id

        def work(_: Progress) -> None:
            exports.export_personal_data(context.services.dossier, borrower_id, file)

        def done(_: None) -> None:
            context.say(f"Les données sont enregistrées : {file}")

        label = "Données d’une personne"
        context.jobs.run(work, done=done, failed=context.fail, label=label)

    @Slot()
    def _remove(self) -> None:
        try:
            self._acts.remove(self.borrower_id)
        except UserError as error:
            self.context.fail(error)
            return
        self.context.say_done("Retiré de la liste.")
        self.go.emit(Away())

    @Slot()
    def _erase(self) -> None:
        acts, borrower_id = self._acts, self.borrower_id
        found = acts.find(borrower_id)
        past = french.count(len(found.loans), "prêt terminé", "prêts terminés")
        text = (
            f"{acts.erased_words}, les remarques, les photos, les documents signés, le récit des "
            f"incidents et ce que le journal en disait sont effacés pour de bon. {past} restent au "
            "registre, sans nom. Les sauvegardes déjà faites gardent ces données "
            f"{rotation.LIMIT_DAYS} jours au plus ; l’onglet « Données personnelles » des réglages "
            "permet de les refaire."
        )
        title = f"Effacer {found.row.name} ?"
        if not self.context.confirm(title, text, "Effacer définitivement"):
            return

        def work(_: Progress) -> None:
            acts.erase(borrower_id)

        # The whole file is rewritten: seconds, where there are ten years of loans.
        self.context.jobs.run(work, done=self._erased, failed=self.context.fail, label="Effacement")

    def _erased(self, _: None) -> None:
        held = holding(self.context.services.dossier).in_words
        self.context.say(f"Effacé définitivement. {held}".strip())
        if isValid(self):
            self.go.emit(Away())
