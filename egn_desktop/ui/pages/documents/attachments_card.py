# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDFs kept beside the plan: the list, and the ones that were taken off it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.plans.attachments import AttachmentRow
from egn_desktop.ui.pages.documents.drop_card import DropCard
from egn_desktop.ui.widgets.buttons import icon_button, plain_button, quiet_button
from egn_desktop.ui.widgets.labels import muted, strong


class AttachmentLine(QWidget):
    """One PDF, with what can be done with it."""

    open_wanted = Signal(object)
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    restore_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self, row: AttachmentRow) -> None:
        super().__init__()
        self.row = row
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(strong(row.title))
        words.addWidget(muted(row.about))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addLayout(words, 1)
        for button in self._buttons():
            line.addWidget(button)

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether every word sought is in the title or what is said of it."""
        text = f"{self.row.title} {self.row.about}".casefold()
        return all(word in text for word in words)

    def _buttons(self) -> list[QWidget]:
        title = self.row.title
        if self.row.deleted_at is not None:
            back = quiet_button("Remettre", self._restore, "restore")
            back.setAccessibleName(f"Remettre {title}")
            erase = icon_button("delete", f"Effacer {title} définitivement", self._erase)
            return [back, erase]
        opening = quiet_button("Ouvrir", self._open)
        opening.setAccessibleName(f"Ouvrir {title}")
        change = icon_button("edit", f"Titre, nature et date de {title}", self._change)
        remove = icon_button("delete", f"Retirer {title}", self._remove)
        return [opening, change, remove]

    @Slot()
    def _open(self) -> None:
        self.open_wanted.emit(self.row)

    @Slot()
    def _change(self) -> None:
        self.change_wanted.emit(self.row)

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(self.row)

    @Slot()
    def _restore(self) -> None:
        self.restore_wanted.emit(self.row)

    @Slot()
    def _erase(self) -> None:
        self.erase_wanted.emit(self.row)


class AttachmentsCard(DropCard):
    """Earlier plans and DUERPs; a PDF dropped on the card is kept."""

    add_wanted = Signal()
    open_wanted = Signal(object)
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    restore_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title("Documents joints")
        self.add = plain_button("Joindre un PDF…", self._add, "plus")
        self.add_action(self.add)
        self._help = muted(
            "Un plan ou un DUERP antérieur, gardé dans le dossier avec sa date et son "
            "empreinte\u202f; l’annexe le cite. Glissez ici un PDF, 20\u202fMo au plus."
        )
        self.body.addWidget(self._help)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.removed = quiet_button("", self._turn)
        self.removed.setCheckable(True)
        self._under = QHBoxLayout()
        self._under.addWidget(self.removed)
        self._under.addStretch()
        self.body.addLayout(self._under)
        self._rows: tuple[AttachmentRow, ...] = ()
        self.lines: list[AttachmentLine] = []
        self.show_rows((), ())

    def show_rows(self, kept: Sequence[AttachmentRow], gone: Sequence[AttachmentRow]) -> None:
        """Show the PDFs kept, and how many were taken off the list."""
        words = french.count(len(gone), "document retiré", "documents retirés")
        self.removed.setText(words)
        self.removed.setVisible(bool(gone))
        if not gone:
            self.removed.setChecked(False)
        rows = (*kept, *gone)
        if rows != self._rows:
            self._rows = rows
            self._rebuild()
        self._show_gone()

    def filter(self, words: Sequence[str]) -> bool:
        """Keep the lines that bear every word; tell whether the card has anything to show."""
        found = [line.matches(words) for line in self.lines]
        for line, matches in zip(self.lines, found, strict=True):
            line.setVisible(matches and (line.row.deleted_at is None or self.removed.isChecked()))
        named = all(word in self.accessibleName().casefold() for word in words)
        if named:
            self._show_gone()
        shown = named or any(found)
        self.setVisible(shown)
        return shown

    def _rebuild(self) -> None:
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [AttachmentLine(row) for row in self._rows]
        for line in self.lines:
            line.open_wanted.connect(self.open_wanted)
            line.change_wanted.connect(self.change_wanted)
            line.remove_wanted.connect(self.remove_wanted)
            line.restore_wanted.connect(self.restore_wanted)
            line.erase_wanted.connect(self.erase_wanted)
            self._lines.addWidget(line)

    def _show_gone(self) -> None:
        for line in self.lines:
            line.setVisible(line.row.deleted_at is None or self.removed.isChecked())

    @Slot()
    def _turn(self) -> None:
        self._show_gone()

    @Slot()
    def _add(self) -> None:
        self.add_wanted.emit()
