"""How people write codes down: one or several in a comment or a cell, with list signs before and remarks behind them.

Codes are parted by line ends and semicolons; by commas only where the parts are known codes, since labels hold commas.
Known are those of the codebook and those that stand alone in another cell of the same table (`CodeNames.learn`). In a
cell that joins known codes with something unknown, the unknown is met by itself. Where a tool is known to join codes
with commas and no codebook tells, commas part them, and `parted_at_commas` tells which cells.
A slash parts nothing: it stands in labels and between a code and those below it. Upper and lower case, white space,
list signs, numbers of a list and quotation marks around a code make no difference where the code is known.

Nothing is dropped in silence: what stands where a code should and is none comes back as it was written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from thongthin.basics.language import one_line
from thongthin.read.coding.model import ToolCode

# What says that a passage was read and given no code. An empty cell does not say so.
NO_CODE = frozenset(
    {"none", "no code", "no codes", "nocode", "no_code", "nil", "-", "–", "—", "0", "ไม่มี", "ไม่มีรหัส", "ไม่มีโค้ด"}
)

_LIST_SIGN = re.compile(r"^(?:[#@•·▪◦‣*–—-]\s*)+(?=.)")
_NUMBER = re.compile(r"^\(?\d{1,3}[.)]\s*(?=\S)")
_AROUND = " .,;:…\"'“”‘’«»()[]<>"
_NOTE = re.compile(r"\s*(?:note|memo|remark|หมายเหตุ|บันทึก)\s*[:：]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[:：]\s*|\s+[–—-]\s+")
# A line this long is no code, however it begins; and so alike is a misspelt code.
_LONGEST_HEAD = 200
_ALIKE = 0.85
# What parts a code from those above it, where a list of codes is taken apart.
_LEVELS = re.compile(r"\.|::|\\|\s>\s")
# MAXQDA writes a code with those above it.
_PATH = re.compile(r"\s*\\\s*|\s+>\s+")


class Comment(NamedTuple):
    """What a comment says: codes, and the text that is no code."""

    codes: tuple[str, ...]
    remark: str


class CodeNames:
    """The codes of a study as people may write them.

    Args:
        known: ids and labels of the codebook; none if they are not known.
    """

    def __init__(self, known: Collection[str] = ()) -> None:
        # Of two spellings of one name the first in the order of characters stands for both.
        self._known = {_key(name): name for name in sorted(known, reverse=True) if _key(name)}
        self._longest = max(map(len, self._known), default=0)
        self._learnt: dict[str, str] = {}
        self.parted_at_commas: dict[str, tuple[str, ...]] = {}

    @property
    def _commas(self) -> int:
        return max((key.count(",") for key in (*self._known, *self._learnt)), default=0)

    def learn(self, cells: Iterable[str]) -> None:
        """Take what stands alone in a cell or line, without a comma, for a code, too, where it is part of a list."""
        for cell in cells:
            for part in (part for line in cell.splitlines() for part in line.split(";")):
                if "," not in part and (key := _key(_unsigned(part))) and not self.says_none(part):
                    self._learnt.setdefault(key, _unsigned(part))

    def find(self, text: str) -> str | None:
        """The known code that is written here, as the codebook spells it; None if it is none."""
        written = one_line(text)
        unsigned = _LIST_SIGN.sub("", written)
        unnumbered = _NUMBER.sub("", unsigned)
        for form in (written, unsigned, unnumbered, unnumbered.strip(_AROUND)):
            if name := self._known.get(_key(form)):
                return name
        return None

    def split(self, text: str, *, listed: bool = False, commas: bool = False) -> tuple[str, ...]:
        """The codes in a cell, each once: known ones as the codebook spells them, others as they are written.

        Args:
            listed: whether the text is a list of codes and nothing else, so that what commas join with a known code is
                a code.
            commas: whether commas part codes that nothing else explains, where the codebook knows none.
        """
        names: list[str] = []
        for line in text.splitlines():
            if name := self.find(line):
                names.append(name)
                continue
            for part in line.split(";"):
                found = self._by_comma(part) or (self._partly(part) if listed else [])
                if not found and commas and not self._known and "," in part:
                    found = [_unsigned(piece) for piece in part.split(",")]
                    self.parted_at_commas[text] = tuple(filter(None, found))
                names += found or [_unsigned(part)]
        return tuple(dict.fromkeys(name for name in names if name))

    def says_none(self, text: str) -> bool:
        """Whether the text says that there is no code, and is not itself one."""
        return _key(text) in NO_CODE and self.find(text) is None

    def comment(self, text: str) -> Comment:
        """What a comment on a passage says.

        A line is taken for codes where it holds known codes and nothing else, or known codes, a colon or dash, and a
        remark. The first line is taken for a code in any case, and a further one where it is marked by # or is nearly a
        known code: so a misspelt code is met as an unknown one, not as a remark. A line after "note:" is a remark.
        Where no codes are known, every line is a code.
        """
        codes: list[str] = []
        remarks: list[str] = []
        for line in filter(str.strip, text.splitlines()):
            if note := _NOTE.match(line):
                remarks.append(line[note.end() :].strip())
            elif self.says_none(line):
                continue
            elif not self._known:
                codes += self.split(line)
            elif names := self._all_known(line):
                codes += names
            elif headed := self._headed(line):
                codes += headed[0]
                remarks.append(headed[1])
            elif not (codes or remarks) or line.lstrip().startswith("#") or self._nearly_known(line):
                codes += self.split(line)
            else:
                remarks.append(line.strip())
        return Comment(tuple(dict.fromkeys(codes)), "\n".join(filter(None, remarks)))

    def _all_known(self, line: str) -> list[str]:
        """The codes of a line that holds known codes and nothing else; else empty."""
        if name := self.find(line):
            return [name]
        names: list[str] = []
        for part in filter(str.strip, line.split(";")):
            known = self._by_comma(part)
            if not known:
                return []
            names += known
        return names

    def _by_comma(self, part: str) -> list[str]:
        """The known codes that commas part; empty unless every piece is one. A label may itself hold commas."""
        names, unknown = self._pieces(part)
        return [] if unknown else names

    def _partly(self, part: str) -> list[str]:
        """Known codes of the codebook that commas join with something unknown, and this; else empty."""
        names, unknown = self._pieces(part)
        return [] if unknown == len(names) or not any(self.find(name) for name in names) else names

    def _pieces(self, part: str) -> tuple[list[str], int]:
        """What commas part, the longest known names first, and how many of them are unknown.

        Pieces that follow one another and are unknown stay together.
        """
        if name := self._listed(part):
            return [name], 0
        pieces = part.split(",")
        names: list[str] = []
        unknown = first = 0
        waiting: list[str] = []
        most = self._commas
        while first <= len(pieces):
            name, last = None, first
            for last in range(min(len(pieces), first + most + 1), first, -1):
                if name := self._listed(",".join(pieces[first:last])):
                    break
            if (name or first == len(pieces)) and (rest := _unsigned(",".join(waiting))):
                names.append(rest)
                unknown += 1
            if name:
                names.append(name)
                waiting, first = [], last
            else:
                waiting += pieces[first : first + 1]
                first += 1
        return names, unknown

    def _listed(self, text: str) -> str | None:
        """The code that is written here, if it is known or was learnt, or is a path of known ones."""
        if name := self.find(text) or self._learnt.get(_key(_unsigned(text))):
            return name
        path = _LEVELS.split(_unsigned(text))
        return _unsigned(text) if len(path) > 1 and all(map(self.find, path)) else None

    def _headed(self, line: str) -> tuple[list[str], str] | None:
        """Known codes and the remark behind them; the longest beginning of the line that is known counts."""
        for between in reversed(list(_BETWEEN.finditer(line[:_LONGEST_HEAD]))):
            if names := self._all_known(line[: between.start()]):
                return names, line[between.end() :].strip()
        return None

    def _nearly_known(self, line: str) -> bool:
        key = _key(_unsigned(line))
        return len(key) <= self._longest + 3 and bool(difflib.get_close_matches(key, self._known, 1, _ALIKE))


def tool_codes(names: Iterable[str], known: Collection[str] = ()) -> list[ToolCode]:
    r"""The codes of these names, each once, under the name itself as id.

    A name that is not known and holds " > " or "\" is a path: the codes above it are added before it.
    """
    codes: dict[str, ToolCode] = {}
    for name in names:
        separators = [] if name in known else list(_PATH.finditer(name))
        parent, start = "", 0
        for stop, next_start in [*(m.span() for m in separators), (len(name), 0)]:
            path = name[:stop]
            codes.setdefault(path, ToolCode(path, name[start:stop].strip() or path, parent))
            parent, start = path, next_start
    return list(codes.values())


def _key(text: str) -> str:
    return one_line(text).casefold()


def _unsigned(text: str) -> str:
    return _LIST_SIGN.sub("", one_line(text))
