# SPDX-License-Identifier: GPL-3.0-or-later
"""What PySide6 (6.11) says wrongly of its own types, put right here and nowhere else."""

from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem


def place_and_state(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Return where a cell is painted, and whether it is chosen or under the pointer.

    Both are fields of a base class that the stubs leave empty.
    """
    fields: Any = option
    return fields.rect, fields.state


def item_at_hand(shown: QListWidget) -> QListWidgetItem | None:
    """Return the current item of a list; there is none in an empty one, whatever the stubs say."""
    return shown.currentItem()


def open_urls_with(scheme: str, receiver: QObject, method: str) -> None:
    """Have a slot open what has such an address; the stubs ask for bytes, Qt for a name."""
    services: Any = QDesktopServices
    services.setUrlHandler(scheme, receiver, method)


def png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG; the stubs ask for the format's name as bytes."""
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn: Any = image
    drawn.save(buffer, "PNG")
    return bytes(array.data())
