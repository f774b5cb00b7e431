"""Whether passages and rows stand in what was read in a document.

A value is found where it stands whole, with the words before and behind it, behind the value before it in its passage.
Where a page ends in its sentence, or a figure comes between, the words on one side are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thongthin.present.read_back.documents import Text, squeezed
from thongthin.present.read_back.passages import Passage, Row

# So many signs of a sentence tell where in a document it is.
_CONTEXT = 24
# So many are enough, where there are no more on one side.
_LEAST = 4
# Within a passage the next value stands no farther than so many signs beyond where it is due: a page may end, a figure
# or a note stand between.
_BETWEEN = 6000
# Between two cells of a row there are no more signs, which are those of other cells.
_OTHER_CELLS = 400


class _Sought(NamedTuple):
    """A value of a passage, with what stands before and behind it.

    Attributes:
        place: which piece of its passage it is.
        before, behind: of the passage, with its other values in it.
        words_before, words_behind: up to the next value on either side.
        bounded: whether what follows it in the document is known, so that a longer number is not taken for it.
    """

    place: int
    text: str
    before: str
    behind: str
    words_before: str
    words_behind: str
    bounded: bool


def missing_values(passages: Sequence[Passage], text: Text) -> Iterator[tuple[Passage, int]]:
    """Passage, and which of its pieces, of each value that does not stand in a text where it should."""
    for passage in passages:
        sought = list(_sought(passage))
        found = max(_readings(sought, text), key=len, default=[])
        done = {number for number, _ in found}
        for number, one in enumerate(sought):
            if number not in done:
                yield passage, one.place


def missing_rows(rows: Sequence[Row], text: Text) -> Iterator[Row]:
    """The rows of tables that do not stand in a text: cell behind cell, or at least each cell near the one before."""
    for row in rows:
        cells = [squeezed(cell) for cell in row.cells]
        if "".join(cells) not in text.text and not _near(cells, text.text):
            yield row


def _sought(passage: Passage) -> Iterator[_Sought]:
    pieces = [squeezed(piece.text) for piece in passage.pieces]
    unknown = [not piece.text for piece in passage.pieces]
    for place, text in enumerate(pieces):
        if passage.pieces[place].key:
            first = next((n + 1 for n in range(place - 1, -1, -1) if unknown[n]), 0)
            last = next((n for n in range(place + 1, len(pieces)) if unknown[n]), len(pieces))
            before, behind = "".join(pieces[first:place])[-_CONTEXT:], "".join(pieces[place + 1 : last])[:_CONTEXT]
            values = [n for n, piece in enumerate(passage.pieces) if piece.key]
            first = max([first, *(n + 1 for n in values if n < place)])
            last = min([last, *(n for n in values if n > place)])
            words = "".join(pieces[first:place])[-_CONTEXT:], "".join(pieces[place + 1 : last])[:_CONTEXT]
            yield _Sought(place, text, before, behind, *words, bounded=bool(behind))


def _readings(sought: Sequence[_Sought], text: Text) -> Iterator[list[tuple[int, int]]]:
    """For each place of the first value that can be found: which values are found from there on, with their ends."""
    for first, one in enumerate(sought):
        starts = list(_places(one, text, 0, len(text.text)))
        for start in starts:
            found, end = [(first, start + len(one.text))], start + len(one.text)
            for place in range(first + 1, len(sought)):
                near = next(_places(sought[place], text, end, end + _BETWEEN), None)
                if near is not None:
                    end = near + len(sought[place].text)
                    found.append((place, end))
            yield found
            if len(found) == len(sought):
                return
        if starts:
            return


def _places(one: _Sought, text: Text, start: int, stop: int) -> Iterator[int]:
    """Where a value stands with what stands on both sides, then where with one side, or with no other value."""
    told: set[int] = set()
    sides = [(one.before, one.behind), (one.before, ""), ("", one.behind), (one.words_before, one.words_behind)]
    for before, behind in sides:
        if len(before) + len(behind) < min(_LEAST, len(one.before) + len(one.behind)):
            continue
        words, at = before + one.text + behind, max(0, start - len(before))
        while (at := text.text.find(words, at, stop + len(words))) >= 0:
            place = at + len(before)
            if place >= start and place not in told and _is_whole(one, text, place):
                told.add(place)
                yield place
            at += 1


def _is_whole(one: _Sought, text: Text, place: int) -> bool:
    """Whether no longer number stands there."""
    end = place + len(one.text)
    if not one.text[:1].isdigit() and not one.text[-1:].isdigit():
        return True
    before, after = text.text[place - 1 : place], text.text[end : end + 2]
    apart = place in text.breaks or (one.before and before == one.before[-1])
    begins = apart or not (one.text[:1].isdigit() and before.isdigit())
    if not one.bounded or end in text.breaks or (one.behind and text.text.startswith(one.behind[0], end)):
        return bool(begins)
    goes_on = after[:1].isdigit() or (after[:1] in ".," and after[1:].isdigit())
    return bool(begins) and not (one.text[-1:].isdigit() and goes_on)


def _near(cells: Sequence[str], text: str) -> bool:
    """Whether cells stand one behind the other, with no more between them than the lines of other cells.

    Where a page ends within a row, the rest of its cells stands behind what heads and closes pages.
    """
    start = -1
    while (start := text.find(cells[0][:_CONTEXT], start + 1)) >= 0:
        at = start
        for cell in cells:
            at = _end_near(cell, text, at)
            if at < 0:
                break
        else:
            return True
    return False


def _end_near(cell: str, text: str, at: int) -> int:
    """Where a cell, or as much of it as fits on a page, ends that begins near a place; -1 if it stands nowhere near."""
    there = text.find(cell, at, at + len(cell) + _OTHER_CELLS)
    if there >= 0:
        return there + len(cell)
    low, high = 0, len(cell)  # the longest beginning of it that stands there
    while low + 1 < high:
        middle = (low + high) // 2
        if text.find(cell[:middle], at, at + middle + _OTHER_CELLS) >= 0:
            low = middle
        else:
            high = middle
    end = text.find(cell[:low], at, at + low + _OTHER_CELLS) + low
    if low < _CONTEXT or text.find(cell[low:], end, end + len(cell) + _BETWEEN) < 0:
        return -1
    return end
