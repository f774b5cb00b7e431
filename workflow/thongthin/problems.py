"""Problems in what people made: collected, and shown all at once, in English and in Thai.

A reader never stops at the first thing that is wrong. It adds a `Problem` to a `Problems` collector and goes on as far
as makes sense; whoever started the reading calls `raise_if_any`, and every problem appears in one list with its place
(file, sheet, row, column), what is wrong, and what would mend it. What people should know but need not mend is a
notice: it is collected and shown in the same way, and stops nothing by itself; one
that will stop the build later, because the study asks for that, says so.
"""

from __future__ import annotations

import difflib
import io
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

# So many problems of one kind in one column are listed one by one; the rest of them are counted.
LISTED_PER_KIND = 8


# So many runs of rows are listed; the rows after them are counted.
_RUNS = 8

# Categories of characters that a terminal obeys or that hide: control, format, surrogates, private use, separators.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def speak_utf8() -> None:
    """Let a command print in UTF-8: consoles of other code pages would stop at the first Thai letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


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

    @property
    def place(self) -> tuple[str, str]:
        """The place within the file, in English and in Thai: sheet, row (or line), column (or key); "" if none."""
        textual = self.file.rsplit(".", 1)[-1].lower() in {"yml", "yaml", "md", "qmd", "txt", "docx"}
        row_en, row_th = ("line", "บรรทัดที่") if textual else ("row", "แถวที่")
        column_en, column_th = ("key", "คีย์") if textual else ("column", "คอลัมน์")
        en, th = [], []
        if self.sheet:
            en.append(f'sheet "{self.sheet}"')
            th.append(f'แผ่นงาน "{self.sheet}"')
        if self.row is not None:
            en.append(f"{row_en} {self.row}")
            th.append(f"{row_th} {self.row}")
        if self.column:
            en.append(f'{column_en} "{self.column}"')
            th.append(f'{column_th} "{self.column}"')
        english = ", ".join(en)
        return english[:1].upper() + english[1:], " ".join(th)

    def __str__(self) -> str:
        """The file, then each language by itself: place within the file, what is wrong, and the hint."""
        lines = [f"{self.file}:"]
        said = ((self.en, "Hint", self.hint_en), (self.th, "คำแนะนำ", self.hint_th))
        for place, (sentence, hint_word, hint) in zip(self.place, said, strict=True):
            lines.append(f"  {place}: {sentence}" if place else f"  {sentence}")
            if hint:
                lines.append(f"  {hint_word}: {hint}")
        return printable("\n".join(lines))


class ProblemsFound(Exception):
    """Raised once everything was read; `str()` is the whole list."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(problem_list(self.problems))


class CannotAnalyse(ValueError):
    """Data that a method cannot work on. The message is for people, in English and in Thai."""


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

    def add(
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
    ) -> None:
        """Add a problem of the current source (see `Problem` for the arguments)."""
        self.found.append(Problem(kind, file or self.file, en, th, hint_en, hint_th, self.sheet, row, column))

    def notice(
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

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def raise_if_any(self) -> None:
        """Raise `ProblemsFound` with the whole list if anything was found."""
        if self.found:
            raise ProblemsFound(self.found)


def problem_list(problems: list[Problem]) -> str:
    """The list as people read it: one paragraph a problem, long runs of one kind counted, a count at the end."""
    problems = list(dict.fromkeys(problems))  # two readers may meet the same thing
    files = len({p.file for p in problems})
    count = (
        f"{len(problems)} problem{'s' * (len(problems) != 1)} in {files} file{'s' * (files != 1)}. Nothing was built.\n"
        f"พบปัญหา {len(problems)} จุด ใน {files} ไฟล์ ยังไม่มีการสร้างผลลัพธ์ใด ๆ"
    )
    return "\n\n".join([*_paragraphs(problems), count])


def notice_list(notices: list[Problem]) -> str:
    """Notices as people read them, in the manner of `problem_list`; empty without any."""
    notices = list(dict.fromkeys(notices))
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


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like `word`, best first; empty if none is alike."""
    by_lower = {name.lower(): name for name in sorted(known)}
    return [by_lower[m] for m in difflib.get_close_matches(word.lower(), by_lower, n=limit, cutoff=0.5)]


def rows_said(rows: Iterable[int], word: tuple[str, str] = ("row", "แถว")) -> tuple[str, str]:
    """Rows as people say them, in English and in Thai: "row 4", "rows 2-25, 31 and 40"; of many, the first ones.

    Args:
        word: what is counted, in English and in Thai.
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    many = len(runs) > 1 or runs[0][0] < runs[0][1]
    left = sum(last - first + 1 for first, last in runs[_RUNS:])
    listed, last = (said[:_RUNS], "") if left else (said[:-1], said[-1])
    en, th = ", ".join(listed), ", ".join(listed)
    if left:
        en, th = f"{en} and {left} more", f"{th} และอีก {left} {word[1].removesuffix('ที่')}"
    else:
        en, th = (f"{en} and {last}", f"{th} และ {last}") if listed else (last, last)
    return f"{word[0]}{'s' * many} {en}", f"{word[1]} {th}"


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (English, Thai) that names the nearest known names, or all of them where they are few."""
    known = sorted(set(known))
    near = nearest(word, known)
    if near:
        names = ", ".join(f'"{n}"' for n in near)
        return f"Did you mean {names}?", f"หมายถึง {names} หรือไม่"
    if known and len(known) <= 12:
        names = ", ".join(f'"{n}"' for n in known)
        return f"Known names: {names}.", f"ชื่อที่ใช้ได้: {names}"
    return "", ""
