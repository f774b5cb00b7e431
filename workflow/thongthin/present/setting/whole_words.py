"""PDF: Thai words that stay whole at the end of a line.

`words.json` beside the text holds the runs of Thai letters that have such words, cut into pieces: the second, the
fourth ... are kept whole (`render.thai_words`). A box of Typst leaves no trace in text that is copied. All boxes of a
word are made by one call (`word` of typst-template.typ), so that Typst knows them to be the same, and sets each once
for a width of the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from thongthin.present.setting.evidence import TO_CLAIMS
from thongthin.present.setting.trees import Element, Elements, change_down, raw, text

THAI_LETTER = re.compile("[\u0800-\u0fff]")
# A run of Thai letters.
RUN = re.compile("[\u0e00-\u0e7f][\u0800-\u0fff]*")
_OPEN, _CLOSE = '#word("', '");'
_REPEATED = ("ๆ", "ฯ")


def word_of(code: str) -> str | None:
    """What a piece of raw Typst shows, if it is a word kept whole."""
    return code[len(_OPEN) : -len(_CLOSE)] if code.startswith(_OPEN) else None


class WholeWords:
    """The words of a document; `folder` is its working copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def runs(self) -> dict[str, list[str]]:
        file = self.folder / "words.json"
        found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        return found

    def pieces(self, run: str) -> list[str] | None:
        return self.runs.get(run)

    def keep(
        self,
        elements: Elements,
        fits: Callable[[str], bool] = lambda _: True,
        of_lists: Callable[[Elements], None] | None = None,
    ) -> None:
        """Keep words whole.

        Args:
            fits: tells of a word whether there is room for it.
            of_lists: what else is done to each line.
        """

        def kept(element: Element) -> Elements | None:
            return self._kept(element["c"], fits) if THAI_LETTER.search(element["c"]) else None

        change_down(elements, {"Str": kept}, of_lists or set_line, leave=("Table",))

    def _kept(self, line: str, fits: Callable[[str], bool]) -> Elements | None:
        found: Elements = []
        start = 0
        for run in RUN.finditer(line):
            pieces = self.pieces(run[0])
            if not pieces:
                continue
            loose = line[start : run.start()]
            _add(found, loose)
            loose = ""
            for place, piece in enumerate(pieces):
                if place % 2 and fits(piece):
                    _add(found, loose)
                    if piece:
                        found.append(raw("typst", f"{_OPEN}{piece}{_CLOSE}"))
                    loose = ""
                else:
                    loose += piece
            _add(found, loose)
            start = run.end()
        if start:
            _add(found, line[start:])
            return found
        return None


def _add(found: Elements, words: str) -> None:
    if words:
        found.append(text(words))


def set_line(line: Elements) -> None:
    """What is done to a line of a table: signs of repetition stay with their words, spaces are not lost."""
    join_repetitions(line)
    with_spaces(line)


def join_repetitions(line: Elements) -> None:
    """ๆ and ฯ never begin a line."""
    for place in range(len(line) - 2, 0, -1):
        after = line[place + 1]
        if line[place]["t"] == "Space" and after["t"] == "Str" and after["c"].startswith(_REPEATED):
            line[place] = text("\u00a0")


def with_spaces(line: Elements) -> None:
    """A space alone between two things that are no plain text is lost where text is copied out of a PDF."""
    for place in range(len(line) - 1, 0, -1):
        lead = line[place]
        if lead["t"] == "Link" and TO_CLAIMS in lead["c"][2][0] and line[place - 1]["t"] == "Space":
            lead["c"][1].insert(0, line.pop(place - 1))
