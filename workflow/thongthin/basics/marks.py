"""Numbers that carry a mark into the text that is made of them, to find out later which number a piece of text shows.

A marked number computes and compares as the number it is. `marked` puts its mark, one character of a plane that no text
uses, behind the first character of what it reads, where nobody who looks at the beginning or the end of the text
notices it. A number computed from it has no mark: it is another one.
"""

from __future__ import annotations

import re
from typing import Any

# The private use of the last two planes: so many numbers can be told apart at once.
FIRST, LAST = 0xF0000, 0x10FFFD
MARK = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")


class MarkedFloat(float):
    """A number that carries a mark."""

    mark: str = ""


class MarkedInt(int):
    """A whole number that carries a mark, also where it is put into a text as it stands."""

    mark: str = ""

    def __format__(self, spec: str) -> str:
        return marked(format(int(self), spec), self)

    def __str__(self) -> str:
        return marked(int.__repr__(self), self)


def with_mark(value: Any, place: int) -> MarkedFloat | MarkedInt:
    """The number, carrying the mark of a place, counted from 0.

    Raises:
        ValueError: there are no marks for so many numbers.
    """
    if place > LAST - FIRST:
        raise ValueError("more numbers than marks")
    number = MarkedFloat(value) if isinstance(value, float) else MarkedInt(value)
    number.mark = chr(FIRST + place)
    return number


def marked(text: str, value: Any) -> str:
    """The text that a value reads as, with the mark of the value if it carries one."""
    mark = getattr(value, "mark", "")
    return f"{text[:1]}{mark}{text[1:]}" if mark else text


def marks_in(text: str) -> list[int]:
    """The places whose marks stand in a text, in their order, each once."""
    return list(dict.fromkeys(ord(mark) - FIRST for mark in MARK.findall(text)))


def unmarked(text: str) -> str:
    """The text without marks."""
    return MARK.sub("", text)
