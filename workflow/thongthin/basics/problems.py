"""Problems in what people made: collected, and shown all at once, in English and in Thai.

A reader never stops at the first thing that is wrong. It adds a `Problem` to a `Problems` collector and goes on as far
as makes sense; whoever started the reading calls `raise_if_any`, and every problem appears in one list with its place
(file, sheet, row, column), what is wrong, and what would mend it. One cause is one entry of the list: what was found in
many rows, columns or files with the same hint is folded into one, with all its places. What people should know but need
not mend is a notice: it is collected and shown in the same way, and stops nothing by itself; one that will stop the
build later, because the study asks for that, says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from thongthin.basics.quiet import hushed
from thongthin.basics.rows import rows_said

# So many problems of one kind in one column are listed one by one; the rest of them are counted.
LISTED_PER_KIND = 8
# The same in more files than these, or in other rows of more columns, is told once.
_FILES, _COLUMNS = 3, 3
# What differs between two sentences of one cause: what is quoted, and numbers.
_QUOTED = re.compile('"[^"]*"')
_VARYING = re.compile(r'"[^"]*"|\d+')
# The endings of files that have lines, not rows.
_TEXTS = {"yml", "yaml", "md", "qmd", "txt", "docx", "vtt", "srt", "bib", "ris"}

# Categories of characters that a terminal obeys or that hide: control, format, surrogates, private use, separators.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def printable(text: str) -> str:
    r"""The text without anything that a terminal would obey: such characters appear as ``\x1b`` or ``\u202e``."""
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in _UNSAFE
        else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it stands, and what would mend it.

    Args:
        kind: a short name of the kind of problem, such as ``unknown-site``.
        file: path as the user knows it, relative to the project folder, with forward slashes.
        en, th: what is wrong, one sentence in each language.
        hint_en, hint_th: what would mend it.
        sheet: name of a worksheet.
        row: number of the row as a spreadsheet shows it (the header is row 1), or of the line in a text file.
        column: header of the column, or dotted path of a key in a YAML file.
        stops_later: of a notice: it will stop the build once the tables stand.
        character: which character of the line it begins at, from 1.
        rows, columns: where one problem stands for many (`folded`): all its rows, the first of which is `row`, and all
            its columns.
    """

    kind: str
    file: str
    en: str
    th: str
    hint_en: str = ""
    hint_th: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    stops_later: bool = False
    character: int | None = None
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def row_word(self) -> tuple[str, str]:
        """What `row` counts, in English and in Thai: rows of a table, or lines of a text."""
        return ("line", "บรรทัดที่") if self.file.rsplit(".", 1)[-1].lower() in _TEXTS else ("row", "แถวที่")

    @property
    def place(self) -> tuple[str, str]:
        """The place within the file, in English and in Thai: sheet, row (or line), column (or key); "" if none."""
        en, th = [], []
        if self.sheet:
            en.append(f'sheet "{self.sheet}"')
            th.append(f'แผ่นงาน "{self.sheet}"')
        if self.row is not None:
            rows = rows_said(self.rows or [self.row], self.row_word)
            en.append(rows[0])
            th.append(rows[1])
            if self.character is not None and not self.rows:
                en.append(f"column {self.character}")
                th.append(f"ตัวอักษรที่ {self.character}")
        if self.column:
            said = [self._column_said(column) for column in self.columns or (self.column,)]
            table = self.row_word[0] == "row"
            word_en, word_th = ("column" + "s" * (len(said) > 1) + " ", "คอลัมน์ ") if table else ("", "")
            en.append(word_en + (", " if table else " and ").join(column[0] for column in said))
            th.append(word_th + (", " if table else " และ").join(column[1] for column in said))
        english = ", ".join(en)
        return english[:1].upper() + english[1:], " ".join(th)

    def _column_said(self, column: str) -> tuple[str, str]:
        """A column by its header, or a key of a YAML file with its place in the lists around it, counted from 1."""
        if self.row_word[0] == "row":
            return f'"{column}"', f'"{column}"'
        *around, key = re.split(r"(?<=\d\])\.?", column) if re.search(r"\[\d+\]", column) else ("", column)
        en, th = [f'key "{key}"'] if key else [], [f'คีย์ "{key}"'] if key else []
        for part in reversed(around):
            if entry := re.fullmatch(r"(.*)\[(\d+)\]", part):
                en.append(f"entry {entry[2]}" + (f' of "{entry[1]}"' if entry[1] else ""))
                th.append(f"รายการที่ {entry[2]}" + (f' ของ "{entry[1]}"' if entry[1] else ""))
        return " in ".join(en), " ใน".join(th)

    def __str__(self) -> str:
        """The file, then each language by itself: place within the file, what is wrong, and the hint."""
        lines = [f"{self.file}:"]
        said = ((self.en, "Hint", self.hint_en), (self.th, "คำแนะนำ", self.hint_th))
        for place, (sentence, hint_word, hint) in zip(self.place, said, strict=True):
            lines.append(f"  {place}: {hushed(sentence)}" if place else f"  {hushed(sentence)}")
            if hint:
                lines.append(f"  {hint_word}: {hushed(hint)}")
        return printable("\n".join(lines))


