"""Projects of Taguette (`.sqlite3`, `.taguette`): documents, tags, highlights, and who made them.

A document is kept as HTML; its text is that of the HTML, without tags, and positions count the bytes of that text in
UTF-8. Tags named `a.b` are below the tag `a`, if there is one.

A highlight does not say who made it; that is whoever added it, or changed it last, in the table of commands. But only a
server's own database tells people apart: in a project that was exported, everything was done by "admin", as in
Taguette on one's own computer, and after an import everything before it by whoever imported. Such highlights have no
coder here, so that the work of several is never taken for that of one.

Fails, with problems, on what `readers.database` refuses, a file with several projects, HTML that Taguette does not
write, and highlights of documents or tags that are not there.

Source: the tables are those of Taguette 1.4 (github.com/remram44/taguette, `taguette/database/models.py`); who did what
was seen in files of Taguette 1.5.2 (`taguette/database/copy.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import CodedFile, Reader, Selection, Source, ToolCode
from thongthin.read.files.archive import Refused
from thongthin.read.files.database import Database
from thongthin.read.files.sheets import FORMATS

# Taguette keeps paragraphs, headings, lists, links and emphasis, and writes every "<" of a text as "&lt;".
_TAG = re.compile("<[^<>]*>")
_NO_SUCH_HTML = re.compile("<[!?]")
_MAX_LOOSE = 1_000

# The only user of Taguette on one's own computer, and of a project that was exported from wherever.
_NOBODY = {"admin"}


def read_taguette(path: Path, problems: Problems) -> CodedFile | None:
    """All that a project holds; None, with a problem, if it can't be read.

    Selections are in the order in which they were made; `place` ends in the number of the highlight.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    try:
        with Database(path, "Taguette") as database:
            return _read(database, problems)
    except Refused as refused:
        refused.report(problems)
        return None


def _read(database: Database, problems: Problems) -> CodedFile | None:
    projects = database.rows("projects", {"id": int, "name": str}, problems)
    documents = database.rows("documents", {"id": int, "project_id": int, "name": str, "contents": str}, problems)
    tags = database.rows("tags", {"id": int, "project_id": int, "path": str, "description": str}, problems)
    columns: Mapping[str, Any] = {"id": int, "document_id": int, "start_offset": int, "end_offset": int, "snippet": str}
    highlights = database.rows("highlights", columns, problems)
    tagged = database.rows("highlight_tags", {"highlight_id": int, "tag_id": int}, problems)
    columns = {"id": int, "user_login": str, "project_id": int, "payload": str}
    commands = database.rows("commands", columns, problems, required=False)

    used = {document["project_id"] for document in documents}
    if len(used) > 1:
        names = ", ".join(f'"{p["name"]}"' for p in sorted(projects, key=_id) if p["id"] in used)
        problems.add(
            "several-projects",
            f"This file holds several projects: {names}.",
            f"ไฟล์นี้มีหลายโครงการ: {names}",
            hint_en="Open the one that is meant in Taguette, and export that project alone (as SQLite3).",
            hint_th="เปิดโครงการที่ต้องการใน Taguette แล้วส่งออกเฉพาะโครงการนั้นเป็น SQLite3",
        )
        return None
    coded = CodedFile(problems.file, "taguette", tool="Taguette", units=("utf8", "code_points", "utf16"))
    broken = _add_documents(documents, coded, problems)
    own_tags = sorted((tag for tag in tags if not used or tag["project_id"] in used), key=_id)
    coded.codes = codes_of_tags([ToolCode(str(t["id"]), t["path"], description=t["description"]) for t in own_tags])
    tags_of: dict[int, list[str]] = {}
    for pair in sorted(tagged, key=lambda pair: (pair["highlight_id"] or 0, pair["tag_id"] or 0)):
        tags_of.setdefault(pair["highlight_id"], []).append(str(pair["tag_id"]))
    _add_highlights(highlights, tags_of, _coders(commands), broken, coded, problems)
    return coded


def _add_documents(documents: Sequence[Mapping[str, Any]], coded: CodedFile, problems: Problems) -> set[int]:
    """Add the documents as sources, and return the ids of those whose text can't be read, which are told."""
    broken = set()
    for document in sorted(documents, key=_id):
        text = text_of_html(document["contents"])
        if text is None:
            broken.add(document["id"])
            problems.add(
                "not-taguette-html",
                f'The text of "{document["name"]}" is HTML of a kind that Taguette does not write.',
                f'ข้อความของ "{document["name"]}" เป็น HTML ในแบบที่ Taguette ไม่ได้เขียน',
                hint_en="Was the file changed by another program? Export the project again.",
                hint_th="มีโปรแกรมอื่นแก้ไฟล์นี้หรือไม่ ส่งออกโครงการใหม่",
            )
        else:
            coded.sources.append(Source(str(document["id"]), document["name"], text))
    return broken


