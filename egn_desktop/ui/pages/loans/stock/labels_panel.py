# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels for the chosen devices, or for all: the sheet, where it begins, and its adjustment."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices

from egn_desktop import exports, french, paths
from egn_desktop.documents.label_formats import formats
from egn_desktop.inventory.stock.labels import MOST_SHIFT, Code, LabelWish, wish_problem
from egn_desktop.inventory.stock.queries.devices import DeviceRow, stock
from egn_desktop.settings import LabelHabit
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.targets import Away
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import body, muted, rule

FILE_NAME = "etiquettes.pdf"


class LabelsPanel(Panel):
    """What to print on which sheet."""

    heading = "Étiquettes"
    is_draft = True

    def __init__(self, context: Context, chosen: Sequence[DeviceRow]) -> None:
        super().__init__()
        self._context = context
        self._chosen = tuple(row.id for row in chosen)
        self._is_empty = not (chosen or stock(context.services.dossier).total)
        self._form = self._make_form()
        column, foot = footed(self)
        column.addWidget(body(self._which(chosen)))
        column.addWidget(self._form)
        save = main_button("Enregistrer le PDF…", self._print, "print")
        save.setEnabled(not self._is_empty)
        foot.add(save)
        column.addWidget(rule())
        column.addWidget(
            muted(
                "Imprimez à l’échelle 100 %, sans ajustement à la page. Essayez d’abord sur "
                "une feuille blanche, contre la planche à la lumière : si tout est décalé, "
                "réglez d’un demi-millimètre en un demi-millimètre. Ces réglages restent sur "
                "cet ordinateur."
            )
        )
        column.addStretch()

    def _which(self, chosen: Sequence[DeviceRow]) -> str:
        if self._is_empty:
            return "Rien à étiqueter : importez ou ajoutez d’abord du matériel."
        if not chosen:
            return (
                "Tous les appareils du parc. Pour n’en étiqueter que certains, sélectionnez-les "
                "d’abord dans la liste (Ctrl + clic)."
            )
        if len(chosen) == 1:
            return f"{chosen[0].name} · {chosen[0].code}"
        return "{} sélectionnés dans la liste.".format(
            french.count(len(chosen), "appareil", "appareils")
        )

    def _make_form(self) -> Form:
        form = Form()
        habit = self._habit()
        form.add_choice(
            "format_id",
            "Planche A4",
            [(label_format.id, label_format.title) for label_format in formats()],
            value=habit.format_id,
        )
        form.add_choice(
            "code", "À scanner", [(code, code.label) for code in Code], value=Code(habit.code)
        )
        form.add_number(
            "first",
            "Première étiquette",
            value=habit.first,
            minimum=1,
            help="Sur une feuille entamée : la place libre, de gauche à droite.",
        )
        for name, label, value in (
            ("right", "Décaler vers la droite", habit.right),
            ("down", "Décaler vers le bas", habit.down),
        ):
            form.add_number(
                name,
                label,
                value=value,
                unit="mm",
                decimals=1,
                minimum=-MOST_SHIFT,
                maximum=MOST_SHIFT,
            )
        return form

    def _habit(self) -> LabelHabit:
        """Return how labels were last printed on this machine, where that still makes sense."""
        first = LabelWish()
        kept = self._context.settings.labels
        if kept is not None and kept.code in set(Code):
            wish = LabelWish(
                format_id=kept.format_id, first=kept.first, right=kept.right, down=kept.down
            )
            if wish_problem(wish) is None:
                return kept
        return LabelHabit(format_id=first.format_id, code=Code.QR)

    @Slot()
    def _print(self) -> None:
        if not self._form.is_valid():
            return
        wish = self._wish()
        problem = wish_problem(wish)
        if problem:
            self._form.show_error("first", problem)
            return
        target = self._context.ask_save_file(
            "Où enregistrer les étiquettes ?", FILE_NAME, "Document PDF (*.pdf)"
        )
        if target is None:
            return
        file = paths.with_ending(target, ".pdf")
        dossier = self._context.services.dossier

        def work(_: Progress) -> Path:
            exports.export_labels(dossier, wish, file)
            return file

        self._context.settings.remember_labels(
            LabelHabit(
                format_id=wish.format_id,
                code=wish.code,
                first=wish.first,
                right=wish.right,
                down=wish.down,
            )
        )

        self._context.jobs.run(
            work, done=self._printed, failed=self._context.fail, label="Étiquettes"
        )

    def _wish(self) -> LabelWish:
        values = self._form.values()
        return LabelWish(
            format_id=values["format_id"],
            code=values["code"],
            device_ids=self._chosen or None,
            first=values["first"] or 1,
            right=values["right"] or 0.0,
            down=values["down"] or 0.0,
        )

    def _printed(self, file: Path) -> None:
        self._context.say(f"Les étiquettes sont enregistrées : {file}")
        self._context.printed.emit(file)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self.go.emit(Away())
