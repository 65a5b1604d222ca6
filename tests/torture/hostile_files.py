# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made to hurt, by code: small on the disk, large or endless in what they unfold to."""

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MB: Final = 1024 * 1024

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    """One file.

    Attributes:
        door: how it is read: "list", "attach", "verify", "photo", "evidence".
        name: what it is called; it says what is wrong with it.
        how: returns what writes it; asked for late, for some take seconds to make.
        expected: part of what is said of it; empty where it may be read.
    """

    door: str
    name: str
    how: Callable[[], Make]
    expected: str = ""

    def make(self, folder: Path) -> Path:
        """Write the file and return where."""
        path = folder / self.name
        self.how()(path)
        return path


# What unfolds


class Unfolding:
    """A deflated stream that unfolds to a piece many times over, made without unfolding it."""

    def __init__(self, start: bytes, piece: bytes, times: int, end: bytes = b"") -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        middle = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        tail = packer.compress(end) + packer.flush()
        self.raw = head + middle * times + tail
        self.size = len(start) + len(piece) * times + len(end)
        self._parts = (start, piece, times, end)

    def crc(self) -> int:
        return self._sum(zlib.crc32, 0)

    def _sum(self, add: Callable[[bytes, int], int], found: int) -> int:
        start, piece, times, end = self._parts
        found = add(start, found)
        for _ in range(times):
            found = add(piece, found)
        return add(end, found)

    def zlib(self) -> bytes:
        """Return the stream as PDF and PNG hold it."""
        return b"\x78\xda" + self.raw + struct.pack(">I", self._sum(zlib.adler32, 1))


def packed(path: Path, members: dict[str, bytes | Unfolding], claimed: int | None = None) -> None:
    """Write a zip by hand.

    Args:
        claimed: the size that every unfolding member says it has.
    """
    body, index = bytearray(), bytearray()
    for name, content in members.items():
        if isinstance(content, Unfolding):
            raw, size, crc = content.raw, content.size, content.crc()
            size = size if claimed is None else claimed
        else:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            raw = packer.compress(content) + packer.flush()
            size, crc = len(content), zlib.crc32(content)
        said = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, len(raw), size)
        encoded = name.encode()
        at = len(body)
        body += b"PK\3\4" + said + struct.pack("<HH", len(encoded), 0) + encoded + raw
        index += b"PK\1\2" + struct.pack("<H", 20) + said
        index += struct.pack("<HHHHHII", len(encoded), 0, 0, 0, 0, 0, at) + encoded
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(index), len(body), 0)
    path.write_bytes(bytes(body + index) + b"PK\5\6" + end)


# Workbooks

_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACK = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}">'.encode()
HEAD_ROW = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>Pr\xc3\xa9nom</t></is></c></row>'
)
END = b"</sheetData></worksheet>"


def xlsx(
    sheet: bytes | Unfolding,
    *,
    strings: bytes | Unfolding = b"",
    folder: str = "worksheets",
    claimed: int | None = None,
    sheets: int = 1,
    more: dict[str, bytes | Unfolding] | None = None,
) -> Make:
    def make(path: Path) -> None:
        names = "".join(f'<sheet name="F{n}" sheetId="{n + 1}" r:id="r1"/>' for n in range(sheets))
        book = f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}'
        rels = f'<?xml version="1.0"?><Relationships xmlns="{_PACK}">'
        rels += f'<Relationship Id="r1" Type="{_REL}/worksheet" Target="{folder}/sheet1.xml"/>'
        if strings:
            rels += f'<Relationship Id="r2" Type="{_REL}/sharedStrings" Target="s.xml"/>'
        top = f'<?xml version="1.0"?><Relationships xmlns="{_PACK}">'
        top += f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
        members: dict[str, bytes | Unfolding] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f"{top}</Relationships>".encode(),
            "xl/workbook.xml": f"{book}</sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": f"{rels}</Relationships>".encode(),
            f"xl/{folder}/sheet1.xml": sheet,
            **(more or {}),
        }
        if strings:
            members["xl/sharedStrings.xml"] = strings
            members["xl/s.xml"] = strings
        packed(path, members, claimed)

    return make


