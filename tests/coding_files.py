"""One small coding, as every coding tool would write it.

Three Thai interviews (CRLF, sara am in two characters, zero-width spaces, emoji of one and of several code points),
five codes of which two bear one label, and two coders: codes that overlap, several codes on a passage, a passage over
two lines, and one that was marked and got no code. `FORMATS` gives the files of each tool; `expected` what must come
out of them.
"""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

import openpyxl
import pandas as pd
from counted import counted
from studies import csv_text, docx_bytes

from thongthin.basics.language import normalise_text
from thongthin.contract.coding import Coding, CodingFile
from thongthin.present.exports.refi import project_qdpx
from thongthin.read.coding.positions import Convention

# As they were typed, but for the line ends: in the files of the interviews these are CRLF.
LINES = {
    "P01": (
        "ผู้สัมภาษณ์: ทำงานที่นี่เป็นอย่างไร\n"
        "ผู้ให้ข้อมูล: ทํางานหนัก\u200bแต่สนุก 👩‍👩‍👧‍👦 ช่วยกันทุกวัน\n"
        "งบไม่พอ 👍🏽 แต่คนพร้อม\n"
        "ผู้สัมภาษณ์: แล้วเรื่องทักษะ\n"
        "ผู้ให้ข้อมูล: คนรุ่นใหม่พร้อม คนรุ่นก่อนต้องฝึก"
    ),
    "P02": ("ผู้สัมภาษณ์: เป็นอย่างไรบ้าง 🇹🇭\nผู้ให้ข้อมูล: นํ้าไม่ไหล\u00a0ไฟไม่ดับ ต้องใช้งบเพิ่ม\nผู้สัมภาษณ์: ขอบคุณครับ\nผู้ให้ข้อมูล: ยินดีครับ"),
    "P03": "ผู้สัมภาษณ์: ใช้แอปเป็นไหม\nผู้ให้ข้อมูล: พิมพ์ไม่เป็น หลานช่วย 📱 ให้ทุกครั้ง ก็พอไปได้",
}
INTERVIEWS = {participant: text.replace("\n", "\r\n") for participant, text in LINES.items()}
TRANSCRIPTS = {participant: normalise_text(text) for participant, text in LINES.items()}

# code, parent, Thai label, English label
CODES = [
    ("attitude", "", "ทัศนคติ", "Attitude"),
    ("budget", "", "งบประมาณ", "Budget"),
    ("budget_need", "budget", "ขาดแคลน", "Shortage"),
    ("skills", "", "ทักษะ", "Skills"),
    ("skills_need", "skills", "ขาดแคลน", "Shortage"),
]
PARENT = {code: parent for code, parent, *_ in CODES}
THAI = {code: label for code, _, label, _ in CODES}
ENGLISH = {code: label for code, *_, label in CODES}


class Mark(NamedTuple):
    """A passage that a coder marked; codes may be none."""

    participant: str
    passage: str
    codes: tuple[str, ...]
    coder: str


MARKS = [
    Mark("P01", "ทํางานหนัก\u200bแต่สนุก", ("attitude",), "SK"),
    Mark("P01", "แต่สนุก 👩‍👩‍👧‍👦 ช่วยกันทุกวัน\nงบไม่พอ", ("attitude", "budget_need"), "SK"),
    Mark("P01", "คนรุ่นก่อนต้องฝึก", ("skills_need",), "SK"),
    Mark("P02", "นํ้าไม่ไหล\u00a0ไฟไม่ดับ ต้องใช้งบเพิ่ม", ("budget",), "SK"),
    Mark("P03", "ผู้ให้ข้อมูล: พิมพ์ไม่เป็น หลานช่วย 📱 ให้", ("attitude",), "SK"),
    Mark("P01", "ทํางานหนัก\u200bแต่สนุก", ("attitude",), "นพ"),
    Mark("P01", "งบไม่พอ 👍🏽", ("budget_need",), "นพ"),
    Mark("P01", "คนรุ่นใหม่พร้อม คนรุ่นก่อนต้องฝึก", ("skills", "skills_need"), "นพ"),
    Mark("P02", "ไฟไม่ดับ", (), "นพ"),
]
CODERS = ("SK", "นพ")


