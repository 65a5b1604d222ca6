# SPDX-License-Identifier: GPL-3.0-or-later
"""One person who works at the school: form, loans; or a new one."""

from functools import partial
from typing import Any

from egn_desktop.inventory.people.queries.staff import StaffDetail, staff_member
from egn_desktop.inventory.register.rules import StaffInput, email_problem
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.borrower_panel import Acts, BorrowerPanel

NEW = StaffInput(last_name="", first_name="")


class StaffPanel(BorrowerPanel):
    """A person's form, kept field by field; without an id, the form of a new one."""

    def __init__(self, context: Context, staff_id: int | None = None) -> None:
        services = context.services
        super().__init__(
            context,
            staff_id,
            Acts(
                find=partial(staff_member, context.services.dossier),
                add=lambda values: services.staff.add_staff(StaffInput(**values)),
                change=services.staff.change_staff,
                remove=services.staff.remove_staff,
                erase=services.privacy.erase_staff,
                add_words="Ajouter la personne",
                added_words="Personne ajoutée.",
                erased_words="Son nom, sa fonction, son courriel, son téléphone",
            ),
        )

    def make_form(self, found: StaffDetail | None) -> Form:
        kept: Any = NEW if found is None else found.row
        form = Form()
        with form.row():
            form.add_text("last_name", "Nom", value=kept.last_name)
            form.add_text("first_name", "Prénom", value=kept.first_name)
        form.add_text(
            "duty",
            "Fonction",
            value=kept.duty,
            help="Par exemple : enseignante, CE1 ; AESH ; secrétariat.",
        )
        with form.row():
            form.add_text("email", "Courriel", value=kept.email, check=email_problem)
            form.add_text("phone", "Téléphone", value=kept.phone)
        return form
