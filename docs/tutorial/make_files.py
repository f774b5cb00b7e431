"""Writes the files of the tutorial's study into `files/`, beside this script: interviews, coding and a survey.

People, places and words are made up. The same input gives the same bytes: the answers come from `random.Random(SEED)`,
and Word files and workbooks carry one fixed date. Run it from the project folder with
`python docs/tutorial/make_files.py`.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from docx import Document
from openpyxl import Workbook

FILES = Path(__file__).resolve().parent / "files"
SEED = 2567
MADE = datetime(2024, 9, 20, 7, 0)

# Question and answer in turn, begun by the interviewer.
INTERVIEWS = {
    "P01": (
        "ที่หมู่บ้านเริ่มแยกขยะกันอย่างไรคะ",
        "เริ่มจากจุดรับขยะหน้าวัดค่ะ เดินไปสองนาทีก็ถึง ตอนเย็นใครออกมาก็ถือถุงติดมือมาด้วย",
        "แล้วคนในบ้านรู้วิธีแยกกันหมดไหมคะ",
        "รู้ค่ะ อสม. มาสอนถึงบ้าน ติดป้ายสีไว้ที่ถังให้ด้วย เด็ก ๆ จำได้ก่อนผู้ใหญ่เสียอีก",
        "อะไรทำให้ทำต่อเนื่องได้คะ",
        "ผู้ใหญ่บ้านทำให้ดูก่อนค่ะ แกหิ้วถุงมาเองทุกเย็น เราเห็นก็เกรงใจ ต้องทำตาม",
    ),
    "P02": (
        "ที่หมู่บ้านเริ่มแยกขยะกันอย่างไรครับ",
        "ก็มีถังสี่สีตั้งอยู่สามจุด เดินถึงทุกบ้าน ไม่มีข้ออ้างเลย",
        "แล้วคนในบ้านรู้วิธีแยกกันหมดไหมครับ",
        "ส่วนใหญ่รู้ แต่ถุงแกงเปื้อนน้ำมันนี่ยังเถียงกันอยู่ว่าลงถังไหน",
        "แยกแล้วเห็นผลอย่างไรครับ",
        "ค่าเก็บขยะลดลงเดือนละยี่สิบบาท เห็นกับตาเลย",
    ),
    "P03": (
        "ที่หมู่บ้านเริ่มแยกขยะกันอย่างไรคะ",
        "จุดรับอยู่ที่ อบต. ต้องขี่รถไปสี่กิโล คนแก่ไปไม่ไหวหรอกค่ะ",
        "แล้วคนในบ้านรู้วิธีแยกกันหมดไหมคะ",
        "มีคนมาอบรมครั้งหนึ่ง แต่จำไม่ได้แล้วว่าอะไรลงถังไหน สุดท้ายก็รวมถุงเดียว",
        "อะไรทำให้ทำต่อเนื่องไม่ได้คะ",
        "แยกไปแล้วรถขยะก็เทรวมกันอยู่ดี ไม่รู้จะแยกไปทำไม",
    ),
    "P04": (
        "ที่หมู่บ้านเริ่มแยกขยะกันอย่างไรครับ",
        "ผมแยกขวดไว้ขายเองครับ ซาเล้งมารับถึงหน้าบ้านทุกวันเสาร์ สะดวกดี",
        "แล้วคนในบ้านรู้วิธีแยกกันหมดไหมครับ",
        "เรื่องขวดรู้ครับ แต่ขยะเปียกไม่มีใครสอน",
        "มีอะไรที่อยากให้เปลี่ยนไหมครับ",
        "อยากให้รถขยะแยกวันเก็บ ตอนนี้เทรวมกันหมด คนที่แยกมาก็เสียกำลังใจ",
    ),
}

# Participant, code, passage word for word.
CODING = (
    ("P01", "ความสะดวก > จุดทิ้งอยู่ใกล้", "เริ่มจากจุดรับขยะหน้าวัดค่ะ เดินไปสองนาทีก็ถึง"),
    ("P01", "ความรู้ > รู้วิธีแยก", "อสม. มาสอนถึงบ้าน ติดป้ายสีไว้ที่ถังให้ด้วย"),
    ("P01", "ผู้นำ > ผู้นำทำให้ดู", "ผู้ใหญ่บ้านทำให้ดูก่อนค่ะ แกหิ้วถุงมาเองทุกเย็น"),
    ("P02", "ความสะดวก > จุดทิ้งอยู่ใกล้", "มีถังสี่สีตั้งอยู่สามจุด เดินถึงทุกบ้าน"),
    ("P02", "ความรู้ > ไม่รู้วิธีแยก", "ถุงแกงเปื้อนน้ำมันนี่ยังเถียงกันอยู่ว่าลงถังไหน"),
    ("P02", "ผลที่เห็น > แยกแล้วเห็นผล", "ค่าเก็บขยะลดลงเดือนละยี่สิบบาท"),
    ("P03", "ความสะดวก > จุดทิ้งอยู่ไกล", "จุดรับอยู่ที่ อบต. ต้องขี่รถไปสี่กิโล"),
    ("P03", "ความรู้ > ไม่รู้วิธีแยก", "จำไม่ได้แล้วว่าอะไรลงถังไหน"),
    ("P03", "ผลที่เห็น > แยกแล้วไม่เห็นผล", "แยกไปแล้วรถขยะก็เทรวมกันอยู่ดี"),
    ("P04", "ความสะดวก > จุดทิ้งอยู่ใกล้", "ซาเล้งมารับถึงหน้าบ้านทุกวันเสาร์"),
    ("P04", "ความรู้ > ไม่รู้วิธีแยก", "ขยะเปียกไม่มีใครสอน"),
    ("P04", "ผลที่เห็น > แยกแล้วไม่เห็นผล", "ตอนนี้เทรวมกันหมด คนที่แยกมาก็เสียกำลังใจ"),
)

VILLAGES = ("บ้านต้นยาง", "บ้านปลายนา")
ANSWERS = ("ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง")
# Each question with the mean of its answers in either village.
QUESTIONS = {
    "จุดทิ้งขยะแยกประเภทอยู่ใกล้บ้าน": (4.3, 2.2),
    "การนำขยะไปทิ้งใช้เวลาไม่มาก": (4.1, 2.5),
    "ฉันรู้ว่าขยะชนิดใดลงถังใด": (3.9, 2.8),
    "เมื่อไม่แน่ใจ ฉันถามผู้รู้ได้": (3.7, 3.0),
    "บ้านของฉันแยกขยะทุกวัน": (4.2, 2.6),
    "บ้านของฉันทิ้งขยะน้อยลงกว่าปีก่อน": (3.8, 2.7),
}


def main() -> None:
    for folder in ("interviews", "coding", "survey"):
        (FILES / folder).mkdir(parents=True, exist_ok=True)
    for participant, turns in INTERVIEWS.items():
        (FILES / "interviews" / f"{participant}.docx").write_bytes(interview(turns))
    (FILES / "coding" / "SK.xlsx").write_bytes(coding())
    (FILES / "survey" / "responses.csv").write_bytes(responses())


def interview(turns: tuple[str, ...]) -> bytes:
    """An interview as a Word document: a paragraph for each turn, begun with the speaker."""
    document = Document()
    for text, speaker in zip(turns, ("ผู้สัมภาษณ์", "ผู้ให้ข้อมูล") * (len(turns) // 2), strict=True):
        document.add_paragraph(f"{speaker}: {text}")
    document.core_properties.author = ""
    document.core_properties.created = MADE
    written = io.BytesIO()
    document.save(written)
    return at_one_time(written.getvalue())


def coding() -> bytes:
    """The coding of one coder as a workbook: a row for each passage and code.

    Raises:
        ValueError: where a passage does not stand once in what the participant says.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "การลงรหัส"
    sheet.append(["participant", "code", "text"])
    for participant, code, passage in CODING:
        if sum(answer.count(passage) for answer in INTERVIEWS[participant][1::2]) != 1:
            raise ValueError(f"{participant}: {passage}")
        sheet.append([participant, code, passage])
    sheet.column_dimensions["B"].width = 24
    sheet.column_dimensions["C"].width = 60
    book.properties.creator = ""
    book.properties.created = MADE
    written = io.BytesIO()
    book.save(written)
    return at_one_time(written.getvalue())