def _add_highlights(
    highlights: Sequence[Mapping[str, Any]],
    tags_of: Mapping[int, Sequence[str]],
    coders: Mapping[int, str],
    broken: Collection[int],
    coded: CodedFile,
    problems: Problems,
) -> None:
    """Add the highlights as selections; references to what is not there are told.

    Args:
        tags_of, coders: by the number of a highlight.
        broken: ids of documents that were told already.
    """
    sources, codes = {source.id for source in coded.sources}, {code.id for code in coded.codes}
    for highlight in sorted(highlights, key=_id):
        number, source = highlight["id"], str(highlight["document_id"])
        given = tags_of.get(number, [])
        missing = [f"tag {tag}" for tag in given if tag not in codes]
        if source not in sources and highlight["document_id"] not in broken:
            missing.append(f"document {source}")
        if missing:
            problems.add(
                "missing-reference",
                f"Highlight {number} belongs to {', '.join(missing)}, which is not in this file.",
                f"ไฮไลต์ {number} อ้างถึง {', '.join(missing)} ซึ่งไม่มีในไฟล์นี้",
                hint_en="Export the project from Taguette again.",
                hint_th="ส่งออกโครงการจาก Taguette อีกครั้ง",
            )
        if source in sources:
            coded.selections.append(
                Selection(
                    source,
                    highlight["start_offset"],
                    highlight["end_offset"],
                    tuple(tag for tag in given if tag in codes),
                    coder=coders.get(number, ""),
                    quoted=text_of_html(highlight["snippet"]) or "",
                    place=f"highlight {number}",
                )
            )


def text_of_html(html: str) -> str | None:
    """The text that is left of a document's HTML without its tags, exactly as Taguette's positions count it.

    Returns:
        None for HTML that Taguette never writes: comments, declarations, and more than a few tags that are not closed.
        The standard library's parser takes them with patience that grows with the square of their number.
    """
    if "<" in html and (_NO_SUCH_HTML.search(html) or _TAG.sub("", html).count("<") > _MAX_LOOSE):
        return None
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def codes_of_tags(tags: Sequence[ToolCode]) -> list[ToolCode]:
    """Tags called by their whole paths as codes; `a.b` is below `a` only if there is one: a name may hold a full stop.

    Args:
        tags: without parents.

    Returns:
        In the same order; `details` holds the path of a code that is below another: a codebook may use it for its id.
    """
    by_path = {tag.name: tag.id for tag in tags}
    codes = []
    for tag in tags:
        path = tag.name
        above = path.rpartition(".")[0]
        while above and above not in by_path:
            above = above.rpartition(".")[0]
        name = path[len(above) + 1 :] if above else path
        details = {"code_id": path} if above else {}
        codes.append(replace(tag, name=name, parent=by_path.get(above, ""), details=details))
    return codes


def _coders(commands: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Who added, or changed, each highlight last, as far as the commands know."""
    coders: dict[int | None, dict[int, str]] = {}
    for command in sorted(commands, key=_id):
        if not any(kind in command["payload"] for kind in ("highlight_add", "project_import")):
            continue
        try:
            payload = json.loads(command["payload"])
        except (ValueError, RecursionError):
            continue
        kind, number = (payload.get("type"), payload.get("highlight_id")) if isinstance(payload, dict) else (None, None)
        if kind == "project_import":
            coders.pop(command["project_id"], None)
        elif kind == "highlight_add" and isinstance(number, int):
            coders.setdefault(command["project_id"], {})[number] = command["user_login"]
    known = {number: coder for own in coders.values() for number, coder in own.items()}
    return {} if set(known.values()) == _NOBODY else known


def _id(row: Mapping[str, Any]) -> int:
    return row["id"] or 0


TAGUETTE = Reader(
    "taguette",
    "Taguette",
    (".sqlite3", ".sqlite", ".db", ".taguette"),
    lambda path, problems, *_: read_taguette(path, problems),
    tables=frozenset({"highlights"}),
    also=(".docx", *FORMATS),
    hints={
        "no-coder": (
            "Taguette's exports don't tell several people apart: each codes in a project of their own.",
            "ไฟล์ส่งออกของ Taguette ไม่แยกผู้ลงรหัสหลายคน แต่ละคนต้องลงรหัสในโครงการของตนเอง",
        )
    },
)
