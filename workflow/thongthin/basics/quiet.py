"""Messages for screens that others see: where something stands and what is wrong, without the words of the data."""

from __future__ import annotations

import os
import re

# Set in the environment by the launcher (`--quiet-data`), for every program that it starts.
VARIABLE = "THONGTHIN_QUIET_DATA"
# What messages quote, and lines to paste, which hold names of people, labels and ids.
_DATA = re.compile(r'"[^"\n]*"|\{[^{}\n]*\}|\[[^\[\]\n]*\]')
INSTEAD = "…"


def is_quiet() -> bool:
    """Whether messages are to say nothing of what stands in the data."""
    return bool(os.environ.get(VARIABLE))


def hushed(text: str) -> str:
    """A message without what it quotes, where messages are to be quiet; else as it is."""
    if not is_quiet():
        return text
    found = text
    while (shorter := _DATA.sub(INSTEAD, found)) != found:
        found = shorter
    return found
