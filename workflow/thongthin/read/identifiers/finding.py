"""What a look for identifiers finds: its kind, its place, and the kinds by name."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongthin.basics.language import normalise_with_map

# Kind -> what people call it, in English and in Thai.
KINDS: dict[str, tuple[str, str]] = {
    "known_person": ("person of the study (people.csv)", "บุคคลของการศึกษา (people.csv)"),
    "citizen_id": ("citizen id", "เลขประจำตัวประชาชน"),
    "passport": ("passport number", "เลขหนังสือเดินทาง"),
    "phone": ("phone number", "หมายเลขโทรศัพท์"),
    "email": ("e-mail address", "อีเมล"),
    "line_id": ("LINE id", "ไอดีไลน์"),
    "account_name": ("account on a network or a page", "บัญชีสื่อสังคมหรือเพจ"),
    "bank_account": ("bank account", "เลขที่บัญชีธนาคาร"),
    "plate": ("number plate", "ทะเบียนรถ"),
    "number": ("long number", "เลขชุดยาว"),
    "coordinates": ("coordinates", "พิกัด"),
    "network_address": ("address of a device", "ที่อยู่ของอุปกรณ์"),
    "address": ("address", "ที่อยู่"),
    "birth_date": ("date of birth", "วันเกิด"),
    "health": ("health of a person", "สุขภาพของบุคคล"),
    "name": ("name of a person", "ชื่อบุคคล"),
    "nickname": ("nickname", "ชื่อเล่น"),
    "place": ("place below the site", "สถานที่ระดับย่อยกว่าพื้นที่"),
    "organisation": ("organisation", "องค์กร"),
    "role": ("role that one person holds", "ตำแหน่งที่มีผู้ดำรงเพียงคนเดียว"),
    "lone_answer": ("answer that one respondent alone gave", "คำตอบที่มีผู้ตอบเพียงคนเดียว"),
    "property": ("property of a file", "คุณสมบัติของไฟล์"),
}


class Found(NamedTuple):
    """An identifier in a text: half-open, in code points of the text that was searched."""

    kind: str
    start: int
    end: int


class Searched:
    """A text as rules search it: digits as 0 to 9, dashes as "-", odd spaces gone; places lead back to the text.

    Args:
        text: as people wrote it.
    """

    _ALIKE = str.maketrans("๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９‐‑‒–—－＠．", "01234567890123456789------@.")

    def __init__(self, text: str) -> None:
        normal, self._starts, self._ends = normalise_with_map(text)
        self.text = normal.translate(self._ALIKE)

    def found(self, kind: str, start: int, end: int) -> Found:
        """The finding between two places of `text`, with those of the text as it was given."""
        first = int(np.searchsorted(self._starts, start, side="right")) - 1
        return Found(kind, first, int(np.searchsorted(self._ends, end, side="left")))
