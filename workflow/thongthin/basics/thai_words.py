"""Where words of Thai end, which is written without spaces between them.

A run of Thai letters is read by the dictionary of PyThaiNLP twice, from its beginning and from its end, the longest
word first. What both readings have in common is taken; where they differ (ดำเนินการ|วิจัย, ดำเนิน|การวิจัย) a wrong word
would break a right one.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Letters of the longest word that is looked for; what is longer would leave too much of a line empty.
LONGEST = 24
# What no word can begin with, since it is part of the letter before it; what no word can end with, since it is read
# before the letter that follows.
_BOUND = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ")
_LEADING = frozenset("เแโใไ")
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")


def certain_words(run: str, words: Collection[str]) -> list[tuple[int, int]]:
    """The words of a run of Thai letters that both readings find: start and end of each, half-open, in order."""
    backward = set(_read(run, words, backward=True))
    return [span for span in _read(run, words, backward=False) if span in backward]


def cuts(text: str) -> list[int]:
    """The places at which a text may be cut without cutting a word: its ends, white space, ends of Thai words.

    Returns:
        Offsets from 0 to the length of the text, in order. Within Thai letters that no dictionary has (a name) there
        is none.
    """
    from pythainlp.corpus.common import thai_words

    known = thai_words()
    places = {0, len(text)}
    for space in re.finditer(r"\s+(?![\sๆฯ])", text):
        places |= {space.start(), space.end()}
    for run in _THAI.finditer(text):
        for start, end in certain_words(run[0], known):
            places |= {run.start() + place for place in (start, end) if 0 < place < len(run[0])}
    return sorted(places)


def _read(run: str, words: Collection[str], *, backward: bool) -> list[tuple[int, int]]:
    """Where the words of a run stand, the longest taken first, from one of its ends; what is no word is passed over."""
    spans = []
    at, last = (len(run), 0) if backward else (0, len(run))
    while at != last:
        ends = range(max(0, at - LONGEST), at - 1) if backward else range(min(last, at + LONGEST), at + 1, -1)
        for end in ends:
            span = (end, at) if backward else (at, end)
            if run[slice(*span)] in words and _can_end(run, span[0]) and _can_end(run, span[1]):
                spans.append(span)
                at = end
                break
        else:
            at += -1 if backward else 1
    return spans[::-1] if backward else spans


def _can_end(run: str, at: int) -> bool:
    """Whether one word can end and another begin at this place of a run."""
    return at in (0, len(run)) or not (run[at] in _BOUND or run[at - 1] in _LEADING)
