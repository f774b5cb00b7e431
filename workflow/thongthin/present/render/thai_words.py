"""Thai words that must not be broken at the end of a line.

Thai is written without spaces between words. Typst finds the words by itself, but breaks names, and compounds that read
as one word. Here the runs of Thai letters of a document are read by the dictionary of PyThaiNLP and the study's own
names; `thai_words.lua` keeps what was found whole in the PDF.

A run is read twice, from its beginning and from its end, the longest word first. What both readings have in common is
taken, the rest is left to Typst: where they differ (ดำเนินการ|วิจัย, ดำเนิน|การวิจัย) a wrong word would break a right one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

# Letters, vowels and tones; what ends a word (ๆ ฯ) belongs to it. No digits, no sign of the baht.
RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{4,}")
# What no word can begin with, since it is part of the letter before it; what no word can end with, since it is read
# before the letter that follows.
_BOUND = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ")
_LEADING = frozenset("เแโใไ")
# Words that make a compound with the next one: "บท" and "สัมภาษณ์".
_PREFIXES = frozenset(["การ", "ความ", "ผู้", "ผู้ให้", "ผู้รับ", "ผู้ใช้", "บท", "นัก", "ชาว", "ช่าง"])
# Letters of a compound or a name that is kept whole; what is longer would leave too much of a line empty.
MOST = 18
LONGEST = 24
# Shorter words are hardly ever broken.
LEAST = 4
_GRAM = 4


def unbroken_words(text: str, names: Iterable[str]) -> dict[str, list[str]]:
    """The runs of Thai letters in a text that hold words to be kept whole.

    Args:
        text: all that the document prints, in Markdown.
        names: of places and people, which no dictionary has.

    Returns:
        A run -> its pieces, in order; joined, they give the run. Pieces at odd places (the second, the fourth ...) are
        to be kept whole; those between may be empty.
    """
    runs = sorted(set(RUN.findall(text)))
    words = _dictionary(runs, names)
    found = ((run, _pieces(run, words)) for run in runs)
    return {run: pieces for run, pieces in found if len(pieces) > 1}


def names_of_places(sites: Iterable[str]) -> Iterator[str]:
    """The proper names in the names of sites: "โนนสะแบง" of "เทศบาลตำบลโนนสะแบง".

    What a site is, stands before its name in Thai, and is a long word of the dictionary.
    """
    from pythainlp.corpus.common import thai_words

    known = thai_words()
    for run in {run for site in sites for run in RUN.findall(site)}:
        rest = run
        while end := next((end for end in range(min(len(rest), LONGEST), 5, -1) if rest[:end] in known), 0):
            rest = rest[end:]
        yield rest if len(rest) >= LEAST else run


def _dictionary(runs: Collection[str], names: Iterable[str]) -> set[str]:
    """The words that can occur in these runs: those whose first and last letters do."""
    from pythainlp.corpus.common import thai_words

    grams = {run[at : at + _GRAM] for run in runs for at in range(len(run) - _GRAM + 1)}
    known = {word for word in thai_words() if len(word) < _GRAM or (word[:_GRAM] in grams and word[-_GRAM:] in grams)}
    return known | {run for name in names for run in RUN.findall(name) if len(run) <= MOST}


def _pieces(run: str, words: Collection[str]) -> list[str]:
    forward = _read(run, words, backward=False)
    common = [span for span in forward if span in set(_read(run, words, backward=True))]
    pieces, end = [""], 0
    for start, stop in _compounds(run, common):
        if stop - start >= LEAST:
            pieces[-1] += run[end:start]
            pieces += [run[start:stop], ""]
            end = stop
    pieces[-1] += run[end:]
    return pieces


def _compounds(run: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of a run, those that make a compound with the next one joined to it."""
    joined: list[tuple[int, int]] = []
    for start, stop in spans:
        before = joined[-1] if joined else (0, 0)
        if before[1] == start and run[slice(*before)] in _PREFIXES and stop - before[0] <= MOST:
            joined[-1] = (before[0], stop)
        else:
            joined.append((start, stop))
    return joined


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
