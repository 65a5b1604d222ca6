# SPDX-License-Identifier: GPL-3.0-or-later
"""One incident: what happened, who mends it, what it costs, how it ends; or a new one."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.incidents import MISSING, OUTCOMES
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incident
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.inventory.register.terms import DeviceState, IncidentKind
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import add_fields, add_row
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.leading import Lead, Panel
from egn_desktop.ui.pages.loans.lending.incident_lines import incident_chip
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.pages.loans.photos.photo_strip import PhotoStrip
from egn_desktop.ui.pages.loans.targets import Away, Device, Incident, Loan
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import Chip, muted, rule, strong

REPAIRED: Final = (IncidentKind.BREAKAGE, IncidentKind.OTHER)
REPORTED: Final = (IncidentKind.LOSS, IncidentKind.THEFT, IncidentKind.OTHER)
_REPAIR: Final = ("repairer", "sent_on")
_PLACED: Final = ("kind", "happened_on", "description", "report_number", *_REPAIR)


def incident_form(row: IncidentRow) -> Form:
    """Return the form of an incident: only what such an incident may need."""
    form = Form()
    add_row(form, IncidentFields, row, "happened_on")
    add_row(form, IncidentFields, row, "description")
    if row.kind in REPORTED:
        add_row(form, IncidentFields, row, "report_number")
    if row.kind in REPAIRED:
        add_row(form, IncidentFields, row, *_REPAIR)
    add_fields(form, IncidentFields, row, but=_PLACED)
    return form


class IncidentPanel(Panel):
    """An incident, kept field by field."""

    def __init__(self, context: Context, incident_id: int) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._services = context.services
        self._incident_id = incident_id
        self.heading = f"Incident n° {incident_id}"
        self.row_followed = "incident", incident_id
        self._row = incident(self._dossier, incident_id)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._add_head()
        self._form = incident_form(self._row)
        self._form.edited.connect(self._changed)
        self._column.addWidget(self._form)
        self._column.addWidget(
            PhotoStrip(context, device_id=self._row.device_id, incident_id=incident_id)
        )
        self._column.addWidget(rule())
        self._add_end()
        self._column.addStretch(1)

    def follow(self) -> None:
        try:
            row = incident(self._dossier, self._incident_id)
        except UserError:  # it was taken back meanwhile
            self.go.emit(Away())
            return
        if (row.closed_on, row.outcome) != (self._row.closed_on, self._row.outcome):
            self.go.emit(Incident(self._incident_id))

    def _add_head(self) -> None:
        row, chip = self._row, incident_chip(self._row)
        self._column.addWidget(Chip(chip.text, chip.tone))
        closed = french.long_date(row.closed_on) if row.closed_on else ""
        facts = (
            ("Incident", row.kind.label),
            ("Appareil", row.device_label),
            ("Emprunteur", ", ".join(filter(None, (row.borrower_name, row.school_class)))),
            ("Réglé le", closed),
        )
        self._column.addWidget(Facts(facts))
        made = QWidget()
        line = Flow(made, spacing=4)
        sheet = Lead("Fiche de l’appareil", Device(row.device_id), icon="loans")
        line.addWidget(self.leading(sheet))
        if row.loan_id is not None:
            line.addWidget(self.leading(Lead("Voir le prêt", Loan(row.loan_id), icon="next")))
        self._column.addWidget(made)

    def _add_end(self) -> None:
        if self._row.is_open:
            self._end = Form()
            self._end.add_choice(
                "outcome",
                "Comment cela finit",
                [(outcome, outcome.label) for outcome in OUTCOMES[self._row.kind]],
                value=OUTCOMES[self._row.kind][0],
                help=self._end_help(),
            )
            self._column.addWidget(self._end)
            self._column.addWidget(main_button("Clore l’incident", self._close, "check"))
        else:
            self._column.addWidget(plain_button("Rouvrir l’incident", self._reopen, "undo"))
        self._column.addWidget(quiet_button("Retirer l’incident", self._remove, "delete"))

    def _end_help(self) -> str:
        if self._row.kind in MISSING:
            return "Retrouvé, l’appareil redevient disponible."
        return "Réparé, l’appareil redevient disponible."

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        try:
            self._services.incidents.change_incident(self._incident_id, **{name: value})
        except UserError as error:
            self._form.show_error(name, error.what)
            return
        self._form.note_saved()

    @Slot()
    def _close(self) -> None:
        outcome = self._end.value("outcome")
        try:
            self._services.incidents.close_incident(self._incident_id, outcome)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done(f"Incident clos : {outcome.label.lower()}.")

    @Slot()
    def _reopen(self) -> None:
        try:
            self._services.incidents.reopen_incident(self._incident_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Incident rouvert ; l’appareil reste où il est.")

    @Slot()
    def _remove(self) -> None:
        try:
            self._services.incidents.remove_incident(self._incident_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Incident retiré ; l’appareil reste où il est.")
        self.go.emit(Away())


class NewIncidentPanel(Panel):
    """What happened to a device, to be noted."""

    heading = "Noter un incident"
    is_draft = True

    def __init__(self, context: Context, device_id: int) -> None:
        super().__init__()
        self._context, self._device_id = context, device_id
        row = device(context.services.dossier, device_id).row
        is_lent = row.state is DeviceState.LENT
        kinds = [kind for kind in IncidentKind if not (is_lent and kind in MISSING)]
        self._form = Form()
        self._form.add_choice(
            "kind",
            "Ce qui est arrivé",
            [(kind, kind.label) for kind in kinds],
            value=kinds[0],
        )
        today = context.services.dossier.today()
        new = IncidentFields(kinds[0], today)
        add_row(self._form, IncidentFields, new, "happened_on")
        add_row(self._form, IncidentFields, new, "description")
        column, foot = footed(self)
        column.addWidget(strong(f"{row.name} · {row.code}"))
        column.addWidget(muted(self._help(is_lent)))
        column.addWidget(self._form)
        foot.add(main_button("Noter l’incident", self._note, "check"))
        column.addStretch(1)

    def _help(self, is_lent: bool) -> str:
        if is_lent:
            return "Il est prêté : il reste à son emprunteur. Une perte se note sur le prêt."
        return "Cassé, il n’est plus proposé au prêt ; perdu ou volé non plus."

    @Slot()
    def _note(self) -> None:
        if not self._form.is_valid():
            return
        try:
            incident_id = self._context.services.incidents.add_incident(
                self._device_id, IncidentFields(**self._form.values())
            )
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Incident noté.")
        self.go.emit(Incident(incident_id))