def stray(cell: str, quote: str = '"') -> bytes:
    far = f'<row r="1048576"><c r={quote}{cell}{quote} t="inlineStr"><is><t>x</t></is></c></row>'
    first = HEAD_ROW.replace(b'"A1"', f"{quote}A1{quote}".encode())
    return SHEET + b"<sheetData>" + first + far.encode() + END


def shared(size: int, cells: int) -> Make:
    text = f'<?xml version="1.0"?><sst xmlns="{_MAIN}"><si><t>{"x" * size}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, cells))
    return xlsx(SHEET + b"<sheetData>" + HEAD_ROW + rows.encode() + END, strings=text.encode())


def rows_of_xlsx(count: int) -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>N{n}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>P</t></is></c></row>'
        for n in range(2, count + 2)
    )
    return SHEET + b"<sheetData>" + HEAD_ROW + rows.encode() + END


_ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS = (
    b'<?xml version="1.0"?><office:document-content '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    b'<office:spreadsheet><table:table table:name="F">'
)
_ODS_END = b"</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods(content: bytes | Unfolding, claimed: int | None = None, **more: bytes | Unfolding) -> Make:
    def make(path: Path) -> None:
        members: dict[str, bytes | Unfolding] = {
            "mimetype": more.get("mimetype", _ODS_MIME),
            "META-INF/manifest.xml": more.get("manifest", _MANIFEST),
            "content.xml": content,
        }
        packed(path, members, claimed)

    return make


def repeated(text: bytes, columns: int, rows: int) -> bytes:
    return (
        _ODS + b'<table:table-row table:number-rows-repeated="%d"><table:table-cell '
        b'office:value-type="string" table:number-columns-repeated="%d"><text:p>%s</text:p>'
        b"</table:table-cell></table:table-row>" % (rows, columns, text) + _ODS_END
    )