def codes_table() -> pd.DataFrame:
    """Table `codes`."""
    frame = pd.DataFrame(CODES, columns=["code_id", "parent_id", "label_th", "label_en"])
    return frame.assign(
        definition_th="",
        definition_en="",
        factor="",
        valence="",
        theme_id=frame["parent_id"].where(frame["parent_id"] != "", frame["code_id"]),
        position=range(1, len(frame) + 1),
    )


def transcripts_table() -> pd.DataFrame:
    """The columns of table `transcripts` that coding is read with."""
    return pd.DataFrame({"participant_id": list(TRANSCRIPTS), "text": list(TRANSCRIPTS.values())})


def turns_table() -> pd.DataFrame:
    """The columns of table `turns` that coding is read with: each line is a turn, for simplicity."""
    rows = []
    for participant, text in TRANSCRIPTS.items():
        start = 0
        for number, line in enumerate(text.split("\n"), start=1):
            rows.append((participant, f"{participant}-{number:03d}", number, start, start + len(line)))
            start += len(line) + 1
    return pd.DataFrame(rows, columns=["participant_id", "turn_id", "turn", "start", "end"])


def span(mark: Mark, texts: Mapping[str, str] = LINES) -> tuple[int, int]:
    """Where a passage stands in a text: code points, half-open."""
    text, passage = texts[mark.participant], mark.passage
    if "\r\n" in text:
        passage = passage.replace("\n", "\r\n")
    assert text.count(passage) == 1, passage
    return text.index(passage), text.index(passage) + len(passage)


def expected(marks: Iterable[Mark] = MARKS) -> list[tuple[Any, ...]]:
    """participant, start, end, code, coder, text: what must be read, in the order of the table `codings`."""
    rows = []
    for mark in marks:
        start, end = span(mark)
        # A sign in front and behind: at its end, normalising takes line ends off.
        first, last = (len(normalise_text(f"{LINES[mark.participant][:at]}.")) - 1 for at in (start, end))
        text = TRANSCRIPTS[mark.participant][first:last]
        rows += [(mark.participant, first, last, code, mark.coder, text) for code in mark.codes]
    order = [code for code, *_ in CODES]
    return sorted(rows, key=lambda row: (row[0], row[1], row[2], order.index(row[3]), row[4]))


@dataclass
class Files:
    """Files of `coding/`, and what study.yml says of them.

    Attributes:
        files: contents by path in the folder; a path may lead into a folder that counts as a file.
        uncoded: whether the format can tell that a passage was marked and got no code.
    """

    files: dict[str, bytes]
    settings: Coding = field(default_factory=Coding)
    uncoded: bool = True

    def write(self, folder: Path) -> list[Path]:
        """Write them, and give back the files (or folders) of coding."""
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return sorted({folder / Path(name).parts[0] for name in self.files})


# --- tables ---------------------------------------------------------------------------------------------------------


