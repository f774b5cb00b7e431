"""The codebook: codes, their parents, labels and definitions (`codebook.csv`).

A theme is a code without parent; every code below it belongs to it. Fails, with problems, on empty or double ids, a
parent that is no code, codes that are each other's parent, and a factor or valence that doesn't exist.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from thongthin.problems import Problems
from thongthin.readers.frame import report_ids
from thongthin.readers.sheets import by_row, read_columns, report_empty, report_unknown
from thongthin.study import Study

VALENCES = ("enabling", "hindering", "neutral")


def read_codebook(path: Path, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `codes`, in the order of the file.

    Args:
        study: gives the factors and outcomes of the framework; None doesn't judge the column `factor`.
    """
    frame, here = read_columns(
        path,
        problems,
        ("code_id", "label_th", "label_en"),
        ("parent_id", "definition_th", "definition_en", "factor", "valence"),
    )
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
