"""Thai words that must not be broken at the end of a line.

Thai is written without spaces between words. Typst finds the words by itself, but breaks names, and compounds that read
as one word. Here the runs of Thai letters of a document are read by the dictionary of PyThaiNLP and the study's own
names; `setting.whole_words` keeps what was found whole in the PDF.

Only words that are certain are taken (`basics.thai_words`); the rest is left to Typst.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from thongthin.basics.thai_words import LONGEST, certain_words

# Letters, vowels and tones; what ends a word (ๆ ฯ) belongs to it. No digits, no sign of the baht.
RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{4,}")
# An abbreviation, which no dictionary has: "อบต." of องค์การบริหารส่วนตำบล. Typst takes "อบ" for a word.
_ABBREVIATION = re.compile("(?<![\u0e01-\u0e4e])[\u0e01-\u0e2e]{2,5}(?=\\.)")
# Words that make a compound with the next one: "บท" and "สัมภาษณ์".
_PREFIXES = frozenset(["การ", "ความ", "ผู้", "ผู้ให้", "ผู้รับ", "ผู้ใช้", "บท", "นัก", "ชาว", "ช่าง"])
# Letters of a compound or a name that is kept whole; what is longer would leave too much of a line empty.
MOST = 18
# Shorter words are hardly ever broken.
LEAST = 4


def beforehand() -> None:
    """Read the dictionary, once for all documents (see `basics.warm_process`)."""
    from pythainlp.corpus.common import thai_words

    thai_words()


def unbroken_words(text: str, names: Iterable[str]) -> dict[str, list[str]]:
    """The runs of Thai letters in a text that hold words to be kept whole.

    Args:
        text: all that the document prints, in Markdown.
        names: of places and people, which no dictionary has.

    Returns:
        A run -> its pieces, in order; joined, they give the run. Pieces at odd places (the second, the fourth ...) are
        to be kept whole; those between may be empty.
    """
    from pythainlp.corpus.common import thai_words

    runs = sorted(set(RUN.findall(text)))
    words = thai_words() | {run for name in names for run in RUN.findall(name) if len(run) <= MOST}
    found = ((run, _pieces(run, words)) for run in runs)
    whole = {run: pieces for run, pieces in found if len(pieces) > 1}
    return whole | {short: ["", short, ""] for short in sorted(set(_ABBREVIATION.findall(text)))}


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


def _pieces(run: str, words: Collection[str]) -> list[str]:
    pieces, end = [""], 0
    for start, stop in _compounds(run, certain_words(run, words)):
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