class ProblemsFound(Exception):
    """Raised once everything was read; `str()` is the whole list."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(problem_list(self.problems))


class CannotAnalyse(ValueError):
    """Data that a method cannot work on. The message is for people, in English and in Thai."""


class RenderError(RuntimeError):
    """An article could not be rendered. The message is for people, in English and in Thai, with the program's words."""


@dataclass
class Problems:
    """A collector of problems, and of notices; `file` and `sheet` of the current source can be bound with `at`.

    Its length and its items are the problems: a collector that holds nothing but notices is empty.
    """

    found: list[Problem] = field(default_factory=list)
    file: str = ""
    sheet: str = ""
    notices: list[Problem] = field(default_factory=list)

    def at(self, file: str, sheet: str = "") -> Problems:
        """The same collector for a given source: problems added to it carry this file and sheet."""
        return replace(self, file=file, sheet=sheet)

    def add(  # noqa: PLR0913 - a problem says all of this at once
        self,
        kind: str,
        en: str,
        th: str,
        *,
        hint_en: str = "",
        hint_th: str = "",
        row: int | None = None,
        column: str = "",
        file: str = "",
        character: int | None = None,
    ) -> None:
        """Add a problem of the current source (see `Problem` for the arguments)."""
        place = (self.sheet, row, column)
        self.found.append(Problem(kind, file or self.file, en, th, hint_en, hint_th, *place, character=character))

    def notice(  # noqa: PLR0913 - a notice says all of this at once
        self,
        kind: str,
        en: str,
        th: str,
        *,
        hint_en: str = "",
        hint_th: str = "",
        row: int | None = None,
        column: str = "",
        file: str = "",
        stops_later: bool = False,
    ) -> None:
        """Add a notice: something to know of the current source that stops no check (arguments as for `add`).

        Args:
            stops_later: it will stop the build once the tables stand, since the configuration says so.
        """
        place = (self.sheet, row, column)
        self.notices.append(Problem(kind, file or self.file, en, th, hint_en, hint_th, *place, stops_later))

    def of_rows(self, rows: Iterable[int], column: str) -> list[RowsOfFile]:
        """Where rows of the table that is read stand: here; of a table made of several files, by file."""
        listed = [int(row) for row in rows]
        return [RowsOfFile(self, listed, listed, column)]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def raise_if_any(self) -> None:
        """Raise `ProblemsFound` with the whole list if anything was found."""
        if self.found:
            raise ProblemsFound(self.found)


