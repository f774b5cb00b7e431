"""What can be read in a finished document, without white space and signs that renderers set as they like."""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

from pypdfium2 import PdfDocument

# What each format does by itself: marks of quotation, hyphens and soft ones.
_AS_LIKED = re.compile("[\"'‘’‚‛“”„‟«»`´\\-‐‑\u00ad\ufffe]")
# Parts of a page that nobody reads as its text.
_UNSEEN = re.compile(r"<(style|script|annotation|title)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_WORD_PART = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_WORD_TEXT = re.compile(r"<w:t(?:\s[^<>]*)?>([^<>]*)</w:t>|<m:t(?:\s[^<>]*)?>([^<>]*)</m:t>")
# Stands between the pages of a PDF, so that what ends one is not taken together with what begins the next.
PAGE_END = "\u240c"
_PAGE_NUMBER = re.compile(r"(?:\A\s*\d{1,4}[^\S\n]*\n)|(?:\n\s*\d{1,4}\s*\Z)")


def squeezed(text: str) -> str:
    """Text as it is compared: compatible forms as one (NFKC), without white space, hidden signs, quotes and hyphens."""
    shown = _AS_LIKED.sub("", unicodedata.normalize("NFKC", text))
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Co"))


def text_of(document: bytes, format_: str, pages_of: Callable[[bytes], Sequence[str]] | None = None) -> str:
    """What a document says from its beginning to its end, `squeezed`.

    Args:
        document: the file.
        format_: html, xml, pdf or docx.
        pages_of: another reader of PDF: the text of each page.
    """
    if format_ == "pdf":
        pages = (pages_of or pdf_pages)(document)
        return squeezed(PAGE_END.join(_PAGE_NUMBER.sub("", page.replace("\r\n", "\n")) for page in pages))
    if format_ in ("html", "xml"):
        page = document.decode("utf-8")
        return squeezed(html.unescape(_TAG.sub("", _UNSEEN.sub("", page[max(0, page.find("<body")) :]))))
    with zipfile.ZipFile(BytesIO(document)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if _WORD_PART.fullmatch(name)]
    return squeezed("".join(html.unescape(a or b) for part in parts for a, b in _WORD_TEXT.findall(part)))


def pdf_pages(document: bytes) -> list[str]:
    """The text of each page of a PDF, by PDFium."""
    with PdfDocument(document) as read:
        return [page.get_textpage().get_text_range() for page in read]
