"""Projects of RQDA (`.rqda`, one sqlite file): texts, codes in categories, codings, cases.

What was deleted in RQDA stays in the file and is marked (status 0, and -1 for a coding); it is left out, and so are the
codings of deleted texts and codes, as RQDA itself does; codings whose text or code is gone for good are told. Positions
count code points of the text as it is stored. That text may have been edited since: a coding then quotes what stands
elsewhere now, and is placed by its quote.

A code may be in several categories. It stands below its category where there is just one; the others keep their place
at the top, and their categories are sets. Categories are no codes themselves. The tables `coding` and `coding2` hold
the first and the second coding of one project; what one name did in both is kept apart, as the work of "name" and of
"name (coding2)". RQDA calls its user "default" unless told otherwise: such a coding has no coder here, so that the
work of several is never taken for that of one.

Fails, with problems, on what `readers.database` refuses.

Source: the tables are those of RQDA 0.3 (github.com/Ronggui/RQDA, `R/ProjectFun.R`, database versions 0.1.5 to 0.2.2),
the meaning of `status` is that of its queries (`R/Boolean.R`, `R/deletion.R`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import Case, CodedFile, Memo, NamedSet, Reader, Selection, Source, ToolCode
from thongthin.read.files.archive import Refused
from thongthin.read.files.database import Database

# Tables that tell a project of RQDA from others.
TABLES = frozenset({"source", "freecode", "coding"})

_NOBODY = "default"
_ACTIVE = (1, None)  # old versions left it empty
# So many rows are listed in a message.
_LISTED = 8


def read_rqda(path: Path, problems: Problems) -> CodedFile | None:
    """All that a project holds; None, with a problem, if it can't be read.

    Selections are in the order of the tables; `place` ends in the number of the row of the table.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    try:
        with Database(path, "RQDA") as database:
            return _read(database, problems)
    except Refused as refused:
        refused.report(problems)
        return None


def _read(database: Database, problems: Problems) -> CodedFile:
    def rows(table: str, texts: str, numbers: str, required: bool = False) -> list[dict[str, Any]]:
        columns: dict[str, Any] = {**dict.fromkeys(texts.split(), str), **dict.fromkeys(numbers.split(), int)}
        return database.rows(table, columns, problems, required=required)

    project = rows("project", "memo", "")
    sources = rows("source", "name file memo owner", "id status", required=True)
    images = rows("image", "name", "id status")
    codes = rows("freecode", "name memo", "id status", required=True)
    categories = _active(rows("codecat", "name memo", "catid status"))
    members = _active(rows("treecode", "", "cid catid status"))

    coded = CodedFile(problems.file, "rqda", tool="RQDA", units=("code_points",))
    coded.sources = [
        *(Source(str(row["id"]), row["name"], row["file"]) for row in _active(sources)),
        *(Source(f"image {row['id']}", row["name"], kind="picture") for row in _active(images)),
    ]
    coded.codes, coded.sets = _codes(_active(codes), categories, members)
    known = {
        "text": {row["id"]: row["status"] in _ACTIVE for row in sources},
        "code": {row["id"]: row["status"] in _ACTIVE for row in codes},
    }
    columns = "seltext owner memo", "cid fid selfirst selend status"
    once = _selections("coding", rows("coding", *columns, required=True), known, problems)
    again = _selections("coding2", rows("coding2", *columns), known, problems)
    again = _as_another_round(again, {selection.coder for selection, _ in once})
    coded.selections = [selection for selection, _ in (*once, *again)]
    pictured = {source.id for source in coded.sources if source.kind == "picture"}
    coded.selections += [
        Selection(f"image {row['iid']}", None, None, (f"code {row['cid']}",), _coder(row["owner"]))
        for row in _active(rows("imagecoding", "owner", "cid iid status"))
        if f"image {row['iid']}" in pictured and known["code"].get(row["cid"])
    ]
    cases = _active(rows("cases", "name memo", "id status"))
    coded.cases = _cases(
        cases,
        _active(rows("caselinkage", "", "caseid fid status")),
        _active(rows("caseattr", "variable value", "caseid status")),
        _active(rows("fileattr", "variable value", "fileid status")),
        coded.sources,
    )
    groups = _active(rows("filecat", "name", "catid status"))
    grouped = _active(rows("treefile", "", "fid catid status"))
    coded.sets += [
        NamedSet(group["name"], sources=tuple(str(row["fid"]) for row in grouped if row["catid"] == group["catid"]))
        for group in groups
    ]
    journal = _active(rows("journal", "name journal owner", "status"))
    annotations = _active(rows("annotation", "annotation owner", "fid status"))
    memos = [  # that of a code is its definition
        *(Memo("project", "", row["memo"]) for row in project),
        *(Memo("project", "", row["journal"], row["name"], _coder(row["owner"])) for row in journal),
        *(Memo("source", str(row["id"]), row["memo"]) for row in _active(sources)),
        *(Memo("source", str(row["fid"]), row["annotation"], coder=_coder(row["owner"])) for row in annotations),
        *(Memo("case", f"case {row['id']}", row["memo"]) for row in cases),
        *(Memo("selection", made.place, memo, coder=made.coder) for made, memo in [*once, *again]),
    ]
    coded.memos = [memo for memo in memos if memo.text.strip()]
    return coded


