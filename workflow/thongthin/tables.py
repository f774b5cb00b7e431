"""Every table of the workflow in one place: its columns, their types and units, their labels in both languages.

A table is checked against its schema when it is written and when it is read; the data dictionary
(`docs/data-dictionary.md`, written by `python -m thongthin.tables`) and the names of the values that an article can ask
for come from the same schema. Tables are CSV in UTF-8 with a byte-order mark. A cell that a spreadsheet would take for
a formula is written with an apostrophe in front, and read without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from thongthin.files import write_text

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"

# How a number reads in the article; see `thongthin.language`.
Format = Literal["", "count", "share", "decimal", "coefficient", "statistic", "p", "band"]
Kind = Literal["text", "integer", "number", "flag", "date"]

FORMULA = re.compile(r"^'*[=+\-@\t\r]")


class TableError(ValueError):
    """A table that does not fit its schema; the message names the table, the column and the first offending rows."""


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
    """

    name: str
    folder: Literal["processed", "results"]
    rule: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    open: bool = False

    @property
    def value_columns(self) -> list[Column]:
        """The columns whose numbers an article can ask for."""
        return [c for c in self.columns if c.format]


def _text(name: str, th: str, en: str, *, empty: bool = False, unit: str = "") -> Column:
    return Column(name, "text", th, en, empty=empty, unit=unit)


def _count(name: str, th: str, en: str, unit: str = "") -> Column:
    return Column(name, "integer", th, en, "count", unit=unit)


def _number(name: str, th: str, en: str, format: Format = "decimal", unit: str = "") -> Column:
    """A computed number; empty where it is undefined."""
    return Column(name, "number", th, en, format, empty=True, unit=unit)


PARTICIPANT = _text("participant_id", "รหัสผู้ให้ข้อมูล", "Participant")
SITE = _text("site_id", "พื้นที่", "Site")
GROUP = _text("group", "กลุ่ม", "Group")
CODE = _text("code_id", "รหัส", "Code")
THEME = _text("theme_id", "ประเด็น", "Theme")
CODER = _text("coder", "ผู้ลงรหัส", "Coder")
CONSTRUCT = _text("construct", "ตัวแปร", "Construct")
WAVE = _text("wave", "ช่วงเวลา", "Wave", unit="before, after, or single")
ITEM = _text("item_id", "ข้อคำถาม", "Item")
START = Column("start", "integer", "เริ่มที่อักขระ", "Start", unit="code points into the transcript, first is 0")
END = Column("end", "integer", "สิ้นสุดก่อนอักขระ", "End", unit="code points, one after the last")
TEXT = _text("text", "ข้อความ", "Text")
N = _count("n", "จำนวน", "n")
P = _number("p", "ค่า p", "p", "p", "0 to 1")
MEAN = _number("mean", "ค่าเฉลี่ย", "Mean", unit="points of the scale")
SD = _number("sd", "ส่วนเบี่ยงเบนมาตรฐาน", "SD", unit="points of the scale")
MEDIAN = _number("median", "มัธยฐาน", "Median", unit="points of the scale")
BAND = Column("band", "integer", "การแปลผล", "Interpretation", "band", empty=True, unit="1 is the highest band")

