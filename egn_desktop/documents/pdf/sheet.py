# SPDX-License-Identifier: GPL-3.0-or-later
"""The surface that everything is drawn on: nothing can be drawn outside a tag or an artifact."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from egn_desktop.documents.pdf.tags import Element, Mark
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.lines import Run
from egn_desktop.documents.text.styles import PAGE_HEIGHT, PAGE_WIDTH, REGULAR, Colour

# A PDF is bytes: spelling them in letters makes it a quarter larger, and takes longer than drawing.
rl_config.useA85 = 0


class Sheet:
    """Draws page after page and notes which element each drawn piece belongs to.

    Coordinates are PDF's: points from the bottom left corner.
    """

    def __init__(self) -> None:
        fonts.face(REGULAR)
        self._bytes = BytesIO()
        self._canvas: Any = Canvas(
            self._bytes,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=True,
            pageCompression=1,
            pdfVersion=(1, 7),
            initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]
            initialFontSize=10,
        )
        self._marks = 0
        self._open = False
        self._decorative = False
        self.page = 0

    @contextmanager
    def tag(self, element: Element) -> Generator[None]:
        """What is drawn inside is content of the element."""
        if self._decorative:
            with self.artifact():
                yield
            return
        number = self._marks
        self._marks += 1
        element.kids.append(Mark(self.page, number))
        with self._marked(f"/{element.role} <</MCID {number}>> BDC"):
            yield

    @contextmanager
    def artifact(self, kind: str = "") -> Generator[None]:
        """What is drawn inside is decoration, or a page's header or footer: never read aloud."""
        with self._marked(f"/Artifact <<{kind}>> BDC" if kind else "/Artifact BMC"):
            yield

    @contextmanager
    def decorative(self) -> Generator[None]:
        """What is tagged inside is an artifact all the same: it repeats what was read already."""
        self._decorative = True
        yield
        self._decorative = False

    @contextmanager
    def _marked(self, begin: str) -> Generator[None]:
        if self._open:
            raise AssertionError("marked content inside marked content")
        self._open = True
        self._canvas.addLiteral(begin)
        yield
        self._canvas.addLiteral("EMC")
        self._open = False

    @contextmanager
    def clipped(self, x: float, y: float, width: float, height: float) -> Generator[None]:
        """What is drawn inside shows in this rectangle only."""
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x, y, width, height)
        self._canvas.clipPath(path, stroke=0)
        yield
        self._canvas.restoreState()

    def text(
        self, x: float, y: float, runs: Sequence[Run], size: float, ink: Colour, tracking: float = 0
    ) -> None:
        """Write on one line from ``x``, the foot of the letters at ``y``."""
        self._must_be_marked()
        writer = self._canvas.beginText(x, y)
        writer.setFillColorRGB(ink.red, ink.green, ink.blue)
        writer.setCharSpace(tracking)
        for words, font in runs:
            fonts.face(font)
            writer.setFont(font, size)
            writer.textOut(words)
        if tracking:
            writer.setCharSpace(0)
        self._canvas.drawText(writer)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: Colour, thickness: float = 0.5
    ) -> None:
        """Draw a straight line."""
        self._must_be_marked()
        self._stroke(ink, thickness)
        self._canvas.line(x1, y1, x2, y2)

    def path(
        self, points: Sequence[tuple[float, float]], ink: Colour, thickness: float = 1
    ) -> None:
        """Draw a line through the points; a dot where there is only one."""
        self._must_be_marked()
        if len(points) == 1:
            self.disc(*points[0], thickness / 2, ink)
            return
        self._stroke(ink, thickness)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setLineCap(0)
        self._canvas.setLineJoin(0)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        radius: float = 0,
        thickness: float = 0.6,
    ) -> None:
        """Draw a rectangle from its bottom left corner, filled, outlined or both."""
        self._must_be_marked()
        if fill:
            self._canvas.setFillColorRGB(fill.red, fill.green, fill.blue)
        if stroke:
            self._stroke(stroke, thickness)
        how = {"stroke": int(stroke is not None), "fill": int(fill is not None)}
        if radius:
            self._canvas.roundRect(x, y, width, height, radius, **how)
        else:
            self._canvas.rect(x, y, width, height, **how)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """Draw a full circle."""
        self._must_be_marked()
        self._canvas.setFillColorRGB(fill.red, fill.green, fill.blue)
        self._canvas.circle(x, y, radius, stroke=0, fill=1)

    def dots(self, first: float, last: float, y: float, ink: Colour) -> None:
        """Draw a row of dots that lead the eye, from the first towards the last.

        They are one line of dashes without length and with round ends: a contents page has
        thousands of dots, and each drawn as a circle would be four curves.
        """
        self._must_be_marked()
        self._stroke(ink, 0.9)
        self._canvas.setLineCap(1)
        self._canvas.setDash([0, 5])
        self._canvas.line(first, y, last, y)
        self._canvas.setDash()
        self._canvas.setLineCap(0)

    def photo(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a JPEG file from its bottom left corner; it goes into the PDF as it is."""
        self._must_be_marked()
        self._canvas.drawImage(ImageReader(BytesIO(content)), x, y, width, height)

    def next_page(self) -> None:
        """Finish this page and start another one."""
        self._canvas.showPage()
        self._marks = 0
        self.page += 1

    def finished(self) -> bytes:
        """Return the drawn pages as a PDF that has no structure yet."""
        self._canvas.save()
        return self._bytes.getvalue()

    def _stroke(self, ink: Colour, thickness: float) -> None:
        self._canvas.setStrokeColorRGB(ink.red, ink.green, ink.blue)
        self._canvas.setLineWidth(thickness)

    def _must_be_marked(self) -> None:
        if not self._open:
            raise AssertionError("drawn outside a tag or an artifact")
