"""The codebook: codes, their parents, labels and definitions (`codebook.csv`, `.xlsx`, or `.qdc` of a coding tool).

A theme is a code without parent; every code below it belongs to it. A `.qdc` (REFI-QDA) knows a name and a description
of each code; ids are made from the names, and what our own export notes in the descriptions is read back. Taguette
writes its tags one after another, called by their whole paths and without descriptions.

Fails, with problems, on empty or double ids, a parent that is no code, codes that are each other's parent, and a factor
or valence that doesn't exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

import pandas as pd

from thongthin.problems import Problems
from thongthin.readers.coding.model import ToolCode
from thongthin.readers.coding.refi import read_refi
from thongthin.readers.coding.taguette import codes_of_tags
from thongthin.readers.frame import report_ids
from thongthin.readers.sheets import Columns, by_row, read_columns, report_empty, report_unknown
from thongthin.readers.text import report_missing
from thongthin.study import Study, is_identifier
from thongthin.tables import ALL

VALENCES = ("enabling", "hindering", "neutral")
CODEBOOK = Columns(
    ("code_id", "parent_id", "label_th", "label_en", "definition_th", "definition_en", "factor", "valence"),
    required=("code_id", "label_th", "label_en"),
)


def read_codebook(path: Path, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `codes`, in the order of the file.

    Args:
        study: gives the factors and outcomes of the framework; None doesn't judge the column `factor`.
    """
    if path.suffix.lower() == ".qdc":
        frame, here = _read_exchanged(path, problems), problems
    else:
        frame, here = read_columns(path, problems, CODEBOOK.required, CODEBOOK.optional)
    report_ids(frame, "code_id", here)
    report_empty(frame, ("label_th", "label_en"), here)
    report_unknown(frame, "parent_id", set(frame["code_id"]), here, "unknown-code",
                   'The parent "{}" is not a code of this table.', 'ไม่มีรหัสแม่ "{}" ในตารางนี้')  # fmt: skip
    report_unknown(frame, "factor", set(study.constructs) if study else set(), here, "unknown-construct",
                   '"{}" is neither a factor nor an outcome of the framework in study.yml.',
                   'ไม่มี "{}" ใน framework ของ study.yml')  # fmt: skip
    report_unknown(frame, "valence", VALENCES, here, "valence",
                   '"{}" is not possible here; write enabling, hindering, neutral, or nothing.',
                   'ใช้ "{}" ไม่ได้ ให้เขียน enabling, hindering, neutral หรือเว้นว่าง')  # fmt: skip
    parents = {code: parent for code, parent in zip(frame["code_id"], frame["parent_id"], strict=True) if code}
    themes = []
    for row, code in by_row(frame["code_id"]):
        path_up = [code]
        while (parent := parents.get(path_up[-1], "")) in parents and parent not in path_up:
            path_up.append(parent)
        if parent in path_up:
            circle = " > ".join([*path_up[path_up.index(parent) :], parent])
            here.add(
                "parent-cycle",
                f"The parents of this code run in a circle: {circle}.",
                f"รหัสแม่ของรหัสนี้วนกลับมาหาตัวเอง: {circle}",
                row=row,
                column="parent_id",
                hint_en="Leave the parent of the uppermost code empty.",
                hint_th="เว้นว่าง parent_id ของรหัสบนสุด",
            )
        themes.append(path_up[-1])
    return frame.assign(theme_id=pd.Series(themes, index=frame.index, dtype=str), position=range(1, len(frame) + 1))


def ids_of_codes(codes: Sequence[ToolCode]) -> dict[str, str]:
    """An id for each code of a tool, by the tool's own id: the one our export noted, else made from the name.

    Names give their Latin letters and digits in lower case; where they have none (Thai names), codes are numbered
    c01, c02 ... in the order of the file. A name that several codes bear stands behind the id of the code above
    (budget_shortage, skills_shortage): an id that is their common label would claim what is meant for the others. Of
    two that would still be called alike, the second gets a number.
    """
    made: dict[str, str] = {}
    for number, code in enumerate(codes, start=1):
        plain = unicodedata.normalize("NFKD", code.name).encode("ascii", "ignore").decode().lower()
        id_ = code.details.get("code_id", "") or re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        made[code.id] = id_ if is_identifier(id_) and id_ != ALL else f"c{number:02d}"
    times = Counter(made.values())
    found: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        id_, above = made[code.id], found.get(code.parent, "")
        if times[id_] > 1 and above and id_ != code.details.get("code_id") and is_identifier(f"{above}_{id_}"):
            id_ = f"{above}_{id_}"
        found[code.id] = next(name for name in chain([id_], (f"{id_}_{n}" for n in count(2))) if name not in taken)
        taken.add(found[code.id])
    return found


def codebook_rows(codes: Sequence[ToolCode]) -> list[dict[str, str]]:
    """The codes of a tool as rows of `codebook.csv`; a label or definition in one language stands for both."""
    ids = ids_of_codes(codes)
    return [
        {
            "code_id": ids[code.id],
            "parent_id": ids.get(code.parent, ""),
            "label_th": code.details.get("label_th", code.name),
            "label_en": code.details.get("label_en", code.name),
            "definition_th": code.details.get("definition_th", "" if code.details else code.description),
            "definition_en": code.details.get("definition_en", "" if code.details else code.description),
            "factor": code.details.get("factor", ""),
            "valence": code.details.get("valence", ""),
        }
        for code in codes
    ]


def _read_exchanged(path: Path, problems: Problems) -> pd.DataFrame:
    coded = read_refi(path, problems) if path.is_file() else None
    if coded is None and not problems.found:
        report_missing(path, problems)
    codes = coded.codes if coded else []
    if coded and coded.tool.startswith("Taguette"):
        codes = [replace(code, details={}) for code in codes_of_tags(codes)]
    rows = codebook_rows(codes)
    return pd.DataFrame(rows, columns=list(CODEBOOK.all), dtype=str, index=range(1, len(rows) + 1))