class RowsOfFile(NamedTuple):
    """Rows of a table as a file has them.

    Attributes:
        problems: the collector bound to the file.
        labels: the rows as the table calls them.
        rows, column: their numbers, and the header, in the file.
    """

    problems: Problems
    labels: list[int]
    rows: list[int]
    column: str


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each cause, in the order of the first of each.

    One cause are problems of one kind, in one file and sheet, with the same hint, whose sentences differ in nothing but
    numbers and what they quote: in many rows of a column, or in many columns. Then what is the same in many files.
    """
    problems = list(dict.fromkeys(problems))  # two readers may meet the same thing
    problems = [one for group in _groups(problems, lambda p: (p.file, p.sheet)) for one in _across_columns(group)]
    in_rows = [_one_of_rows(group) for group in _groups(problems, lambda p: (p.file, p.sheet, p.column))]
    alike = _groups(in_rows, lambda p: (p.file, p.sheet, p.row, p.rows, _without_own_column(p)))
    in_columns = [_one_of_columns(group) for group in alike]
    return [
        one
        for group in _groups(in_columns, lambda p: ())
        for one in ([_one_of_files(group)] if len({p.file for p in group}) > _FILES else group)
    ]


def _groups(problems: Iterable[Problem], also: Callable[[Problem], object]) -> list[list[Problem]]:
    """Problems of one cause together, as far as `also` is the same, too."""
    groups: dict[object, list[Problem]] = {}
    for p in problems:
        sentences = (_VARYING.sub("#", p.en), _VARYING.sub("#", p.th))
        groups.setdefault((p.kind, *sentences, p.hint_en, p.hint_th, p.stops_later, also(p)), []).append(p)
    return list(groups.values())


def _across_columns(group: list[Problem]) -> list[Problem]:
    """Problems of one cause in a table as one, where each of many columns has its own rows; else as they are."""
    first, in_column = group[0], dict[str, list[Problem]]()
    for p in group:
        in_column.setdefault(p.column, []).append(p)
    rows = {frozenset(p.row for p in own) for own in in_column.values()}
    if first.row_word[0] != "row" or "" in in_column or len(rows) == 1 or len(in_column) <= _COLUMNS:
        return group
    said = []
    for language, words in enumerate((("Likewise in columns", "and {} more."), ("พบอีกในคอลัมน์", "และอีก {} คอลัมน์"))):
        own, listed = _QUOTED.findall((first.en, first.th)[language]), []
        for column, others in in_column.items():
            quoted = [text for p in others for text in _QUOTED.findall((p.en, p.th)[language])]
            told = [text for text in dict.fromkeys(quoted) if text not in (f'"{column}"', *own)]
            numbers = [p.row for p in others if p.row is not None and p is not first]
            place = f" ({rows_said(numbers, first.row_word)[language]})" if numbers else ""
            if numbers or told or column != first.column:
                listed.append(f'"{column}"{place}' + f": {', '.join(told[:_FILES])}" * bool(told))
        left = len(listed) - LISTED_PER_KIND
        more = f" {words[1].format(left)}" if left > 0 else "." * (language == 0)
        said.append(f"{(first.en, first.th)[language]} {words[0]}: {'; '.join(listed[:LISTED_PER_KIND])}{more}")
    return [replace(first, en=said[0], th=said[1])]


def _one_of_rows(group: list[Problem]) -> Problem:
    """One problem with the rows of all; what else was quoted follows with its rows."""
    first, rows = group[0], tuple(sorted({p.row for p in group if p.row is not None}))
    if len(group) == 1 or len(rows) < 2:
        return _with_likewise(first, group)
    return replace(_with_likewise(first, group), row=rows[0], rows=rows)


def _with_likewise(first: Problem, group: list[Problem]) -> Problem:
    """The first problem, with what the others quote in the place of what it quotes, and their rows."""
    said = []
    for language, (word, more) in enumerate((("Likewise", "and {} more"), ("เช่นเดียวกัน", "และอีก {} ค่า"))):
        own = (first.en, first.th)[language]
        others: dict[str, list[int]] = {}
        for p in group:
            pattern = _QUOTED if _QUOTED.findall(own) != _QUOTED.findall((p.en, p.th)[language]) else _VARYING
            differ = zip(pattern.findall(own), pattern.findall((p.en, p.th)[language]), strict=True)
            if varying := ", ".join(other for mine, other in differ if mine != other):
                others.setdefault(varying, []).extend([] if p.row is None or p.row == first.row else [p.row])
        listed = [
            f"{quoted} ({rows_said(rows, first.row_word)[language]})" if rows else quoted
            for quoted, rows in list(others.items())[:LISTED_PER_KIND]
        ]
        left = len(others) - LISTED_PER_KIND
        tail = f" {more.format(left)}" if left > 0 else ""
        end = "." if language == 0 else ""
        said.append(f"{own} {word}: {', '.join(listed)}{tail}{end}" if others else own)
    return replace(first, en=said[0], th=said[1])


def _without_own_column(problem: Problem) -> str:
    """The sentence as it is for any column: its own column's name is no difference, but other quotes are."""
    return problem.en.replace(f'"{problem.column}"', "#") if problem.column else problem.en


