"""An HTML page in one file: style sheets, fonts, scripts and pictures stand in it.

pandoc can do that, too, but takes the whole page apart for it, which takes longer than to write the page. A journal's
folder may have a page and style sheets of its own; an address that asks for something from elsewhere is refused there,
too.
"""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

# What loads a file as soon as a page is opened.
_TAG = re.compile(r"<(?:audio|embed|iframe|img|input|link|script|source|track|video)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r'(\s(?:src|href|poster)=)"([^"]*)"', re.IGNORECASE)
_SHEET = re.compile(r'\srel="stylesheet"', re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s]*))\s*\)|@import\b")
# What is there already, or stands in the page itself.
_HERE = re.compile(r"data:|#|$")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Of files that stand in a page, by the ending of their names.
_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def embed(page: bytes, folder: Path) -> bytes:
    """The page with all that it is made of in it.

    Args:
        page: as pandoc wrote it.
        folder: where its files are.

    Raises:
        OSError: a file is not there.
        ValueError: it asks for what can't stand in a page, such as something from another computer.
    """

    def loaded(tag: re.Match[str]) -> str:
        if _SHEET.search(tag[0]) and (address := _ADDRESS.search(tag[0])):
            path = _path(folder, html.unescape(address[2]))
            return f"<style>{_sheet(path)}</style>" if path else tag[0]
        return _ADDRESS.sub(lambda own: f'{own[1]}"{_embedded(folder, html.unescape(own[2]))}"', tag[0])

    return _TAG.sub(loaded, page.decode("utf-8")).encode()


def _sheet(path: Path) -> str:
    """A style sheet with its fonts and pictures in it."""

    def loaded(url: re.Match[str]) -> str:
        if url[0] == "@import":
            raise ValueError(f"{path.name}: a style sheet that imports another can't stand in a page: {url[0]}")
        return f'url("{_embedded(path.parent, url[1] or url[2] or url[3] or "")}")'

    return _URL.sub(loaded, _COMMENT.sub("", path.read_text(encoding="utf-8")))


def _path(folder: Path, address: str) -> Path | None:
    """The file that an address names; None if it names none."""
    if _HERE.match(address):
        return None
    if _ELSEWHERE.match(address):
        raise ValueError(f"{address}: a page asks nothing of other computers")
    return folder / address


def _embedded(folder: Path, address: str) -> str:
    """The address that holds the content of a file."""
    path = _path(folder, address)
    if path is None:
        return html.escape(address)
    if path.suffix.lower() not in _TYPES:
        raise ValueError(f"{path.name}: no kind of file that can stand in a page")
    return f"data:{_TYPES[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