def ole_loop(path: Path) -> None:
    """Write an old workbook whose table of sectors leads round in a circle."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[44:76] = struct.pack("<IIIIIIII", 1, 1, 0, 4096, 1, 1, 1, 1)
    head[76:512] = struct.pack("<I", 0) + b"\xff" * 432
    circle = struct.pack("<128I", *[n ^ 1 for n in range(128)])
    path.write_bytes(bytes(head) + circle * 8)


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
        for number in range(60_000):
            archive.writestr(f"xl/{number}", "")


def overlapping(path: Path) -> None:
    """Write a zip whose members are all the same bytes, counted a thousand times."""
    packed(path, {"xl/a.xml": Unfolding(b"", b" " * MB, 200)})
    content = path.read_bytes()
    start = content.index(b"PK\1\2")
    end = content.index(b"PK\5\6")
    index = content[start:end] * 1000
    tail = struct.pack("<HHHHIIH", 0, 0, 1000, 1000, len(index), start, 0)
    path.write_bytes(content[:start] + index + b"PK\5\6" + tail)


# PDF


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """Return a PDF of these objects, numbered from 1, with a table that is right."""
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, pdf_object in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + pdf_object + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        at,
    )
    return bytes(out)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def stream(content: bytes, said: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n" % (said, len(content)) + content + b"\nendstream"


def with_metadata(content: bytes, said: bytes = b"") -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>", PAGES, PAGE, stream(content, said))


def object_stream() -> bytes:
    """Return a PDF whose catalogue lies in a stream that unfolds to 2 GB."""
    folded = Unfolding(b"1 0 <</Type/Catalog/Pages 2 0 R>>", b" " * MB, 2000).zlib()
    out = bytearray(b"%PDF-1.7\n")
    places = [len(out)]
    out += b"2 0 obj\n" + PAGES + b"\nendobj\n"
    places.append(len(out))
    out += b"3 0 obj\n" + PAGE + b"\nendobj\n"
    places.append(len(out))
    held = stream(folded, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    out += b"4 0 obj\n" + held + b"\nendobj\n"
    at = len(out)
    rows = [(0, 0, 65535), (2, 4, 0), *((1, place, 0) for place in places), (1, at, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    said = b"/Type/XRef/Size 6/Root 1 0 R/W[1 4 2]"
    out += b"5 0 obj\n" + stream(table, said) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    return bytes(out)


def acting(catalogue: bytes, *more: bytes) -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>", PAGES, PAGE, *more)


JAVASCRIPT = acting(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")
LAUNCH = acting(b"/AA<</WC<</S/Launch/F(cmd.exe)>>>>")
EMBEDDED = acting(
    b"/Names<</EmbeddedFiles<</Names[(a.exe)4 0 R]>>>>",
    b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>",
    stream(b"MZ", b"/Type/EmbeddedFile"),
)
TITLES = b"<x:xmpmeta>" + b"<dc:title>" * 200_000


# Pictures


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *more: bytes, colour: int = 2) -> bytes:
    """Return a picture of one colour, made without painting it."""
    row = bytes(1 + width * {0: 1, 2: 3, 6: 4}[colour])
    whole, rest = divmod(height, 20)
    data = Unfolding(b"", row * 20, whole, row * rest)
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", data.zlib())
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def painted(size: tuple[int, int], kind: str, mode: str = "RGB", **options: object) -> Make:
    def make(path: Path) -> None:
        from PIL import Image

        Image.new(mode, size).save(path, kind, **options)

    return make


def animated(path: Path) -> None:
    from PIL import Image

    frames = [Image.new("RGB", (2000, 2000), (n, 0, 0)) for n in range(40)]
    frames[0].save(path, "WEBP", save_all=True, append_images=frames[1:], lossless=True)


# Not even files


def sparse(size: int) -> Make:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def wrote(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def lines(line: bytes, size: int) -> Make:
    return lambda path: path.write_bytes(
        (b"Nom;Pr\xc3\xa9nom\n" + line * (size // len(line)))[:size]
    )


def siecle(body: bytes) -> bytes:
    return b"<BEE_ELEVES><DONNEES><ELEVES>" + body + b"</ELEVES></DONNEES></BEE_ELEVES>"


LAUGHS = b"".join(
    b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (98 + n) * 10 if n < 9 else b"ha") for n in range(10)
)
CSV: Final = 19 * MB


def attributes() -> bytes:
    return b" ".join(b"a%d=''" % n for n in range(1_200_000))


def zip_of(**files: bytes | Unfolding) -> Make:
    return lambda path: packed(path, {f"{name}.xml": file for name, file in files.items()})


LISTS: tuple[Hostile, ...] = (
    Hostile(
        "list",
        "motif-c.xlsx",
        lambda: xlsx(SHEET + b"<sheetData><row>" + b"<c " * MB),
        "Le classeur",
    ),
    Hostile("list", "texte-partage-20000-fois.xlsx", lambda: shared(MB, 20_000), "mémoire"),
    Hostile("list", "cellule-perdue.xlsx", lambda: xlsx(stray("XFD1048576")), "mémoire"),
    Hostile(
        "list", "cellule-perdue-apostrophes.xlsx", lambda: xlsx(stray("XFD1048576", "'")), "mémoire"
    ),
    Hostile("list", "cellule-perdue-minuscules.xlsx", lambda: xlsx(stray("xfd1048576")), "mémoire"),
    Hostile(
        "list",
        "cellule-perdue-ailleurs.xlsx",
        lambda: xlsx(stray("XFD1048576"), folder="other"),
        "mémoire",
    ),
    Hostile("list", "colonne-impossible.xlsx", lambda: xlsx(stray("ZZZZZZ1048576")), "abîmé"),
    Hostile(
        "list",
        "taille-mentie.xlsx",
        lambda: xlsx(Unfolding(SHEET + b"<sheetData>", b" " * MB, 1500, END), claimed=1000),
        "abîmé",
    ),
    Hostile(
        "list",
        "feuille-1500-Mo.xlsx",
        lambda: xlsx(Unfolding(SHEET + b"<sheetData>", b" " * MB, 1500, END)),
        "trop étendu",
    ),
    Hostile(
        "list",
        "espaces-290-Mo.xlsx",
        lambda: xlsx(
            SHEET + b"<sheetData>" + HEAD_ROW + END,
            strings=Unfolding(b"<sst><si><t>", b" " * MB, 140, b"</t></si></sst>"),
        ),
        "",
    ),
    Hostile("list", "200000-lignes.xlsx", lambda: xlsx(rows_of_xlsx(200_000)), "trop étendu"),
    Hostile("list", "20000-feuilles.xlsx", lambda: xlsx(rows_of_xlsx(20), sheets=20_000), ""),
    Hostile("list", "profond.xlsx", lambda: xlsx(SHEET + b"<x>" * 2_000_000), ""),
    Hostile(
        "list",
        "attributs.xlsx",
        lambda: xlsx(SHEET + b"<sheetData><row><c " + attributes() + b"/></row>" + END),
        "tableau",
    ),
    Hostile(
        "list",
        "entites.xlsx",
        lambda: xlsx(
            b"<?xml version='1.0'?><!DOCTYPE a ["
            + LAUGHS
            + b"]>"
            + SHEET[21:]
            + b"<sheetData>"
            + HEAD_ROW.replace(b"Nom", b"&a;")
            + END
        ),
        "",
    ),
    Hostile(
        "list",
        "fusions.xlsx",
        lambda: xlsx(
            SHEET
            + b"<sheetData>"
            + HEAD_ROW
            + b"</sheetData><mergeCells>"
            + b'<mergeCell ref="A1:XFD1048576"/>' * 300_000
            + b"</mergeCells></worksheet>"
        ),
        "",
    ),
    Hostile("list", "60000-membres.xlsx", lambda: many_members, ""),
    Hostile("list", "membres-superposes.xlsx", lambda: overlapping, ""),
    Hostile(
        "list",
        "sortie.xlsx",
        lambda: lambda path: packed(path, {"../../xl/../evil.xml": b"x", "xl/workbook.xml": b""}),
        "",
    ),
    Hostile("list", "coupe.xlsx", lambda: lambda path: cut(path, xlsx(rows_of_xlsx(500))), "abîmé"),
    Hostile(
        "list", "texte-repete.ods", lambda: ods(repeated(b"x" * 100_000, 100, 1000)), "mémoire"
    ),
    Hostile("list", "lignes-repetees.ods", lambda: ods(repeated(b"x", 16_384, 1_048_576)), ""),
    Hostile(
        "list",
        "contenu-1-Go.ods",
        lambda: ods(Unfolding(_ODS, b" " * MB, 1000, _ODS_END), claimed=900),
        "abîmé",
    ),
    Hostile("list", "profond.ods", lambda: ods(_ODS + b"<text:p>" * 2_000_000), ""),
    Hostile(
        "list",
        "manifeste-500-Mo.ods",
        lambda: ods(_ODS + _ODS_END, manifest=Unfolding(_MANIFEST, b" " * MB, 500)),
        "trop étendu",
    ),
    Hostile(
        "list",
        "type-500-Mo.ods",
        lambda: ods(_ODS + _ODS_END, mimetype=Unfolding(_ODS_MIME, b" " * MB, 500)),
        "",
    ),
    Hostile(
        "list",
        "entites.ods",
        lambda: ods(b"<!DOCTYPE a [" + LAUGHS + b"]>" + repeated(b"&a;", 2, 2)),
        "",
    ),
    Hostile("list", "secteurs-en-rond.xls", lambda: ole_loop, "abîmé"),
    Hostile(
        "list",
        "entete-seul.xls",
        lambda: wrote(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 600_000),
        "abîmé",
    ),
    # Texts
    Hostile("list", "guillemets.csv", lambda: lines(b'"\n', CSV), ""),
    Hostile("list", "lignes-courtes.csv", lambda: lines(b"A;B\n", CSV), "lignes"),
    Hostile("list", "lignes-vides.csv", lambda: lines(b"\n", CSV), ""),
    Hostile("list", "une-seule-ligne.csv", lambda: lines(b"a;b;", CSV), ""),
    Hostile("list", "points-virgules.csv", lambda: lines(b";;;;\n", CSV), ""),
    Hostile("list", "guillemets-doubles.csv", lambda: lines(b'"a""b;', CSV), "tableau"),
    Hostile(
        "list", "longues-cellules.csv", lambda: lines(b'"' + b"x" * 120_000 + b'";b\n', CSV), ""
    ),
    Hostile("list", "cp1252.csv", lambda: lines(b"\xc9l\xe8ve;No\xebl\n", CSV), "lignes"),
    Hostile(
        "list",
        "utf-16.csv",
        lambda: wrote(b"\xff\xfe" + ("A;B\n" * (CSV // 8)).encode("utf-16-le")),
        "lignes",
    ),
    Hostile("list", "nuls.csv", lambda: lines(b"\0;\0\n", CSV), "seul le logiciel"),
    Hostile(
        "list",
        "accents-entasses.csv",
        lambda: wrote("Nom;Prénom\n".encode() + b"A" + "\u0301".encode() * 60_000 + b";B\n"),
    ),
    Hostile(
        "list",
        "accents-partout.csv",
        lambda: wrote(
            "Nom;Prénom\n".encode() + (b"A" + "\u0301\u0316".encode() * 2_000 + b";B\n") * 2_300
        ),
    ),
    Hostile(
        "list",
        "noms-retournes.csv",
        lambda: wrote(
            "Nom;Prénom\nDU\u202ePONT;A\u2066na\u2028ïs\x85\nNOM;<img src='file:///x'>\n".encode()
        ),
    ),
    # XML
    Hostile("list", "attributs.xml", lambda: wrote(siecle(b"<ELEVE " + attributes() + b"/>")), ""),
    Hostile(
        "list",
        "entites.xml",
        lambda: wrote(b"<!DOCTYPE BEE_ELEVES [" + LAUGHS + b"]>" + siecle(b"&a;")),
        "",
    ),
    Hostile(
        "list",
        "exterieur.xml",
        lambda: wrote(
            b'<!DOCTYPE BEE_ELEVES [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + siecle(b"&a;")
        ),
        "",
    ),
    Hostile("list", "profond.xml", lambda: wrote(siecle(b"<x>" * 6_000_000)), "abîmé"),
    Hostile(
        "list", "trois-millions-d-elements.xml", lambda: wrote(siecle(b"<x/>" * 4_500_000)), ""
    ),
    Hostile(
        "list",
        "un-seul-texte.xml",
        lambda: wrote(
            siecle(b"<ELEVE><NOM>" + b"x " * (9 * MB) + b"</NOM><PRENOM>B</PRENOM></ELEVE>")
        ),
    ),
    Hostile(
        "list",
        "siecle-1-Go.zip",
        lambda: zip_of(E=Unfolding(b"<BEE_ELEVES>", b" " * MB, 1000)),
        "la limite",
    ),
    Hostile(
        "list",
        "siecle-50-fois.zip",
        lambda: zip_of(**{f"E{n}": Unfolding(b"<BEE_ELEVES>", b" " * MB, 79) for n in range(50)}),
        "la limite",
    ),
)


def cut(path: Path, make: Make) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def fifo(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


PAPERS: tuple[Hostile, ...] = (
    Hostile("attach", "flux-d-objets-2-Go.pdf", lambda: wrote(object_stream()), ""),
    Hostile("verify", "flux-d-objets-2-Go.pdf", lambda: wrote(object_stream()), ""),
    Hostile(
        "verify",
        "metadonnees-2-Go.pdf",
        lambda: wrote(
            with_metadata(Unfolding(b"<x", b" " * MB, 2000).zlib(), b"/Filter/FlateDecode")
        ),
        "",
    ),
    Hostile(
        "verify",
        "metadonnees-deux-fois.pdf",
        lambda: wrote(
            with_metadata(
                zlib.compress(Unfolding(b"<x", b" " * MB, 2000).zlib()),
                b"/Filter[/FlateDecode/FlateDecode]",
            )
        ),
        "",
    ),
    Hostile("verify", "titres.pdf", lambda: wrote(with_metadata(TITLES)), ""),
    Hostile(
        "verify", "empreintes.pdf", lambda: wrote(with_metadata(b"\n  <egn:seal>" * 1_000_000)), ""
    ),
    Hostile("attach", "javascript.pdf", lambda: wrote(JAVASCRIPT), "JavaScript"),
    Hostile("attach", "lancement.pdf", lambda: wrote(LAUNCH), "lancement"),
    Hostile("attach", "fichier-joint.pdf", lambda: wrote(EMBEDDED), "fichiers joints"),
    Hostile(
        "attach",
        "pages-en-rond.pdf",
        lambda: wrote(
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>")
        ),
        "",
    ),
    Hostile(
        "attach",
        "pages-sans-nombre.pdf",
        lambda: wrote(
            pdf(
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 2147483647>>",
                PAGE,
            )
        ),
        "",
    ),
    Hostile("attach", "tableaux-profonds.pdf", lambda: wrote(acting(b"/X " + b"[" * 400_000)), ""),
    Hostile(
        "attach", "200000-objets.pdf", lambda: wrote(acting(b"", *[b"<</A[1 2 3]>>"] * 200_000)), ""
    ),
    Hostile("attach", "marques.pdf", lambda: wrote(b"%PDF-1.7\n" * (2 * MB)), "abîmé"),
    Hostile(
        "attach",
        "renvois-en-rond.pdf",
        lambda: wrote(acting(b"").replace(b"trailer<<", b"trailer<</Prev 300/XRefStm 300")),
        "",
    ),
    Hostile("attach", "film.pdf", lambda: sparse(3 * 1024 * MB), "pèse"),
    Hostile("verify", "film.pdf", lambda: sparse(3 * 1024 * MB), "dépasse"),
    Hostile("verify", "tube.pdf", lambda: fifo, "ne peut pas être lu"),
    Hostile("verify", "zeros.pdf", lambda: zeros, "ne peut pas être lu"),
    Hostile("attach", "repertoire.pdf", lambda: lambda path: path.mkdir(), "ne peut pas être lu"),
    Hostile("evidence", "tube.pdf", lambda: fifo, "ne peut pas être lu"),
)

PHOTOS: tuple[Hostile, ...] = (
    Hostile(
        "photo",
        "99-megapixels.webp",
        lambda: painted((11_000, 9_000), "WEBP", lossless=True),
        "pixels",
    ),
    Hostile(
        "photo", "39-megapixels.webp", lambda: painted((6_500, 6_000), "WEBP", lossless=True), ""
    ),
    Hostile("photo", "99-megapixels.png", lambda: wrote(png(11_000, 9_000)), "pixels"),
    Hostile("photo", "39-megapixels.png", lambda: wrote(png(6_500, 6_000, colour=6)), ""),
    Hostile("photo", "99-megapixels.jpg", lambda: painted((11_000, 9_000), "JPEG"), ""),
    Hostile(
        "photo",
        "progressive.jpg",
        lambda: painted((11_000, 9_000), "JPEG", progressive=True),
        "pixels",
    ),
    Hostile(
        "photo",
        "900-megapixels.png",
        lambda: wrote(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(3000)))
        ),
        "pixels",
    ),
    Hostile("photo", "une-ligne.png", lambda: wrote(png(39_000_000, 1, colour=0)), ""),
    Hostile(
        "photo",
        "commentaire-1-Go.png",
        lambda: wrote(
            png(10, 10, chunk(b"zTXt", b"a\0\0" + Unfolding(b"", b" " * MB, 1000).zlib()))
        ),
        "",
    ),
    Hostile(
        "photo",
        "profil-1-Go.png",
        lambda: wrote(
            png(10, 10, chunk(b"iCCP", b"a\0\0" + Unfolding(b"", b" " * MB, 1000).zlib()))
        ),
        "",
    ),
    Hostile("photo", "anime.webp", lambda: animated, ""),
    Hostile(
        "photo",
        "coupe.jpg",
        lambda: lambda path: cut(path, painted((2000, 2000), "JPEG")),
        "abîmée",
    ),
    Hostile("photo", "tube.jpg", lambda: fifo, "ne peut pas être lu"),
    Hostile("photo", "film.jpg", lambda: sparse(3 * 1024 * MB), "trop lourde"),
)

FILES = (*LISTS, *PAPERS, *PHOTOS)

SHORT = (
    "motif-c.xlsx",
    "cellule-perdue-minuscules.xlsx",
    "lignes-courtes.csv",
    "javascript.pdf",
    "tube.pdf",
    "99-megapixels.png",
)
"""Those of the normal suite."""


def short() -> Iterator[Hostile]:
    """Yield the files of the normal suite, one of each kind of harm."""
    for name in SHORT:
        yield next(file for file in FILES if file.name == name)
