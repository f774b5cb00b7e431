"""Answers to two forms as Google Forms (in Thai) and Qualtrics export them; all are drawn, and always the same.

The other surveys of the first tries stand in tests/data/surveys, as their tools wrote them.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence


def points(rows: Sequence[Sequence[str]], column: int, words: Sequence[str]) -> tuple[int, int]:
    """How many cells of a column hold one of the words of a scale, lowest first, and the sum of their points."""
    values = [words.index(row[column]) + 1 for row in rows[1:] if row[column]]
    return len(values), sum(values)


def ticks(rows: Sequence[Sequence[str]], column: int, option: str, between: str) -> tuple[int, int]:
    """How many respondents ticked anything in a column, and how many an option that no other one has as a part."""
    cells = [f"{between}{row[column]}{between}" for row in rows[1:] if row[column]]
    return len(cells), sum(f"{between}{option}{between}" in cell for cell in cells)


# --- Google Forms -----------------------------------------------------------------------------------------------------

TAMBONS = ("ต.น้ำใส", "ต.ดอนหวาน")
ROLES = ("ประชาชน", "อาสาสมัครสาธารณสุข")
# Options hold commas, and one stands within another.
CHANNELS = ("สื่อสังคม (ไลน์, เฟซบุ๊ก)", "เฟซบุ๊ก", "โทรศัพท์", "อีเมล, จดหมาย")
PLEASED = ("พอใจน้อยที่สุด", "พอใจน้อย", "พอใจปานกลาง", "พอใจมาก", "พอใจมากที่สุด")
GRID = "ท่านพอใจต่อสิ่งต่อไปนี้เพียงใด"
# Row of the grid, and what it measures.
ROWS = (
    ("การเยี่ยมบ้าน", "care"),
    ("การตอบข้อสงสัย", "care"),
    ("ความง่ายของแอป", "app"),
    ("ความเร็วของแอป", "app"),
    ("สุขภาพของท่านโดยรวม", "health"),
    ("การได้พบแพทย์เมื่อต้องการ", "health"),
)
REMARKS = ("อยากให้มาเยี่ยมบ่อยกว่านี้", "- ไม่มี", "แอปค้างบ่อย โดยเฉพาะตอนเช้า", "ขอบคุณ อสม. ทุกท่าน", "สัญญาณไม่ดีเลยครับ")


def google() -> bytes:
    """The Thai form as Google exports it, every cell in quotes."""
    return _quoted(google_rows())


def google_rows(n: int = 40) -> list[list[str]]:
    """The header and the answers; times of the Buddhist Era with the month first, in the order of the rows."""
    rng = random.Random(2567)
    header = ["ประทับเวลา", "ท่านอยู่ในพื้นที่ใด", "ท่านเป็น", "ท่านติดต่อ อสม. ทางใดบ้าง"]
    rows = [[*header, *(f"{GRID} [{row}]" for row, _ in ROWS), "ข้อเสนอแนะเพิ่มเติม"]]
    for i in range(n):
        level = {"care": rng.gauss(2.2 + 0.5 * (i % 2), 0.8), "app": rng.gauss(1.9, 0.8)}
        level["health"] = (level["care"] + level["app"]) / 2
        answers = [PLEASED[min(4, max(0, round(rng.gauss(level[what], 0.6))))] for _, what in ROWS]
        ways = ", ".join(way for way in CHANNELS if rng.random() < 0.45)
        day = 3 + i // 2  # 3 to 22 April
        time = f"04/{day:02}/2567 {9 + i % 2:02}:{i:02} ก่อนเที่ยง"
        remark = REMARKS[i // 8] if i % 8 == 3 else ""
        rows.append([time, TAMBONS[i % 2], ROLES[i % 5 == 0], ways, *answers, remark])
    return rows


# --- Qualtrics --------------------------------------------------------------------------------------------------------

OFTEN = ("Never", "Rarely", "Sometimes", "Usually", "Always")
LIKELY = (
    "Extremely unlikely",
    "Somewhat unlikely",
    "Neither likely nor unlikely",
    "Somewhat likely",
    "Extremely likely",
)
REACHED = ("Email", "Phone, text messages", "Letter", "At the counter")
# Code, question, answers, and what it measures.
QUESTIONS = (
    ("Q3_1", "How often ... - is the counter open when you come?", OFTEN, "access"),
    ("Q3_2", "How often ... - are your questions answered at once?", OFTEN, "access"),
    ("Q3_3", "How often ... - are the clerks polite?", OFTEN, "manners"),
    ("Q3_4", "How often ... - do the clerks listen to you?", OFTEN, "manners"),
    ("Q4_1", "How likely are you to ... - come again?", LIKELY, "return"),
    ("Q4_2", "How likely are you to ... - tell others to come?", LIKELY, "return"),
)
_KEPT = (
    ("StartDate", "Start Date"),
    ("EndDate", "End Date"),
    ("Status", "Response Type"),
    ("Progress", "Progress"),
    ("Duration (in seconds)", "Duration (in seconds)"),
    ("Finished", "Finished"),
    ("RecordedDate", "Recorded Date"),
    ("ResponseId", "Response ID"),
)


def qualtrics() -> bytes:
    """The form as Qualtrics exports it, but without the third row of headers."""
    return b"\xef\xbb\xbf" + _quoted(qualtrics_rows())


def qualtrics_rows(n: int = 43) -> list[list[str]]:
    """The codes, the questions below them, and the answers, of which the first two are previews."""
    rng = random.Random(4102)
    asked = [("Q1", "Which office did you visit?"), ("Q2", "How did you reach us? Choose all that apply.")]
    asked += [(code, text) for code, text, *_ in QUESTIONS]
    asked += [("Q5", "What should we do better?")]
    rows = [[code for code, _ in (*_KEPT, *asked)], [text for _, text in (*_KEPT, *asked)]]
    for i in range(n):
        level = {"access": rng.gauss(2.0 + 0.5 * (i % 2), 0.8), "manners": rng.gauss(2.5, 0.8)}
        level["return"] = (level["access"] + level["manners"]) / 2
        answers = [said[min(4, max(0, round(rng.gauss(level[what], 0.6))))] for *_, said, what in QUESTIONS]
        ways = ",".join(way for way in REACHED if rng.random() < 0.4)
        times = [f"2024-05-{1 + i // 3:02} 1{i % 3}:{10 + i}:{second}" for second in ("05", "55", "56")]
        kept = [times[0], times[1], "Survey Preview" if i < 2 else "IP Address", "100", str(180 + 7 * i), "True",
                times[2], f"R_{i:02}xKq8{i * i % 97:02}"]  # fmt: skip
        remark = ("Longer hours", "=) nothing", "More counters, please", "Less paper")[i // 12] if i % 12 == 5 else ""
        rows.append([*kept, ("Harbour office", "Hill office")[i % 2], ways, *answers, remark])
    return rows


def _quoted(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
