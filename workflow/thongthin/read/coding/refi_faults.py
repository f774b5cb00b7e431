"""What is wrong in a project in the format REFI-QDA: elements without id, ids that stand twice, lost references."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.read.coding.refi_elements import children_of, guid_of

LISTED = 10  # so many places are named in a message

_REFERENCES = {
    "CodeRef": ("code", "รหัส"),
    "MemberCode": ("code", "รหัส"),
    "MemberSource": ("document", "เอกสาร"),
    "SelectionRef": ("passage", "ข้อความที่เลือก"),
    "VariableRef": ("variable", "ตัวแปร"),
    "NoteRef": ("note", "บันทึก"),
}


@dataclass
class Faults:
    """Tells what is wrong with an element as it comes, and collects references until all elements are known.

    Args:
        problems: bound to the file with `Problems.at`.
    """

    problems: Problems
    dangling: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # reference, id: where from
    uncoded: list[str] = field(default_factory=list)  # the places of codings without a code

    def lost(self, reference: str, target: str, place: str) -> None:
        """Note that something refers to what is not there; it is told with the others of its kind."""
        self.dangling.setdefault((reference, target), []).append(place)

    def references(self, element: ET.Element, name: str, place: str) -> Iterator[str]:
        """The ids that an element refers to by child elements of a name."""
        for reference in children_of(element, name):
            target = guid_of(reference, "targetGUID") or guid_of(reference)
            if target:
                yield target
            else:
                self.lost(name, "", place)

    def is_new(self, element: ET.Element, known: Container[str], what: str) -> bool:
        """Whether an element has an id and is the first to have it; else a problem is added."""
        id_ = guid_of(element)
        if not id_:
            name = one_line(element.get("name", ""))
            self._report("no-id", f'{what} "{name}" has no id (guid).', f'{what} "{name}" ไม่มีรหัสประจำตัว (guid)')
        elif id_ in known:
            self.report_double(what, id_)
        return bool(id_) and id_ not in known

    def report_double(self, what: str, id_: str) -> None:
        en, th = f"{what} {id_}: this id stands for two things.", f"{what} {id_}: รหัสประจำตัวนี้ใช้กับสองสิ่ง"
        self._report("double-id", en, th)

    def report_position(self, element: ET.Element, source: ET.Element) -> None:
        start, end = (one_line(element.get(key, "")) for key in ("startPosition", "endPosition"))
        name, id_ = one_line(source.get("name", "")), guid_of(element)
        self._report(
            "position",
            f'Selection {id_} in "{name}": "{start}" to "{end}" is no passage of a text.',
            f'ข้อความที่เลือก {id_} ใน "{name}": ตำแหน่ง "{start}" ถึง "{end}" ไม่ใช่ช่วงของข้อความ',
        )

    def report_lost(self) -> None:
        """Tell of the references, once all elements were read and followed."""
        self._tell_lost_cases()
        if self.uncoded:
            listed = ", ".join(dict.fromkeys(self.uncoded[:LISTED]))
            more = len(self.uncoded) - LISTED
            more_en, more_th = (f" and {more} more", f" และอีก {more} แห่ง") if more > 0 else ("", "")
            self._report(
                "coding-without-code",
                f"Codings that name no code (CodeRef): {listed}{more_en}.",
                f"การลงรหัสที่ไม่ระบุรหัส (CodeRef): {listed}{more_th}",
            )
        for (reference, target), places in self.dangling.items():
            if reference == "SourceRef":
                continue
            en, th = _REFERENCES[reference]
            more_en, more_th = (f" ({len(places)} times)", f" ({len(places)} ครั้ง)") if len(places) > 1 else ("", "")
            self._report(
                "dangling-reference",
                f'{places[0]}{more_en}: refers to a {en} that is not in this file ("{target}").',
                f'{places[0]}{more_th}: อ้างถึง{th}ที่ไม่มีในไฟล์นี้ ("{target}")',
            )

    def _tell_lost_cases(self) -> None:
        """A notice of the cases whose documents the file doesn't know; QualCoder's exports are often so."""
        lost = [place for (name, _), places in self.dangling.items() if name == "SourceRef" for place in places]
        if lost:
            names = ", ".join(dict.fromkeys(place.removeprefix("case").strip() for place in lost))
            self.problems.notice(
                "lost-cases",
                f"Which documents belong to these cases is not told by this file: {names}.",
                f"ไฟล์นี้ไม่บอกว่าเอกสารใดเป็นของกรณีเหล่านี้: {names}",
                hint_en="This matters only if variables are kept (coding: keep). Of QualCoder, take the folder .qda.",
                hint_th="มีผลเฉพาะเมื่อเก็บตัวแปร (coding: keep) หากใช้ QualCoder ให้ใช้โฟลเดอร์ .qda แทน",
            )

    def _report(self, kind: str, en: str, th: str) -> None:
        self.problems.add(
            kind,
            en,
            th,
            hint_en="Export the project from the tool again; if it stays so, delete the element in the tool.",
            hint_th="ส่งออกโครงการจากโปรแกรมอีกครั้ง หากยังพบอีก ให้ลบรายการนั้นในโปรแกรม",
        )
