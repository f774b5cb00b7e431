"""Where in a transcript speakers' labels could stand, shape by shape; which of them are labels is decided elsewhere.

Shapes, with what may stand around them: a number or a time before, a time behind, Markdown's marks, brackets.

- ``colon``: `Name: text`, also `**Name:** text`, `[00:01:20] Name: text`, `Name (00:13): text`, `Name：text`
- ``time``: a name and a time on a line of their own, in either order: `Name  0:13`, `[Name] 00:00:13`, `0:13 - Name`
- ``cell``: a row of a table in Word: one cell for the name, one for the text
- ``bold``: a name in bold type, in front of its text or on a line of its own
- ``tab``: `Name<tab>text`; ``bracket``: `[Name] text`; ``dash``: `Name - text`; ``time-dash``: `0:13 Name - text`;
  ``dot``: `Q. text`
- ``line``: a name on a line of its own
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thongthin.read.interviews.transcripts import Layout, Span
from thongthin.read.interviews.words import key_of

LONGEST = 63  # characters of a label; MAXQDA's limit, too

# The most certain first: it wins where two shapes explain as much.
SHAPES = ("pattern", "cell", "time", "time-dash", "colon", "bold", "tab", "bracket", "line", "dash", "dot")
# Shapes in which much else stands: they count only where a label says by itself whose it is.
WEAK = {"tab", "bracket", "line", "dash", "dot"}

_DATE = r"(?:(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})[ T,]+)?"
_TIME = rf"{_DATE}\d{{1,3}}:\d{{2}}(?::\d{{2}}){{0,2}}(?:[.,-]\d{{1,3}})?"
_STAMP = rf"(?:[\[(<#]{{0,2}}{_TIME}(?:[ \t]*+(?:-->|[-–—])[ \t]*+{_TIME})?[\])>#]{{0,2}})"
_FIRMLY = rf"(?:[\[(<#]{{1,2}}{_TIME}(?:[ \t]*+(?:-->|[-–—])[ \t]*+{_TIME})?[\])>#]{{1,2}})"
_MARKS = r"(?:\*\*|__|\*|_)?"
_BEFORE = (
    r"^[ \t]*+(?:>[ \t]++)?(?:#{1,6}[ \t]++)?(?:\d{1,4}[.)]?[ \t]++)?(?:[-*•–][ \t]++)?"
    rf"(?:{_STAMP}[ \t]*+[-–—:]?[ \t]*+)?{_MARKS}"
)
_COLON = r"(?:(?<!\d):(?!//)|(?<=\d):(?!\d)|：)"
_NAME = rf"(?P<name>(?=[^:：\n]*[^\W_])[^\s:：*][^:：\n]{{0,{LONGEST - 1}}}?)"
_IS_COLON = re.compile(
    rf"{_BEFORE}{_NAME}{_MARKS}[ \t]*+{_MARKS}(?:[ \t]*+{_STAMP})?{_MARKS}[ \t]*+{_COLON}{_MARKS}[ \t]*+(?:{_FIRMLY})?",
    re.MULTILINE,
)
_IS_TIME = re.compile(
    rf"^[ \t]*+(?:\d{{1,4}}[ \t]++)?(?:{_MARKS}(?P<first>[^\s\d:：][^:：\n]{{0,{LONGEST - 1}}}?){_MARKS}"
    rf"(?:[ \t]*+[-–—|,•][ \t]*+|[ \t]++|(?<=\])){_STAMP}"
    rf"|{_STAMP}[ \t]++(?:[-–—|][ \t]*+)?{_MARKS}(?P<second>[^\W\d_][^:：\n]{{0,{LONGEST - 1}}}?){_MARKS})[ \t]*+$",
    re.MULTILINE,
)
_IS_TAB = re.compile(
    rf"^[ \t]*+(?:{_STAMP}[ \t]*+)?(?P<name>[^\s:：][^\t:：\n]{{0,{LONGEST - 1}}}?)[ ]*+\t[ \t]*+(?=\S)", re.MULTILINE
)
_IS_BRACKET = re.compile(rf"{_BEFORE}(?P<name>[\[(<][^\[\]()<>:：\n]{{1,40}}[\])>]){_MARKS}[ \t]*+", re.MULTILINE)
_IS_DASH = re.compile(rf"{_BEFORE}(?P<name>[^\W\d_][^:：\n]{{0,39}}?){_MARKS}[ \t]++[-–—][ \t]++(?=\S)", re.MULTILINE)
_IS_TIME_DASH = re.compile(
    rf"^[ \t]*+{_STAMP}[ \t]++{_MARKS}(?P<name>[^\W\d_][^:：\n]{{0,39}}?){_MARKS}[ \t]++[-–—][ \t]++(?=\S)",
    re.MULTILINE,
)
_IS_DOT = re.compile(r"^[ \t]*+(?P<name>[A-Za-z]{1,3}\d{0,2}|\d)\.[ \t]++(?=\S)", re.MULTILINE)
_IS_LINE = re.compile(
    rf"{_BEFORE}(?P<name>(?=[^\n]*[^\W\d_])[^\s:：*][^:：\n]{{0,{LONGEST - 1}}}?){_MARKS}[ \t]*+$", re.MULTILINE
)
_SENTENCE_END = re.compile(r"[?!,;…。]$|[^\W\d_]{4,}\.$")
_ONLY_STAMP = re.compile(rf"^[ \t]*+{_STAMP}[ \t]*+$", re.MULTILINE)
STAMPED = re.compile(
    rf"^[ \t]*+(?:{_FIRMLY}|{_TIME}[ \t]*+(?:-->|[-–—])[ \t]*+{_TIME}|{_TIME}(?=[ \t]))[ \t]*+", re.MULTILINE
)
# What closes a turn and was not said: a time in brackets or signs, a time or a rule on a line of its own. A time that
# somebody named stands in the words.
_CLOSING = re.compile(rf"(?:\s*{_FIRMLY}|\n[ \t]*+{_STAMP}|\n[ \t]*+(?:\*\*|---+|___+)|\s+)$")
_LONGEST_CLOSING = 60
_HEADER = re.compile(r"speakers?|names?|who|label|role|ผู้พูด|ชื่อ|ชื่อผู้พูด|ผู้สนทนา|บทบาท")
_LITTLE = re.compile(r"[ \t]*+\d{1,4}[.)]?[ \t]*+")


class Candidate(NamedTuple):
    """A place where a turn could begin.

    Attributes:
        label: as it stands in the file.
        at: where its line begins.
        said: where what is said begins.
        end: where it ends at the latest, None if only the next turn ends it.
    """

    label: str
    shape: str
    at: int
    said: int
    end: int | None = None

    @property
    def key(self) -> str:
        return key_of(self.label)


def pattern_of(written: str) -> re.Pattern[str]:
    r"""What a study says that its labels look like, as a pattern: ``[{time}] {name}:``; spaces may be of any length.

    Raises:
        ValueError: it holds no ``{name}``; the message is for people.
    """
    if written.count("{name}") != 1:
        raise ValueError(
            'it must hold {name} once, such as "[{time}] {name}:" | ต้องมี {name} หนึ่งครั้ง เช่น "[{time}] {name}:"'
        )
    pieces = re.split(r"(\{name\}|\{time\}|\\n|\n|[ \t]++)", written.strip(" \t"))
    known = {"{name}": rf"(?P<name>[^\n]{{1,{LONGEST}}}?)", "{time}": _STAMP, "\\n": r"[ \t]*+\n", "\n": r"[ \t]*+\n"}
    body = "".join(known.get(one) or (r"[ \t]++" if not one.strip() else re.escape(one)) for one in pieces if one)
    closing = "" if pieces[-1] or written.strip(" \t").endswith("\n") else r"[ \t]*+$"
    return re.compile(rf"^[ \t]*+{body}{closing}[ \t]*+", re.MULTILINE)


def candidates(text: str, layout: Layout, pattern: re.Pattern[str] | None = None) -> dict[str, list[Candidate]]:
    """Where turns could begin, by shape, in the order of the text.

    Args:
        pattern: as from `pattern_of`; where it is found, it is the only shape.
    """
    if pattern and (found := list(_matches(pattern, "pattern", text))):
        return {"pattern": found}
    shapes = {
        "cell": list(_in_cells(text, layout.rows)),
        "time": [one for one in _matches(_IS_TIME, "time", text) if not _SENTENCE_END.search(one.label)]
        or _below_stamps(text),
        "time-dash": list(_matches(_IS_TIME_DASH, "time-dash", text)),
        "colon": list(_matches(_IS_COLON, "colon", text)),
        "bold": list(_in_bold(text, layout.bold)),
        "tab": list(_matches(_IS_TAB, "tab", text)) if "\t" in text else [],
        "bracket": list(_matches(_IS_BRACKET, "bracket", text)),
        "line": list(_lines(text)),
        "dash": list(_matches(_IS_DASH, "dash", text)),
        "dot": list(_matches(_IS_DOT, "dot", text)),
    }
    return {shape: found for shape, found in shapes.items() if found}


def _matches(pattern: re.Pattern[str], shape: str, text: str) -> Iterator[Candidate]:
    groups = pattern.groupindex
    for match in pattern.finditer(text):
        name = match["name"] if "name" in groups else match["first"] or match["second"]
        if not key_of(name) or (_LITTLE.fullmatch(name) and shape not in ("dot", "pattern")):
            continue
        yield Candidate(_shown(name), shape, match.start(), match.end())


def _shown(name: str) -> str:
    """A label as people see it: without the brackets and marks that set it apart."""
    name = re.sub(rf"[ \t]*+{_FIRMLY}$", "", name.strip(" \t*_`#")).strip(" \t*_`#")
    if re.fullmatch(r"[\[(<{][^\[\]()<>{}]*[\])>}]", name):
        name = name[1:-1].strip()
    return name


def _in_cells(text: str, rows: Sequence[Sequence[Span]]) -> Iterator[Candidate]:
    """Rows whose shortest cell with letters is a name, and whose longest is what was said; times and numbers are none.

    Which cell is which is decided for the table as a whole: the column of names holds few different ones.
    """
    wide = [row for row in rows if len(row) >= 2]
    columns = max((len(row) for row in wide), default=0)
    wide = [row for row in wide if len(row) == columns]
    if not wide:
        return
    cells = [[text[cell.start : cell.end].strip() for cell in row] for row in wide]
    lengths = [sum(len(row[n]) for row in cells) for n in range(columns)]
    said = max(range(columns), key=lambda n: lengths[n])

    def is_name(cell: str) -> bool:
        return 0 < len(cell) <= LONGEST and "\n" not in cell and any(c.isalpha() for c in cell)

    named = [n for n in range(columns) if n != said and sum(is_name(row[n]) for row in cells) * 2 >= len(cells)]
    if not named:
        return
    column = min(named, key=lambda n: len({key_of(row[n]) for row in cells}))
    label = ""
    if _HEADER.fullmatch(key_of(cells[0][column])) and len(cells[0][said]) <= LONGEST:
        cells, wide = cells[1:], wide[1:]
    for row, spans in zip(cells, wide, strict=True):
        label = row[column] or label
        cell = spans[said]
        if label and row[said]:
            yield Candidate(
                _shown(label.rstrip(":： \t")), "cell", min(one.start for one in spans), cell.start, cell.end
            )


def _in_bold(text: str, bold: Sequence[Span]) -> Iterator[Candidate]:
    """Bold text at the head of a line, short enough for a name, unless the colon of its label stands behind it."""
    for span in bold:
        line = text.rfind("\n", 0, span.start) + 1
        label = text[span.start : span.end].strip()
        if text[line : span.start].strip() or not 0 < len(label.rstrip(":： \t")) <= LONGEST or "\n" in label:
            continue
        if not any(c.isalpha() for c in label) or _SENTENCE_END.search(label):
            continue
        end = text.find("\n", span.end)
        rest = text[span.end : end if end >= 0 else len(text)]
        skipped = len(rest) - len(rest.lstrip(" \t:：-–—"))
        yield Candidate(_shown(label.rstrip(":： \t")), "bold", line, span.end + skipped)


def stamped_lines(text: str) -> list[Candidate]:
    """The lines of a transcript without labels, if a time stands before most of them; else none."""
    lines = [match for match in STAMPED.finditer(text) if match.end() > match.start()]
    filled = sum(bool(line.strip()) for line in text.split("\n"))
    if len(lines) < 2 or len(lines) * 2 < filled:
        return []
    return [Candidate("", "stamp", match.start(), match.end()) for match in lines]


def spoken(text: str, start: int, end: int) -> tuple[int, int]:
    """The words within a stretch: without white space, marks and closing times around them."""
    said = text[start:end]
    end = start + len(said.rstrip())
    start = min(end, start + len(said) - len(said.lstrip()))
    while closing := _CLOSING.search(text[max(start, end - _LONGEST_CLOSING) : end]):
        end -= len(closing[0])
    return start, end


def _lines(text: str) -> Iterator[Candidate]:
    """Names on lines of their own, without those that are what a name right above them says."""
    above: Candidate | None = None
    for one in _matches(_IS_LINE, "line", text):
        if not _SENTENCE_END.search(one.label) and (above is None or text[above.said : one.at].strip()):
            above = one
            yield one


def _below_stamps(text: str) -> list[Candidate]:
    """Names on a line of their own, right below a line that holds nothing but a time."""
    stamps = {match.end() + 1: match.start() for match in _ONLY_STAMP.finditer(text)}
    found = (one for one in _matches(_IS_LINE, "time", text) if one.at in stamps)
    return [one._replace(at=stamps[one.at]) for one in found if not _SENTENCE_END.search(one.label)]
