"""What a table of coding is, by its headers: of segments, of units, of 0 and 1; and which tool wrote it.

Headers are known by many names, in English and Thai, by those that people write, and by those of coding tools, which
write them in the language that they speak themselves. A header that means one thing in general and another in the
table of a tool is taken as that tool means it: "Start" and "End" of ATLAS.ti count paragraphs, and are no positions.
Columns that mean nothing here are passed over.

Sources: ATLAS.ti's columns are those of its Quotation Manager (manuals.atlasti.com, "Quotation Manager": start and end
of a text quotation are numbers of paragraphs), MAXQDA's those of its retrieved and coded segments, Dedoose's those of
its excerpts (CRAN package DedooseR; `Code: x Applied` is True or False), QualCoder's those of `report_codes.py`,
`report_codes_by_segments.py` and `report_relations.py` of version 4.0 (github.com/ccbogel/QualCoder).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

import pandas as pd

from thongthin.basics.language import one_line, parse_number
from thongthin.basics.problems import Problems
from thongthin.read.coding.code_names import CodeNames
from thongthin.read.files.sheets import report_double_headers

Kind = Literal["segments", "applied", "units", "binary"]

# What each column may be called (as `key` writes it); of several that are there, the first in this order counts.
# MAXQDA's "Beginning" and "End" are numbers of paragraphs: without a column "start", "end" is no position.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "document": (
        *("participant", "participant id", "document", "document name", "document id", "media title", "transcript"),
        *("interview", "source", "source name", "file", "file name", "filename", "respondent", "interviewee"),
        *("primary document", "case", "case name", "name", "ผู้ให้ข้อมูล", "รหัสผู้ให้ข้อมูล", "ผู้ให้สัมภาษณ์", "บทสัมภาษณ์"),
        *("เอกสาร", "ชื่อเอกสาร", "ไฟล์", "ชื่อไฟล์", "แฟ้ม", "แหล่งข้อมูล"),
        *("dokument", "dokumentname", "documento", "nombre del documento", "nome do documento", "nome del documento"),
        *("nom du document",),
    ),
    "code": (
        *("code", "code id", "codes", "code name", "codename", "codes applied combined", "codes applied", "tag"),
        *("tags", "node", "nodes", "รหัส", "โค้ด", "ชื่อรหัส", "รหัสที่ให้", "แท็ก", "código", "códigos", "codice", "codici"),
    ),
    "text": (
        *("text", "segment", "coded segment", "coded text", "text content", "quotation content", "quotation text"),
        *("quotation", "quote", "excerpt copy", "excerpt", "coded", "content", "passage", "highlight", "ข้อความ"),
        *("ข้อความที่ลงรหัส", "คำพูด", "ถ้อยคำ", "เนื้อหา", "codiertes segment", "segmento", "segmento codificado"),
    ),
    "start": (
        *("start", "start position", "start offset", "start char", "from", "pos0"),
        *("เริ่ม", "เริ่มที่อักขระ", "ตำแหน่งเริ่มต้น"),
    ),
    "end": (
        *("end", "end position", "end offset", "end char", "to", "pos1"),
        *("สิ้นสุด", "สิ้นสุดก่อนอักขระ", "ตำแหน่งสิ้นสุด"),
    ),
    "coder": (
        *("coder", "coded by", "created by", "excerpt creator", "creator", "author", "annotator", "rater", "user"),
        *("owner", "ผู้ลงรหัส", "ผู้ให้รหัส", "ผู้เข้ารหัส", "ผู้สร้าง", "erstellt von", "codierer", "autor", "creado por"),
        *("criado por", "créé par", "auteur", "creato da", "autore"),
    ),
    "turn": ("turn", "turn id", "turn number", "ช่วงพูด", "รหัสช่วงพูด", "ลำดับช่วงพูด"),
    "unit": ("unit", "unit id", "unit number", "no", "number", "หน่วย", "หน่วยที่", "ลำดับ", "ลำดับที่"),
}
# How MAXQDA heads the group of a document, of which a document has one.
DOCUMENT_GROUP = frozenset({
    *("document group", "dokumentgruppe", "grupo de documentos", "groupe de documents", "gruppo di documenti"),
})  # fmt: skip
# Headers that only the tables of one tool have.
_TOOLS: dict[str, frozenset[str]] = {
    "ATLAS.ti": frozenset({"quotation name", "quotation content", "text content", "code groups", "document groups"}),
    "MAXQDA": frozenset({
        *("weight score", "beginning", "coverage %", "gewicht"),
        *DOCUMENT_GROUP,
    }),
    "QualCoder": frozenset({"codename", "coded memo", "fileid"}),
    "Dedoose": frozenset({"excerpt copy", "media title", "codes applied combined"}),
}  # fmt: skip
# What a tool means by something else than its header says in general.
_OTHERWISE = {"ATLAS.ti": {"start", "end"}}
# Columns of a tool that hold numbers and are no codes, though nothing but 0 and 1 may stand in them.
_NO_CODES = frozenset({
    *("no name", "id", "caseid", "case id", "fileid", "file id", "index", "nr", "density", "weight", "weight score"),
    *("area", "coverage", "coverage %", "important", "beginning", "start", "end", "pos0", "pos1", "gewicht"),
    *("anfang", "ende"),
})  # fmt: skip
_NUMBERED_CODE = re.compile(r"(?:code|รหัส|โค้ด) ?[0-9๐-๙]+")
# Dedoose tells of each code whether it was given.
APPLIED = re.compile(r"Code:\s*(.+?)\s+Applied", re.IGNORECASE)
_ALIKE = 0.8


class Layout(NamedTuple):
    """What a table is.

    Attributes:
        fields: the header of each field that it has.
        code_columns: the headers of its columns of codes.
        tool: that wrote it, "" if nothing tells.
    """

    kind: Kind
    fields: Mapping[str, str]
    code_columns: tuple[str, ...]
    tool: str = ""


def key(header: str) -> str:
    """A header without case, punctuation, and double spaces."""
    return " ".join(re.sub(r"[_.:()*-]+", " ", one_line(header).casefold()).split())


def recognise(frame: pd.DataFrame, known: Collection[str] = ()) -> Layout | None:
    """What a table is, by its headers and, for one of 0 and 1, by its cells; None if it is no table of coding.

    Args:
        known: ids and labels of the codebook.
    """
    headers = list(frame.columns)
    by_key = {key(header): header for header in reversed(headers)}
    if "codename" not in by_key:
        by_key.pop("coded", None)  # which QualCoder calls the passage, and others whether there is a code
    # The tool that has most of its headers here, if any.
    marks = {tool: len(own & by_key.keys()) for tool, own in _TOOLS.items()}
    tool = max(marks, key=lambda name: marks[name]) if any(marks.values()) else ""
    fields = {field: next((by_key[n] for n in names if n in by_key), "") for field, names in SYNONYMS.items()}
    otherwise = _OTHERWISE.get(tool, set())
    fields = {field: header for field, header in fields.items() if header and field not in otherwise}
    if "document" not in fields:
        return None
    applied = [header for header in headers if APPLIED.fullmatch(header)]
    if applied and "text" in fields:
        fields.pop("code", None)
        return Layout("applied", fields, tuple(applied), tool)
    numbered = [header for header in headers if _NUMBERED_CODE.fullmatch(key(header))]
    if numbered:
        code = fields.pop("code", None)
        return Layout("units", fields, (*([code] if code else []), *numbered), tool)
    if "code" in fields:
        return Layout("segments", fields, (fields.pop("code"),), tool)
    names = CodeNames(known)
    taken = set(fields.values())
    binary = [
        header
        for header in dict.fromkeys(headers)
        if header not in taken
        and (names.find(header) or (key(header) not in _NO_CODES and _is_binary(frame[[header]])))
    ]
    return Layout("binary", fields, tuple(binary), tool) if binary else None


def _is_binary(columns: pd.DataFrame) -> bool:
    cells = {cell for name in range(columns.shape[1]) for cell in columns.iloc[:, name].unique()} - {""}
    return bool(cells) and all(decision(cell) is not None for cell in cells)


def decision(cell: str) -> bool | None:
    """Whether a cell of 0 and 1 says yes; None if it says neither."""
    if cell.upper() in ("TRUE", "FALSE"):
        return cell.upper() == "TRUE"
    number = parse_number(cell)
    return None if number not in (0, 1) else bool(number)


# --- what is told -----------------------------------------------------------------------------------------------------


def headers_are_good(headers: Sequence[str], layout: Layout, problems: Problems) -> bool:
    """Whether the headers say all that is needed and nothing twice; else problems are added."""
    before = len(problems)
    fields = layout.fields
    used = [*fields.values(), *layout.code_columns]
    report_double_headers([header for header in headers if header in used], problems)
    others = [header for header in headers if header not in used]
    absent = [field for field in ("text", "start", "end", "coder") if field not in fields]
    meant = {header: difflib.get_close_matches(key(header), absent, 1, _ALIKE) for header in others}
    # Exports have many columns that mean nothing here; in a table of our own, one that is left over is misspelt.
    if layout.kind != "binary" and not layout.tool and others and all(meant.values()):
        for header in others:
            problems.add(
                "unknown-column",
                f'"{header}" is not a column of this table.',
                f'ตารางนี้ไม่มีคอลัมน์ชื่อ "{header}"',
                row=1,
                column=header,
                hint_en=f'Did you mean "{meant[header][0]}"?',
                hint_th=f'หมายถึง "{meant[header][0]}" หรือไม่',
            )
        return False
    for here, missing in (("start", "end"), ("end", "start")):
        if here in fields and missing not in fields and "text" not in fields:
            _report_missing(missing, problems)
    placed = {"text", "turn"} & fields.keys() or {"start", "end"} <= fields.keys()
    if not placed and len(problems) == before:
        if any(key(header) == "preview" for header in headers):
            _report_missing(
                "segment",
                problems,
                'The column "Preview" holds only the first characters of each: export them with their whole text.',
                'คอลัมน์ "Preview" มีเพียงอักขระแรก ๆ ของแต่ละข้อความ ให้ส่งออกพร้อมข้อความทั้งหมด',
            )
        elif layout.kind == "segments":
            _report_missing(
                "text",
                problems,
                "Add the text of each segment, or start and end. Codes of whole interviews stand in columns Code 1 ...",
                "ใส่ข้อความของแต่ละส่วน หรือ start กับ end ส่วนรหัสของทั้งบทสัมภาษณ์ให้ใช้คอลัมน์ Code 1 ...",
            )
        elif "unit" in fields:
            _report_missing(
                "text",
                problems,
                "A number of a unit does not tell where it stands: add its text, or a column turn.",
                "ลำดับของหน่วยไม่บอกตำแหน่งในบทสัมภาษณ์ ให้เพิ่มคอลัมน์ text หรือ turn",
            )
    return len(problems) == before


def _report_missing(column: str, problems: Problems, hint_en: str = "", hint_th: str = "") -> None:
    problems.add("missing-column", f'The column "{column}" is missing.', f'ไม่มีคอลัมน์ "{column}"', row=1,
                 column=column, hint_en=hint_en, hint_th=hint_th)  # fmt: skip


def report_nameless(problems: Problems) -> None:
    """Add the problem that the first column has no header."""
    problems.add(
        "no-header",
        "The 1. column has content but no name in the first row.",
        "คอลัมน์ที่ 1 มีข้อมูลแต่ไม่มีชื่อในแถวแรก",
        row=1,
    )


def report_unknown_table(headers: Sequence[str], problems: Problems) -> None:
    """Add the problem that a table is none of coding, with the headers that are nearly known."""
    if any(_NUMBERED_CODE.fullmatch(key(header)) for header in headers):  # else each would be taken for "code"
        _report_missing(
            "participant",
            problems,
            "Add a column participant (or document): whose interview each row is of.",
            "เพิ่มคอลัมน์ participant (หรือ document) ซึ่งบอกว่าแต่ละแถวเป็นบทสัมภาษณ์ของใคร",
        )
        return
    wanted = ("participant", "document", "code")
    near = [(header, difflib.get_close_matches(key(header), wanted, 1, _ALIKE)) for header in headers]
    meant = [(header, names[0]) for header, names in near if names and key(header) != names[0]]
    hint_en = "Segments: participant, code, text (or start, end). Units: participant, text, Code 1, Code 2 ..."
    hint_th = "ข้อความ: participant, code, text (หรือ start, end) หน่วย: participant, text, Code 1, Code 2 ..."
    problems.add(
        "unknown-table",
        "This is no table of coding: no column is known to tell the participant (or document), or none the code.",
        "ไม่รู้จักตารางลงรหัสรูปแบบนี้: ไม่มีคอลัมน์ที่บอกผู้ให้ข้อมูล (หรือเอกสาร) หรือไม่มีคอลัมน์ที่บอกรหัส",
        row=1,
        hint_en=" ".join([*(f'Is "{header}" meant to be "{name}"?' for header, name in meant), hint_en]),
        hint_th=" ".join([*(f'"{header}" หมายถึง "{name}" หรือไม่' for header, name in meant), hint_th]),
    )