def table(suffix: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as .csv or .xlsx; texts that look like formulas stay texts."""
    if suffix == "csv":
        return csv_text(header, rows).encode("utf-8-sig")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [header, *rows]:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def own_table(suffix: str = "csv", texts: bool = True) -> Files:
    """Our own table of segments, one row for each code; with the passages, or positions alone."""
    rows: list[list[Any]] = []
    for mark in MARKS:
        start, end = next((s, e) for _, s, e, *_ in expected([mark._replace(codes=("skills",))]))
        passage = [mark.passage] if texts else []
        rows += [[mark.participant, start, end, code, mark.coder, *passage] for code in mark.codes or ("none",)]
    header = ["participant", "start", "end", "code", "coder", *(["text"] if texts else [])]
    return Files({f"coding.{suffix}": table(suffix, header, rows)})


def maxqda(suffix: str = "xlsx") -> Files:
    """Coded segments as MAXQDA exports them: codes with those above them, no positions, nothing without code."""
    rows = [
        [
            "●",
            "กลุ่ม 1",
            f"Interview {mark.participant}",
            path(code, " > ", THAI),
            "2",
            "2",
            "0",
            mark.passage,
            mark.coder,
        ]
        for mark in MARKS
        for code in mark.codes
    ]
    header = ["Color", "Document group", "Document name", "Code", "Beginning", "End", "Weight score", "Segment"]
    return Files({f"segments.{suffix}": table(suffix, [*header, "Created by"], rows)}, uncoded=False)


def atlas_table(suffix: str = "xlsx") -> Files:
    """Quotations as ATLAS.ti exports them: all codes of a quotation in one cell, one a line."""
    rows = [
        [
            f"1:{n}",
            mark.passage[:10],
            f"{mark.participant}.docx",
            mark.passage,
            "",
            "\n".join(mark.codes),
            "1 - 1",
            mark.coder,
        ]
        for n, mark in enumerate(MARKS, start=1)
        if mark.codes
    ]
    header = ["ID", "Quotation Name", "Document", "Quotation Content", "Comment", "Codes", "Reference", "Created by"]
    return Files({f"quotations.{suffix}": table(suffix, header, rows)}, uncoded=False)


def path(code: str, sign: str, called: Mapping[str, str]) -> str:
    """A code with those above it."""
    above = PARENT[code]
    return f"{path(above, sign, called)}{sign}{called[code]}" if above else called[code]


# --- REFI-QDA -------------------------------------------------------------------------------------------------------


def guid(kind: str, *key: object) -> str:
    """An id that is the same every time."""
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, (kind, *key)))))


CODE_POINTS = Convention("code_points")


def refi(
    convention: Convention = CODE_POINTS,
    *,
    texts: Mapping[str, str] = INTERVIEWS,
    counted_in: Mapping[str, str] = INTERVIEWS,
    marks: Sequence[Mark] = MARKS,
    stored: bool = True,
    quoted: bool = False,
    names: Mapping[str, str] = {},
    parents: Mapping[str, str] = PARENT,
    called: Mapping[str, str] = THAI,
    origin: str = "Test 1.0",
    extra: str = "",
) -> bytes:
    """A .qdpx of `marks` whose positions are counted by `convention`.

    Args:
        texts: what is stored, by participant.
        counted_in: what the positions count in.
        quoted: whether each selection is named by its passage.
        names: of documents, by participant; usually the participant.
        parents, called: the codes, with the code above each, and what they are called.
        extra: more elements of the project (cases, sets, notes).
    """

    def code(id_: str) -> str:
        below = "".join(code(child) for child, parent in parents.items() if parent == id_)
        return f'<Code guid="{guid("code", id_)}" name={quoteattr(called[id_])} isCodable="true">{below}</Code>'

    def selection(number: int, mark: Mark) -> str:
        text = counted_in[mark.participant]
        start, end = span(mark, counted_in)
        first, last = (counted(text, at, convention) for at in (start, end))
        name = f" name={quoteattr(text[start:end])}" if quoted else ""
        codings = "".join(
            f'<Coding guid="{guid("coding", mark.participant, number, id_)}" creatingUser="{guid("user", mark.coder)}">'
            f'<CodeRef targetGUID="{guid("code", id_)}"/></Coding>'
            for id_ in mark.codes
        )
        return (
            f'<PlainTextSelection guid="{guid("selection", mark.participant, number)}" startPosition="{first}"'
            f' endPosition="{last}" creatingUser="{guid("user", mark.coder)}"{name}>{codings}</PlainTextSelection>'
        )

    sources, files = "", {}
    for participant, text in texts.items():
        own = "".join(selection(n, mark) for n, mark in enumerate(marks) if mark.participant == participant)
        name = names.get(participant, participant)
        sources += (
            f'<TextSource guid="{guid("source", participant)}" name={quoteattr(name)}'
            f' plainTextPath="internal://{participant}.txt">{own}</TextSource>'
        )
        if stored:
            files[f"sources/{participant}.txt"] = text.encode()
    coders = dict.fromkeys(mark.coder for mark in marks)
    users = "".join(f'<User guid="{guid("user", coder)}" name={quoteattr(coder)}/>' for coder in coders)
    files["project.qde"] = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin={quoteattr(origin)}><Users>{users}</Users>'
        f"<CodeBook><Codes>{''.join(code(id_) for id_, parent in parents.items() if not parent)}</Codes></CodeBook>"
        f"<Sources>{sources}</Sources>{extra}</Project>"
    ).encode()
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def own_project() -> Files:
    """The project that our own export writes (it knows coded segments only)."""
    rows = expected()
    codings = pd.DataFrame(rows, columns=["participant_id", "start", "end", "code_id", "coder", "text"])
    people = pd.DataFrame({"participant_id": list(LINES), "site_id": ["S01", "S01", "S02"], "group": "official"})
    data = project_qdpx(
        study="small",
        title="Small",
        language="th",
        created=date(2024, 5, 1),
        sites=pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["อบต. ก", "อบต. ข"], "name_en": ["A", "B"]}),
        participants=people.assign(role="", sex="หญิง", age_band=""),
        transcripts=transcripts_table(),
        codes=codes_table(),
        codings=codings.assign(segment_id=[f"s{n}" for n in range(len(codings))]),
    )
    return Files({"small.qdpx": data}, uncoded=False)


# --- Taguette -------------------------------------------------------------------------------------------------------

TAGUETTE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, name VARCHAR(200) NOT NULL,
    contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER PRIMARY KEY, user_login VARCHAR(30) NOT NULL, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL, start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, path VARCHAR(200) NOT NULL,
    description TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL);
"""


def taguette(ending: str = "sqlite3") -> Files:
    """A project of Taguette: HTML, bytes, and tags that hold the codes above them; who made what is a command."""
    utf8 = Convention("utf8")
    tags = {code: number for number, code in enumerate(PARENT, start=1)}
    rows: list[tuple[Any, ...]] = [("projects", 1, "ท้องถิ่น")]
    rows += [("tags", n, 1, path(code, ".", ENGLISH), "") for code, n in tags.items()]
    for number, (participant, text) in enumerate(LINES.items(), start=1):
        rows.append(("documents", number, 1, f"{participant}.txt", paragraphs(text)))
    for number, mark in enumerate(MARKS, start=1):
        start, end = (counted(LINES[mark.participant], at, utf8) for at in span(mark))
        rows.append(
            ("highlights", number, list(LINES).index(mark.participant) + 1, start, end, paragraphs(mark.passage))
        )
        rows.append(("commands", number, mark.coder, json.dumps({"type": "highlight_add", "highlight_id": number})))
        rows += [("highlight_tags", number, tags[code]) for code in mark.codes]
    return Files({f"project.{ending}": database(TAGUETTE, rows)})


def paragraphs(text: str) -> str:
    """Each line a paragraph of HTML."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def database(schema: str, rows: Iterable[tuple[Any, ...]]) -> bytes:
    """A sqlite file; the first cell of a row is its table."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "x")
        connection.executescript(schema)
        for name, *cells in rows:
            connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(cells))})", cells)
        connection.commit()
        connection.close()
        return (Path(folder) / "x").read_bytes()


