"""Texts of a survey file that were damaged on their way: with characters that no keyboard types, or lost ones.

So are labels of a form that were opened in a wrong encoding, and those that are longer than any label. Such a text is
no reason to refuse the rest of a file. It stays as it is, with U+FFFD for what could not be read, and is told with its
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thongthin.basics.damage import is_garbled
from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.survey.files.model import SurveyFile

# Control characters except tab and line ends, halves of characters, and what stands for a lost one.
_DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
# Characters of a label; of a longer one its beginning is shown.
_LONGEST, _SHOWN = 1000, 60
# So many texts are told one by one, and so many rows of each.
_TOLD = 5


# Labels saved where there are no such letters.
_LOST = re.compile(r"[?\s.,()/-]*\?{2,}[?\s.,()/-]*")


def _is_damaged(text: str) -> bool:
    return bool(_DAMAGED.search(text)) or is_garbled(text) or bool(_LOST.fullmatch(text))


def _shown(text: str) -> str:
    return one_line(text if len(text) <= _LONGEST else f"{text[:_SHOWN]}...")


def tell_damaged(file: SurveyFile, problems: Problems) -> None:
    """Add one notice of all cells, questions and labels that are damaged, with their columns and rows."""
    found: dict[str, list[tuple[str, str]]] = {}  # text -> where it stands, in English and in Thai
    for column in file.columns:
        name = column.header
        if _is_damaged(name):
            found.setdefault(name, []).append(("the name of a column", "ชื่อคอลัมน์"))
        for text in dict.fromkeys((column.text, *column.texts.values())):
            if text != name and _is_damaged(text):
                found.setdefault(text, []).append((f'the question of column "{name}"', f'คำถามของคอลัมน์ "{name}"'))
        labels = [*column.values.items(), *(pair for own in column.labels.values() for pair in own.items())]
        for value, label in dict.fromkeys(labels):
            if label != value and (_is_damaged(label) or len(label) > _LONGEST):
                place = (f'the label of {value} in column "{name}"', f'ป้ายของค่า {value} ในคอลัมน์ "{name}"')
                found.setdefault(label, []).append(place)
        cells = file.frame[name]
        for cell in cells.unique():
            if _DAMAGED.search(cell):
                found.setdefault(cell, []).append(_rows(cells.index[cells == cell], name))
    if not found:
        return
    listed, more = list(found.items())[:_TOLD], len(found) - _TOLD
    english = "; ".join(f'"{_shown(text)}" ({", ".join(en for en, _ in places)})' for text, places in listed)
    thai = "; ".join(f'"{_shown(text)}" ({", ".join(th for _, th in places)})' for text, places in listed)
    problems.notice(
        "damaged-text",
        f"Texts of this file that are damaged: {len(found)} (\ufffd stands for what is lost): {english}"
        + (f"; and {more} more." if more > 0 else "."),
        f"ข้อความที่เสียหายในไฟล์นี้ {len(found)} ข้อความ (\ufffd แทนส่วนที่หายไป): {thai}"
        + (f" และอีก {more} ข้อความ" if more > 0 else ""),
        hint_en="Correct them where the file comes from and save it again; as they stand, they count as answers.",
        hint_th="แก้ไขในโปรแกรมต้นทางแล้วบันทึกใหม่ หากปล่อยไว้ โปรแกรมจะถือเป็นคำตอบหนึ่งตามที่เป็นอยู่",
    )


def _rows(numbers: Iterable[int], name: str) -> tuple[str, str]:
    rows = list(map(str, numbers))
    listed = ", ".join(rows[:_TOLD]) + (f" ... ({len(rows)})" if len(rows) > _TOLD else "")
    return f'column "{name}", row{"s" * (len(rows) > 1)} {listed}', f'คอลัมน์ "{name}" แถวที่ {listed}'
