# SPDX-License-Identifier: GPL-3.0-or-later
"""The register: of which days, ordered by what, with the names or without."""

from typing import Final

from PySide6.QtCore import Slot

from egn_desktop.inventory.lending.offers import register_periods
from egn_desktop.inventory.register import periods
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import body, muted

OTHER_DAYS: Final = "other"
WITHOUT_NAMES: Final = "registre-sans-noms"


class RegisterPanel(Panel):
    """What the register covers and how it is ordered; prints it."""

    heading = "Registre des prêts"
    is_draft = True

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._today = context.services.dossier.today()
        self._form = self._make_form()
        self._form.edited.connect(self._edited)
        column, foot = footed(self)
        column.addWidget(
            body("Tous les prêts qui étaient en cours pendant ces jours, même un seul.")
        )
        column.addWidget(self._form)
        foot.add(main_button("Enregistrer le PDF…", self._print, "print"))
        self._about = muted("")
        column.addWidget(self._about)
        column.addStretch(1)
        self._show_what_fits()

    def _make_form(self) -> Form:
        form = Form()
        offered = [
            (period.key, period.label)
            for period in register_periods(self._context.services.dossier)
        ]
        form.add_choice(
            "period",
            "Période",
            [*offered, (OTHER_DAYS, "D’autres dates")],
            value="",
        )
        with form.row():
            form.add_date("first", "Du", value=self._today.replace(day=1), optional=False)
            form.add_date("last", "Au", value=self._today, optional=False)
        form.add_choice(
            "document",
            "Présentation",
            [
                ("registre-des-prets", "Par classe"),
                ("registre-par-materiel", "Par matériel"),
                ("registre-par-emprunteur", "Par emprunteur, de A à Z"),
                (WITHOUT_NAMES, "Sans les noms, en chiffres"),
            ],
            value="registre-des-prets",
        )
        return form

    @Slot(str, object)
    def _edited(self, _name: str, _value: object) -> None:
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        for name in ("first", "last"):
            self._form.set_shown(name, self._form.value("period") == OTHER_DAYS)
        if self._form.value("document") == WITHOUT_NAMES:
            words = (
                "Personne n’y est nommé, et les classes de moins de trois prêts sont comptées "
                "ensemble : il peut être montré à l’inspection ou au conseil."
            )
        else:
            words = "Ce registre nomme les emprunteurs : il se garde sous clé et ne s’affiche pas."
        self._about.setText(words)

    @Slot()
    def _print(self) -> None:
        chosen = self._form.value("period")
        if chosen == OTHER_DAYS:
            if not self._form.is_valid():
                return
            chosen = periods.between(self._form.value("first"), self._form.value("last")).key
        self._context.print_document(self._form.value("document"), chosen)
