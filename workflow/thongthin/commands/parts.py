"""What a command tells at a terminal, in parts: each a heading in English and Thai, and lines of names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from thongthin.basics.language import one_line

# So many lines of a part are shown, and so many characters of a name; nobody reads more of them in a terminal.
LISTED = 500
SHOWN = 80


class Part(NamedTuple):
    """A heading in both languages, and the lines below it."""

    en: str
    th: str
    lines: Sequence[str]


def described(parts: Iterable[Part]) -> str:
    """The parts as they are printed, those without lines left out, long ones cut short."""
    paragraphs = []
    for part in parts:
        if part.lines:
            lines = [f"{part.en} / {part.th}", *(f"  {line}" for line in part.lines[:LISTED])]
            if (more := len(part.lines) - LISTED) > 0:
                lines.append(f"  ... {more} more / และอีก {more} รายการ")
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def shown(name: str) -> str:
    """A name from the file on one line, cut where it is longer than people can read; "–" for none."""
    line = one_line(name)
    return (line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…") or "–"