def taguette_table(suffix: str) -> Files:
    """Taguette's table of highlights, exported by each coder; it does not tell who coded."""
    files = {}
    for coder in CODERS:
        rows = [
            [n, f"{mark.participant}.txt", tag, mark.passage]
            for n, mark in enumerate(MARKS, start=1)
            if mark.coder == coder
            for tag in [path(code, ".", ENGLISH) for code in mark.codes] or [""]
        ]
        files[f"highlights-{coder}.{suffix}"] = table(suffix, ["id", "document", "tag", "content"], rows)
    return Files(files, coders_of(files))


def taguette_page() -> Files:
    """Taguette's page of highlights, exported by each coder."""
    files = {}
    for coder in CODERS:
        blocks = [
            f"\n    {paragraphs(mark.passage)}\n    <p>\n      <strong>Document:</strong> {mark.participant}.txt\n"
            "      <strong>Tags:</strong>"
            + ",".join(f"\n        {escape(path(code, '.', ENGLISH))}" for code in mark.codes)
            + "\n    </p>"
            for mark in MARKS
            if mark.coder == coder
        ]
        page = "<html><head><title>x</title></head><body><h1>x</h1>" + "\n<hr>\n".join(blocks) + "</body></html>"
        files[f"highlights-{coder}.html"] = page.encode()
    return Files(files, coders_of(files))


