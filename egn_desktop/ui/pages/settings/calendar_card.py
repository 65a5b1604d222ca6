# SPDX-License-Identifier: GPL-3.0-or-later
"""When the school is closed: the holidays of its zone, and what the head corrects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot

from egn_desktop.errors import UserError
from egn_desktop.school.calendar import Period, SchoolCalendar
from egn_desktop.school.queries import Correction, calendar, corrections
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import muted

TABLE_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One line: known holidays, or a correction when it has an id."""

    period: Period
    words: str
    tone: str
    correction: Correction | None = None

    @property
    def key(self) -> str:
        """What tells a line from another."""
        number = self.correction.id if self.correction else ""
        return f"{number}:{self.period.first.isoformat()}"


def calendar_rows(
    known: SchoolCalendar, said: Sequence[Correction], today: date
) -> Sequence[CalendarRow]:
    """Return the holidays and corrections that are not over, oldest first."""
    rows = [
        CalendarRow(holiday, *_holiday_state(holiday, known))
        for holiday in known.holidays
        if today <= holiday.last
    ]
    rows += [
        CalendarRow(
            correction.period,
            *(("Ouvert, par vous", "good") if correction.is_open else ("Fermé, par vous", "brand")),
            correction,
        )
        for correction in said
        if today <= correction.period.last
    ]
    return sorted(rows, key=lambda row: (row.period.first, row.correction is not None))


def _holiday_state(holidays: Period, known: SchoolCalendar) -> tuple[str, str]:
    if any(
        opened.first <= holidays.first and holidays.last <= opened.last for opened in known.opened
    ):
        return "Retiré", "good"
    if any(
        opened.first <= holidays.last and holidays.first <= opened.last for opened in known.opened
    ):
        return "Retiré en partie", "attention"
    return "Congé", "neutral"


class CalendarCard(Card):
    """What is known of the calendar, and a way to correct it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.set_title("Congés et fermetures")
        self._context = context
        self._school = context.services.school
        self._known = muted("")
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec("Période", lambda row: row.period.name, stretch=True),
                ColumnSpec(
                    "Jours",
                    lambda row: row.period.days,
                    sort=lambda row: row.period.first,
                ),
                ColumnSpec("État", lambda row: ChipText(row.words, row.tone)),
            ],
            accessible_name="Congés et fermetures à venir",
        )
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._table.chosen_changed.connect(self._show_remove)
        self._remove = plain_button("Retirer la période choisie", self._do_remove)
        self._form = self._new_period()
        add = plain_button("Ajouter une fermeture", self._add, "plus")
        for widget in (self._known, self._table):
            self.body.addWidget(widget)
        self.body.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._form)
        self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        """Show the calendar as it now is."""
        dossier = self._context.services.dossier
        known, today = calendar(dossier), dossier.today()
        self._table.set_rows(calendar_rows(known, corrections(dossier), today))
        self._known.setText(self._said(known, today))
        self.setEnabled(not dossier.read_only)
        self._show_remove()

    def _said(self, known: SchoolCalendar, today: date) -> str:
        always = (
            "La date de retour proposée pour un prêt évite ces jours, les week-ends et les jours "
            "fériés."
        )
        far = known.known_until
        later = date(far.year + 1, far.month, 1) if far is not None and far >= today else today
        return f"{always} {known.ignorance(later)}"

    def _new_period(self) -> Form:
        form = Form()
        form.add_text("name", "Nouvelle fermeture", placeholder="Pont, travaux, élections…")
        with form.row():
            form.add_date("first", "Premier jour")
            form.add_date("last", "Dernier jour", help="Vide : un seul jour.")
        return form

    @Slot()
    def _show_remove(self) -> None:
        row = self._chosen()
        self._remove.setEnabled(row is not None and row.words != "Retiré")

    def _chosen(self) -> Any:
        chosen = self._table.chosen()
        return chosen[0] if len(chosen) == 1 else None

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        first = self._form.value("first")
        if first is None:
            self._form.show_error("first", "Indiquez au moins le premier jour.")
            return
        last, school = self._form.value("last") or first, self._school
        try:
            school.close(first, last, self._form.value("name"))
        except UserError as error:
            self._form.show_error("last", error.what)
            return
        for name, empty in (("name", ""), ("first", None), ("last", None)):
            self._form.set_value(name, empty)
        words = "Fermeture notée {}.".format(Period("", first, last).days)
        self._context.say_done(words)

    @Slot()
    def _do_remove(self) -> None:
        row, school = self._chosen(), self._school
        if row is None:
            return
        period = row.period
        try:
            if row.correction is None:
                school.reopen(period.first, period.last, period.name)
                self._context.say_done(f"{period.name} : retiré du calendrier.")
                return
            school.remove_correction(row.correction.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Correction du calendrier retirée.")
