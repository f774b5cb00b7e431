"""Paragraphs by name: what comes back from a co-author in Word is found again in the source.

A paragraph of an article is one line of its source, so that the hash of the line names it, wherever it moves. In Word
the name is a bookmark around the paragraph, on a screen an id; values and quotes have such names, too (shortcodes.lua).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from thongthin.present.render.markup import DIV, mask

# What may stand before a paragraph in its line: a quotation, a list, the mark of a note.
_BEFORE = re.compile(r"[ \t]*(?:(?:>|[-*+]|\(?\d+[.)]|\[\^[^\]\s]+\]:)[ \t]+)*")
# Lines that are no paragraph: headings, tables, figures, formulas and requests that stand alone, rules.
_NO_PARAGRAPH = re.compile(r"#{1,6}[ \t]|\||!\[|\$\$|\{\{<\s*(?:include|quote)\b[^{}]*\}\}\s*$|[-*_=:+ ]+$|:[ \t]")


def paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """The line of each paragraph of an article, counted from 0, where in it the text begins, and its name."""
    seen: Counter[str] = Counter()
    lines = text.split("\n")
    for number, (line, masked) in enumerate(zip(lines, mask(text).split("\n"), strict=True)):
        before = _BEFORE.match(masked)
        start = before.end() if before else 0
        words = masked[start:]
        if not words.strip() or DIV.match(masked) or _NO_PARAGRAPH.match(words) or masked.startswith(("    ", "\t")):
            continue
        digest = hashlib.sha256(line[start:].strip().encode("utf-8")).hexdigest()[:8]
        seen[digest] += 1
        yield number, start, f"p_{digest}" + (f"_{seen[digest]}" if seen[digest] > 1 else "")


def with_paragraph_marks(text: str) -> str:
    """The text with the name of each paragraph before it, as shortcodes.lua takes it."""
    lines = text.split("\n")
    for number, start, name in paragraphs(text):
        lines[number] = f'{lines[number][:start]}[]{{paragraph="{name}"}}{lines[number][start:]}'
    return "\n".join(lines)
