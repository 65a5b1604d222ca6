# SPDX-License-Identifier: GPL-3.0-or-later
"""One document: what it is for, for which subject, and the button that prints it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, muted, strong
from egn_desktop.ui.widgets.tips import set_tip

SUBJECT_WIDTH = 460
FITS_WORDS = QComboBox.SizeAdjustPolicy.AdjustToContents


class SubjectBox(QComboBox):
    """What a document can be printed for; the whole list is asked for when it is first looked at.

    A lycée has thousands of loans, devices and pupils, each of which several documents are for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._whole: Callable[[], Sequence[Subject]] | None = None

    def offer(self, first: Sequence[Subject], whole: Callable[[], Sequence[Subject]]) -> None:
        """Show the first subject, or the one chosen before while there still is such a one."""
        chosen = self.currentData() if self.currentIndex() > 0 else None
        self._show(first, None)
        self._whole = whole
        if chosen is not None:
            self.fill(chosen)

    def fill(self, chosen: object = None) -> None:
        """Have the whole list, if it is not there yet."""
        if self._whole is not None:
            subjects, self._whole = self._whole(), None
            self._show(subjects, chosen)

    @contained
    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.fill()
        super().keyPressEvent(event)

    @contained
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.fill()
        super().wheelEvent(event)

    def _show(self, subjects: Sequence[Subject], chosen: object) -> None:
        self.clear()
        for subject in subjects:
            self.addItem(subject.label or subject.key, subject.key)
        self.setCurrentIndex(max(self.findData(chosen), 0))


class OfferCard(Card):
    """A document of the list; where it cannot be printed yet, what to do first."""

    print_asked = Signal(str, str)
    page_asked = Signal(str)

    def __init__(self, offer: Offer, page: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.offer = offer
        self._page = page
        self._saved: Path | None = None
        self._subjects = SubjectBox()
        self._subjects.setAccessibleName(f"{offer.title} : pour")
        self._subjects.setMaximumWidth(theme.pixels(SUBJECT_WIDTH))
        self._subjects.setSizeAdjustPolicy(FITS_WORDS)
        self._save = plain_button("Enregistrer le PDF…", self._print)
        self._save.setAccessibleName(f"Enregistrer le PDF : {offer.title}")
        self._first = plain_button("Préparer", self._go)
        self._first.setAccessibleName(f"Aller à la page qui prépare : {offer.title}")
        self._missing = muted(offer.missing)
        self._chip = Chip("Pas encore disponible", "neutral")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(strong(offer.title))
        words.addWidget(muted(offer.purpose))
        words.addWidget(self._missing_line())
        words.addWidget(self._subjects, 0, Qt.AlignmentFlag.AlignLeft)
        self._open = quiet_button("Ouvrir", self._open_saved)
        self._open.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        for widget in (self._open, self._save, self._first):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_subjects(self, dossier: Dossier) -> bool:
        """Show what the document can be printed for now, keeping the choice made.

        Returns:
            Whether there is anything.
        """
        subjects = self.offer.beginning(dossier)
        self._subjects.offer(subjects, partial(self.offer.subjects, dossier))
        self._subjects.setVisible(len(subjects) > 1)
        self._save.setVisible(bool(subjects))
        self._first.setVisible(not subjects)
        self._missing_part.setVisible(not subjects)
        return bool(subjects)

    def show_saved(self, file: Path) -> None:
        """Offer to open the file that was just saved."""
        self._saved = file
        set_tip(self._open, str(file))
        self._open.setAccessibleName(f"Ouvrir {file.name}")
        self._open.show()

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether every word sought is in the title or the purpose."""
        text = f"{self.offer.title} {self.offer.purpose}".casefold()
        return all(word in text for word in words)

    def _missing_line(self) -> QWidget:
        self._missing_part = QWidget()
        row = QHBoxLayout(self._missing_part)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._missing, 1)
        return self._missing_part

    @Slot()
    def _print(self) -> None:
        self.print_asked.emit(self.offer.id, self._subjects.currentData() or "")

    @Slot()
    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    @Slot()
    def _go(self) -> None:
        self.page_asked.emit(self._page)