THEME_COUNTS = (
    _count("participants", "ผู้ให้ข้อมูลที่กล่าวถึง", "Participants who mention it"),
    _count("denominator", "ผู้ให้ข้อมูลทั้งหมด", "Participants coded"),
    _number("share", "สัดส่วน", "Share", "share", "share of participants, 0 to 1"),
    _count("segments", "จำนวนข้อความ", "Segments"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        # --- data/processed -----------------------------------------------------------------
        Table(
            "sites",
            "processed",
            "read_frame",
            "The sites of the study.",
            ("site_id",),
            (
                SITE,
                _text("name_th", "ชื่อ (ไทย)", "Name (Thai)"),
                _text("name_en", "ชื่อ (อังกฤษ)", "Name (English)"),
                _text("type", "ประเภท", "Type", empty=True),
            ),
        ),
        Table(
            "participants",
            "processed",
            "read_frame",
            "Those who were interviewed and gave their consent.",
            ("participant_id",),
            (
                PARTICIPANT,
                SITE,
                GROUP,
                _text("role", "บทบาท", "Role", empty=True),
                _text("sex", "เพศ", "Sex", empty=True),
                _text("age_band", "ช่วงอายุ", "Age band", empty=True),
                Column("interviewed_on", "date", "วันที่สัมภาษณ์", "Interviewed on", empty=True),
                _text("consent", "ความยินยอม", "Consent", unit="yes or no"),
            ),
        ),
        Table(
            "codes",
            "processed",
            "read_codebook",
            "The codebook, each code with the theme (the code without parent) that it belongs to.",
            ("code_id",),
            (
                CODE,
                _text("parent_id", "รหัสแม่", "Parent code", empty=True),
                THEME,
                _text("label_th", "ชื่อรหัส (ไทย)", "Label (Thai)"),
                _text("label_en", "ชื่อรหัส (อังกฤษ)", "Label (English)"),
                _text("definition_th", "นิยาม (ไทย)", "Definition (Thai)", empty=True),
                _text("definition_en", "นิยาม (อังกฤษ)", "Definition (English)", empty=True),
                _text("factor", "ปัจจัย", "Factor", empty=True),
                _text("valence", "ทิศทาง", "Valence", empty=True, unit="enabling, hindering or neutral"),
                Column("position", "integer", "ลำดับ", "Position in the codebook"),
            ),
        ),
        Table(
            "transcripts",
            "processed",
            "read_interviews",
            "The interviews as normalised text, one row each.",
            ("participant_id",),
            (
                PARTICIPANT,
                _text("file", "แฟ้ม", "File"),
                Column("characters", "integer", "จำนวนอักขระ", "Characters", unit="code points"),
                TEXT,
            ),
        ),
        Table(
            "turns",
            "processed",
            "read_interviews",
            "The interviews in speaker turns.",
            ("turn_id",),
            (
                _text("turn_id", "รหัสช่วงพูด", "Turn"),
                PARTICIPANT,
                Column("turn", "integer", "ลำดับช่วงพูด", "Number of the turn"),
                _text("speaker", "ผู้พูด", "Speaker", empty=True, unit="label as in the file"),
                _text("role", "บทบาท", "Role", unit="interviewer or participant"),
                START,
                END,
                _text("text", "ข้อความ", "Text", empty=True),
            ),
        ),
        Table(
            "codings",
            "processed",
            "read_coding",
            "Coded segments, one row for each segment, code and coder.",
            ("segment_id",),
            (
                _text("segment_id", "รหัสข้อความ", "Segment"),
                PARTICIPANT,
                CODE,
                THEME,
                CODER,
                START,
                END,
                TEXT,
            ),
        ),
        Table(
            "coverage",
            "processed",
            "read_coding",
            "Which coder read which interview for which code; where there is no row, the coding is missing.",
            ("participant_id", "coder", "code_id"),
            (PARTICIPANT, CODER, CODE),
        ),
        Table(
            "quotes",
            "processed",
            "read_quotes",
            "Quotes that the article may show.",
            ("quote_id",),
            (
                _text("quote_id", "รหัสคำพูด", "Quote"),
                PARTICIPANT,
                _text("code_id", "รหัส", "Code", empty=True),
                SITE,
                GROUP,
                _text("turn_id", "ช่วงพูด", "Turn"),
                START,
                END,
                TEXT,
                _text("translation_th", "คำแปลภาษาไทย", "Thai translation", empty=True),
                _text("translation_en", "คำแปลภาษาอังกฤษ", "English translation", empty=True),
            ),
        ),
        Table(
            "items",
            "processed",
            "read_survey",
            "The items of the survey.",
            ("item_id",),
            (
                ITEM,
                _text("construct", "ตัวแปร", "Construct", empty=True),
                _text("text_th", "ข้อความ (ไทย)", "Text (Thai)"),
                _text("text_en", "ข้อความ (อังกฤษ)", "Text (English)"),
                _text("scale", "มาตรวัด", "Answer scale"),
                Column("reversed", "flag", "ข้อคำถามเชิงลบ", "Reversed"),
                _text("wave", "ช่วงเวลา", "Wave"),
                _text("pair", "คู่ก่อน-หลัง", "Before/after pair", empty=True),
                Column("minimum", "integer", "ค่าต่ำสุด", "Lowest value", empty=True),
                Column("maximum", "integer", "ค่าสูงสุด", "Highest value", empty=True),
                Column("position", "integer", "ลำดับ", "Position in items.csv"),
            ),
        ),
        Table(
            "responses",
            "processed",
            "read_survey",
            "The answers, one row a respondent and one column an item; reversed items are as answered.",
            ("respondent_id",),
            (
                _text("respondent_id", "ผู้ตอบ", "Respondent"),
                SITE,
                _text("group", "กลุ่ม", "Group", empty=True),
                Column("submitted_on", "date", "วันที่ตอบ", "Submitted on", empty=True),
            ),
            open=True,
        ),
        # --- results: language-neutral ----------------------------------------------------------------------------
        Table(
            "sample",
            "results",
            "describe_sample",
            "How much was collected, by site.",
            ("quantity", "site_id"),
            (_text("quantity", "รายการ", "Quantity"), SITE, N),
        ),
        Table(
            "themes_by_participant",
            "results",
            "count_themes",
            "Which participant speaks of which theme.",
            ("participant_id", "theme_id"),
            (
                PARTICIPANT,
                THEME,
                Column("present", "integer", "กล่าวถึง", "Present", "count", unit="1 or 0"),
                _count("segments", "จำนวนข้อความ", "Segments", "passages, overlaps merged"),
                _count("characters", "จำนวนอักขระ", "Characters", "code points covered"),
            ),
        ),
        Table(
            "themes_by_site",
            "results",
            "count_themes",
            "How many participants of each site speak of each theme.",
            ("site_id", "theme_id"),
            (SITE, THEME, *THEME_COUNTS),
        ),
        Table(
            "themes_by_group",
            "results",
            "count_themes",
            "How many participants of each group speak of each theme.",
            ("group", "theme_id"),
            (GROUP, THEME, *THEME_COUNTS),
        ),
        Table(
            "theme_cooccurrence",
            "results",
            "count_cooccurrence",
            "Which themes occur together.",
            ("theme_a", "theme_b"),
            (
                _text("theme_a", "ประเด็นที่หนึ่ง", "First theme"),
                _text("theme_b", "ประเด็นที่สอง", "Second theme"),
                _count("participants", "ผู้ให้ข้อมูล", "Participants with both"),
                _count("turns", "ช่วงพูด", "Turns with both"),
                _number("jaccard", "ดัชนีแจ็กการ์ด", "Jaccard", "coefficient", "0 to 1, over turns"),
            ),
        ),
        Table(
            "agreement",
            "results",
            "measure_agreement",
            "How far the coders agree, for each code and over all codes.",
            ("code_id",),
            (
                CODE,
                _text("unit", "หน่วยวิเคราะห์", "Unit", unit="turn or participant"),
                Column("coders", "integer", "จำนวนผู้ลงรหัส", "Coders", "count"),
                _count("n", "จำนวนหน่วย", "Units", "units that two or more coders judged"),
                _number("percent", "ร้อยละความสอดคล้อง", "Agreement", "share", "share, 0 to 1"),
                _number("kappa", "แคปปาของโคเฮน", "Cohen's kappa", "coefficient"),
                _number("alpha", "แอลฟาของคริปเพนดอร์ฟ", "Krippendorff's alpha", "coefficient"),
                _number("alpha_low", "ขอบล่าง", "Lower limit", "coefficient"),
                _number("alpha_high", "ขอบบน", "Upper limit", "coefficient"),
            ),
        ),
        Table(
            "disagreements",
            "results",
            "measure_agreement",
            "The units that one coder gave a code and another did not.",
            ("code_id", "unit_id"),
            (
                CODE,
                _text("unit_id", "หน่วย", "Unit"),
                PARTICIPANT,
                START,
                END,
                _text("coders_yes", "ผู้ที่ให้รหัส", "Coders who gave it"),
                _text("coders_no", "ผู้ที่ไม่ให้รหัส", "Coders who did not"),
                TEXT,
            ),
        ),
        Table(
            "scale_reliability",
            "results",
            "measure_reliability",
            "Reliability of each scale.",
            ("construct", "wave"),
            (
                CONSTRUCT,
                WAVE,
                _count("items", "จำนวนข้อ", "Items"),
                N,
                _number("alpha", "แอลฟาของครอนบาค", "Cronbach's alpha", "coefficient"),
            ),
        ),
        Table(
            "item_rest",
            "results",
            "measure_reliability",
            "How each item goes with the rest of its scale.",
            ("item_id",),
            (
                ITEM,
                CONSTRUCT,
                WAVE,
                N,
                _number("item_rest_r", "สหสัมพันธ์กับข้ออื่น", "Item-rest correlation", "coefficient"),
                _number("alpha_if_dropped", "แอลฟาเมื่อตัดข้อนี้", "Alpha if dropped", "coefficient"),
            ),
        ),
        Table(
            "item_statistics",
            "results",
            "describe_items",
            "Mean, spread and interpretation of each item, by site.",
            ("item_id", "site_id"),
            (ITEM, SITE, N, MEAN, SD, MEDIAN, BAND),
        ),
        Table(
            "item_answers",
            "results",
            "describe_items",
            "How often each answer was given.",
            ("item_id", "value"),
            (
                ITEM,
                Column("value", "integer", "คำตอบ", "Answer"),
                N,
                _number("share", "สัดส่วน", "Share", "share", "share of answers, 0 to 1"),
            ),
        ),
        Table(
            "scale_scores",
            "results",
            "score_scales",
            "The score of each respondent on each scale: the mean of the items answered.",
            ("respondent_id",),
            (_text("respondent_id", "ผู้ตอบ", "Respondent"), SITE),
            open=True,
        ),
        Table(
            "scale_statistics",
            "results",
            "describe_scales",
            "Mean, spread and interpretation of each scale, by site.",
            ("construct", "wave", "site_id"),
            (CONSTRUCT, WAVE, SITE, N, MEAN, SD, MEDIAN, BAND),
        ),
        Table(
            "site_comparison",
            "results",
            "compare_sites",
            "Whether the sites differ: Kruskal-Wallis test of each scale.",
            ("construct", "wave"),
            (
                CONSTRUCT,
                WAVE,
                N,
                Column("k", "integer", "จำนวนพื้นที่", "Sites", "count"),
                _number("h", "H", "H", "statistic"),
                Column("df", "integer", "องศาอิสระ", "df", "count", empty=True),
                P,
                _number("epsilon_squared", "เอปไซลอนกำลังสอง", "Epsilon squared", "coefficient", "0 to 1"),
            ),
        ),
        Table(
            "site_comparison_pairs",
            "results",
            "compare_sites",
            "Which sites differ: Mann-Whitney tests of each pair.",
            ("construct", "wave", "site_a", "site_b"),
            (
                CONSTRUCT,
                WAVE,
                _text("site_a", "พื้นที่ที่หนึ่ง", "First site"),
                _text("site_b", "พื้นที่ที่สอง", "Second site"),
                _count("n_a", "จำนวน (หนึ่ง)", "n (first)"),
                _count("n_b", "จำนวน (สอง)", "n (second)"),
                _number("u", "U", "U", "statistic"),
                P,
                _number("p_corrected", "ค่า p ที่ปรับแล้ว", "Corrected p", "p"),
                _number("r", "ขนาดอิทธิพล r", "Rank-biserial r", "coefficient", "-1 to 1"),
            ),
        ),
        Table(
            "before_after",
            "results",
            "compare_before_after",
            "What changed from before to after: Wilcoxon signed-rank tests.",
            ("construct", "site_id"),
            (
                CONSTRUCT,
                SITE,
                _count("n", "จำนวนคู่", "Pairs"),
                _number("mean_before", "ค่าเฉลี่ยก่อน", "Mean before"),
                _number("mean_after", "ค่าเฉลี่ยหลัง", "Mean after"),
                _number("mean_change", "ผลต่าง", "Change"),
                _number("w", "W", "W", "statistic"),
                _number("z", "z", "z", "statistic"),
                P,
                _number("r", "ขนาดอิทธิพล r", "Rank-biserial r", "coefficient", "-1 to 1"),
            ),
        ),
        Table(
            "outcome_model",
            "results",
            "fit_outcome_model",
            "What goes with the outcome: linear regression with robust errors.",
            ("term",),
            (
                _text("term", "ตัวแปรทำนาย", "Term"),
                _number("estimate", "b", "b"),
                _number("se", "SE", "SE"),
                _number("t", "t", "t", "statistic"),
                P,
                _number("low", "ขอบล่าง", "Lower limit"),
                _number("high", "ขอบบน", "Upper limit"),
                _number("beta", "เบตา", "Beta", "coefficient"),
            ),
        ),
        Table(
            "outcome_model_fit",
            "results",
            "fit_outcome_model",
            "How well the regression fits.",
            ("outcome",),
            (
                _text("outcome", "ตัวแปรตาม", "Outcome"),
                N,
                _number("r2", "R²", "R²", "coefficient"),
                _number("r2_adjusted", "R² ปรับ", "Adjusted R²", "coefficient"),
                _number("f", "F", "F", "statistic"),
                Column("df1", "integer", "องศาอิสระ 1", "df1", "count"),
                Column("df2", "integer", "องศาอิสระ 2", "df2", "count"),
                P,
            ),
        ),
        Table(
            "values",
            "results",
            "collect_values",
            "Every number that an article can ask for, how it reads, and where it comes from.",
            ("key",),
            (
                _text("key", "คีย์", "Key"),
                Column("value", "number", "ค่า", "Value", empty=True),
                _text("text_th", "ข้อความไทย", "Thai"),
                _text("text_en", "ข้อความอังกฤษ", "English"),
                _text("table", "ตาราง", "Table"),
                _text("row", "แถว", "Row"),
                _text("column", "คอลัมน์", "Column"),
                _text("rule", "ขั้นตอน", "Rule"),
            ),
        ),
    )
}


