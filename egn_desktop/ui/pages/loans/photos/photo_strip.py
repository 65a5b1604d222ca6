# SPDX-License-Identifier: GPL-3.0-or-later
"""The photos of a device, a loan or an incident: seen, added, removed."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory.stock.queries.photos import PhotoRow, photo_image, photos
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.loans.photos.photo_thumb import SHARPEST, SIDE, PhotoThumb, read_image
from egn_desktop.ui.pages.loans.photos.photo_viewer import PhotoViewer
from egn_desktop.ui.stubs import png
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import muted

if TYPE_CHECKING:
    from egn_desktop.dossier.undo import Step

GAP = 8
FILTER = "*.jpg *.jpeg *.png *.webp"

Source: TypeAlias = tuple[str, Callable[[], bytes]]
"""A photo to come: its name, and how it is read."""


class PhotoStrip(QWidget):
    """Thumbnails with the ways to add one: a button, files dropped, a picture pasted.

    Without ``loan_id`` and ``incident_id``, all photos of the device; what is added is its own.
    """

    def __init__(
        self,
        context: Context,
        *,
        device_id: int,
        loan_id: int | None = None,
        incident_id: int | None = None,
    ) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._device_id, self._loan_id, self._incident_id = device_id, loan_id, incident_id
        self._rows: Sequence[PhotoRow] = ()
        self._thumbs: dict[int, PhotoThumb] = {}
        self.setAcceptDrops(True)
        self._flow = Flow(spacing=GAP)
        self.add_button = quiet_button("Ajouter des photos", self._choose, "plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._flow)
        column.addWidget(self.add_button)
        column.addWidget(
            muted(
                "Vous pouvez aussi les déposer ici, ou les coller avec Ctrl+V. Le lieu et "
                "l’appareil inscrits dans une photo ne sont pas gardés."
            )
        )
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)
        context.changed.connect(self._something_changed)
        self._reload()

    @property
    def thumbs(self) -> Sequence[PhotoThumb]:
        """The photos shown, in order."""
        return [self._thumbs[row.id] for row in self._rows]

    @contained
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _sources(event.mimeData()):
            event.acceptProposedAction()

    @contained
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._add(_sources(event.mimeData()))

    def _reload(self) -> None:
        rows = photos(
            self._context.services.dossier,
            self._device_id,
            loan_id=self._loan_id,
            incident_id=self._incident_id,
        )
        if rows == self._rows:
            return
        # Before it goes: Qt would hand the focus to what comes next, on another part of the page.
        if any(thumb.hasFocus() for thumb in self._thumbs.values()):
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        known = {row.id: row for row in self._rows}
        for photo_id, thumb in list(self._thumbs.items()):
            if all(known[photo_id] != row for row in rows):
                self._flow.removeWidget(thumb)
                thumb.hide()
                thumb.deleteLater()
                del self._thumbs[photo_id]
        self._rows = rows
        for row in rows:
            if row.id not in self._thumbs:
                self._thumbs[row.id] = self._make_thumb(row)
        self._place()

    def _make_thumb(self, row: PhotoRow) -> PhotoThumb:
        dossier = self._context.services.dossier

        def load() -> QImage:
            try:
                return read_image(photo_image(dossier, row.id), SIDE * SHARPEST)
            except UserError:
                # Painted once more between its removal and its end.
                return QImage()

        thumb = PhotoThumb(row, load)
        thumb.clicked.connect(self._show_large)
        thumb.removal_wanted.connect(self._remove_focused)
        return thumb

    def _place(self) -> None:
        for thumb in self.thumbs:
            self._flow.removeWidget(thumb)
        for thumb in self.thumbs:
            self._flow.addWidget(thumb)
        every = [*self.thumbs, self.add_button]
        for before, after in pairwise(every):
            QWidget.setTabOrder(before, after)

    @Slot()
    def _choose(self) -> None:
        chosen = self._context.ask_open_files("Ajouter des photos", f"Photos ({FILTER})")
        self._add([_file(path) for path in chosen])

    @Slot()
    def _paste(self) -> None:
        found = _sources(QGuiApplication.clipboard().mimeData())
        if found:
            self._add(found)
        else:
            self._context.say("Il n’y a pas de photo à coller.")

    def _add(self, sources: Sequence[Source]) -> None:
        if not sources:
            return
        services, context = self._services, self._context
        device_id, loan_id, incident_id = self._device_id, self._loan_id, self._incident_id
        singular, more = "photo ajoutée", "photos ajoutées"

        stack = services.dossier.undo_stack

        def work(progress: Progress) -> tuple[str, UserError | None]:
            made: list[Step] = []
            refused: UserError | None = None
            for done, (name, read) in enumerate(sources):
                progress.step(done, len(sources))
                try:
                    services.photos.add_photo(
                        device_id, read(),
                        loan_id=loan_id, incident_id=incident_id, name=name,
                    )  # fmt: skip
                except UserError as error:
                    refused = error
                    break
                if stack.last is not None:
                    made.append(stack.last)
            words = french.count(len(made), singular, more) if made else ""
            stack.join(made, words)
            return words, refused

        def done(result: tuple[str, UserError | None]) -> None:
            words, refused = result
            if words:
                context.say_done(f"{words}.")
            if refused is not None:
                context.fail(refused)

        context.jobs.run(work, done=done, failed=context.fail, label="Ajout de photos")

    @Slot()
    def _show_large(self) -> None:
        thumb = self.sender()
        if isinstance(thumb, PhotoThumb):
            at = [row.id for row in self._rows].index(thumb.row.id)
            viewer = PhotoViewer(self._context, self._rows, at, self.window())
            viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            viewer.removal_wanted.connect(self._remove)
            viewer.open()

    @Slot()
    def _remove_focused(self) -> None:
        thumb = self.sender()
        if isinstance(thumb, PhotoThumb):
            self._remove(thumb.row)

    @Slot(object)
    def _remove(self, row: PhotoRow) -> None:
        try:
            self._services.photos.remove_photo(row.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Photo retirée.")

    @Slot(object)
    def _something_changed(self, kinds: frozenset[Changed]) -> None:
        if Changed.DEVICES in kinds:
            self._reload()


def _file(path: Path) -> Source:
    def read() -> bytes:
        from egn_desktop.documents import images

        return images.read_file(path)

    return path.name, read


def _sources(data: QMimeData) -> list[Source]:
    """Return the photos dragged or copied: files, else the picture itself."""
    files = [_file(Path(url.toLocalFile())) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    if data.hasImage():
        content = png(QImage(data.imageData()))
        return [("", lambda: content)] if content else []
    return []