def _as_another_round(again: list[tuple[Selection, str]], coders: set[str]) -> list[tuple[Selection, str]]:
    """The second coding of a project: who coded in the first, too, is told apart, as two coders of one text are."""
    return [
        (replace(made, coder=f"{made.coder} (coding2)") if made.coder in coders - {""} else made, memo)
        for made, memo in again
    ]


def _active(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that were not deleted."""
    return [row for row in rows if row["status"] in _ACTIVE]


def _coder(owner: str) -> str:
    return "" if owner.strip().casefold() == _NOBODY else owner


def _codes(
    codes: Iterable[Mapping[str, Any]], categories: Iterable[Mapping[str, Any]], members: Iterable[Mapping[str, Any]]
) -> tuple[list[ToolCode], list[NamedSet]]:
    """The categories and codes, and a set for each category that holds codes of several categories."""
    names = {row["catid"]: row["name"] for row in categories}
    within: dict[int, list[int]] = {}
    for row in members:
        if row["catid"] in names and row["catid"] not in within.setdefault(row["cid"], []):
            within[row["cid"]].append(row["catid"])
    found = [
        ToolCode(
            f"code {row['id']}",
            row["name"],
            f"category {own[0]}" if len(own := within.get(row["id"], [])) == 1 else "",
            row["memo"],
        )
        for row in codes
    ]
    above = {code.parent for code in found}
    folders = [
        ToolCode(f"category {row['catid']}", row["name"], description=row["memo"], codable=False)
        for row in categories
        if f"category {row['catid']}" in above
    ]
    shared = {id_: [code for code, own in within.items() if len(own) > 1 and id_ in own] for id_ in names}
    sets = [
        NamedSet(name, codes=tuple(f"code {code}" for code in shared[id_]))
        for id_, name in names.items()
        if shared[id_]
    ]
    return [*folders, *found], sets


def _selections(
    table: str, codings: Iterable[Mapping[str, Any]], known: Mapping[str, Mapping[int, bool]], problems: Problems
) -> list[tuple[Selection, str]]:
    """The codings of a table that were not deleted, each with its memo; orphans are told.

    Args:
        table: "coding" or "coding2".
        known: for texts and for codes whether each that the file knows is still there, by its number.
    """
    found, orphans = [], []
    for number, row in enumerate(codings, start=1):
        there = [known["text"].get(row["fid"]), known["code"].get(row["cid"])]
        if row["status"] not in _ACTIVE:
            continue
        if None in there:
            orphans.append(number)
        if all(there):
            selection = Selection(
                str(row["fid"]),
                row["selfirst"],
                row["selend"],
                (f"code {row['cid']}",),
                _coder(row["owner"]),
                row["seltext"],
                f"{'coding' if table == 'coding' else 'second coding'} {number}",
            )
            found.append((selection, row["memo"]))
    if orphans:
        listed = ", ".join(map(str, orphans[:_LISTED])) + (" ..." if len(orphans) > _LISTED else "")
        problems.notice(
            "orphans",
            f"{len(orphans)} codings belong to a text or code that was deleted for good. RQDA does not show them, and"
            f" they are not read (table {table}, rows {listed}).",
            f"การลงรหัส {len(orphans)} แห่งเป็นของข้อความหรือรหัสที่ถูกลบถาวรแล้ว RQDA ไม่แสดง จึงไม่ได้อ่าน"
            f" (ตาราง {table} แถวที่ {listed})",
            hint_en="If they are to count, make the code anew in RQDA, and code the passages again.",
            hint_th="หากต้องการให้นับ ให้สร้างรหัสใหม่ใน RQDA แล้วลงรหัสข้อความเหล่านั้นอีกครั้ง",
        )
    return found


def _cases(
    cases: Iterable[Mapping[str, Any]],
    linked: Iterable[Mapping[str, Any]],
    of_cases: Iterable[Mapping[str, Any]],
    of_files: Iterable[Mapping[str, Any]],
    sources: Iterable[Source],
) -> list[Case]:
    """The cases with their attributes, and one for each text that has attributes of its own."""
    texts = {source.id: source.name for source in sources if source.kind == "text"}
    files: dict[int, dict[str, None]] = {}
    for row in linked:
        if str(row["fid"]) in texts:
            files.setdefault(row["caseid"], {})[str(row["fid"])] = None
    variables: dict[str, dict[str, str]] = {}
    for kind, rows in (("case", of_cases), ("file", of_files)):
        for row in rows:
            if row["variable"] and row["value"]:
                variables.setdefault(f"{kind} {row[f'{kind}id']}", {})[row["variable"]] = row["value"]
    return [
        Case(id_ := f"case {row['id']}", row["name"], tuple(files.get(row["id"], {})), variables.get(id_, {}))
        for row in cases
    ] + [
        Case(f"file {id_}", name, (id_,), variables[f"file {id_}"])
        for id_, name in texts.items()
        if f"file {id_}" in variables
    ]


RQDA = Reader("rqda", "RQDA", (".rqda",), lambda path, problems, *_: read_rqda(path, problems), tables=TABLES)
