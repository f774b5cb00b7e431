"""From positions as a coding tool counted them to positions in the transcript.

Tools count different things: Unicode code points, UTF-16 code units or bytes of UTF-8; a line end as it is stored, as
one or as two; a byte-order mark or none; and no file says which. So every way of counting (`Convention`) is tried on
the selections of one source, in three steps:

1. How well does it fit? Where a selection carries the text it quotes, that text must stand at the positions. Where it
   doesn't, selections must begin and end where people begin and end: at lines above all, at words, and never between a
   letter and the vowel or tone mark on it.
2. The one that fits best is taken, if it fits well enough and no other one fits as well with other passages. If there
   is no such one, nothing of this source is placed, and the report says what was tried and how well each fitted.
   A selection that reads as it quotes only by the other of code points and UTF-16 units counts so.
3. From the text that the tool stored to the transcript: exactly, where both read the same but for white space. Where
   the text has drifted since, a selection is placed again only where its text stands exactly once.

Nothing fails here: what could not be placed is told with its reason, and becomes a problem by
`report_no_convention` and `report_unplaced`.

Source of the conventions: files of the tools. The REFI-QDA standard means code points; NVivo 12 counts UTF-16 units and
CRLF as 2, ATLAS.ti counts CRLF as 1, Taguette bytes of UTF-8, QualCoder code points (where it asks Qt, UTF-16 units).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from thongthin.language import normalise_text, normalise_with_map, one_line
from thongthin.problems import Problems
from thongthin.readers.coding.model import Selection, Unit, place_in_thai

Newlines = Literal["stored", "lf", "crlf"]
Settled = Literal["fit", "usual", "declared", ""]
How = Literal["exact", "reanchored", "by_text", ""]
Why = Literal["", "no_convention", "outside", "empty", "no_text", "not_found", "repeated", "shortened"]
IntArray = npt.NDArray[np.int64]

UNITS: tuple[Unit, ...] = ("code_points", "utf16", "utf8")
NEWLINES: tuple[Newlines, ...] = ("stored", "lf", "crlf")

# A convention can be taken if so many selections with text read as they quote (a text that was edited after it was
# coded still fits its own convention better than half), and no more of those without it than so many, or one, begin or
# end where none could.
QUOTED_FIT, EDGES_MISFIT = 0.5, 0.2
# What one selection speaks for a convention: its text stands there to the letter, or as it reads; it is whole lines,
# whole words, or at least nothing that cuts a character.
TO_THE_LETTER, AS_IT_READS = 10, 9
WHOLE_LINES, WHOLE_WORDS, POSSIBLE = 10, 7, 3
# How far the best must lead every other one under which selections without text are other passages: by a whole line
# against nothing at all.
LEAD = WHOLE_LINES
MARK = "\ufeff"
CUT_SIGNS = ("[...]", "[…]", "...", "…")
CUT_LEAST = 8  # a shortened snippet with fewer characters says nothing
GRAM = 8
PLACES = 1_000  # a snippet that stands more often than this is looked for no further


@dataclass(frozen=True)
class Convention:
    """A way of counting.

    Attributes:
        newlines: what a line end (CRLF, LF or CR) counts: the characters that are stored, 1, or 2.
        mark: whether a byte-order mark before the text counts, stored or not.
    """

    unit: Unit
    newlines: Newlines = "stored"
    mark: bool = False


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
class Placement:
    """Where a selection stands in the transcript.

    Attributes:
        start, end: code points, half-open; None where it could not be placed.
        how: ``exact`` by its positions; ``reanchored`` where its text stands once, its positions being of no use;
            ``by_text`` where the file gives nothing but the text; empty if it was not placed.
        why: if it was not placed: ``no_convention`` fits the source; its positions are ``outside`` the text, or cut a
            character, and there is no text to look for; it is ``empty``; it has ``no_text`` and no positions; its text
            is ``not_found``, was ``shortened`` by the tool, or stands in several places (``repeated``).
    """

    start: int | None = None
    end: int | None = None
    how: How = ""
    why: Why = ""


@dataclass(frozen=True)
class PositionReport:
    """What was found out about a source.

    Attributes:
        convention: the one taken; None if none was, or none was needed (`fits` is empty).
        settled: ``fit`` if the selections decided, ``usual`` if several fitted and one was usual, ``declared`` if the
            format says how it counts; empty without any.
        fits: every convention tried, those with the same passages together, the best first.
        text: whether the stored text is the ``same`` as the transcript once normalised, but for ``white_space``, or has
            ``drifted``.
        exact, reanchored, by_text, unplaced: numbers of selections.
    """

    convention: Convention | None
    settled: Settled
    fits: tuple[Fit, ...]
    text: Literal["same", "white_space", "drifted"]
    exact: int
    reanchored: int
    by_text: int
    unplaced: int

    @property
    def failed(self) -> bool:
        """Whether there were positions, and no convention for them."""
        return bool(self.fits) and self.convention is None

    @property
    def ambiguous(self) -> bool:
        """Whether the reason of that is that several conventions fit."""
        return self.failed and _can_be_taken(self.fits[0])


# --- ways of counting ---------------------------------------------------------------------------------------------


def offsets(text: str, convention: Convention) -> IntArray:
    """The position, as `convention` counts, of each boundary between two characters of `text`.

    Returns:
        ``len(text) + 1`` numbers that never fall, the first for the start of the text.
    """
    return _offsets(_code_points(text), convention)


def at_positions(offsets: IntArray, positions: npt.ArrayLike) -> IntArray:
    """The code points at which `positions` stand, -1 where none does: inside a character, or beyond the text.

    Args:
        offsets: of the text, by `offsets`. What counts nothing (a byte-order mark, the second half of a line end) is
            left behind.
    """
    wanted = np.asarray(positions, dtype=np.int64)
    found = np.searchsorted(offsets, wanted, side="right") - 1
    return np.where((found >= 0) & (offsets[found] == wanted), found, -1)


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _offsets(codes: npt.NDArray[np.uint32], convention: Convention) -> IntArray:
    limits = {"code_points": (), "utf16": (0xFFFF,), "utf8": (0x7F, 0x7FF, 0xFFFF)}[convention.unit]
    widths = np.ones(len(codes), dtype=np.int64)
    for limit in limits:
        widths += codes > limit
    if convention.newlines != "stored":
        cr, lf = codes == 0x0D, codes == 0x0A
        pair = np.zeros(len(codes), dtype=bool)  # the LF of a CRLF
        pair[1:] = cr[:-1] & lf[1:]
        if convention.newlines == "lf":
            widths[pair] = 0
            # QualCoder on Windows, asked for the line ends of MAXQDA, writes CR CR LF for each.
            widths[1:-1][cr[:-2] & pair[2:]] = 0
        else:
            alone = cr | lf
            alone[pair] = False
            alone[:-1] &= ~pair[1:]
            widths[alone] = 2
    marked = len(codes) > 0 and codes[0] == ord(MARK)
    if marked and not convention.mark:
        widths[0] = 0
    before = len(MARK.encode()) if convention.unit == "utf8" else 1
    if marked or not convention.mark:
        before = 0
    return np.concatenate([[before], before + np.cumsum(widths)])


# --- how well a way of counting fits ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Trial:
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


def _trials(text: str, selections: Sequence[Selection], conventions: Iterable[Convention]) -> list[_Trial]:
    """A trial for each set of conventions that give the same passages, in the order of the first of each."""
    codes = _code_points(text)
    beyond = 4 * len(text) + 4
    counted = np.array(
        [[min(max(p or 0, -1), beyond) for p in (s.start, s.end)] for s in selections], dtype=np.int64
    ).reshape(-1, 2)
    passages: dict[bytes, list[Convention]] = {}
    found: list[tuple[IntArray, IntArray]] = []
    for convention in conventions:
        table = _offsets(codes, convention)
        starts, ends = at_positions(table, counted[:, 0]), at_positions(table, counted[:, 1])
        nowhere = (starts < 0) | (ends <= starts)
        starts[nowhere] = ends[nowhere] = -1
        same = passages.setdefault(starts.tobytes() + ends.tobytes(), [])
        if not same:
            found.append((starts, ends))
        same.append(convention)
    quoted = [(n, s.quoted, _visible_text(s.quoted), _stem(s.quoted)) for n, s in enumerate(selections) if _quotes(s)]
    bare = np.array([not _quotes(s) for s in selections], dtype=bool)
    edges = _Edges(text, codes)
    visible = np.concatenate([[0], np.cumsum(_by_character(text, codes, _visible), dtype=np.int64), [-1]])
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
        trials.append(_Trial(fit, starts, ends, visible[starts], visible[ends], weights))
    return trials


def _visible_text(text: str) -> str:
    """How a passage reads, without white space: tools collapse it, and join paragraphs or parts of one without any."""
    return "".join(normalise_text(text).split())


def _quotes(selection: Selection) -> bool:
    return _visible_text(selection.quoted) != ""


def _quotes_nothing(selection: Selection) -> bool:
    """Whether its text is known to be white space and the like."""
    return selection.quoted != "" and not _quotes(selection)


def _stem(quoted: str) -> str:
    """What stands before the cut sign of a shortened snippet; empty if it isn't one."""
    whole = _visible_text(quoted)
    for sign in CUT_SIGNS:
        stem = whole.removesuffix(sign)
        if stem != whole:
            return stem if len(stem) >= CUT_LEAST else ""
    return ""


