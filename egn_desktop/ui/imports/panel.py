# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel in which a list is imported, from the choice of a file to what was done."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import Preview
from egn_desktop.inventory.people.queries.leavers import leaver_summary
from egn_desktop.inventory.register.imports import ImportCounts
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.imports.drop_zone import DropZone, file_filter
from egn_desktop.ui.imports.review import Review
from egn_desktop.ui.imports.understanding import (
    Understood,
    remember_columns,
    understand,
    understand_again,
)
from egn_desktop.ui.page import Page
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import note

WIDE, NARROW = 640, 420
PAGE_ROOM = 600
"""What the rail and the page beside the panel take, at the least."""


class ImportPanel(QWidget):
    """Imports one kind of list; ``imported`` tells what was done, ``left`` that it is over."""

    imported = Signal(object)
    left = Signal()

    def __init__(self, context: Context, kind: ImportKind | str) -> None:
        super().__init__()
        self._context = context
        self._kind = ImportKind(kind)
        self._understood: Understood | None = None
        self._shown: QWidget | None = None
        self._refusal: QFrame | None = None
        # What an earlier choice gave is dropped when it comes in late.
        self._asked = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._start_over()

    @property
    def preferred_width(self) -> int:
        """How wide the side panel should be, before the text's scale: wide if there is room."""
        window = QApplication.activeWindow()
        if window is None:
            return WIDE
        room = window.width() / theme.pixels(100) * 100 - PAGE_ROOM
        return round(max(NARROW, min(WIDE, room)))

    @property
    def heading(self) -> str:
        """The panel's title."""
        return f"Importer {self._kind.label}"

    def load(self, path: Path) -> None:
        """Read a file and show what was understood of it."""
        self._asked += 1
        dossier, kept = self._context.services.dossier, dict(self._context.settings.imports)
        self._context.jobs.run(
            lambda _progress: understand(path, self._kind, kept, dossier),
            done=partial(self._read, self._asked),
            failed=partial(self._refused, self._asked),
            label=f"Lecture de {path.name}",
        )

    def _read(self, asked: int, found: Understood) -> None:
        if not isValid(self) or asked != self._asked:
            return
        self._take_refusal_away()
        before, self._understood = self._understood, found
        if isinstance(self._shown, Review) and before and before.ready.table is found.ready.table:
            self._shown.show_preview(found.ready, found.pupils)
            return
        review = Review(found.ready, found.pupils, is_recalled=found.is_recalled)
        review.corrected.connect(self._corrected)
        review.accepted.connect(self._import)
        review.given_up.connect(self._start_over)
        self._show(review)
        review.focus_first()

    def _refused(self, asked: int, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._context.fail(error)
        if not isValid(self) or asked != self._asked:
            return
        if isinstance(self._shown, Review):
            self._shown.setEnabled(True)
        self._take_refusal_away()
        self._refusal = note(str(error), "bad")
        self._refusal.setAccessibleName(str(error))
        self._column.insertWidget(0, self._refusal)
        self._refusal.show()

    @Slot(object)
    def _corrected(self, choice: dict[int, str]) -> None:
        if self._understood is None:
            return
        table, dossier = self._understood.ready.table, self._context.services.dossier
        self._asked += 1
        self._context.jobs.run(
            lambda _progress: understand_again(table, self._kind, choice, dossier),
            done=partial(self._read, self._asked),
            failed=partial(self._refused, self._asked),
            label=f"Lecture de {table.name}",
        )

    @Slot()
    def _import(self) -> None:
        found, service, review = self._understood, self._context.services, self._shown
        if found is None or not isinstance(review, Review):
            return
        review.setEnabled(False)
        ready, answers, mark_left = found.ready, dict(review.answers), review.mark_left
        self._asked += 1
        self._context.jobs.run(
            lambda _progress: preview.apply(ready, service, answers=answers, mark_left=mark_left),
            done=partial(self._done, ready),
            failed=partial(self._refused, self._asked),
            label=f"Import de {ready.table.name}",
        )

    def _done(self, ready: Preview, counts: ImportCounts) -> None:
        remember_columns(ready, self._context.settings)
        outcome = preview.outcome(self._kind, counts)
        self._context.say_done(f"Import terminé : {outcome}.")
        if not isValid(self):
            return
        text = f"{outcome[:1].upper()}{outcome[1:]}."
        if ready.rejected:
            left = len(ready.rejected)
            text += f" Lignes rejetées, qui n’ont pas été importées : {left}."
        self._show(self._end(counts, text))
        self.imported.emit(counts)

    def _end(self, counts: ImportCounts, text: str) -> EmptyState:
        buttons = [plain_button("Importer un autre fichier", self._start_over)]
        nothing = leaver_summary(self._context.services.dossier).with_nothing if counts.left else 0
        if nothing:
            words = "Retirer de la liste : {}".format(
                french.count(nothing, "parti sans matériel", "partis sans matériel")
            )
            buttons.insert(0, plain_button(words, self._remove_leavers))
        buttons.append(main_button("Terminé", self._leave))
        return EmptyState("done", "La liste est importée", text, *buttons)

    @Slot()
    def _remove_leavers(self) -> None:
        gone = self._context.services.pupils.remove_leavers()
        words = french.count(gone, "élève retiré", "élèves retirés")
        self._context.say_done(f"{words} de la liste.")
        button = self.sender()
        if isinstance(button, QWidget):
            button.hide()

    @Slot()
    def _start_over(self) -> None:
        self._asked += 1
        self._understood = None
        self._take_refusal_away()
        zone = DropZone(self._hint())
        zone.wanted.connect(self._choose)
        zone.dropped.connect(self.load)
        self._show(zone)

    @Slot()
    def _choose(self) -> None:
        lists = file_filter("Listes", "Tous les fichiers")
        path = self._context.ask_open_file(self.heading, lists)
        if path is not None:
            self.load(path)

    @Slot()
    def _leave(self) -> None:
        self.left.emit()
        page = self.parentWidget()
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if page is not None and page.panel is self:
            page.close_panel()

    def _hint(self) -> str:
        return {
            ImportKind.DEVICES: (
                "Un tableau xlsx, ods ou csv, une ligne par appareil, avec son numéro "
                "d’inventaire ou de série. Les autres colonnes sont libres."
            ),
            ImportKind.PUPILS: (
                "L’export csv d’ONDE ou de Pronote, l’export XML de SIECLE (zip ou non), ou un "
                "tableau : nom, prénom et, si possible, date de naissance et classe."
            ),
            ImportKind.GUARDIANS: (
                "L’extraction des responsables d’ONDE, l’export XML de SIECLE, ou un tableau. "
                "Importez d’abord les élèves : les responsables s’y rattachent."
            ),
            ImportKind.STAFF: (
                "Un tableau xlsx, ods ou csv, une ligne par personne : nom, prénom et, si "
                "possible, fonction, courriel, téléphone."
            ),
        }[self._kind]

    def _show(self, widget: QWidget) -> None:
        before, self._shown = self._shown, widget
        if before is not None:
            before.hide()
            self._column.removeWidget(before)
            before.deleteLater()
        # A place to drop a file is as tall as it needs; the rest takes the room there is.
        if isinstance(widget, DropZone):
            self._column.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self._column.addWidget(widget, 1)
        # A layout shows what it is given only at the next turn of the loop; the focus is set now.
        widget.show()

    def _take_refusal_away(self) -> None:
        if self._refusal is not None:
            self._refusal.hide()
            self._refusal.deleteLater()
            self._refusal = None