def _escaped(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def check(frame: pd.DataFrame, table: Table) -> None:
    """Raise `TableError` unless `frame` has the columns, types and unique keys of `table`.

    Written out here because a validation library costs every step of the workflow half a second of start-up.
    """
    from pandas.api import types

    is_kind = {
        "text": types.is_string_dtype,
        "date": types.is_string_dtype,
        "integer": types.is_integer_dtype,
        "number": types.is_float_dtype,
        "flag": types.is_bool_dtype,
    }
    names = [c.name for c in table.columns]
    if list(frame.columns[: len(names)]) != names or (len(frame.columns) > len(names) and not table.open):
        raise TableError(f'table "{table.name}": its columns should be {names}, but are {list(frame.columns)}')
    wrong = []
    for c in table.columns:
        cells = frame[c.name]
        if not is_kind[c.kind](cells.dtype):
            wrong.append(f"{c.name}: holds {cells.dtype}, not {c.kind}")
        elif not c.empty:
            empty = cells.isna() | (cells == "") if c.kind in ("text", "date") else cells.isna()
            if empty.any():
                wrong.append(f"{c.name}: is empty in row {int(empty.to_numpy().argmax()) + 1}")
    keys = list(table.key)
    twice = frame.duplicated(keys)
    if twice.any():
        first = frame.loc[twice, keys].iloc[0]
        wrong.append(f"{', '.join(keys)}: {tuple(first)} stands twice")
    if wrong:
        raise TableError(f'table "{table.name}": ' + "; ".join(wrong))


def write_table(frame: pd.DataFrame, path: Path | str, name: str | None = None) -> None:
    """Write a table as CSV after checking it; the order of the rows is the caller's.

    Args:
        frame: columns as in the schema (further columns are dropped unless the table is open).
        path: where to; the name of the file is the name of the table.
        name: name of the table if the file is called otherwise.

    Raises:
        TableError: the frame does not fit the schema.
    """
    import pandas as pd

    table = TABLES[name or Path(path).stem]
    names = [c.name for c in table.columns]
    if missing := [c for c in names if c not in frame]:
        raise TableError(f'table "{table.name}" lacks the columns {missing}')
    frame = frame[names + [c for c in frame if c not in names]] if table.open else frame[names]
    frame = frame.copy()
    for c in table.columns:
        if c.kind == "integer":
            frame[c.name] = frame[c.name].astype("Int64" if c.empty else "int64")
        elif c.kind == "number":
            frame[c.name] = frame[c.name].astype("float64")
        elif c.kind in ("text", "date"):
            frame[c.name] = frame[c.name].astype("str")
    frame = frame.reset_index(drop=True)
    check(frame, table)
    for c in table.columns:
        if c.kind == "flag":
            frame[c.name] = frame[c.name].map({True: "yes", False: "no"})
    for column in frame.columns:
        if pd.api.types.is_string_dtype(frame[column].dtype) or frame[column].dtype == object:
            frame[column] = frame[column].map(_escaped, na_action="ignore")
    # Ten digits are more than any reader needs and fewer than the last bits in which machines differ. Excel reads Thai
    # only where a file begins with a byte-order mark.
    write_text(path, "\ufeff" + frame.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def read_table(path: Path | str, name: str | None = None) -> pd.DataFrame:
    """Read and check a table; text columns are text ("" where empty), others as their kind says.

    Columns of an open table beyond the schema become numbers where all their cells are numbers or empty.

    Raises:
        TableError: the file does not fit the schema.
    """
    import pandas as pd

    table = TABLES[name or Path(path).stem]
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    kinds = {c.name: c for c in table.columns}
    try:
        for name_ in frame.columns:
            c = kinds.get(name_)
            if c is None:
                numbers = pd.to_numeric(frame[name_], errors="coerce")
                if (numbers.isna() == (frame[name_] == "")).all():
                    frame[name_] = numbers.astype("float64")
                    continue
            elif c.kind == "integer":
                numbers = pd.to_numeric(frame[name_].replace("", None))
                frame[name_] = numbers.astype("Int64" if c.empty else "int64")
                continue
            elif c.kind == "number":
                frame[name_] = pd.to_numeric(frame[name_].replace("", None)).astype("float64")
                continue
            elif c.kind == "flag":
                frame[name_] = frame[name_].map({"yes": True, "no": False}).astype(bool)
                continue
            frame[name_] = frame[name_].map(_unescaped).astype("str")
    except (ValueError, TypeError) as error:
        raise TableError(f'table "{table.name}", file {path}: {error}') from None
    check(frame, table)
    return frame


def data_dictionary() -> str:
    """The data dictionary as Markdown: every table, its rule, its columns with type, unit and both labels."""
    lines = [
        "# Data dictionary",
        "",
        "Made from `workflow/thongthin/tables.py` by `python -m thongthin.tables`. Columns in **bold** are the key.",
    ]
    folders = {"processed": "data/processed/<study>", "results": "results/<study>/tables"}
    for table in TABLES.values():
        lines += ["", f"## `{folders[table.folder]}/{table.name}.csv`", ""]
        lines += [f"{table.en} Written by the rule `{table.rule}`.", ""]
        lines += ["| column | type | English | ไทย | unit, range |", "|---|---|---|---|---|"]
        for c in table.columns:
            name = f"**`{c.name}`**" if c.name in table.key else f"`{c.name}`"
            kind = c.kind + (", may be empty" if c.empty else "")
            lines.append(f"| {name} | {kind} | {c.en} | {c.th} | {c.unit} |")
        if table.open:
            lines.append("| ... | | one further column each | คอลัมน์เพิ่มเติม | |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_text(Path(__file__).parents[2] / "docs" / "data-dictionary.md", data_dictionary())
