"""What can be read in a finished document, without white space and signs that renderers set as they like."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from pypdfium2 import PdfDocument

# What is left out where texts are compared: space, what each format sets as it likes (marks of quotation, hyphens), and
# signs that nobody sees (control, format, private use).
_LEFT_OUT = re.compile(
    "[\\s\"'‘’‚‛“”„‟«»`´\\-‐‑\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\ue000-\uf8ff\x00-\x1f\x7f-\x9f]+"
)
# Parts of a page that nobody reads as its text.
_UNSEEN = re.compile(r"<(style|script|annotation)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_WORD_PART = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_WORD_TEXT = re.compile(r"<w:t(?:\s[^<>]*)?>([^<>]*)</w:t>|<m:t(?:\s[^<>]*)?>([^<>]*)</m:t>")
# Stands between the pages of a PDF, so that what ends one is not taken together with what begins the next.
PAGE_END = "\u240c"
# Beside a PDF, what its pages say.
PAGES = "pages.json"
_PAGE_NUMBER = re.compile(r"(?:\A\s*\d{1,4}[^\S\n]*\n)|(?:\n\s*\d{1,4}\s*\Z)")


class Text(NamedTuple):
    """What a document says, without what is left out where texts are compared.

    Attributes:
        text: compatible forms as one (NFKC).
        breaks: places in it before which there was space, or the end of a line or of an element.
    """

    text: str
    breaks: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Text:
        """Of a text as it was read."""
        whole = unicodedata.normalize("NFKC", text)
        pieces, breaks, end, length = [], [], 0, 0
        for run in _LEFT_OUT.finditer(whole):
            pieces.append(whole[end : run.start()])
            length += run.start() - end
            end = run.end()
            if any(sign.isspace() for sign in run[0]):
                breaks.append(length)
        return cls("".join([*pieces, whole[end:]]), frozenset(breaks))


def squeezed(text: str) -> str:
    """A piece of text as it stands in `Text`."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))


def text_of(document: bytes, format_: str, pages: Sequence[str] | None = None) -> Text:
    """What a document says from its beginning to its end.

    Args:
        document: the file.
        format_: html, xml, pdf or docx.
        pages: of a PDF that was read: the text of each.
    """
    if format_ == "pdf":
        pages = pdf_pages(document) if pages is None else pages
        return Text.of(PAGE_END.join(_PAGE_NUMBER.sub("", page.replace("\r\n", "\n")) for page in pages))
    if format_ in ("html", "xml"):
        page = document.decode("utf-8")
        page = page[page.find("<body") :] if format_ == "html" else page
        return Text.of(html.unescape(_TAG.sub("\n", _UNSEEN.sub("", page))))
    with zipfile.ZipFile(BytesIO(document)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if _WORD_PART.fullmatch(name)]
    return Text.of("\n".join(html.unescape(a or b) for part in parts for a, b in _WORD_TEXT.findall(part)))


def pdf_pages(document: bytes) -> list[str]:
    """The text of each page of a PDF, by PDFium."""
    with PdfDocument(document) as read:
        return [page.get_textpage().get_text_range() for page in read]


def recorded(document: bytes) -> str:
    """The text of each page of a PDF as JSON, kept beside it for those who check it (`pages_of`)."""
    return json.dumps({"sha256": _digest(document), "pages": pdf_pages(document)}, ensure_ascii=False)


def pages_of(pdf: Path) -> list[str]:
    """The text of each page of a PDF: from beside it, if `PAGES` there is of this very file, or else out of it."""
    document, beside = pdf.read_bytes(), pdf.with_name(PAGES)
    if beside.is_file():
        known = json.loads(beside.read_text(encoding="utf-8"))
        if known.get("sha256") == _digest(document):
            return list(known["pages"])
    return pdf_pages(document)


def _digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()
