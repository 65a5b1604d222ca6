#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw the icons of Windows and macOS from the one in SVG: draw.py FOLDER.

Each size is drawn by itself: an icon of 16 points made smaller from 256 is a smudge.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = Path(__file__).resolve().parent / "egn-desktop.svg"
SIZES = {
    "egn-desktop.ico": (16, 20, 24, 32, 40, 48, 64, 256),
    "egn-desktop.icns": (16, 32, 64, 128, 256, 512, 1024),
}


def main(folder: Path) -> int:
    """Draw both."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sizes in SIZES.items():
        *smaller, largest = (drawn(size) for size in sizes)
        shapes = [(size, size) for size in sizes]
        largest.save(folder / name, sizes=shapes, append_images=smaller)
    return 0


def drawn(size: int) -> Image.Image:
    """Return the icon as a picture of that many points a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(kept.data()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
