"""The codebook: codes, their parents, labels and definitions, as people write it or as a coding tool exports it.

A theme is a code without parent; every code below it belongs to it. A label in one language stands for both, and so
does a definition; a table that has no ids gets them from its labels, and its parents may then be named by label. The
codebook of a tool (`coding.codebooks`: `.qdc`, Taguette's documents, tables) knows a name and a description of each
code; what our own export notes in the descriptions is read back. A folder of such a codebook that holds all of it is no
theme. All of this is told.

Fails, with problems, on empty or double ids, codes without label, a parent that is no code, codes that are each other's
parent, a factor or valence that doesn't exist, and levels that are no numbers or stand twice below one code.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, count
from pathlib import Path

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line, parse_number
from thongthin.basics.one_language import fill_other_language, language_of
from thongthin.basics.problems import Problems
from thongthin.contract.identifiers import is_identifier
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL
from thongthin.read.coding.codebooks import DOCUMENTS, read_exchanged, tool_table, without_root
from thongthin.read.coding.model import ToolCode
from thongthin.read.files.sheets import Columns, by_row, read_columns, report_empty, report_unknown
from thongthin.read.frame import report_ids

VALENCES = ("enabling", "hindering", "neutral")
LABELS, DEFINITIONS = ("label_th", "label_en"), ("definition_th", "definition_en")
CODEBOOK = Columns(("code_id", "parent_id", *LABELS, *DEFINITIONS, "factor", "valence"), required=("code_id", *LABELS))
# Of a code that stands for a level of the code above it (0, 1, 2): which.
LEVEL = "level"
# So many ids are listed in a message.
_LISTED = 12


def read_codebook(path: Path, study: Study | None, problems: Problems) -> pd.DataFrame:
    """Table `codes`, in the order of the file.

    Args:
        study: gives the factors and outcomes of the framework; None doesn't judge the column `factor`.
    """
    codes: list[ToolCode] | None
    if path.suffix.lower() in (".qdc", *DOCUMENTS):
        codes = read_exchanged(path, problems)
    else:
        codes = tool_table(path, CODEBOOK.all, problems)
    if codes is None:
        optional = [*(name for name in CODEBOOK.all if name not in LABELS), LEVEL]
        frame, here = read_columns(path, problems, LABELS, optional, in_languages=[LABELS])
        frame = _with_ids(frame, here)
    else:
        frame, here = _drafted(codes, problems).assign(**{LEVEL: ""}), problems
        frame = fill_other_language(frame, *LABELS, here)
    # Where they are in one language, the labels have said so.
    frame = fill_other_language(frame, *DEFINITIONS, Problems())[[*CODEBOOK.all, LEVEL]]
    report_ids(frame, "code_id", here)
    report_empty(frame[frame[LABELS[0]] == ""], LABELS[:1], here)  # in neither language
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
        if code and parent in path_up:
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
    _tell_one_theme(themes, parents, here)
    return frame.assign(
        theme_id=pd.Series(themes, index=frame.index, dtype=str),
        level=_levels(frame, here),
        position=range(1, len(frame) + 1),
    )


def _levels(frame: pd.DataFrame, problems: Problems) -> pd.Series:
    """The level that each code stands for, NaN for none; levels of one code must be numbers that differ."""
    levels = frame[LEVEL].map(lambda cell: parse_number(cell) if cell else None).astype(float)
    taken: dict[tuple[str, float], str] = {}
    for row, cell in by_row(frame[LEVEL]):
        parent, level = str(frame.at[row, "parent_id"]), float(levels[row])
        said: tuple[str, str] | None = None
        if cell and np.isnan(level):
            said = f'"{cell}" is no number.', f'"{cell}" ไม่ใช่ตัวเลข'
        elif cell and not parent:
            said = (
                f"Level {cell} is a level of no code: this code has no parent.",
                f"ระดับ {cell} ไม่ได้เป็นระดับของรหัสใด เพราะรหัสนี้ไม่มีรหัสแม่",
            )
        elif cell and (parent, level) in taken:
            first = taken[parent, level]
            said = (
                f'Level {cell} of "{parent}" is that of "{first}" already.',
                f'ระดับ {cell} ของ "{parent}" เป็นของ "{first}" อยู่แล้ว',
            )
        elif cell:
            taken[parent, level] = str(frame.at[row, "code_id"])
        if said:
            problems.add(
                "level",
                *said,
                row=row,
                column=LEVEL,
                hint_en="The levels of a code are codes below it, each with a number of its own, such as 0, 1 and 2.",
                hint_th="ระดับของรหัสคือรหัสย่อยใต้รหัสนั้น แต่ละรหัสมีตัวเลขของตนเอง เช่น 0, 1 และ 2",
            )
    return levels


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
    """The codes of a tool as rows of `codebook.csv`, each name and description in the language that it is in."""
    ids = ids_of_codes(codes)
    rows = []
    for code in codes:
        row = dict.fromkeys(CODEBOOK.all, "") | {"code_id": ids[code.id], "parent_id": ids.get(code.parent, "")}
        if code.details:
            row |= {"label_th": code.name, "label_en": code.name}
            row |= {name: code.details[name] for name in CODEBOOK.all[2:] if name in code.details}
        else:
            for name, written in (("label", one_line(code.name)), ("definition", code.description.strip())):
                row[f"{name}_{language_of(written)}"] = written
        rows.append(row)
    return rows


def _drafted(codes: Sequence[ToolCode], problems: Problems) -> pd.DataFrame:
    """The codes of a tool as the columns of a codebook; a folder that is no theme is told."""
    rows = codebook_rows(without_root(codes, problems))
    return pd.DataFrame(rows, columns=list(CODEBOOK.all), dtype=str, index=range(1, len(rows) + 1))


def _with_ids(frame: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """A table of people with the ids that it lacks throughout: made from labels, by which parents may then be named."""
    if frame.empty or (frame["code_id"] != "").any():
        return frame
    names = frame["label_en"].where(frame["label_en"] != "", frame["label_th"])
    rows = {one_line(label).casefold(): str(row) for column in LABELS for row, label in by_row(frame[column]) if label}
    above = {str(row): rows.get(one_line(cell).casefold(), "") for row, cell in by_row(frame["parent_id"])}
    ids = ids_of_codes([ToolCode(str(row), name, above[str(row)]) for row, name in by_row(names)])
    made = [ids[str(row)] for row in frame.index]
    listed = ", ".join(made[:_LISTED]) + (" ..." if len(made) > _LISTED else "")
    problems.notice(
        "ids-made",
        f"The codes have no ids; they are called after their labels: {listed}.",
        f"รหัสไม่มี code_id จึงตั้งตามป้าย: {listed}",
        column="code_id",
        hint_en="Where quotes.csv or an article names a code, these are the ids; a column code_id makes them your own.",
        hint_th="ใน quotes.csv และบทความให้ใช้ชื่อเหล่านี้ หากต้องการกำหนดเองให้เพิ่มคอลัมน์ code_id",
    )
    parents = [ids.get(above[str(row)], cell) for row, cell in by_row(frame["parent_id"])]
    return frame.assign(code_id=made, parent_id=parents)


def _tell_one_theme(themes: Sequence[str], parents: Mapping[str, str], problems: Problems) -> None:
    """A notice where a single code stands above all others, and some of these above others again."""
    if len(set(themes)) == 1 and any(parents.get(parent) in parents for parent in parents.values()):
        problems.notice(
            "one-theme",
            f'All codes stand below "{themes[0]}": it is the only theme.',
            f'รหัสทั้งหมดอยู่ใต้ "{themes[0]}" จึงมีประเด็นหลักเพียงประเด็นเดียว',
            column="parent_id",
            hint_en="If its parts are the themes, leave their parent_id empty, and take this code out.",
            hint_th="หากรหัสย่อยคือประเด็นหลัก ให้เว้นว่าง parent_id ของรหัสเหล่านั้น แล้วลบรหัสนี้ออก",
        )