def coders_of(files: Iterable[str]) -> Coding:
    """What study.yml says where a file is called by its coder, but does not tell it."""
    return Coding(files=[CodingFile(file=name, coder=Path(name).stem.rpartition("-")[2]) for name in files])


# --- QualCoder ------------------------------------------------------------------------------------------------------

QUALCODER = """
CREATE TABLE project (databaseversion text, memo text, about text, bookmarkfile integer);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text);
CREATE TABLE code_cat (catid integer primary key, name text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, supercid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, memo text);
"""


def qualcoder(name: str = "project.qda/data.qda") -> Files:
    """A project of QualCoder: code points, one coding for each code; names are unique there, so codes bear ids."""
    numbers = {code: number for number, code in enumerate(PARENT, start=1)}
    documents = {participant: number for number, participant in enumerate(LINES, start=1)}
    rows: list[tuple[Any, ...]] = [("project", "v17", "", "QualCoder 4.0", 0)]
    rows += [("source", n, f"{participant}.txt", LINES[participant], None, "") for participant, n in documents.items()]
    rows += [("code_name", n, code, "", None, numbers.get(PARENT[code])) for code, n in numbers.items()]
    given = [(mark, code) for mark in MARKS for code in mark.codes]
    rows += [
        ("code_text", n, numbers[code], documents[mark.participant], mark.passage, *span(mark), mark.coder, "")
        for n, (mark, code) in enumerate(given, start=1)
    ]
    return Files({name: database(QUALCODER, rows)}, uncoded=False)


def qualcoder_project(
    line_end: str = "\n", *, older: bool = False, cases: bool = False, counts: Convention = CODE_POINTS
) -> Files:
    """A REFI-QDA project as QualCoder 4.0 exports it: a selection for each code, called by its passage as it stands.

    Stored texts begin with a byte-order mark and have line ends of the system, or of the choice "for MAXQDA", which
    positions don't know. Cases refer to documents by what the copies of their own files are called.

    Args:
        line_end: in the stored texts; "\\r\\r\\n" is what the choice for MAXQDA makes of it on Windows.
        older: whether the project file begins with a byte-order mark too, and names those copies.
        cases: whether each document has a case.
        counts: code points, or what its text window counts.
    """
    users = "".join(f'<User guid="{guid("user", coder)}" name="{coder}" />\n' for coder in CODERS)

    def code(id_: str) -> str:
        below = "".join(code(child) for child, parent in PARENT.items() if parent == id_)
        start = f'<Code guid="{guid("code", id_)}" name="{id_}" isCodable="true" color="#F1F1C2"'
        return f"{start}>\n{below}</Code>\n" if below else f"{start} />\n"

    def selections(participant: str) -> str:
        text = LINES[participant]
        given = [(mark, id_) for mark in MARKS if mark.participant == participant for id_ in mark.codes]
        return "".join(
            f'<PlainTextSelection guid="{guid("selection", participant, n)}"'
            f' startPosition="{counted(text, span(mark)[0], counts)}"'
            f' endPosition="{counted(text, span(mark)[1], counts)}"'
            f' name="{escape(mark.passage)}" creatingUser="{guid("user", mark.coder)}"'
            f' creationDateTime="2023-05-01T10:00:00Z">\n'
            f'<Coding guid="{guid("coding", participant, n)}" creatingUser="{guid("user", mark.coder)}" >\n'
            f'<CodeRef targetGUID="{guid("code", id_)}" />\n</Coding>\n</PlainTextSelection>\n'
            for n, (mark, id_) in enumerate(given)
        )

    def rich(participant: str) -> str:
        return f'richTextPath="internal://{guid("rich", participant)}.txt" ' if older else ""

    sources = "".join(
        f"<TextSource {rich(participant)}"
        f'plainTextPath="internal://{guid("plain", participant)}.txt" creatingUser="{guid("user", "SK")}"'
        f' creationDateTime="2023-05-01T09:00:00Z" guid="{guid("source", participant)}" name="{participant}.txt">\n'
        f"{selections(participant)}</TextSource>\n"
        for participant in LINES
    )
    own_cases = "".join(
        f'<Case guid="{guid("case", participant)}" name="{participant}">\n<Description />\n'
        f'<SourceRef targetGUID="{guid("rich", participant)}"/>\n</Case>\n'
        for participant in LINES
    )
    project = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="small.qda" origin="QualCoder 4.0"'
        f' creatingUserGUID="{guid("project")}" creationDateTime="2023-05-01T09:00:00Z"'
        f' xmlns="urn:QDA-XML:project:1.0">\n<Users>\n{users}</Users>\n<CodeBook>\n<Codes>\n'
        + "".join(code(id_) for id_, parent in PARENT.items() if not parent)
        + f"</Codes>\n</CodeBook>\n<Cases>\n{own_cases if cases else ''}</Cases>\n<Sources>\n{sources}</Sources>\n"
        "<Description></Description>\n</Project>"
    )
    files = {"project.qde": project.encode("utf-8-sig" if older else "utf-8")}
    for participant, text in LINES.items():
        stored = text.replace("\n", line_end).encode("utf-8-sig")
        folder = "Sources" if older else "sources"
        files[f"{folder}/{guid('rich', participant)}.txt"] = stored
        files[f"{folder}/{guid('plain', participant)}.txt"] = stored
    return Files({"small.qdpx": zipped(files)}, uncoded=False)


