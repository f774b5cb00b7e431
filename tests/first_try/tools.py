"""What coding tools export of the talks: the same coding in the form of each."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from coding_files import RQDA

from first_try.talks import Mark, Talks
from first_try.transcripts import docx

CODERS = ("SK", "NP")


def span(text: str, mark: Mark) -> tuple[int, int]:
    """Where a passage stands: code points, half-open. A passage within a longer one counts from there."""
    start = text.index(mark.passage)
    return start, start + len(mark.passage)


# --- databases --------------------------------------------------------------------------------------------------------


def database(schema: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> bytes:
    """A sqlite file with these rows, each with the name of its table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project"
        connection = sqlite3.connect(path)
        connection.executescript(schema)
        for name, cells in rows:
            places = ", ".join("?" * len(cells))
            connection.execute(f"INSERT INTO {name} ({', '.join(cells)}) VALUES ({places})", list(cells.values()))
        connection.commit()
        connection.close()
        return path.read_bytes()


def rqda(talks: Talks, texts: Mapping[str, str]) -> bytes:
    """A project of RQDA: codes, and categories of codes beside them."""
    codes = {name: n for n, name in enumerate(talks.codes, start=1)}
    files = {participant: n for n, participant in enumerate(texts, start=1)}
    rows: list[tuple[str, dict[str, Any]]] = [("project", {"databaseversion": "RQDA 0.2.7"})]
    rows += [
        ("source", {"name": participant, "id": n, "file": texts[participant], "owner": "SK", "status": 1})
        for participant, n in files.items()
    ]
    rows += [("freecode", {"name": name, "id": n, "owner": "SK", "status": 1}) for name, n in codes.items()]
    for mark in talks.marks:
        start, end = span(texts[mark.participant], mark)
        place = {
            "fid": files[mark.participant],
            "seltext": mark.passage,
            "selfirst": float(start),
            "selend": float(end),
        }
        rows.append(("coding", {"cid": codes[mark.code], **place, "status": 1, "owner": mark.coder}))
    return database(RQDA, rows)


# --- REFI-QDA ---------------------------------------------------------------------------------------------------------


def _guid(*key: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, key))))


def nvivo(talks: Talks, texts: Mapping[str, str], cases: Mapping[str, Mapping[str, str]]) -> bytes:
    """A project as NVivo exports it: UTF-16 units, CRLF counts two, texts behind a byte-order mark in `Sources/`, a
    case with variables for each participant, and paths of texts without the scheme."""

    def code(name: str) -> str:
        below = "".join(code(own) for own, above in talks.codes.items() if above == name)
        return f'<Code guid="{_guid("code", name)}" name={quoteattr(name)} isCodable="true">{below}</Code>'

    def selection(number: int, mark: Mark) -> str:
        text = texts[mark.participant].replace("\n", "\r\n")
        start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in span(text, mark))
        user = _guid("user", mark.coder)
        return (
            f'<PlainTextSelection guid="{_guid("selection", number)}" startPosition="{start}" endPosition="{end}"'
            f' creatingUser="{user}"><Coding guid="{_guid("coding", number)}" creatingUser="{user}">'
            f'<CodeRef targetGUID="{_guid("code", mark.code)}"/></Coding></PlainTextSelection>'
        )

    files: dict[str, bytes] = {}
    sources = own_cases = ""
    for participant, text in texts.items():
        name = f"{_guid('plain', participant)}.txt"
        files[f"Sources/{name}"] = text.replace("\n", "\r\n").encode("utf-8-sig")
        own = "".join(selection(n, mark) for n, mark in enumerate(talks.marks) if mark.participant == participant)
        source = _guid("source", participant)
        sources += f'<TextSource guid="{source}" name="{participant}" plainTextPath="{name}">{own}</TextSource>'
        values = "".join(
            f'<VariableValue><VariableRef targetGUID="{_guid("variable", variable)}"/>'
            f"<TextValue>{escape(value)}</TextValue></VariableValue>"
            for variable, value in cases[participant].items()
        )
        own_cases += (
            f'<Case guid="{_guid("case", participant)}" name="{participant}">{values}'
            f'<SourceRef targetGUID="{source}"/></Case>'
        )
    variables = "".join(
        f'<Variable guid="{_guid("variable", name)}" name="{name}" typeOfVariable="Text"/>'
        for name in dict.fromkeys(name for case in cases.values() for name in case)
    )
    users = "".join(f'<User guid="{_guid("user", coder)}" name="{coder}"/>' for coder in CODERS)
    codes = "".join(code(name) for name, above in talks.codes.items() if not above)
    files["project.qde"] = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Lessons" origin="NVivo"'
        f' creatingUserGUID="{_guid("user", "SK")}"><Users>{users}</Users><CodeBook><Codes>{codes}</Codes></CodeBook>'
        f"<Variables>{variables}</Variables><Cases>{own_cases}</Cases><Sources>{sources}</Sources></Project>"
    ).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


# --- tables and Word --------------------------------------------------------------------------------------------------


def workbook(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet; texts that look like formulas stay texts."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [header, *rows]:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def maxqda(talks: Talks, groups: Mapping[str, str]) -> bytes:
    """Retrieved segments as MAXQDA exports them: each with document and group, its code with those above it."""
    header = ["Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End", "Weight score",
              "Segment", "Modified by", "Modified", "Created by", "Created", "Area", "Coverage %"]  # fmt: skip
    return workbook(
        header,
        [
            ["●", "", groups[mark.participant], mark.participant, talks.code_of(mark.code), n, n, 0,
             mark.passage, mark.coder, "05.03.24 10:00:00", mark.coder, "05.03.24 10:00:00", len(mark.passage), 1.5]
            for n, mark in enumerate(talks.marks, start=1)
        ],
    )  # fmt: skip


def atlas(talks: Talks) -> bytes:
    """The quotations of a project as ATLAS.ti exports them: a passage once, all of its codes in one cell."""
    codes: dict[tuple[str, str, str], list[str]] = {}
    for mark in talks.marks:
        codes.setdefault((mark.participant, mark.passage, mark.coder), []).append(mark.code)
    header = ["ID", "Document", "Quotation Name", "Text Content", "Codes", "Comment", "Reference", "Created by"]
    return workbook(
        header,
        [
            [f"1:{n}", f"{participant}.vtt", passage[:20], passage, ", ".join(own), "", f"{n} - {n}", coder]
            for n, ((participant, passage, coder), own) in enumerate(codes.items(), start=1)
        ],
    )


def commented(text: str, marks: Sequence[Mark]) -> bytes:
    """A coder's copy of a transcript in Word: passages carry comments that name their code."""
    at: dict[int, list[str]] = {}
    for n, mark in enumerate(marks):
        start, end = span(text, mark)
        at.setdefault(start, []).append(f'<w:commentRangeStart w:id="{n}"/>')
        at.setdefault(end, []).insert(0, f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>')
    body, begin = "", 0
    for place in sorted({*at, *(n for n, sign in enumerate(text) if sign == "\n"), len(text)}):
        run = text[begin:place].replace("\n", "")
        body += f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' if run else ""
        body += "".join(at.get(place, ()))
        body += "</w:p><w:p>" if text[place : place + 1] == "\n" else ""
        begin = place
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="{mark.coder}" w:date="2024-03-05T10:00:00Z" w:initials="{mark.coder}">'
        f"<w:p><w:r><w:t>{escape(mark.code)}</w:t></w:r></w:p></w:comment>"
        for n, mark in enumerate(marks)
    )
    return docx(f"<w:p>{body}</w:p>", comments)
