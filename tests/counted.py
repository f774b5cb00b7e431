"""Positions as a coding tool would write them: the way back of `thongthin.read.coding.positions`, for tests."""

from __future__ import annotations

import re

from thongthin.read.coding.positions import Convention


def counted(text: str, at: int, convention: Convention) -> int:
    """What `convention` counts from the start of `text` to its code point `at`, which stands in no CRLF."""
    before = text[:at].removeprefix("\ufeff")
    if convention.newlines != "stored":
        before = re.sub("\r\n|\r|\n", {"lf": "\n", "crlf": "\r\n"}[convention.newlines], before)
    if convention.mark and (at > 0 or not text.startswith("\ufeff")):
        before = "\ufeff" + before
    return {"code_points": len(before), "utf16": len(before.encode("utf-16-le")) // 2, "utf8": len(before.encode())}[
        convention.unit
    ]
