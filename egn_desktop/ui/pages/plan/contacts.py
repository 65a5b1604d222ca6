# SPDX-License-Identifier: GPL-3.0-or-later
"""The crisis cell and its partners: whom to call, and when their numbers were last tried."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.plans.catalogue import roles
from egn_desktop.plans.queries import contacts
from egn_desktop.plans.rules import needs_check
from egn_desktop.plans.snapshot import ContactPart
from egn_desktop.school.queries import identity
from egn_desktop.spelling import PHONE
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.plan.list_tab import ListTab
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState

OTHER = ""


def checked_chip(row: ContactPart) -> ChipText:
    """Return when a contact was last checked, as its cell shows it."""
    day = french.short_date(row.checked_on)
    if needs_check(row.checked_on, clock.today()):
        return ChipText(day or "À vérifier", "attention")
    return ChipText(day, "good")


def deputy_text(row: ContactPart) -> str:
    """Return who stands in, with the number."""
    return " ".join(part for part in (row.deputy, row.deputy_phone) if part)


class ContactPanel(QWidget):
    """One contact: new, or kept field by field."""

    finished = Signal()

    def __init__(self, context: Context, contact: ContactPart | None) -> None:
        super().__init__()
        self._context = context
        self._contact = contact
        self._form = self._make_form(contact)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._form)
        if contact is None:
            column.addWidget(plain_button("Ajouter", self._add, "plus"))
        else:
            self._form.edited.connect(self._changed)
            column.addWidget(plain_button("Numéro vérifié aujourd’hui", self._check))
            column.addWidget(plain_button("Retirer de l’annuaire", self._remove))
        column.addStretch()

    def _make_form(self, contact: ContactPart | None) -> Form:
        form = Form()
        school = identity(self._context.services.dossier)
        proposed = roles(school.kind)
        known: list[tuple[object, str]] = [
            (role.id, role.title)
            for role in proposed
            if role.holds_for(school.kind) or (contact and contact.role == role.title)
        ]
        known.append((OTHER, "Autre rôle"))
        titles = {role.title: role.id for role in proposed}
        role = titles.get(contact.role, OTHER) if contact else "direction"
        form.add_choice("role", "Rôle", known, value=role)
        own = contact.role if contact and role == OTHER else ""
        form.add_text("other", "Lequel", value=own)
        form.set_shown("other", role == OTHER)
        form.add_text("name", "Personne", value=contact.name if contact else "")
        form.add_text("phone", "Téléphone", value=contact.phone if contact else "", spelling=PHONE)
        deputy = contact.deputy if contact else ""
        form.add_text("deputy", "Suppléance", value=deputy)
        phone = contact.deputy_phone if contact else ""
        form.add_text("deputy_phone", "Téléphone de la suppléance", value=phone, spelling=PHONE)
        form.add_text(
            "called_by",
            "Appelé par",
            value=contact.called_by if contact else "",
            placeholder="La direction",
            help="Son maillon dans la chaîne d’appel",
        )
        form.edited.connect(self._role_chosen)
        return form

    @Slot(str, object)
    def _role_chosen(self, name: str, value: object) -> None:
        if name == "role":
            self._form.set_shown("other", value == OTHER)

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        values = self._form.values()
        values["role"] = values["role"] or values["other"]
        values.pop("other")
        try:
            self._context.services.plans.add_contact(**values)
        except UserError as error:
            self._context.fail(error)
        else:
            self.finished.emit()

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        if self._contact is None or (name == "role" and value == OTHER):
            return
        field = "role" if name == "other" else name
        try:
            self._context.services.plans.change_contact(int(self._contact.id), **{field: value})
        except UserError as error:
            self._context.fail(error)
        else:
            self._form.note_saved()

    @Slot()
    def _check(self) -> None:
        if self._contact is None:
            return
        self._context.services.plans.check_contact(int(self._contact.id))
        self._context.say_done("Numéro noté comme vérifié.")

    @Slot()
    def _remove(self) -> None:
        if self._contact is None:
            return
        self._context.services.plans.remove_contact(int(self._contact.id))
        self.finished.emit()
        self._context.say_done("Contact retiré.")


class ContactsView(ListTab):
    """The phone list, in the order in which it is called."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        table = RowsTable(
            (
                ColumnSpec("Rôle", lambda row: row.role, stretch=True),
                # Before the name: a narrow window still shows the number.
                ColumnSpec("Téléphone", lambda row: row.phone),
                ColumnSpec("Personne", lambda row: row.name),
                ColumnSpec("Vérifié le", checked_chip),
                ColumnSpec("Suppléance", deputy_text),
            ),
            key=lambda row: row.id,
            accessible_name="Annuaire de crise",
            has_people=True,
        )
        table.opened.connect(self._open)
        printing = plain_button("Annuaire", self._print_list, "print")
        self._lay_out(
            table,
            self._empty(),
            printing,
            plain_button("Ajouter", self.new, "plus"),
        )

    def reload(self) -> None:
        """Show what the dossier now says."""
        rows = contacts(self._context.services.dossier)
        stale = sum(needs_check(row.checked_on, clock.today()) for row in rows)
        singular, several = "personne à appeler", "personnes à appeler"
        words = french.count(len(rows), singular, several)
        if stale:
            words += ", {} à vérifier".format(french.count(stale, "numéro"))
        self._show_rows(rows, words)

    @Slot()
    def new(self) -> None:
        """Add somebody to call."""
        self._show(None, "Ajouter à l’annuaire")

    @Slot(object)
    def _open(self, row: ContactPart) -> None:
        self._show(row, row.role)

    def _show(self, row: ContactPart | None, title: str) -> None:
        panel = ContactPanel(self._context, row)
        panel.finished.connect(self.panel_done)
        self.panel_wanted.emit(panel, title)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "phone",
            "Personne à appeler pour l’instant",
            "À six heures du matin, il faut un nom, un numéro et un suppléant. Commencez par "
            "la direction, la collectivité et l’autorité académique ; l’annuaire tient sur une "
            "page.",
            plain_button("Ajouter la première personne", self.new),
        )

    @Slot()
    def _print_list(self) -> None:
        self._context.print_document("annuaire-de-crise")
