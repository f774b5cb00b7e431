"""How well each way of counting fits the selections of a source, and which one is taken.

Where a selection carries the text that it quotes, that text must stand at its positions. Where it doesn't, selections
must begin and end where people begin and end: at lines above all, at words, and never between a letter and the vowel or
tone mark on it. The one that fits best is taken, if it fits well enough and no other one fits as well with other
passages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from thongthin.read.coding.model import Selection
from thongthin.read.coding.positions.counting import (
    MARK,
    Convention,
    IntArray,
    at_positions,
    by_character,
    code_points,
    offsets_of,
)
from thongthin.read.coding.positions.snippets import is_visible, quotes, stem_of, visible_text

Settled = Literal["fit", "usual", "declared", "quotes", ""]

# A convention can be taken if so many selections with text read as they quote (a text that was edited after it was
# coded still fits its own convention better than half), and no more of those without it than so many, or one, begin or
# end where none could. A few that do not read as they quote are no veto where most others are whole words: they are no
# more of all than may misfit, and so many of the others are whole words.
QUOTED_FIT, EDGES_MISFIT, WORDS_FIT = 0.5, 0.2, 0.8
# What one selection speaks for a convention: its text stands there to the letter, or as it reads; it is whole lines,
# whole words, or at least nothing that cuts a character.
TO_THE_LETTER, AS_IT_READS = 10, 9
WHOLE_LINES, WHOLE_WORDS, POSSIBLE = 10, 7, 3
# How far the best must lead every other one under which selections without text are other passages: by a whole line
# against nothing at all.
LEAD = WHOLE_LINES


@dataclass(frozen=True)
class Fit:
    """How well a convention fits the selections of a source.

    Attributes:
        same: the other conventions under which every selection is the same passage.
        quoted, matched: selections that carry their text; those of them whose passage reads the same.
        bare: selections that don't.
        lines, words, possible: those of them that are whole lines; whole words, or more; cut no character, or more.
        weight: what the selections speak for it in all.
    """

    convention: Convention
    same: tuple[Convention, ...]
    quoted: int
    matched: int
    bare: int
    lines: int
    words: int
    possible: int
    weight: int


@dataclass(frozen=True)
class Trial:
    """The passages of all selections under one convention (-1 where there is none), and what each speaks for it.

    `first` and `last` count the visible characters before start and end: passages in which they are equal differ in the
    white space around them only.
    """

    fit: Fit
    starts: IntArray
    ends: IntArray
    first: IntArray
    last: IntArray
    weights: IntArray


def trials_of(text: str, selections: Sequence[Selection], conventions: Iterable[Convention]) -> list[Trial]:
    """A trial for each set of conventions that give the same passages, in the order of the first of each."""
    codes = code_points(text)
    beyond = 4 * len(text) + 4
    counted = np.array(
        [[min(max(p or 0, -1), beyond) for p in (s.start, s.end)] for s in selections], dtype=np.int64
    ).reshape(-1, 2)
    passages: dict[bytes, list[Convention]] = {}
    found: list[tuple[IntArray, IntArray]] = []
    for convention in conventions:
        table = offsets_of(codes, convention)
        starts, ends = at_positions(table, counted[:, 0]), at_positions(table, counted[:, 1])
        nowhere = (starts < 0) | (ends <= starts)
        starts[nowhere] = ends[nowhere] = -1
        same = passages.setdefault(starts.tobytes() + ends.tobytes(), [])
        if not same:
            found.append((starts, ends))
        same.append(convention)
    quoted = [(n, s.quoted, visible_text(s.quoted), stem_of(s.quoted)) for n, s in enumerate(selections) if quotes(s)]
    bare = np.array([not quotes(s) for s in selections], dtype=bool)
    edges = _Edges(text, codes)
    visible = np.concatenate([[0], np.cumsum(by_character(text, codes, is_visible), dtype=np.int64), [-1]])
    trials = []
    for same, (starts, ends) in zip(passages.values(), found, strict=True):
        weights = np.zeros(len(selections), dtype=np.int64)
        for n, quote, read, stem in quoted:
            weights[n] = _weight_of_text(text, int(starts[n]), int(ends[n]), quote, read, stem)
        weights[bare] = edges.weights(starts[bare], ends[bare])
        fit = Fit(
            convention=same[0],
            same=tuple(same[1:]),
            quoted=len(quoted),
            matched=int((weights[~bare] > 0).sum()),
            bare=int(bare.sum()),
            lines=int((weights[bare] >= WHOLE_LINES).sum()),
            words=int((weights[bare] >= WHOLE_WORDS).sum()),
            possible=int((weights[bare] >= POSSIBLE).sum()),
            weight=int(weights.sum()),
        )
        trials.append(Trial(fit, starts, ends, visible[starts], visible[ends], weights))
    return trials


def _weight_of_text(text: str, start: int, end: int, quoted: str, read: str, stem: str) -> int:
    if start < 0:
        return 0
    if end - start == len(quoted) and text.startswith(quoted, start):
        return TO_THE_LETTER
    # A passage under a wrong convention can be most of the text; no more of it is looked at than might matter.
    passage = visible_text(text[start : min(end, start + 4 * len(quoted) + 1_000)])
    return AS_IT_READS if passage == read or (stem and passage.startswith(stem)) else 0


# Classes of characters, for where a selection can begin and end.
_OTHER, _SPACE, _NEWLINE, _LETTER, _WORDLESS, _ATTACHED, _LEADING, _JOINER = range(8)
_THAI_LAO_LEADING = frozenset("เแโใไເແໂໃໄ")
_THAI_LAO_FOLLOWING = frozenset("ะาำๅๆະາຳໆ")


def _character_class(character: str) -> int:
    category = unicodedata.category(character)
    if character in "\r\n":
        return _NEWLINE
    if character == "\u200d":
        return _JOINER
    if character in _THAI_LAO_LEADING:
        return _LEADING
    if category[0] == "M" or character in _THAI_LAO_FOLLOWING or "\U0001f3fb" <= character <= "\U0001f3ff":
        return _ATTACHED
    if character.isspace():
        return _SPACE
    if category == "Lo":  # Thai, Lao, Khmer, Chinese ...: no space between words
        return _WORDLESS
    return _LETTER if category[0] in "LN" else _OTHER


class _Edges:
    """Where in a text lines and words begin and end, and where no selection can."""

    def __init__(self, text: str, codes: npt.NDArray[np.uint32]) -> None:
        self.length = len(codes)
        classes = by_character(text, codes, _character_class)
        if text.startswith(MARK):
            classes[0] = _NEWLINE
        self.before = np.concatenate([[_NEWLINE], classes])
        self.after = np.concatenate([classes, [_NEWLINE]])
        self.cr = np.concatenate([[False], codes == 0x0D])
        self.lf = np.concatenate([codes == 0x0A, [False]])

    def weights(self, starts: IntArray, ends: IntArray) -> IntArray:
        """What each passage speaks for its convention; 0 where there is none (-1)."""
        weights = np.minimum(self._of(starts, start=True), self._of(ends, start=False))
        weights[starts < 0] = 0
        return weights

    def _of(self, at: IntArray, start: bool) -> IntArray:
        before, after = self.before[at], self.after[at]
        word = np.isin(before, (_OTHER, _SPACE, _NEWLINE)) | np.isin(after, (_OTHER, _SPACE, _NEWLINE))
        if start:
            line = before == _NEWLINE
            blank = np.isin(after, (_SPACE, _NEWLINE))  # nobody begins before white space on purpose
            line, word = line & ~blank, word & ~blank
        else:
            line = (after == _NEWLINE) | (before == _NEWLINE)
        cut = (before == _LETTER) & (after == _LETTER)
        cut |= np.isin(after, (_ATTACHED, _JOINER)) | np.isin(before, (_LEADING, _JOINER)) | (self.cr[at] & self.lf[at])
        return np.select([cut, line, word], [0, WHOLE_LINES, WHOLE_WORDS], POSSIBLE).astype(np.int64)


def can_be_taken(fit: Fit) -> bool:
    """Whether a convention fits well enough, were there no other."""
    misfits, misquoted = fit.bare - fit.possible, fit.quoted - fit.matched
    few = misquoted <= EDGES_MISFIT * (fit.quoted + fit.bare) and fit.words >= WORDS_FIT * fit.bare > 0
    return (
        fit.weight > 0
        and (fit.matched >= QUOTED_FIT * fit.quoted or few)
        and (misfits <= 1 or misfits <= EDGES_MISFIT * fit.bare)
    )


def choose(
    trials: list[Trial], quoted: npt.NDArray[np.bool_], usual: Convention | None
) -> tuple[Trial | None, Settled]:
    best = max(trials, key=lambda trial: (can_be_taken(trial.fit), trial.fit.weight), default=None)
    if best is None or not can_be_taken(best.fit):
        return None, ""
    # Of few selections one that was marked without care can speak against the right convention, so all are rivals.
    rivals = [trial for trial in trials if not _settled(best, trial, quoted)]
    if rivals == [best]:
        return best, "fit"
    for trial in trials:
        # Not only rivals: one whose passages differ from the best's in white space only is out, but may be meant.
        likely = any(trial is rival for rival in rivals) or not _differ(best, trial, quoted).any()
        if likely and usual in (trial.fit.convention, *trial.fit.same):
            return trial, "usual"
    return None, ""


def _settled(best: Trial, other: Trial, quoted: npt.NDArray[np.bool_]) -> bool:
    """Whether `other` is out: `best` leads it by enough. Quotes that match under neither don't count."""
    if other is best:
        return False
    differ = _differ(best, other, quoted)
    lead = best.fit.weight - other.fit.weight
    needed = LEAD if (differ & ~quoted).any() else 1 if differ.any() else 0
    return lead >= needed


def _differ(one: Trial, other: Trial, quoted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which selections are other passages under the two, white space aside; quotes that match under neither are not."""
    there = ~quoted | (one.weights > 0) | (other.weights > 0)
    differ: npt.NDArray[np.bool_] = ((one.first != other.first) | (one.last != other.last)) & there
    return differ
