# SPDX-License-Identifier: GPL-3.0-or-later
"""The logical structure, written into a PDF whose pages are drawn already."""

import re
from collections.abc import Sequence
from itertools import count

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from egn_desktop.documents.pdf.metadata import one_line
from egn_desktop.documents.pdf.tags import Element, LinkArea, Mark, Place
from egn_desktop.documents.text.arabic import spelt
from egn_desktop.documents.text.styles import MARGIN

_ALWAYS_KEPT = {"TD", "TH"}
_PRINTED = 4


def write_structure(pdf: pikepdf.Pdf, root: Element) -> None:
    """Write the tree below ``root``, the way back from each mark to it, and the links."""
    _prune(root)
    _Writer(pdf).write(root)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for page in pdf.pages:
        page.obj.Tabs = Name.S


def _prune(element: Element) -> bool:
    """Drop what came to hold nothing; return whether the element is kept."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)]
    return bool(element.kids) or element.role in _ALWAYS_KEPT


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._parents: list[dict[int, Object]] = [{} for _ in self._pages]
        self._link_parents: list[tuple[int, Object]] = []
        self._keys = count(len(self._pages))

    def write(self, root: Element) -> None:
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(root, tree)])
        numbers: list[int | Object] = []
        for key, (page, marks) in enumerate(zip(self._pages, self._parents, strict=True)):
            page.StructParents = key
            parents = Array([marks[number] for number in range(len(marks))])
            numbers.extend([key, self._pdf.make_indirect(parents)])
        for key, element in self._link_parents:
            numbers.extend([key, element])
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = next(self._keys)
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, element: Element, parent: Object) -> Object:
        made = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent)
        )
        self._describe(made, element)
        kids = [self._kid(kid, made) for kid in element.kids]
        if kids:
            made.K = Array(kids)
        return made

    def _kid(self, kid: Element | Mark | LinkArea, made: Object) -> Object | Dictionary:
        if isinstance(kid, Element):
            return self._element(kid, made)
        page = self._pages[kid.page]
        if isinstance(kid, Mark):
            self._parents[kid.page][kid.number] = made
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=self._link(kid, made))

    def _link(self, area: LinkArea, made: Object) -> Object:
        key = next(self._keys)
        self._link_parents.append((key, made))
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(at, 2) for at in area.box]),
                Border=Array([0, 0, 0]),
                F=_PRINTED,
                Contents=String(one_line(area.says)),
                StructParent=key,
                Dest=_destination(self._pages[area.target_page], area.target_top),
            )
        )
        page = self._pages[area.page]
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return annotation

    def _describe(self, made: Object, element: Element) -> None:
        if element.alt:
            made.Alt = String(one_line(element.alt))
        if element.actual:
            made.ActualText = String(one_line(element.actual))
        if element.language:
            made.Lang = String(element.language)
        attributes: list[Dictionary] = []
        if element.scope:
            attributes.append(Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}")))
        if element.numbering:
            attributes.append(Dictionary(O=Name.List, ListNumbering=Name(f"/{element.numbering}")))
        if element.box:
            box = Array([round(at, 2) for at in element.box])
            attributes.append(Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box))
        if attributes:
            made.A = attributes[0]


def _destination(page: Object, top: float) -> Array:
    return Array([page, Name.XYZ, round(MARGIN, 2), round(top, 2), 0])


def write_outline(pdf: pikepdf.Pdf, places: Sequence[Place]) -> None:
    """Write the bookmarks: one for each heading, nested by level."""
    pages = [page.obj for page in pdf.pages]
    with pdf.open_outline() as outline:
        above: list[tuple[int, pikepdf.OutlineItem]] = []
        for place in places:
            where = _destination(pages[place.page], place.top)
            item = pikepdf.OutlineItem(one_line(place.title), where)
            while above and above[-1][0] >= place.level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((place.level, item))


def mend_text_maps(pdf: pikepdf.Pdf) -> None:
    """Leave out of each font's map the codes that no text uses: they would map to nothing.

    The shape of a letter maps to the letter, so that a search finds the words that it is in. A map
    also holds 100 entries a block at most, more than which some readers refuse.
    """
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for font in page.obj.Resources.Font.as_dict().values():
            if font.objgen in seen or "/ToUnicode" not in font:
                continue
            seen.add(font.objgen)
            font.ToUnicode.write(_mended(font.ToUnicode.read_bytes()))


def _mended(text_map: bytes) -> bytes:
    head, _, rest = text_map.partition(b"endcodespacerange\n")
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>", rest)
    pairs = [pair for pair in pairs if pair[1] != b"0000"]
    blocks = b""
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines = b"".join(b"<%b> <%b>\n" % (code, _spelt(char)) for code, char in part)
        blocks += b"%d beginbfchar\n%bendbfchar\n" % (len(part), lines)
    tail = rest[rest.rindex(b"endbfchar\n") + len(b"endbfchar\n") :]
    return head + b"endcodespacerange\n" + blocks + tail


def _spelt(char: bytes) -> bytes:
    return b"%04X" % ord(spelt(chr(int(char, 16))))
