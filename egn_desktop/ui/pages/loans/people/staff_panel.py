# SPDX-License-Identifier: GPL-3.0-or-later
"""One person who works at the school: form, loans; or a new one."""

from functools import partial

from egn_desktop.fields import field_of, fields_of, listed
from egn_desktop.inventory.people.queries.staff import StaffDetail, staff_member
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import add_field, add_fields, add_row
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.people.borrower_panel import Acts, BorrowerPanel


class StaffPanel(BorrowerPanel):
    """A person's form, kept field by field; without an id, the form of a new one."""

    def __init__(self, context: Context, staff_id: int | None = None) -> None:
        services = context.services
        super().__init__(
            context,
            staff_id,
            Acts(
                kind=BorrowerKind.STAFF,
                find=partial(staff_member, context.services.dossier),
                add=lambda values: services.staff.add_staff(StaffFields(**values)),
                change=services.staff.change_staff,
                remove=services.staff.remove_staff,
                erase=services.privacy.erase_staff,
                heading="Nouvelle personne",
                add_words="Ajouter la personne",
                added_words="Personne ajoutée.",
                erased_words=f"Sa fiche ({listed(fields_of(StaffFields))})",
            ),
        )

    def make_form(self, found: StaffDetail | None) -> Form:
        kept: StaffFields = StaffFields() if found is None else found.row
        form = Form()
        add_row(form, StaffFields, kept, "last_name", "first_name")
        add_row(form, StaffFields, kept, "duty")
        with form.row():
            add_field(form, field_of(StaffFields, "email"), kept.email)
            add_field(form, field_of(StaffFields, "phone"), kept.phone)
        placed = ("last_name", "first_name", "duty", "email", "phone")
        add_fields(form, StaffFields, kept, but=placed)
        return form