def _weight_of_text(text: str, start: int, end: int, quoted: str, read: str, stem: str) -> int:
    if start < 0:
        return 0
    if end - start == len(quoted) and text.startswith(quoted, start):
        return TO_THE_LETTER
    # A passage under a wrong convention can be most of the text; no more of it is looked at than might matter.
    passage = _visible_text(text[start : min(end, start + 4 * len(quoted) + 1_000)])
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
        classes = _by_character(text, codes, _character_class)
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


def _by_character(text: str, codes: npt.NDArray[np.uint32], property_of: Callable[[str], int]) -> npt.NDArray[np.uint8]:
    """`property_of` each character, asked once for each that occurs."""
    distinct = sorted(set(text))
    table = np.zeros(ord(distinct[-1]) + 1 if distinct else 1, dtype=np.uint8)
    for character in distinct:
        table[ord(character)] = property_of(character)
    return table[codes]


def _can_be_taken(fit: Fit) -> bool:
    misfits = fit.bare - fit.possible
    return (
        fit.weight > 0
        and fit.matched >= QUOTED_FIT * fit.quoted
        and (misfits <= 1 or misfits <= EDGES_MISFIT * fit.bare)
    )


def _choose(
    trials: list[_Trial], quoted: npt.NDArray[np.bool_], usual: Convention | None
) -> tuple[_Trial | None, Settled]:
    best = max(trials, key=lambda trial: (_can_be_taken(trial.fit), trial.fit.weight), default=None)
    if best is None or not _can_be_taken(best.fit):
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