def _one_of_columns(group: list[Problem]) -> Problem:
    first, columns = group[0], tuple(dict.fromkeys(p.column for p in group))
    if len(columns) < 2:
        return first if len(group) == 1 else _with_likewise(first, group)
    named = f'"{first.column}"' in first.en
    return replace(_with_likewise(first, group) if named else first, columns=columns)


def _one_of_files(group: list[Problem]) -> Problem:
    """The first of problems in many files, with the other files and where in them."""
    first, files = group[0], list(dict.fromkeys(p.file for p in group))[1:]
    listed = ", ".join(file.rsplit("/", 1)[-1] for file in files[:LISTED_PER_KIND])
    left = len(files) - LISTED_PER_KIND
    return replace(
        first,
        en=f"{first.en} The same in {len(files)} more files: {listed}" + (f" and {left} more." if left > 0 else "."),
        th=f"{first.th} พบอีกใน {len(files)} ไฟล์: {listed}" + (f" และอีก {left} ไฟล์" if left > 0 else ""),
    )


def problem_list(problems: list[Problem]) -> str:
    """The list as people read it: one paragraph a cause, many of one kind counted, a count at the end."""
    found, causes = list(dict.fromkeys(problems)), folded(problems)
    files, places = len({p.file for p in found}), len(found)
    at_en, at_th = (f", at {places} places", f" รวม {places} จุด") if places > len(causes) else ("", "")
    unit = "เรื่อง" if at_th else "จุด"
    count = (
        f"{len(causes)} problem{'s' * (len(causes) != 1)}{at_en} in {files} file{'s' * (files != 1)}."
        " Nothing was built.\n"
        f"พบปัญหา {len(causes)} {unit}{at_th} ใน {files} ไฟล์ ยังไม่มีการสร้างผลลัพธ์ใด ๆ"
    )
    return "\n\n".join([*_paragraphs(causes), count])


def notice_list(notices: list[Problem]) -> str:
    """Notices as people read them, in the manner of `problem_list`; empty without any."""
    notices = folded(notices)
    if not notices:
        return ""
    many = len(notices) > 1
    count = (
        f"{len(notices)} notice{'s' * many}. Nothing stops because of {'them' if many else 'it'}.\n"
        f"ข้อสังเกต {len(notices)} ข้อ ไม่ทำให้งานหยุด"
    )
    if later := sum(notice.stops_later for notice in notices):
        count = (
            f"{len(notices)} notice{'s' * many}. Because of {later} of them the build will stop once the tables"
            " stand, as the configuration asks.\n"
            f"ข้อสังเกต {len(notices)} ข้อ ในจำนวนนี้ {later} ข้อจะทำให้การสร้างหยุดหลังเขียนตารางแล้ว ตามที่ตั้งค่าไว้"
        )
    return "\n\n".join([*_paragraphs(notices), count])


def _paragraphs(problems: list[Problem]) -> list[str]:
    paragraphs: list[str] = []
    seen: dict[tuple[str, str, str, str], int] = {}
    for problem in problems:
        run = (problem.kind, problem.file, problem.sheet, problem.column)
        seen[run] = seen.get(run, 0) + 1
        if seen[run] <= LISTED_PER_KIND:
            paragraphs.append(str(problem))
    for (kind, file, sheet, column), count in seen.items():
        if count > LISTED_PER_KIND:
            more = count - LISTED_PER_KIND
            en, th = f"... and {more} more of this kind ({kind}).", f"... และอีก {more} แห่งในลักษณะเดียวกัน"
            paragraphs.append(str(Problem(kind, file, en, th, sheet=sheet, column=column)))
    return paragraphs
