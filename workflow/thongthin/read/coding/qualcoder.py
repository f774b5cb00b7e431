"""Projects of QualCoder: a folder `<name>.qda` with the sqlite file `data.qda` in it, or that file alone.

Codes stand in categories, which are no codes themselves, or below other codes. Positions are code points, but UTF-16
units where QualCoder took them from its text window, so both are tried. Codings of pictures, recordings and films are
not passages of text and are left out; of everything else, nothing outside the sqlite file is opened, wherever the
sources are said to lie. The attributes of a file are a case of that file; the journal is a memo of the project. What
QualCoder marked by itself to tell the speakers of an interview apart is no coding.

Fails, with problems, on what `readers.database` refuses, and on codings of files or codes that are not there.

Source: the tables are those of QualCoder 3.8 and 4.0 (github.com/ccbogel/QualCoder, databases v14 to v17); columns that
older versions lack are empty. That of speakers is `speakers.py` of version 4.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Kind, Memo, Reader, Selection, Source, ToolCode
from thongthin.read.files.archive import Refused
from thongthin.read.files.database import Database

DATA = "data.qda"

# In whose name QualCoder codes each turn with a code called by its speaker, below a category that begins with the sign.
SPEAKER_CODER = "📌 Speaker coding"

_KINDS: Mapping[str, Kind] = {"images": "picture", "audio": "audio", "video": "video"}


def read_qualcoder(path: Path, problems: Problems) -> CodedFile | None:
    """All that a project holds; None, with a problem, if it can't be read.

    Selections are in the order in which they were made; `place` ends in the number of the coding.

    Args:
        path: of the project's folder or of the sqlite file.
        problems: bound to it with `Problems.at`.
    """
    try:
        with Database(path / DATA if path.is_dir() else path, "QualCoder") as database:
            return _read(database, problems)
    except Refused as refused:
        refused.report(problems)
        return None


def _read(database: Database, problems: Problems) -> CodedFile:
    def rows(table: str, texts: str, numbers: str, required: bool = False) -> list[dict[str, Any]]:
        """In the order of the first number."""
        columns: dict[str, Any] = {**dict.fromkeys(texts.split(), str), **dict.fromkeys(numbers.split(), int)}
        found = database.rows(table, columns, problems, required=required)
        first = numbers.split()[0]
        return sorted(found, key=lambda row: row[first] or 0)

    project = rows("project", "about memo", "bookmarkfile")
    sources = rows("source", "name fulltext mediapath memo", "id", required=True)
    codes = rows("code_name", "name memo", "cid catid supercid", required=True)
    categories = rows("code_cat", "name memo", "catid supercatid")
    codings = rows("code_text", "seltext owner memo", "ctid cid fid pos0 pos1", required=True)
    cases = rows("cases", "name memo", "caseid")
    parts = rows("case_text", "", "caseid fid")
    attributes = rows("attribute", "name attr_type value", "id")
    journal = rows("journal", "name jentry owner", "jid")
    annotations = rows("annotation", "memo owner", "fid pos0")

    coded = CodedFile(problems.file, "qualcoder", tool="QualCoder", units=("code_points", "utf16"))
    coded.tool = next((row["about"] for row in project if row["about"]), coded.tool)
    coded.sources = [_source(row) for row in sources]
    coded.codes = _codes(categories, codes)
    known = {*(source.id for source in coded.sources), *(code.id for code in coded.codes)}
    for row in codings:
        number, file, code = row["ctid"], str(row["fid"]), f"code {row['cid']}"
        if missing := [what for what, id_ in ((f"file {file}", file), (code, code)) if id_ not in known]:
            problems.add(
                "missing-reference",
                f"Coding {number} belongs to {', '.join(missing)}, which is not in this file.",
                f"การลงรหัส {number} อ้างถึง {', '.join(missing)} ซึ่งไม่มีในไฟล์นี้",
                hint_en="Open the project in QualCoder and delete this coding, or take a fresh copy.",
                hint_th="เปิดโครงการใน QualCoder แล้วลบการลงรหัสนี้ หรือคัดลอกโครงการใหม่",
            )
        else:
            quoted, place = row["seltext"], f"coding {number}"
            coded.selections.append(Selection(file, row["pos0"], row["pos1"], (code,), row["owner"], quoted, place))
    coded.cases = _cases(cases, parts, attributes, coded.sources)
    memos = [
        *(Memo("project", "", row["memo"]) for row in project),
        *(Memo("project", "", row["jentry"], row["name"], row["owner"]) for row in journal),
        *(Memo("source", str(row["id"]), row["memo"]) for row in sources),
        *(Memo("source", str(row["fid"]), row["memo"], coder=row["owner"]) for row in annotations),
        *(Memo("case", f"case {row['caseid']}", row["memo"]) for row in cases),
        *(Memo("selection", str(row["ctid"]), row["memo"], coder=row["owner"]) for row in codings),
    ]
    coded.memos = [memo for memo in memos if memo.text.strip()]
    leave_out_speakers(coded)
    return coded


def leave_out_speakers(coded: CodedFile) -> None:
    """Take from a project the selections that tell who speaks, and the codes that nobody gave otherwise."""
    by_tool = [selection for selection in coded.selections if selection.coder == SPEAKER_CODER]
    if not by_tool:
        return
    coded.selections = [selection for selection in coded.selections if selection.coder != SPEAKER_CODER]
    given = {code for selection in coded.selections for code in selection.codes}
    speakers = {code for selection in by_tool for code in selection.codes} - given
    codes = [code for code in coded.codes if code.id not in speakers]
    above = {code.parent for code in codes}
    sign = SPEAKER_CODER[0]
    coded.codes = [code for code in codes if code.codable or code.id in above or not code.name.startswith(sign)]


def _source(row: Mapping[str, Any]) -> Source:
    """A source; `mediapath` is "/images/a.png" or, for a file that stayed where it was, "images:/home/x/a.png"."""
    folder = row["mediapath"].replace(":", "/").strip("/").partition("/")[0]
    kind: Kind = "text" if row["fulltext"] else _KINDS.get(folder, "text")
    return Source(str(row["id"]), row["name"], row["fulltext"] or None, kind)


def _codes(categories: Sequence[Mapping[str, Any]], codes: Sequence[Mapping[str, Any]]) -> list[ToolCode]:
    ids = {*(f"category {row['catid']}" for row in categories), *(f"code {row['cid']}" for row in codes)}

    def above(*candidates: str) -> str:
        return next((id_ for id_ in candidates if id_ in ids), "")

    return [
        ToolCode(
            f"category {row['catid']}", row["name"], above(f"category {row['supercatid']}"), row["memo"], codable=False
        )
        for row in categories
    ] + [
        ToolCode(
            f"code {row['cid']}", row["name"], above(f"code {row['supercid']}", f"category {row['catid']}"), row["memo"]
        )
        for row in codes
    ]


def _cases(
    cases: Sequence[Mapping[str, Any]],
    parts: Sequence[Mapping[str, Any]],
    attributes: Sequence[Mapping[str, Any]],
    sources: Sequence[Source],
) -> list[Case]:
    """The cases with their attributes, and one for each source that has attributes of its own."""
    files: dict[str, dict[str, None]] = {}
    for part in parts:
        files.setdefault(f"case {part['caseid']}", {})[str(part["fid"])] = None
    known = {source.id for source in sources}
    variables: dict[str, dict[str, str]] = {}
    for row in sorted(attributes, key=lambda row: row["name"]):
        if row["value"]:
            variables.setdefault(f"{row['attr_type']} {row['id']}", {})[row["name"]] = row["value"]
    found = []
    for case in cases:
        id_ = f"case {case['caseid']}"
        within = tuple(file for file in files.get(id_, {}) if file in known)
        found.append(Case(id_, case["name"], within, variables.get(id_, {})))
    for source in sources:
        id_ = f"file {source.id}"
        if id_ in variables:
            found.append(Case(id_, source.name, (source.id,), variables[id_]))
    return found


QUALCODER = Reader(
    "qualcoder",
    "QualCoder",
    (".qda",),
    lambda path, problems, *_: read_qualcoder(path, problems),
    folders=(".qda",),
    tables=frozenset({"code_text"}),
)