def responses() -> bytes:
    """Twenty responses as Google Forms exports them, ten of each village."""
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(["ประทับเวลา", "ท่านอยู่ในพื้นที่ใด", "เพศ", *QUESTIONS])
    table.writerows(answered())
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def answered() -> Iterator[list[str]]:
    chance = random.Random(SEED)
    at = MADE
    for number in range(20):
        at += timedelta(minutes=7 + int(chance.random() * 70))
        village = number % 2
        # What a person finds of one thing he or she finds a little of all.
        own = (chance.random() - 0.5) * 1.6
        points = [
            min(5, max(1, round(means[village] + own + (chance.random() - 0.5) * 1.6))) for means in QUESTIONS.values()
        ]
        sex = "หญิง" if chance.random() < 0.55 else "ชาย"
        time = f"{at.day}/{at.month}/{at.year + 543}, {at.hour}:{at.minute:02}:00"
        yield [time, VILLAGES[village], sex, *(ANSWERS[point - 1] for point in points)]


def at_one_time(packed: bytes) -> bytes:
    """The same zip with one date for all that is in it: writers put the clock there."""
    written, stamp = io.BytesIO(), f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, old.read(name))
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # otherwise the operating system is noted
            new.writestr(entry, data)
    return written.getvalue()


if __name__ == "__main__":
    main()