# --- NVivo ----------------------------------------------------------------------------------------------------------


def nvivo_report(suffix: str = "txt") -> Files:
    """The passages of each code as NVivo writes them out, a file for each code and coder, who is told by study.yml."""
    files: dict[str, bytes] = {}
    coders = []
    for coder, code in product(CODERS, PARENT):
        own = [mark for mark in MARKS if mark.coder == coder and code in mark.codes]
        text = f"Name: Codes\\\\{path(code, chr(92) * 2, ENGLISH)}\n\n"
        for participant in dict.fromkeys(mark.participant for mark in own):
            passages = [mark.passage for mark in own if mark.participant == participant]
            references = f"{len(passages)} reference{'s' * (len(passages) > 1)} coded"
            percents = [100 * len(passage) / len(LINES[participant]) for passage in passages]
            text += f"<Files\\\\Interviews\\\\{participant}> - § {references} [ {sum(percents):.2f}% Coverage]\n\n"
            for number, (passage, percent) in enumerate(zip(passages, percents, strict=True), start=1):
                text += f"Reference {number} - {percent:.2f}% Coverage\n\n{passage}\n\n"
        if own:
            name = f"{coder}-{code}.{suffix}"
            files[name] = text.encode() if suffix == "txt" else docx_bytes(text)
            coders.append(CodingFile(file=name, coder=coder))
    return Files(files, Coding(files=coders), uncoded=False)


# --- RQDA -----------------------------------------------------------------------------------------------------------

RQDA = """
CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text, imageDir text);
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer,
    color text);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
    date text, memo text);
CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
    date text, memo text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text,
    date text, memo text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer);
CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text,
    status integer);
CREATE TABLE image (name text, id integer, date text, dateM text, owner text, status integer);
CREATE TABLE imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer, y2 integer, memo text,
    date text, dateM text, owner text, status integer);
"""


def rqda(name: str = "project.rqda") -> Files:
    """A project of RQDA: code points, as numbers with a fraction; codes in categories called as the code above."""
    numbers = {code: number for number, code in enumerate(PARENT, start=1)}
    documents = {participant: number for number, participant in enumerate(LINES, start=1)}
    rows: list[tuple[Any, ...]] = [("project", "0.2.2", "", None, "", "Database created by RQDA", None)]
    rows += [("source", f"{who}", n, LINES[who], None, "SK", "", None, 1) for who, n in documents.items()]
    rows += [("freecode", ENGLISH[code], None, "SK", "", None, n, 1, None) for code, n in numbers.items()]
    above = {code: n for n, code in enumerate(dict.fromkeys(filter(None, PARENT.values())), start=1)}
    rows += [("codecat", ENGLISH[code], None, n, "SK", "", None, None, 1) for code, n in above.items()]
    rows += [("treecode", numbers[c], above[up], "", None, None, 1, "SK") for c, up in PARENT.items() if up]
    for mark in MARKS:
        start, end = map(float, span(mark))
        given = (documents[mark.participant], mark.passage, start, end, 1, mark.coder, "", None)
        rows += [("coding", numbers[code], *given) for code in mark.codes]
    return Files({name: database(RQDA, rows)}, uncoded=False)


