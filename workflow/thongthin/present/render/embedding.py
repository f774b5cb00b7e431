"""An HTML page in one file: style sheets, fonts and pictures stand in it.

pandoc can do that, too, but takes the whole page apart for it, which takes longer than to write the page.
"""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)"( ?/)?>')
_PICTURE = re.compile(r'(<img src=")([^"]*)(")')
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
_FONT = re.compile(r'url\("([^"]*)"\)')
# Of files that stand in a page, by the ending of their names.
_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def embed(page: bytes, folder: Path) -> bytes:
    """The page with all that it is made of in it.

    Args:
        page: as pandoc wrote it with our template.
        folder: where its files are.

    Raises:
        OSError: a file is not there.
        ValueError: it is none that can stand in a page.
    """

    def sheet(found: re.Match[str]) -> str:
        path = folder / html.unescape(found[1])
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        return f"<style>{_FONT.sub(lambda url: f'url({_data(path.parent / url[1])})', text)}</style>"

    def picture(found: re.Match[str]) -> str:
        source = html.unescape(found[2])
        return found[0] if source.startswith("data:") else f"{found[1]}{_data(folder / source)}{found[3]}"

    head, mark, body = page.decode("utf-8").partition("</head>")
    return f"{_SHEET.sub(sheet, head)}{mark}{_PICTURE.sub(picture, body)}".encode()


def _data(path: Path) -> str:
    """The address that holds the content of a file."""
    if path.suffix.lower() not in _TYPES:
        raise ValueError(f"{path.name}: no kind of file that can stand in a page")
    return f"data:{_TYPES[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
