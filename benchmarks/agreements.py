# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreements of a class of 35; against reportlab's own flowables with the same words and fonts.

The bare PDFs have no tags, no outline and no archival metadata: what ours add is in the ratio.
"""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4  # noqa: TID253 - measured here, and loaded by nothing else
from reportlab.lib.styles import ParagraphStyle  # noqa: TID253
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table  # noqa: TID253

from benchmarks.timing import Measure, milliseconds
from egn_desktop.documents import blocks
from egn_desktop.documents.text import fonts, styles
from egn_desktop.dossier import Dossier
from egn_desktop.exports import pdf_bytes
from egn_desktop.inventory.papers.report.agreement import loan_agreement
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.terms import LoanState

HOW_MANY = 35
DOCUMENT = "convention-de-pret"
BODY = ParagraphStyle("body", fontName=styles.REGULAR, fontSize=9, leading=12)
TITLE = ParagraphStyle("title", fontName=styles.BOLD, fontSize=12, leading=15)


def measures(dossier: Dossier) -> list[Measure]:
    """Return the measures of printing."""
    for font in (styles.REGULAR, styles.BOLD):
        fonts.face(font)
    keys = [str(row.id) for row in loans(dossier, state=LoanState.OPEN)[:HOW_MANY]]
    documents: list[Any] = [loan_agreement(dossier, key) for key in keys]
    pdf_bytes(dossier, DOCUMENT, keys[0])
    return [
        Measure(
            f"print {HOW_MANY} agreements",
            milliseconds(lambda: [pdf_bytes(dossier, DOCUMENT, key) for key in keys], times=3),
            "reportlab's flowables, untagged, no queries",
            milliseconds(lambda: [_bare(document) for document in documents], times=3),
        )
    ]


def _bare(document: blocks.Document) -> bytes:
    flowables: list[Any] = [Paragraph(escape(document.title), TITLE)]
    flowables += [part for block in document.blocks for part in _flowables(block)]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(flowables)
    return out.getvalue()


def _flowables(block: Any) -> Iterator[Any]:
    match block:
        case blocks.Heading():
            yield Paragraph(escape(block.text), TITLE)
        case blocks.Paragraph() | blocks.Callout():
            yield Paragraph(_words(block.text), BODY)
        case blocks.Bullets():
            yield from (Paragraph(_words(item), BODY) for item in block.items)
        case blocks.Facts():
            yield _table([(label, value) for label, value in block.items])
        case blocks.Table():
            titles = [column.title for column in block.columns]
            yield _table([titles, *block.rows])
        case blocks.Signatures():
            yield _table([[box.role for box in block.boxes], [box.name for box in block.boxes]])
            yield Spacer(1, 60)
        case blocks.Together():
            for inner in block.blocks:
                yield from _flowables(inner)


def _table(rows: Sequence[Sequence[Any]]) -> Table:
    return Table([[Paragraph(_words(cell), BODY) for cell in row] for row in rows])


def _words(text: Any) -> str:
    if isinstance(text, (blocks.Strong, blocks.Chip)):
        return escape(text.text)
    parts = [text] if isinstance(text, str) else text
    return "".join(escape(part if isinstance(part, str) else part.text) for part in parts)