# --- Word -----------------------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word() -> Files:
    """Copies of the interviews with comments: one of both coders, the others of one each."""
    both, own = {"P01": [CODERS]}, {"P02": [("SK",), ("นพ",)], "P03": [("SK",)]}
    files = {}
    for participant, copies in {**both, **own}.items():
        for coders in copies:
            marks = [mark for mark in MARKS if mark.participant == participant and mark.coder in coders]
            files[f"{participant}_{'+'.join(coders)}.docx"] = commented(LINES[participant], marks)
    return Files(files)


def commented(text: str, marks: Sequence[Mark]) -> bytes:
    """A Word document with a paragraph for each line and a comment for each mark; its text names the codes."""
    around: dict[int, str] = {}
    for n, mark in enumerate(marks):
        start, end = span(mark)
        around[end] = f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' + around.get(
            end, ""
        )
        around[start] = around.get(start, "") + f'<w:commentRangeStart w:id="{n}"/>'
    body, run = "<w:p>", ""
    for at, character in enumerate(f"{text}\n"):
        if (at in around or character == "\n") and run:
            body += f'<w:r><w:t xml:space="preserve">{xml(run)}</w:t></w:r>'
            run = ""
        body += around.get(at, "")
        if character == "\n":
            body += "</w:p><w:p>"
        else:
            run += character
    comments = "".join(
        f'<w:comment w:id="{n}" w:author={quoteattr(mark.coder)}><w:p><w:r><w:t>{"; ".join(mark.codes) or "ไม่มีรหัส"}'
        "</w:t></w:r></w:p></w:comment>"
        for n, mark in enumerate(marks)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    relations = "<Relationships><Relationship Type={} Target={}/></Relationships>".format
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(quoteattr(f"{OFFICE}/officeDocument"), '"word/document.xml"'),
        "word/_rels/document.xml.rels": relations(quoteattr(f"{OFFICE}/comments"), '"comments.xml"'),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:p></w:body></w:document>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}">{comments}</w:comments>',
    }
    return zipped({name: (head + part).encode() for name, part in parts.items()})


FORMATS: dict[str, Callable[[], Files]] = {
    "our table with texts, csv": own_table,
    "our table with texts, xlsx": lambda: own_table("xlsx"),
    "our table of positions": lambda: own_table(texts=False),
    "MAXQDA, csv": lambda: maxqda("csv"),
    "MAXQDA, xlsx": maxqda,
    "ATLAS.ti, csv": lambda: atlas_table("csv"),
    "ATLAS.ti, xlsx": atlas_table,
    "our project": own_project,
    "REFI-QDA": lambda: Files({"x.qdpx": refi()}),
    "Taguette": taguette,
    "Taguette, .taguette": lambda: taguette("taguette"),
    "Taguette, csv": lambda: taguette_table("csv"),
    "Taguette, xlsx": lambda: taguette_table("xlsx"),
    "Taguette, html": taguette_page,
    "QualCoder, folder": qualcoder,
    "QualCoder, file": lambda: qualcoder("project.qda"),
    "QualCoder, .sqlite": lambda: qualcoder("data.sqlite"),
    "QualCoder, .qdpx": qualcoder_project,
    "QualCoder, .qdpx of Windows": lambda: qualcoder_project("\r\n"),
    "QualCoder, .qdpx of Windows for MAXQDA": lambda: qualcoder_project("\r\r\n"),
    "QualCoder, older .qdpx": lambda: qualcoder_project("\r\n", older=True, cases=True),
    "QualCoder, .qdpx, of its text window": lambda: qualcoder_project("\r\n", counts=Convention("utf16")),
    "NVivo, passages of a code, txt": nvivo_report,
    "NVivo, passages of a code, docx": lambda: nvivo_report("docx"),
    "RQDA": rqda,
    "RQDA, .sqlite": lambda: rqda("backup.sqlite"),
    "Word": word,
}
