# SPDX-License-Identifier: GPL-3.0-or-later
"""One pupil: form, representatives, loans; or a new one."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.queries import PupilDetail, pupil, school_classes
from egn_desktop.inventory.rules import PupilInput, ine_problem
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.data_export import save_personal_json
from egn_desktop.ui.pages.loans.guardian_form import GuardianForm
from egn_desktop.ui.pages.loans.needs_section import NeedSection
from egn_desktop.ui.pages.loans.parts import LONGEST_HISTORY, LoanLine
from egn_desktop.ui.widgets.buttons import danger_button, main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, rule, section

NEW = PupilInput(last_name="", first_name="")


class PupilPanel(QWidget):
    """A pupil's form, kept field by field; without an id, the form of a new one."""

    lend_wanted = Signal(int)
    loan_wanted = Signal(int)
    added = Signal(int)
    done = Signal()

    def __init__(self, context: Context, pupil_id: int | None = None) -> None:
        super().__init__()
        self._context = context
        self._inventory = context.services.inventory
        self._pupil_id = pupil_id or 0
        found = None if pupil_id is None else pupil(context.services.dossier, pupil_id)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        if found is not None:
            self._add_head(found)
        self._form = self._make_form(found)
        self._column.addWidget(self._form)
        if found is None:
            self._column.addWidget(main_button(self.tr("Ajouter l’élève"), self._add, "plus"))
        else:
            self._form.edited.connect(self._changed)
            self._column.addWidget(rule())
            self._column.addWidget(NeedSection(context, found.row.id))
            self._add_history(found)
            self._add_guardians(found)
            self._add_data()
            self._add_end(found)
        self._column.addStretch()

    def _add_head(self, found: PupilDetail) -> None:
        row = found.row
        line = QHBoxLayout()
        if row.late:
            line.addWidget(Chip(self.tr("{} en retard").format(row.late), "bad"))
        elif row.open_loans:
            held = french.count(row.open_loans, self.tr("prêt en cours"), self.tr("prêts en cours"))
            line.addWidget(Chip(held, "brand"))
        else:
            line.addWidget(Chip(self.tr("Aucun prêt en cours")))
        line.addStretch()
        line.addWidget(main_button(self.tr("Prêter"), self._lend))
        self._column.addLayout(line)

    def _make_form(self, found: PupilDetail | None) -> Form:
        kept: Any = NEW if found is None else found.row
        form = Form()
        with form.row():
            form.add_text("last_name", self.tr("Nom"), value=kept.last_name)
            form.add_text("first_name", self.tr("Prénom"), value=kept.first_name)
        classes = ", ".join(school_classes(self._context.services.dossier)[:4])
        form.add_text(
            "school_class",
            self.tr("Classe"),
            value=kept.school_class,
            help=self.tr("Par exemple : {}").format(classes) if classes else "",
        )
        with form.row():
            form.add_text("usual_name", self.tr("Nom d’usage"), value=kept.usual_name)
            form.add_date("born_on", self.tr("Né(e) le"), value=kept.born_on)
        form.add_text(
            "ine",
            self.tr("INE (facultatif)"),
            value=kept.ine,
            check=ine_problem,
            help=self.tr("Sert seulement à reconnaître l’élève d’un import à l’autre."),
        )
        return form

    def _add_history(self, found: PupilDetail) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(section(self.tr("Ses prêts")))
        if not found.loans:
            self._column.addWidget(muted(self.tr("Rien ne lui a encore été prêté.")))
        for row in found.loans[:LONGEST_HISTORY]:
            line = LoanLine(row, row.device_label)
            line.opened.connect(self.loan_wanted)
            self._column.addWidget(line)

    def _add_guardians(self, found: PupilDetail) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(section(self.tr("Représentants légaux")))
        self._guardians = QVBoxLayout()
        self._guardians.setSpacing(16)
        self._column.addLayout(self._guardians)
        for guardian in found.guardians:
            self._guardians.addWidget(GuardianForm(self._context, found.row.id, guardian))
        self._column.addWidget(
            quiet_button(self.tr("Ajouter un représentant"), self._add_guardian, "plus")
        )

    def _add_data(self) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(section(self.tr("Ses données")))
        self._column.addWidget(
            muted(self.tr("Tout ce que le dossier sait, à remettre à la famille qui le demande."))
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(plain_button(self.tr("Ses données (PDF)…"), self._print_data, "print"))
        line.addWidget(quiet_button(self.tr("En json…"), self._save_data))
        line.addStretch()
        self._column.addLayout(line)

    def _add_end(self, found: PupilDetail) -> None:
        if found.row.open_loans:
            return
        self._column.addWidget(rule())
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(quiet_button(self.tr("Retirer de la liste"), self._remove))
        line.addWidget(danger_button(self.tr("Effacer définitivement…"), self._erase))
        line.addStretch()
        self._column.addLayout(line)

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        try:
            self._inventory.change_pupil(self._pupil_id, **{name: value})
        except UserError as error:
            self._form.show_error(name, error.what)
        else:
            self._form.note_saved()

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        try:
            pupil_id = self._inventory.add_pupil(PupilInput(**self._form.values()))
        except UserError as error:
            missing = "first_name" if self._form.value("last_name") else "last_name"
            self._form.show_error(missing, error.what)
            return
        inventory = self._inventory
        self._context.say(self.tr("Élève ajouté."), lambda: inventory.remove_pupil(pupil_id))
        self.added.emit(pupil_id)

    @Slot()
    def _add_guardian(self) -> None:
        form = GuardianForm(self._context, self._pupil_id, None)
        self._guardians.addWidget(form)
        form.show()
        form.take_focus()

    @Slot()
    def _remove(self) -> None:
        inventory, pupil_id = self._inventory, self._pupil_id
        try:
            inventory.remove_pupil(pupil_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Élève retiré de la liste."), lambda: inventory.restore_pupil(pupil_id)
        )
        self.done.emit()

    @Slot()
    def _print_data(self) -> None:
        self._context.print_document("donnees-personnelles", str(self._pupil_id))

    @Slot()
    def _save_data(self) -> None:
        save_personal_json(self._context, self._pupil_id)

    @Slot()
    def _erase(self) -> None:
        detail = pupil(self._context.services.dossier, self._pupil_id)
        past = french.count(len(detail.loans), self.tr("prêt terminé"), self.tr("prêts terminés"))
        text = self.tr(
            "Ses noms, sa classe, sa date de naissance, son INE, les coordonnées de ses "
            "représentants, ses besoins, les remarques et ce que le journal disait de lui sont "
            "effacés pour de bon. {} restent au registre, sans nom. Les sauvegardes déjà faites "
            "gardent ces données jusqu’à leur remplacement."
        ).format(past)
        title = self.tr("Effacer {} ?").format(detail.row.name)
        if not self._context.confirm(title, text, self.tr("Effacer définitivement")):
            return
        inventory, pupil_id = self._inventory, self._pupil_id

        def work(_: Progress) -> None:
            inventory.erase_pupil(pupil_id)

        # The whole file is rewritten: seconds, where there are ten years of loans.
        self._context.jobs.run(
            work, done=self._erased, failed=self._context.fail, label=self.tr("Effacement")
        )

    def _erased(self, _: None) -> None:
        self._context.say(self._context.tr("Élève effacé."))
        if isValid(self):
            self.done.emit()

    @Slot()
    def _lend(self) -> None:
        if self._pupil_id:
            self.lend_wanted.emit(self._pupil_id)
