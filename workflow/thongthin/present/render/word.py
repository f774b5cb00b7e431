"""Word: the reference document from which articles take their styles, page, header and footer; where pictures stand.

The styles stand in `report/styles/word-styles.xml`; here they are packed into the smallest document that pandoc
accepts, with page numbers in the footer and, for simulated data, the notice in the header of every page.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# What Word takes where a reader has not TH Sarabun New: fonts as narrow, in which numbers have room in their cells.
AS_NARROW = {"TH Sarabun New": "TH SarabunPSK,Cordia New,Browallia New"}


def reference_document(styles: bytes, header: list[str], section: str) -> bytes:
    """A reference document for pandoc and Quarto, the same bytes every time.

    Args:
        styles: content of `word/styles.xml`.
        header: lines of the header of every page; none for an empty header.
        section: size, margins and columns of the page, as XML (`journal_page.section_of_word`).
    """
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{escape(line)}</w:t></w:r></w:p>' for line in header
    )
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    footer = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{number}</w:p>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{MEDIA}.{kind}+xml"/>'
            for part, kind in (
                ("document", "document.main"),
                ("styles", "styles"),
                ("header1", "header"),
                ("footer1", "footer"),
                ("fontTable", "fontTable"),
            )
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{part}" Type="{RELATIONSHIPS}/{kind}" Target="{part}.xml"/>'
            for part, kind in (
                *(("styles", "styles"), ("header1", "header"), ("footer1", "footer")),
                ("fontTable", "fontTable"),
            )
        )
        + "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"><w:body><w:p/><w:sectPr>'
        '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        f"{section}</w:sectPr></w:body></w:document>",
        "word/fontTable.xml": f'<w:fonts xmlns:w="{WORD}">'
        + "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="DE"/></w:font>'
            for name, others in AS_NARROW.items()
        )
        + "</w:fonts>",
        "word/header1.xml": f'<w:hdr xmlns:w="{WORD}">{lines or "<w:p/>"}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{WORD}">{footer}</w:ftr>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name), XML + xml)
        archive.writestr(zipfile.ZipInfo("word/styles.xml"), styles)
    return stream.getvalue()


def with_pictures_in_place(document: bytes) -> bytes:
    """A Word document whose pictures say that there is no room around them, as Word takes those that say nothing.

    LibreOffice takes a third of a centimetre there: a picture as wide as the text is moved out of the page's text, and
    loses what it shows at its right.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as read, zipfile.ZipFile(made, "w") as written:
        for part in read.infolist():
            content = read.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"<wp:inline>", b'<wp:inline distT="0" distB="0" distL="0" distR="0">')
            if part.filename.endswith(".png"):  # compressed as it is
                part.compress_type = zipfile.ZIP_STORED
            written.writestr(part, content)
    return made.getvalue()
