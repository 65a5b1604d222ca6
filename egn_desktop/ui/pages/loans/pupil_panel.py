# SPDX-License-Identifier: GPL-3.0-or-later
"""One pupil: form, needs, loans, representatives; or a new one."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from egn_desktop.inventory.queries import PupilDetail, pupil, school_classes
from egn_desktop.inventory.rules import PupilInput, ine_problem
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.borrower_panel import Acts, BorrowerPanel
from egn_desktop.ui.pages.loans.guardian_form import GuardianForm
from egn_desktop.ui.pages.loans.leaver_line import LeaverLine
from egn_desktop.ui.pages.loans.needs_section import NeedSection
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import rule, section

NEW = PupilInput(last_name="", first_name="")


class PupilPanel(BorrowerPanel):
    """A pupil's form, kept field by field; without an id, the form of a new one."""

    def __init__(self, context: Context, pupil_id: int | None = None) -> None:
        inventory = context.services.inventory
        super().__init__(
            context,
            pupil_id,
            Acts(
                find=partial(pupil, context.services.dossier),
                add=lambda values: inventory.add_pupil(PupilInput(**values)),
                change=inventory.change_pupil,
                remove=inventory.remove_pupil,
                restore=inventory.restore_pupil,
                erase=inventory.erase_pupil,
                add_words=context.tr("Ajouter l’élève"),
                added_words=context.tr("Élève ajouté."),
                erased_words=context.tr(
                    "Ses noms, sa classe, sa date de naissance, son INE, les coordonnées de ses "
                    "représentants, ses besoins"
                ),
            ),
        )

    def make_form(self, found: PupilDetail | None) -> Form:
        kept: Any = NEW if found is None else found.row
        form = Form()
        with form.row():
            form.add_text("last_name", self.tr("Nom"), value=kept.last_name)
            form.add_text("first_name", self.tr("Prénom"), value=kept.first_name)
        classes = ", ".join(school_classes(self.context.services.dossier)[:4])
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

    def build(self, found: PupilDetail) -> None:
        self.column.addWidget(LeaverLine(self.context, found.row.id))
        self.column.addWidget(rule())
        self.column.addWidget(NeedSection(self.context, found.row.id))
        self.column.addWidget(rule())
        self.column.addWidget(section(self.tr("Représentants légaux")))
        self._guardians = QVBoxLayout()
        self._guardians.setSpacing(16)
        self.column.addLayout(self._guardians)
        for guardian in found.guardians:
            self._guardians.addWidget(GuardianForm(self.context, found.row.id, guardian))
        self.column.addWidget(
            quiet_button(self.tr("Ajouter un représentant"), self._add_guardian, "plus")
        )

    @Slot()
    def _add_guardian(self) -> None:
        form = GuardianForm(self.context, self.borrower_id, None)
        self._guardians.addWidget(form)
        form.show()
        form.take_focus()
