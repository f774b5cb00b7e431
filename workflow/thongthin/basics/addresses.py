"""Addresses to which a reader may be led."""

from __future__ import annotations

import re

# A page of the web, or somebody's mailbox.
ADDRESS = re.compile(r"https?://[^\s/?#\\<>\"]+[^\s\\<>\"]*|mailto:[^\s@\\<>\"]+@[^\s@\\<>\"]+", re.IGNORECASE)
# Characters that hide, or that turn the order of what is read.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# A page whose scheme was left out, as many lists of references print it.
_WITHOUT_SCHEME = re.compile(r"[^\s/?#:\\<>\"]+\.[^\s/?#:\\<>\"]+(?:[/?#][^\s\\<>\"]*)?")


def is_address(text: str) -> bool:
    """Whether a link may lead there: it begins with http://, https:// or mailto:, and hides nothing."""
    return bool(ADDRESS.fullmatch(text)) and not HIDDEN.search(text)


def is_page(text: str) -> bool:
    """Whether this is the address of a page of the web, with http:// or https:// or without either."""
    known = ADDRESS.fullmatch(text) and not text.lower().startswith("mailto:")
    return bool(known or _WITHOUT_SCHEME.fullmatch(text)) and not HIDDEN.search(text)
