"""What a table and a column are, and the columns that many tables share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Stands in place of a site, group or code for all of them together.
ALL = "all"

# How a number reads in the article; see `thongthin.basics.language`.
Format = Literal["", "count", "share", "decimal", "coefficient", "statistic", "p", "band"]
Kind = Literal["text", "integer", "number", "flag", "date"]


@dataclass(frozen=True)
class Column:
    """A column: name, kind of content, labels, and how its numbers read in an article.

    Args:
        empty: whether cells may be empty (text "" or missing number).
        unit: unit or range for the data dictionary, such as ``share of participants, 0 to 1``.
    """

    name: str
    kind: Kind
    th: str
    en: str
    format: Format = ""
    empty: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A table: name, folder, the rule that writes it, its key columns, its columns.

    Args:
        open: whether further columns may follow (the items of a survey).
        rows: of a table with numbers that an article can ask for: what can stand in each place of a row's name, as a
            closed set or as the name of a domain (`present.value_keys.domains`). A place may stand for several key
            columns, which a dot joins.
        lacking: what a study lacks where the table has no rows, as a clause in English and in Thai; of tables that a
            table or a figure of the article is made from.
    """

    name: str
    folder: Literal["processed", "results"]
    rule: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    open: bool = False
    rows: tuple[str | tuple[str, ...], ...] = ()
    lacking: tuple[str, str] = ("", "")

    @property
    def value_columns(self) -> list[Column]:
        """The columns whose numbers an article can ask for."""
        return [c for c in self.columns if c.format]


def text(name: str, th: str, en: str, *, empty: bool = False, unit: str = "") -> Column:
    return Column(name, "text", th, en, empty=empty, unit=unit)


def count(name: str, th: str, en: str, unit: str = "") -> Column:
    return Column(name, "integer", th, en, "count", unit=unit)


def number(name: str, th: str, en: str, format: Format = "decimal", unit: str = "") -> Column:
    """A computed number; empty where it is undefined."""
    return Column(name, "number", th, en, format, empty=True, unit=unit)


PARTICIPANT = text("participant_id", "รหัสผู้ให้ข้อมูล", "Participant")
SITE = text("site_id", "พื้นที่", "Site")
GROUP = text("group", "กลุ่ม", "Group")
CODE = text("code_id", "รหัส", "Code")
THEME = text("theme_id", "ประเด็น", "Theme")
CODER = text("coder", "ผู้ลงรหัส", "Coder")
CONSTRUCT = text("construct", "ตัวแปร", "Construct")
WAVE = text("wave", "ช่วงเวลา", "Wave", unit="before, after, or single")
ITEM = text("item_id", "ข้อคำถาม", "Item")
START = Column("start", "integer", "เริ่มที่อักขระ", "Start", unit="code points into the transcript, first is 0")
END = Column("end", "integer", "สิ้นสุดก่อนอักขระ", "End", unit="code points, one after the last")
TEXT = text("text", "ข้อความ", "Text")
N = count("n", "จำนวน", "n")
P = number("p", "ค่า p", "p", "p", "0 to 1")
MEAN = number("mean", "ค่าเฉลี่ย", "Mean", unit="points of the scale")
SD = number("sd", "ส่วนเบี่ยงเบนมาตรฐาน", "SD", unit="points of the scale")
MEDIAN = number("median", "มัธยฐาน", "Median", unit="points of the scale")
BAND = Column("band", "integer", "การแปลผล", "Interpretation", "band", empty=True, unit="1 is the highest band")
