"""What the check tells of the strands of a study: where study.yml and the folders do not fit, and what is not read.

Nothing of a study is left out without a word: what lies in the folders and is not read is named in a notice, and what
study.yml says against itself is a problem.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from thongthin.basics.console import command
from thongthin.basics.files import files_in
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.strands import Part, Strand, named_strands, parts_of
from thongthin.read.files.sheets import is_header_alone
from thongthin.read.frame import PARTICIPANTS

# Sections of study.yml that are of one strand.
SECTIONS: dict[Strand, tuple[str, ...]] = {
    "interviews": ("participants", "interviews", "coding", "qca"),
    "survey": ("survey", "model", "models"),
}


def check_strands(said: object, raw: Path, problems: Problems) -> frozenset[Part]:
    """The parts of a study, as `parts_of`; problems and notices where strands, study.yml and folders do not fit.

    Args:
        problems: bound to study.yml.
    """
    keys = said if isinstance(said, dict) else {}
    parts, named = parts_of(said, raw), named_strands(keys)
    interviews = any(files_in(raw / folder, folders=(".qda",)) for folder in ("interviews", "coding"))
    for strand, sections in SECTIONS.items():
        given = [section for section in sections if keys.get(section)]
        if named and strand not in named and given:
            _report_other_section(given, strand, named, problems)
    if "survey" in named and not keys.get("survey"):
        problems.add(
            "no-survey",
            "strands names a survey, but study.yml does not say how it is to be read (survey:).",
            "strands ระบุว่ามีแบบสอบถาม แต่ study.yml ไม่ได้บอกวิธีอ่าน (survey:)",
            column="survey",
            hint_en=f"{command('describe-survey')} with the file of responses and --drafts drafts that part.",
            hint_th=f"สั่ง {command('describe-survey')} ตามด้วยชื่อไฟล์คำตอบและ --drafts เพื่อให้ร่างส่วนนี้",
        )
    if not named and "survey" in parts and not interviews and _nobody(raw):
        line = flow_line("strands", ["survey"])
        problems.add(
            "no-interviews",
            "There is a survey, but nobody was interviewed: participants.csv and interviews/ are empty.",
            "มีแบบสอบถาม แต่ไม่มีผู้ให้ข้อมูล participants.csv และ interviews/ ยังว่างอยู่",
            column="strands",
            hint_en=f"If the study is a survey alone, add to study.yml: {line}",
            hint_th=f"หากการศึกษานี้มีเฉพาะแบบสอบถาม ให้เพิ่มใน study.yml: {line}",
        )
        return parts - {"interviews", "coding", "qca"}
    if named and "interviews" not in parts and interviews:
        line = flow_line("strands", ["interviews", "survey"])
        problems.notice(
            "interviews-not-read",
            "There are files in interviews/ or coding/, but the study is a survey alone: they are not read.",
            "มีไฟล์ใน interviews/ หรือ coding/ แต่การศึกษานี้มีเฉพาะแบบสอบถาม จึงไม่ได้อ่านไฟล์เหล่านั้น",
            column="strands",
            hint_en=f"If they are of this study, write in study.yml: {line}",
            hint_th=f"หากเป็นข้อมูลของการศึกษานี้ ให้แก้ใน study.yml เป็น: {line}",
        )
    if "interviews" in parts and "coding" not in parts:
        _tell_uncoded(parts, interviews, problems)
    return parts


def _tell_uncoded(parts: Collection[Part], interviews: bool, problems: Problems) -> None:
    """Of interviews without coding: a notice that they are not coded yet, a problem where qca compares them."""
    if interviews:
        problems.notice(
            "not-coded",
            "There is no file in coding/: the interviews are not coded yet. They are read and counted, and can be"
            " quoted; all that follows from coding comes once it is there. The codebook is not looked at until then.",
            "ไม่มีไฟล์ใน coding/ จึงถือว่ายังไม่ได้ลงรหัสบทสัมภาษณ์ โปรแกรมอ่านและนับบทสัมภาษณ์แล้ว และยกคำพูดมาใช้ได้"
            " ส่วนผลที่มาจากการลงรหัสจะมีเมื่อวางไฟล์แล้ว ระหว่างนี้ยังไม่ตรวจสมุดรหัส",
            file=f"{problems.file.rsplit('/', 1)[0]}/coding",
            hint_en="Once they are coded, put what your coding tool exports there.",
            hint_th="เมื่อลงรหัสแล้ว ให้วางไฟล์ที่โปรแกรมลงรหัสส่งออกไว้ที่นั่น",
        )
    if "qca" in parts:
        problems.add(
            "not-coded",
            "qca compares coded interviews, but there is no coding yet.",
            "qca เปรียบเทียบบทสัมภาษณ์ที่ลงรหัสแล้ว แต่ยังไม่มีการลงรหัส",
            column="qca",
            hint_en="Put the coding into coding/, or put a # before qca and what stands below it until then.",
            hint_th="วางไฟล์ลงรหัสไว้ใน coding/ หรือใส่ # หน้า qca และบรรทัดใต้ qca ไว้ก่อน",
        )


def _report_other_section(
    given: Collection[str], strand: Strand, named: Collection[Strand], problems: Problems
) -> None:
    """Add a problem for sections of study.yml that are of a strand that the study says it has not."""
    listed, line = ", ".join(given), flow_line("strands", ["interviews", "survey"])
    said_en = {"interviews": "is of interviews", "survey": "is of a survey"}[strand]
    said_th = {"interviews": "การสัมภาษณ์", "survey": "แบบสอบถาม"}[strand]
    problems.add(
        "other-strand",
        f"What stands under {listed} {said_en}, but strands names {' and '.join(named)} alone.",
        f"{listed} เป็นส่วนของ{said_th} แต่ strands ระบุไว้เพียง {' และ '.join(named)}",
        column=listed.split(", ")[0],
        hint_en=f"If the study has both, write: {line}. If not, take {listed} out.",
        hint_th=f"หากการศึกษามีทั้งสองวิธี ให้เขียน {line} หากไม่ใช่ ให้ลบ {listed} ออก",
    )


def _nobody(raw: Path) -> bool:
    """Whether no participant is listed in the folder of a study."""
    tables = [Path(path) for path in files_in(raw) if Path(path).stem == "participants"]
    return all(is_header_alone(path, PARTICIPANTS.all) for path in tables)
