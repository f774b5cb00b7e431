"""Where the pages of a document lead: the numbers, quotes, tables and figures that stand on a page of a PDF."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from urllib.parse import unquote

_LEADS = re.compile(r"evidence\.(?:th|en)\.html#/(?P<kind>[^/]+)/(?P<place>.+)")


def leads_of_page(path: Path, number: int) -> list[tuple[str, str]] | None:
    """Kind and address of each link to the page of evidence, in the order of the page; None if there is no such page.

    Args:
        number: of the page, counted from 1.
    """
    import pypdfium2
    from pypdfium2 import raw

    with pypdfium2.PdfDocument(path) as pdf:
        if not 1 <= number <= len(pdf):
            return None
        page = pdf[number - 1]
        place, link, found = ctypes.c_int(0), raw.FPDF_LINK(), []
        while raw.FPDFLink_Enumerate(page.raw, place, link):
            action = raw.FPDFLink_GetAction(link)
            length = raw.FPDFAction_GetURIPath(pdf.raw, action, None, 0) if action else 0
            text = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(pdf.raw, action, text, length)
            if lead := _LEADS.search(unquote(text.value.decode("utf-8", "replace"))):
                found.append((lead["kind"], lead["place"]))
        page.close()
    return list(dict.fromkeys(found))
