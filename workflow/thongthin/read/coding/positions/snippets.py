"""The text that selections carry: how it reads, where it stands in a text, and which of several places is meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

import numpy as np

from thongthin.basics.language import normalise_text
from thongthin.read.coding.model import Selection
from thongthin.read.coding.positions.counting import by_character, code_points

CUT_SIGNS = ("[...]", "[…]", "...", "…")
CUT_LEAST = 8  # a shortened snippet with fewer characters says nothing
GRAM = 8
PLACES = 1_000  # a snippet that stands more often than this is looked for no further


def visible_text(text: str) -> str:
    """How a passage reads, without white space: tools collapse it, and join paragraphs or parts of one without any."""
    return "".join(normalise_text(text).split())


def quotes(selection: Selection) -> bool:
    return visible_text(selection.quoted) != ""


def quotes_nothing(selection: Selection) -> bool:
    """Whether its text is known to be white space and the like."""
    return selection.quoted != "" and not quotes(selection)


def stem_of(quoted: str) -> str:
    """What stands before the cut sign of a shortened snippet; empty if it isn't one."""
    whole = visible_text(quoted)
    for sign in CUT_SIGNS:
        stem = whole.removesuffix(sign)
        if stem != whole:
            return stem if len(stem) >= CUT_LEAST else ""
    return ""


@lru_cache(maxsize=4096)
def is_visible(character: str) -> int:
    return int(visible_text(character) != "")


def passages_in(text: str, wanted: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each snippet stands in `text`, white space aside, in one run over the text.

    Args:
        text: normalised.
        wanted: snippets by `visible_text`.

    Returns:
        For each snippet start and end of its places in order, overlapping ones too; no more than `PLACES` + 1.
    """
    line = visible_text(text)
    back = np.flatnonzero(by_character(text, code_points(text), is_visible))
    grams: dict[str, list[int]] = {}
    # One pass for all snippets by their grams: a search for each would take passages x text, which is minutes for a
    # project of thousands.
    long = {snippet for snippet in wanted if len(snippet) >= GRAM}
    for snippet in long:
        for at in _gram_starts(snippet):
            grams.setdefault(snippet[at : at + GRAM], [])
    if grams:
        for at in range(len(line) - GRAM + 1):
            if (places := grams.get(line[at : at + GRAM])) is not None:
                places.append(at)
    found = {}
    for snippet in sorted(set(wanted)):
        begins = each_place(line, snippet)
        if snippet in long:
            # Of three grams the rarest: one of them may be a phrase of the interviewer that stands everywhere.
            places, at = min(((grams[snippet[at : at + GRAM]], at) for at in _gram_starts(snippet)), key=_rarest)
            if len(places) <= PLACES:
                begins = (p - at for p in places if p >= at and line.startswith(snippet, p - at))
        found[snippet] = [
            (int(back[begin]), int(back[begin + len(snippet) - 1]) + 1) for begin in islice(begins, PLACES + 1)
        ]
    return found


def _rarest(gram: tuple[list[int], int]) -> tuple[int, int]:
    return len(gram[0]), gram[1]


def _gram_starts(snippet: str) -> tuple[int, int, int]:
    last = len(snippet) - GRAM
    return 0, last // 2, last


def each_place(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def as_often(
    selections: Sequence[Selection], alone: Mapping[int, str], places: Mapping[str, list[tuple[int, int]]]
) -> dict[int, tuple[int, int]]:
    """The passages of selections whose text stands once, or as often as the coder gave it the same codes."""
    alike: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    for n, snippet in alone.items():
        alike.setdefault((selections[n].coder, selections[n].codes, snippet), []).append(n)
    placed = {}
    for (_, _, snippet), rows in alike.items():
        if len(places[snippet]) == 1:
            placed.update(dict.fromkeys(rows, places[snippet][0]))
        # As many places as passages: whichever is which, the same places get the same codes of the same coder.
        elif len(places[snippet]) == len(rows):
            placed.update(zip(rows, places[snippet], strict=True))
    return placed


def in_order(
    selections: Sequence[Selection], alone: Mapping[int, str], places: Mapping[str, list[tuple[int, int]]]
) -> dict[int, tuple[int, int]]:
    """The passages of selections that stand in the order of the text, each with a passage of its own.

    Text that stands once is placed. Between two such neighbours, text that stands there as often as it is selected is
    placed in order; if that contradicts the order, none of it is.
    """
    placed: dict[int, tuple[int, int]] = {}
    for coder in dict.fromkeys(selections[n].coder for n in alone):
        rows = [n for n in alone if selections[n].coder == coder and places[alone[n]]]
        once = {n: places[alone[n]][0] for n in rows if len(places[alone[n]]) == 1}
        spans = list(once.values())
        placed.update(once)
        if any(first[1] > second[0] for first, second in pairwise(spans)):
            continue  # they stand in another order, or two rows share a passage: only what stands once is certain
        gaps: list[dict[str, list[int]]] = [{}]
        for n in rows:
            if n in once:
                gaps.append({})
            else:
                gaps[-1].setdefault(alone[n], []).append(n)
        begins, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), None]
        for begin, end, gap in zip(begins, ends, gaps, strict=True):
            found: dict[int, tuple[int, int]] = {}
            for snippet, alike in gap.items():
                known = places[snippet] if len(places[snippet]) <= PLACES else []
                first = bisect_left(known, begin, key=lambda span: span[0])
                last = len(known) if end is None else bisect_right(known, end, key=lambda span: span[1])
                if last - first == len(alike):
                    found.update(zip(alike, known[first:last], strict=True))
            in_order = [found[n] for n in sorted(found)]
            if all(one[1] <= next_[0] for one, next_ in pairwise(in_order)):
                placed.update(found)
    return placed
