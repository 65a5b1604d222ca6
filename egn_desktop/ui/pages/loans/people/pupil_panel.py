# SPDX-License-Identifier: GPL-3.0-or-later
"""One pupil: form, needs, loans, representatives; or a new one."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from egn_desktop.fields import field_of, fields_of, listed
from egn_desktop.inventory.people.queries.pupils import PupilDetail, pupil, school_classes
from egn_desktop.inventory.register.nouns import PupilFields, PupilInput
from egn_desktop.inventory.register.rules import ine_problem
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import add_field, add_fields, add_row
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.lending.needs_section import NeedSection
from egn_desktop.ui.pages.loans.people.borrower_panel import Acts, BorrowerPanel
from egn_desktop.ui.pages.loans.people.guardian_form import GuardianForm
from egn_desktop.ui.pages.loans.people.leaver_line import LeaverLine
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import rule, section


class PupilPanel(BorrowerPanel):
    """A pupil's form, kept field by field; without an id, the form of a new one."""

    def __init__(self, context: Context, pupil_id: int | None = None) -> None:
        services = context.services
        super().__init__(
            context,
            pupil_id,
            Acts(
                kind=BorrowerKind.PUPIL,
                find=partial(pupil, context.services.dossier),
                add=lambda values: services.pupils.add_pupil(PupilInput(**values)),
                change=services.pupils.change_pupil,
                remove=services.pupils.remove_pupil,
                erase=services.privacy.erase_pupil,
                heading="Nouvel élève",
                add_words="Ajouter l’élève",
                added_words="Élève ajouté.",
                erased_words=f"Sa fiche ({listed(fields_of(PupilInput))}), les coordonnées de ses "
                "représentants, ses besoins",
            ),
        )

    def make_form(self, found: PupilDetail | None) -> Form:
        kept: PupilFields = PupilInput() if found is None else found.row
        form = Form()
        add_row(form, PupilFields, kept, "last_name", "first_name")
        classes = ", ".join(school_classes(self.context.services.dossier)[:4])
        help = f"Par exemple : {classes}" if classes else ""
        add_field(form, field_of(PupilFields, "school_class"), kept.school_class, help=help)
        add_row(form, PupilFields, kept, "usual_name", "born_on")
        add_field(form, field_of(PupilFields, "ine"), kept.ine, check=ine_problem)
        placed = ("last_name", "first_name", "school_class", "usual_name", "born_on", "ine")
        add_fields(form, PupilFields, kept, but=placed)
        return form

    def build(self, found: PupilDetail) -> None:
        self.column.addWidget(LeaverLine(self.context, found.row.id))
        self.column.addWidget(rule())
        self.column.addWidget(NeedSection(self.context, found.row.id))
        self.column.addWidget(rule())
        self.column.addWidget(section("Représentants légaux"))
        self._guardians = QVBoxLayout()
        self._guardians.setSpacing(16)
        self.column.addLayout(self._guardians)
        for guardian in found.guardians:
            self._guardians.addWidget(GuardianForm(self.context, found.row.id, guardian))
        self.column.addWidget(quiet_button("Ajouter un représentant", self._add_guardian, "plus"))

    @Slot()
    def _add_guardian(self) -> None:
        form = GuardianForm(self.context, self.borrower_id, None)
        self._guardians.addWidget(form)
        form.show()
        form.take_focus()
