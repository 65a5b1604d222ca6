# SPDX-License-Identifier: GPL-3.0-or-later
"""A photo, large, with its caption; the arrows lead to the others."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.dossier.places import not_written
from egn_desktop.errors import UserError
from egn_desktop.inventory.stock.queries.photos import PhotoRow, photo_image
from egn_desktop.paths import share_as_folder
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.photos.photo_thumb import photo_words, read_image
from egn_desktop.ui.widgets.buttons import danger_button, icon_button, plain_button
from egn_desktop.ui.widgets.labels import muted

LARGE = QSize(720, 480)


class _Picture(QWidget):
    """A picture as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)

    def sizeHint(self) -> QSize:
        return LARGE

    def show_image(self, image: QImage, words: str) -> None:
        """Show another picture, with its words for who cannot see it."""
        self._image = image
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        grown = self._image.size().scaled(
            (self.size() * ratio).boundedTo(self._image.size()), Qt.AspectRatioMode.KeepAspectRatio
        )
        room = QRectF(0, 0, grown.width() / ratio, grown.height() / ratio)
        room.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(room, self._image, QRectF(self._image.rect()))
        painter.end()


class PhotoViewer(QDialog):
    """Shows photos large, one at a time; a caption is kept as it is left."""

    removal_wanted = Signal(object)

    def __init__(
        self, context: Context, rows: Sequence[PhotoRow], at: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._rows = list(rows)
        self._at = at
        self.setWindowTitle("Photo")
        self._picture = _Picture()
        self._place = muted("")
        self._form = Form()
        self._form.add_text("caption", "Légende", placeholder="Ce que l’on voit")
        self._form.edited.connect(self._captioned)
        self._before = icon_button("chevron-left", "Photo précédente", self._go_back)
        self._after = icon_button("chevron-right", "Photo suivante", self._go_on)
        for key, move in ((Qt.Key.Key_PageUp, self._go_back), (Qt.Key.Key_PageDown, self._go_on)):
            QShortcut(QKeySequence(key), self, move)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        turn = QHBoxLayout()
        turn.setSpacing(8)
        turn.addWidget(self._before)
        turn.addWidget(self._place, 1, Qt.AlignmentFlag.AlignVCenter)
        turn.addWidget(self._after)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(danger_button("Retirer", self._remove, "delete"))
        foot.addWidget(plain_button("Enregistrer une copie", self._save, "download"))
        foot.addStretch()
        foot.addWidget(plain_button("Fermer", self._leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._picture, 1)
        column.addLayout(turn)
        column.addWidget(self._form)
        column.addLayout(foot)
        self.resize(theme.pixels(LARGE.width()), theme.pixels(LARGE.height() + 190))

    def _show(self) -> None:
        row = self._rows[self._at]
        image = photo_image(self._context.services.dossier, row.id)
        self._picture.show_image(read_image(image), photo_words(row))
        self._form.set_value("caption", row.caption)
        several = len(self._rows) > 1
        place = f" · {self._at + 1} sur {len(self._rows)}" if several else ""
        self._place.setText(photo_words(row).partition(" : ")[0] + place)
        self._before.setVisible(several)
        self._after.setVisible(several)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < len(self._rows))

    @Slot(str, object)
    def _captioned(self, _name: str, value: object) -> None:
        row = self._rows[self._at]
        try:
            self._context.services.photos.caption_photo(row.id, str(value))
        except UserError as error:
            self._form.show_error("caption", error.what)
            return
        self._rows[self._at] = PhotoRow(
            row.id, row.device_id, row.loan_id, row.incident_id, row.taken_on, str(value)
        )
        self._form.note_saved()

    @Slot()
    def _go_back(self) -> None:
        self._move(-1)

    @Slot()
    def _go_on(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        # What was typed under the photo before is kept first.
        if self._form.is_valid() and 0 <= self._at + by < len(self._rows):
            self._at += by
            self._show()

    @Slot()
    def _save(self) -> None:
        row = self._rows[self._at]
        target = self._context.ask_save_file(
            "Enregistrer une copie hors du dossier",
            f"photo-{row.taken_on:%Y-%m-%d}-{row.id}.jpg",
            "Photo (*.jpg)",
        )
        if target is None:
            return
        try:
            target.write_bytes(photo_image(self._context.services.dossier, row.id))
            share_as_folder(target)
        except OSError as error:
            self._context.fail(not_written(error, target))
            return
        self._context.say(f"Copie enregistrée hors du dossier\u202f: {target}")

    @Slot()
    def _remove(self) -> None:
        row = self._rows[self._at]
        self.accept()
        self.removal_wanted.emit(row)

    @Slot()
    def _leave(self) -> None:
        if self._form.is_valid():
            self.accept()