def _settled(best: _Trial, other: _Trial, quoted: npt.NDArray[np.bool_]) -> bool:
    """Whether `other` is out: `best` leads it by enough. Quotes that match under neither don't count."""
    if other is best:
        return False
    differ = _differ(best, other, quoted)
    lead = best.fit.weight - other.fit.weight
    needed = LEAD if (differ & ~quoted).any() else 1 if differ.any() else 0
    return lead >= needed


def _differ(one: _Trial, other: _Trial, quoted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which selections are other passages under the two, white space aside; quotes that match under neither are not."""
    there = ~quoted | (one.weights > 0) | (other.weights > 0)
    differ: npt.NDArray[np.bool_] = ((one.first != other.first) | (one.last != other.last)) & there
    return differ


# --- from the stored text to the transcript -----------------------------------------------------------------------


class _Way:
    """The way from code points of the stored text to code points of the transcript, if both read the same.

    White space may differ, and may be missing altogether: tools join paragraphs without anything between them.
    """

    def __init__(self, text: str, transcript: str) -> None:
        self.normal, starts, ends = normalise_with_map(text)
        self.kind: Literal["same", "white_space", "drifted"] = "same"
        self.starts, self.ends = starts, ends
        if self.normal == transcript:
            return
        here, there = _code_points(self.normal), _code_points(transcript)
        ink_here = np.flatnonzero(_by_character(self.normal, here, _visible))
        ink_there = np.flatnonzero(_by_character(transcript, there, _visible))
        if not np.array_equal(here[ink_here], there[ink_there]):
            self.kind = "drifted"
            return
        self.kind = "white_space"
        self.starts = np.append(ink_there, len(transcript))[np.searchsorted(ink_here, starts)]
        self.ends = np.insert(ink_there + 1, 0, 0)[np.searchsorted(ink_here, ends)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return int(self.starts[start]), int(self.ends[end])


def _visible(character: str) -> int:
    return int(_visible_text(character) != "")


def _passages(text: str, wanted: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Where each snippet stands in `text`, white space aside, in one run over the text.

    Args:
        text: normalised.
        wanted: snippets by `_visible_text`.

    Returns:
        For each snippet start and end of its places in order, overlapping ones too; no more than `PLACES` + 1.
    """
    line = _visible_text(text)
    back = np.flatnonzero(_by_character(text, _code_points(text), _visible))
    grams: dict[str, list[int]] = {}
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
        begins = _each_place(line, snippet)
        if snippet in long:
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


def _each_place(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


# --- all of it for one source -------------------------------------------------------------------------------------


def place(
    text: str,
    transcript: str,
    selections: Sequence[Selection],
    units: Sequence[Unit] = UNITS,
    *,
    usual: Convention | None = None,
    declared: Convention | None = None,
    one_each: bool = False,
) -> tuple[list[Placement], PositionReport]:
    """Place the selections of one source in its transcript.

    Args:
        text: what the positions count in: the text as the tool stored it or, where it stored none, that of the
            interview's file before it was normalised.
        transcript: the interview as `read_interviews` gives it.
        units: that the format may count in, the most usual first (`CodedFile.units`).
        usual: the convention of the other sources of the file, if known; it decides where the selections of this one
            leave several, and nothing else.
        declared: the convention, where the format itself says how it counts; nothing else is tried, and only the text
            that selections carry can speak against it.
        one_each: whether each selection without positions has a passage of its own, as in a table with one row a unit.

    Returns:
        A placement for each selection, and the report.
    """
    counted = [n for n, s in enumerate(selections) if s.start is not None and s.end is not None]
    marked = [n for n in counted if selections[n].start != selections[n].end and not _quotes_nothing(selections[n])]
    quoted = np.array([_quotes(selections[n]) for n in marked], dtype=bool)
    conventions = [Convention(u, n, m) for m in (False, True) for u in units or UNITS for n in NEWLINES]
    trials = _trials(text, [selections[n] for n in marked], [declared] if declared else conventions) if marked else []
    taken: _Trial | None = None
    settled: Settled = ""
    if not declared:
        taken, settled = _choose(trials, quoted, usual)
    elif trials and trials[0].fit.matched >= QUOTED_FIT * trials[0].fit.quoted:
        taken, settled = trials[0], "declared"
    way = _Way(text, transcript)

    placements = [Placement(why="no_text") for _ in selections]
    for n in counted:
        placements[n] = Placement(why="empty")
    snippets: dict[int, str] = {}  # of those whose positions are of no use
    for row, n in enumerate(marked):
        if taken is None:
            placements[n] = Placement(why="no_convention")
            continue
        start, end = int(taken.starts[row]), int(taken.ends[row])
        if quoted[row] and not taken.weights[row]:
            start, end = _counted_otherwise(trials, taken, row)
        if start < 0:
            placements[n] = Placement(why="outside")
            if quoted[row]:
                snippets[n] = _visible_text(selections[n].quoted)
        elif way.kind == "drifted":
            snippets[n] = _visible_text(text[start:end])
        else:
            placements[n] = _placed(transcript, way.span(start, end), "exact")

    alone = {
        n: _visible_text(s.quoted)
        for n, s in enumerate(selections)
        if (s.start is None or s.end is None) and _quotes(s)
    }
    there = _passages(transcript, {*snippets.values(), *alone.values()})
    here = _passages(way.normal, snippets.values()) if way.kind == "drifted" else there
    for n, snippet in snippets.items():
        if len(there[snippet]) == 1 and len(here[snippet]) <= 1:
            placements[n] = _placed(transcript, there[snippet][0], "reanchored")
        elif snippet:
            placements[n] = Placement(why=_why_not(there[snippet], snippet))
    by_text = _in_order(selections, alone, there) if one_each else _as_often(selections, alone, there)
    for n, snippet in alone.items():
        if n in by_text:
            placements[n] = _placed(transcript, by_text[n], "by_text")
        else:
            placements[n] = Placement(why=_why_not(there[snippet], snippet))

    fits = sorted((trial.fit for trial in trials), key=lambda fit: (not _can_be_taken(fit), -fit.weight))
    convention = None
    if taken:
        fits.sort(key=lambda fit: fit is not taken.fit)
        convention = usual if usual in taken.fit.same else taken.fit.convention
    ways = [placement.how for placement in placements]
    report = PositionReport(
        convention=convention,
        settled=settled,
        fits=tuple(fits),
        text=way.kind,
        exact=ways.count("exact"),
        reanchored=ways.count("reanchored"),
        by_text=ways.count("by_text"),
        unplaced=ways.count(""),
    )
    return placements, report


def _counted_otherwise(trials: Sequence[_Trial], taken: _Trial, row: int) -> tuple[int, int]:
    """Where a selection reads as it quotes, counted in the other of code points and UTF-16 units; -1, -1 if nowhere.

    QualCoder counts UTF-16 units where people mark text in its window, and code points where it codes by itself what
    they search for, in one document. The two differ by the signs beyond U+FFFF in front, so little that no other place
    where the same words stand could be met by chance.
    """
    units: dict[Unit, Unit] = {"code_points": "utf16", "utf16": "code_points"}
    others = {replace(c, unit=units[c.unit]) for c in (taken.fit.convention, *taken.fit.same) if c.unit in units}
    for trial in trials:
        if trial.weights[row] >= AS_IT_READS and not others.isdisjoint((trial.fit.convention, *trial.fit.same)):
            return int(trial.starts[row]), int(trial.ends[row])
    return -1, -1


def _placed(transcript: str, span: tuple[int, int], how: How) -> Placement:
    start, end = span
    return Placement(start, end, how) if transcript[start:end].strip() else Placement(why="empty")


def _why_not(places: Sequence[tuple[int, int]], snippet: str) -> Why:
    if places:
        return "repeated"
    return "shortened" if _stem(snippet) else "not_found"


def _as_often(
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
        elif len(places[snippet]) == len(rows):
            placed.update(zip(rows, places[snippet], strict=True))
    return placed


def _in_order(
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


# --- what is told -------------------------------------------------------------------------------------------------

_UNIT_NAMES = {
    "code_points": ("code points", "จุดรหัส (code point)"),
    "utf16": ("UTF-16 units", "หน่วย UTF-16"),
    "utf8": ("UTF-8 bytes", "ไบต์ UTF-8"),
}
_NEWLINE_NAMES = {
    "stored": ("line ends as stored", "นับการขึ้นบรรทัดตามที่เก็บไว้"),
    "lf": ("a line end as 1", "นับการขึ้นบรรทัดเป็น 1"),
    "crlf": ("a line end as 2", "นับการขึ้นบรรทัดเป็น 2"),
}


def describe(convention: Convention) -> tuple[str, str]:
    """A convention in words, in English and Thai."""
    unit, newlines = _UNIT_NAMES[convention.unit], _NEWLINE_NAMES[convention.newlines]
    mark = (" after a byte-order mark", " โดยนับ byte-order mark ด้วย") if convention.mark else ("", "")
    return f"{unit[0]}{mark[0]}, {newlines[0]}", f"{unit[1]}{mark[1]} {newlines[1]}"


def describe_fit(fit: Fit) -> tuple[str, str]:
    """How well a convention fits, in English and Thai: "8 of 18 read as quoted"."""
    en, th = [], []
    if fit.quoted:
        en.append(f"{fit.matched} of {fit.quoted} read as quoted")
        th.append(f"ตรงกับข้อความที่อ้าง {fit.matched} จาก {fit.quoted}")
    if fit.bare:
        en.append(
            f"{fit.lines} of {fit.bare} are whole lines, {fit.words} whole words, {fit.possible} cut no character"
        )
        th.append(f"จาก {fit.bare} ตรงทั้งบรรทัด {fit.lines} ตรงทั้งคำ {fit.words} และไม่ตัดกลางอักขระ {fit.possible}")
    return ", ".join(en), " ".join(th)


def report_no_convention(report: PositionReport, source: str, problems: Problems) -> None:
    """Add the problem that no convention was found for a source, with all that was tried; nothing if one was.

    Args:
        source: its name, as the tool shows it.
        problems: bound to the file with `Problems.at`.
    """
    if not report.failed:
        return
    ways: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for fit in report.fits:
        ways.setdefault(describe_fit(fit), []).append(describe(fit.convention))
    tried_en = "; ".join(f"{fit} ({' / '.join(en for en, _ in alike)})" for (fit, _), alike in ways.items())
    tried_th = "; ".join(f"{fit} ({' / '.join(th for _, th in alike)})" for (_, fit), alike in ways.items())
    name = _short(source)
    if report.ambiguous:
        en = f'Several ways of counting positions fit the selections of "{name}", with different passages.'
        th = f'ข้อความที่เลือกใน "{name}" เข้ากับวิธีนับตำแหน่งได้หลายวิธี และได้ข้อความต่างกัน'
        hint_en = (
            "Export in a format that holds the text of the selections (a table of segments, or the tool's own file)."
        )
        hint_th = "ส่งออกในรูปแบบที่มีข้อความที่เลือกด้วย (ตารางข้อความ หรือไฟล์ของโปรแกรมเอง)"
    else:
        en = f'No way of counting positions fits the selections of "{name}".'
        th = f'ไม่มีวิธีนับตำแหน่งใดเข้ากับข้อความที่เลือกใน "{name}"'
        hint_en = (
            "Was the text changed after it was coded? Put the text that was coded in interviews/, and export again."
        )
        hint_th = "มีการแก้ข้อความหลังลงรหัสหรือไม่ วางข้อความที่ใช้ลงรหัสไว้ใน interviews/ แล้วส่งออกใหม่"
    problems.add(
        "positions",
        f"{en} Tried: {tried_en}.",
        f"{th} ที่ลองแล้ว: {tried_th}",
        hint_en=hint_en,
        hint_th=hint_th,
    )


_REASONS: dict[Why, tuple[str, str, str, str]] = {
    "outside": (
        "its positions lie outside the text or cut a character",
        "ตำแหน่งอยู่นอกข้อความหรือตัดกลางอักขระ",
        "Was the text changed after it was coded? Mark the passage again in the tool.",
        "มีการแก้ข้อความหลังลงรหัสหรือไม่ เลือกข้อความนี้ใหม่ในโปรแกรม",
    ),
    "empty": (
        "it holds no text",
        "ไม่มีข้อความอยู่ในช่วงที่เลือก",
        "Delete it in the tool, or mark the passage again.",
        "ลบออกในโปรแกรม หรือเลือกข้อความใหม่",
    ),
    "no_text": (
        "it has neither positions nor text",
        "ไม่มีทั้งตำแหน่งและข้อความ",
        "Give the text of the passage.",
        "ใส่ข้อความที่เลือก",
    ),
    "not_found": (
        "its text is nowhere in the transcript",
        "ไม่พบข้อความนี้ในบทสัมภาษณ์",
        "Was the interview changed after it was coded? Mark the passage again in the tool.",
        "มีการแก้บทสัมภาษณ์หลังลงรหัสหรือไม่ เลือกข้อความนี้ใหม่ในโปรแกรม",
    ),
    "repeated": (
        "its text stands in several places, and nothing says which one is meant",
        "ข้อความนี้ปรากฏหลายแห่ง และไม่มีสิ่งใดบอกว่าหมายถึงแห่งใด",
        "Mark a longer passage, which stands only once.",
        "เลือกข้อความให้ยาวขึ้นจนปรากฏเพียงแห่งเดียว",
    ),
    "shortened": (
        "its text was shortened by the tool and does not stand in the transcript",
        "โปรแกรมตัดข้อความให้สั้นลง และไม่พบข้อความนี้ในบทสัมภาษณ์",
        "Export the whole text of the selections.",
        "ส่งออกข้อความที่เลือกทั้งหมดโดยไม่ตัด",
    ),
}


def report_unplaced(
    selections: Sequence[Selection], placements: Sequence[Placement], source: str, problems: Problems
) -> None:
    """Add a problem for each selection that was not placed, but for those of a source without convention.

    Args:
        selections, placements: of one source, as for `place` and from it.
        source: its name, as the tool shows it.
        problems: bound to the file with `Problems.at`.
    """
    for selection, placement in zip(selections, placements, strict=True):
        if placement.why not in _REASONS:
            continue
        en, th, hint_en, hint_th = _REASONS[placement.why]
        quoted = f' "{_short(selection.quoted)}"' if _quotes(selection) else ""
        # The problem tells the row itself.
        spot = "" if selection.row and quoted else _short(selection.place)
        span = f"{selection.start}-{selection.end}"
        where_en, where_th = (f"{named}{quoted}".strip() or span for named in (spot, place_in_thai(spot)))
        problems.add(
            "unplaced",
            f'Cannot place {where_en} in "{_short(source)}": {en}.',
            f'ระบุที่ของ {where_th} ใน "{_short(source)}" ไม่ได้: {th}',
            row=selection.row,
            hint_en=hint_en,
            hint_th=hint_th,
        )


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 60 else f"{text[:40]} ... {text[-15:]}"
