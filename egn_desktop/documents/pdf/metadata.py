# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document says about itself: title, language, date, colour profile, archival claims."""

import re
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from egn_desktop import paths
from egn_desktop.documents.blocks import Document
from egn_desktop.french import MONTHS

LANGUAGE = "fr-FR"
PROGRAM = "EGN Desktop"
NAMESPACE = "urn:egn-desktop:seal#"
UNSEALED = "0" * 64
_DATE = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def date_in(words: str) -> date | None:
    """Return the date written in French in these words ("24 novembre 2026"), if any."""
    words = re.sub(r"[\u00a0\u202f]", " ", words)
    if found := _DATE.search(words):
        day, month, year = int(found[1]), MONTHS.index(found[2]) + 1, int(found[3])
    elif found := _SLASHED.search(words):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def describe(pdf: pikepdf.Pdf, document: Document) -> None:
    """Write title, author, date and language, the same in both places where readers look.

    Room is left for the seal: see ``seal.with_seal``, which saves what was described.
    """
    printed = date_in(document.printed_on)
    author = one_line(document.author or document.school)
    facts = {
        "/Title": one_line(document.title),
        "/Author": author,
        "/Subject": one_line(document.subject),
        "/Keywords": one_line(", ".join(document.keywords)),
        "/Creator": PROGRAM,
        "/Producer": PROGRAM,
        "/CreationDate": f"D:{printed:%Y%m%d}000000Z" if printed else "",
        "/ModDate": f"D:{printed:%Y%m%d}000000Z" if printed else "",
    }
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({key: String(value) for key, value in facts.items() if value})
    )
    packet = pdf.make_stream(_xmp(facts, printed, _marks(document, printed)).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    catalog = pdf.Root
    catalog.Metadata = packet
    catalog.Lang = String(LANGUAGE)
    catalog.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    catalog.OutputIntents = Array([_output_intent(pdf)])


def one_line(words: str) -> str:
    """Return the words as a PDF's own strings and XML hold them: on one line, none invisible."""
    words = "".join(char if char.isprintable() or char.isspace() else "" for char in words)
    return " ".join(words.encode("utf-8", "ignore").decode().split())


def _marks(document: Document, printed: date | None) -> list[str]:
    """Return whose print this is, and the room for its seal."""
    mark = document.journal
    said = {
        "school": one_line(document.school),
        "reference": one_line(document.reference),
        "printedOn": f"{printed:%Y-%m-%d}" if printed else "",
        "journal": f"{mark.entries} {mark.head}" if mark else "",
        "seal": UNSEALED,
    }
    return [f"<egn:{name}>{escape(words)}</egn:{name}>" for name, words in said.items() if words]


def _xmp(facts: dict[str, str], printed: date | None, marks: list[str]) -> str:
    said = {key: escape(value) for key, value in facts.items()}
    moment = f"{printed:%Y-%m-%d}T00:00:00Z" if printed else ""
    subject = said["/Subject"]
    keywords = said["/Keywords"]
    lines = [
        _text("dc:title", said["/Title"]),
        f"<dc:creator><rdf:Seq><rdf:li>{said['/Author']}</rdf:li></rdf:Seq></dc:creator>",
        _text("dc:description", subject) if subject else "",
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>",
        "<dc:format>application/pdf</dc:format>",
        f"<pdf:Keywords>{keywords}</pdf:Keywords>" if keywords else "",
        f"<pdf:Producer>{PROGRAM}</pdf:Producer>",
        f"<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>",
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>" if moment else "",
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>" if moment else "",
        *marks,
    ]
    return _PACKET.format(
        facts="\n  ".join(line for line in lines if line),
        namespace=NAMESPACE,
        properties="".join(_PROPERTY.format(name=name, what=what) for name, what in _MARKS.items()),
    )


def _text(name: str, words: str) -> str:
    alternatives = f'<rdf:li xml:lang="x-default">{words}</rdf:li>'
    return f"<{name}><rdf:Alt>{alternatives}</rdf:Alt></{name}>"


_MARKS = {
    "school": "School that printed this document",
    "reference": "What tells this print from another one",
    "printedOn": "Date that the document bears",
    "journal": "Entries of the journal at printing, and the hash of the last",
    "seal": "SHA-256 of the file with zeros in this place",
}
_PROPERTY = """
    <rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>{name}</pdfaProperty:name>
     <pdfaProperty:valueType>Text</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>{what}</pdfaProperty:description>
    </rdf:li>"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:egn="{namespace}"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  {facts}
  <pdfuaid:part>1</pdfuaid:part>
  <pdfaid:part>2</pdfaid:part>
  <pdfaid:conformance>A</pdfaid:conformance>
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name>
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of PDF/UA to which it conforms</pdfaProperty:description>
   </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li><rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>EGN Desktop seal</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>egn</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq>{properties}
   </rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _output_intent(pdf: pikepdf.Pdf) -> Dictionary:
    profile = pdf.make_stream(_srgb())
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        RegistryName=String("http://www.color.org"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


@cache
def _srgb() -> bytes:
    """Return our own sRGB profile: made where it prints, it would bear that system's mark."""
    return (paths.resources() / "colours" / "sRGB.icc").read_bytes()
