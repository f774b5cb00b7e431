r"""Coded passages as NVivo writes them out, a file for each code (.docx, .txt): the only way out of NVivo for Mac.

The file bears the name of its code, or says it in a line "Name: ..."; then come, for each document, a line such as
``<Files\Interviews\P01> - § 2 references coded [ 3.21% Coverage]``, and below it each passage under a line such as
``Reference 1 - 1.60% Coverage``. Nothing tells positions or the coder.

A passage that two users coded stands once, as "References 1-2". The coverage is the share of the document's characters,
by which a passage that lost some of its lines is known.

Fails, with problems, where a document has not as many passages as its line says: then a passage holds lines that look
like these, and where it ends cannot be known.

Source: exports in public repositories, as they quote them ("- § 1 reference coded [ 3.90% Coverage]", "Reference 1 -
3.90% Coverage"); older versions call the documents Internals. NVivo 12 Help, Review the references in a node ("the
percentage of characters coded at the node"; references of several users).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.read.coding.code_names import tool_codes
from thongthin.read.coding.model import CodedFile, Reader, Selection, Source
from thongthin.read.files.docx import docx_text

_DOCUMENT = re.compile(r"<?(?P<path>[^<>]+?)>?\s+-\s+§\s*(?P<count>\d+)\s+references?\s+coded\s*\[[^\]]*Coverage\]")
_REFERENCE = re.compile(
    r"References?\s+(?P<first>\d+)(?:-(?P<last>\d+))?\s+-\s+(?P<percent>\d+)(?:[.,](?P<parts>\d+))?\s*%\s+Coverage"
)
_NAME = re.compile(r"Name:\s*(\S.*)")
# What stands in front of the path of a code, or of a document.
_ROOT = re.compile(r"^(?:Nodes|Codes|Files|Internals|Externals)\\+")


class _Passage(NamedTuple):
    """A passage: how many references it stands for, the least share of its document, its lines."""

    references: int
    share: float
    lines: list[str]


def is_report(text: str) -> bool:
    """Whether a text is such an export: a line of a document, and one of a passage right below it."""
    lines = [line for line in map(one_line, text.splitlines()) if line]
    return any(_DOCUMENT.fullmatch(a) and _REFERENCE.fullmatch(b) for a, b in pairwise(lines))


def read_report(text: str, path: Path, problems: Problems, coder: str | None = None) -> CodedFile:
    """An export as selections, in its order.

    Args:
        text: of the file.
        path: its name without ending is the code, where no line says it.
        problems: bound to the file with `Problems.at`.
        coder: who coded; the file does not tell.
    """
    code = path.stem
    said: list[tuple[str, int, list[_Passage]]] = []  # document, number of references, its passages
    for line in normalise_text(text).split("\n"):
        written = one_line(line)
        if match := _DOCUMENT.fullmatch(written):
            said.append((_last(match["path"]), int(match["count"]), []))
        elif said and (match := _REFERENCE.fullmatch(written)):
            said[-1][2].append(_passage(match))
        elif said and said[-1][2]:
            said[-1][2][-1].lines.append(line.rstrip())
        elif not said and (match := _NAME.fullmatch(written)):
            code = match[1]
    code = re.sub(r"\\+", r"\\", _ROOT.sub("", code))
    coded = CodedFile(problems.file, "nvivo", "NVivo", codes=tool_codes([code]), units=())
    for document, count, passages in said:
        if (found := sum(passage.references for passage in passages)) != count:
            problems.add(
                "passages",
                f'"{document}" should have {count} passages here, and has {found}.',
                f'"{document}" ควรมีข้อความ {count} แห่งในไฟล์นี้ แต่พบ {found} แห่ง',
                hint_en="Export the code from NVivo again, and leave the file as it is.",
                hint_th="ส่งออกรหัสนี้จาก NVivo ใหม่ โดยไม่แก้ไฟล์",
            )
        for passage in passages:
            number = len(coded.selections) + 1
            quoted = "\n".join(passage.lines).strip()
            place = f"passage {number}"
            coded.selections.append(
                Selection(document, None, None, (code,), coder or "", quoted, place, share=passage.share)
            )
    names = dict.fromkeys(selection.source for selection in coded.selections)
    coded.sources = [Source(name, name) for name in names]
    return coded


def _passage(match: re.Match[str]) -> _Passage:
    """What the line above a passage says of it."""
    parts = match["parts"] or ""
    # The percentage is rounded: what is meant may be smaller by half of its last digit.
    percent = int(match["percent"] + parts) - 0.5
    references = 1 + int(match["last"] or match["first"]) - int(match["first"])
    return _Passage(references, max(0.0, percent / 10 ** len(parts) / 100), [])


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def read_nvivo(
    path: Path, problems: Problems, coder: str | None = None, known: Collection[str] = ()
) -> CodedFile | None:
    """The passages of a code, as text or as a Word document; None, with a problem, if it can't be read."""
    text = docx_text(path, problems) if path.suffix.lower() == ".docx" else read_text(path, problems)
    return None if text is None else read_report(text, path, problems, coder)


NVIVO = Reader(
    "nvivo",
    "NVivo, passages of a code / ข้อความของรหัสหนึ่ง",
    (".txt",),
    read_nvivo,
    is_own=lambda path: is_report(read_text(path, Problems()) or ""),
)
