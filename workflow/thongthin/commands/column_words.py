"""Words by which the columns of a survey file are known: site, group, what is personal, how respondents were drawn."""

from __future__ import annotations

import re
from typing import Literal

PERSONAL = re.compile(
    r"ชื่อ[\s–-]*(และ)?\s*(นาม)?สกุล|^ชื่อ|เบอร์|โทรศัพท์|อีเมล|ไอดีไลน์|line id|บัตรประชาชน|e-?mail|\bphone|telephone|^name\b"
    r"|(full|first|last) ?name|ip ?addr|latitude|longitude"
    r"|วันเกิด|วัน.{0,9}ปี\s*เกิด|เกิดวันที่|birth ?da(te|y)|date of birth|\bdob\b",
    re.IGNORECASE,
)


PERSONAL_CELL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}|\d-?\d{4}-?\d{5}-?\d{2}-?\d")


SITE = re.compile(
    r"พื้นที่|หน่วยงาน|องค์กรปกครอง|อปท|อบต|เทศบาล|ตำบล|อำเภอ|จังหวัด|สังกัด(?!\s*(คณะ|สาขา|ภาค|แผนก|ฝ่าย))|\bsite\b|municipal|organi[sz]ation|district|province"
    r"|country",
    re.IGNORECASE,
)


SITE_CELL = re.compile(r"เทศบาล|อบต|องค์การบริหาร|\bท[ตมน]\.|municipality|subdistrict|\bSAO\b", re.IGNORECASE)


GROUP = re.compile(r"กลุ่ม|สถานะ|ท่านเป็น|ผู้ตอบ|บทบาท|\bgroup\b|\brole\b|respondent|you are", re.IGNORECASE)


GROUP_CELL = re.compile(r"เจ้าหน้าที่|ประชาชน|บุคลากร|ข้าราชการ|ผู้บริหาร|official|citizen|staff|resident", re.IGNORECASE)


# Numbers for what people are, rather than for what they think.
ABOUT = re.compile(
    r"เพศ|อายุ|การศึกษา|อาชีพ|รายได้|ตำแหน่ง|ประสบการณ์|\b(age|sex|gender|education|occupation|income|position|experience)\b",
    re.IGNORECASE,
)


# Weights of respondents, rather than of bodies.
WEIGHT = re.compile(
    r"(^|[\W_])(weights?|wt|wgt|pweight|pw|w8|finalwt)($|[\W_\d])|weight$|น้ำหนัก(?!ตัว)|ถ่วงน้ำหนัก", re.IGNORECASE
)


# A longer header is a question, whatever words stand in it.
NAME = 30


# How respondents were drawn, in the words of samplers alone: a district may be a stratum, a cluster or neither.
DRAWN: dict[Role, re.Pattern[str]] = {
    "stratum": re.compile(r"(^|[\W_])(strat(um|a|id)?|sdmvstra)($|[\W_\d])|ชั้นภูมิ", re.IGNORECASE),
    "cluster": re.compile(
        r"(^|[\W_])(psu|psuid|sdmvpsu|clusters?|clusterid)($|[\W_\d])|primary sampling unit|คลัสเตอร์"
        r"|หน่วยตัวอย่างขั้น(ที่)?\s*(แรก|1|หนึ่ง)",
        re.IGNORECASE,
    ),
}


# What people write in their own words.
OPEN = re.compile(
    r"ข้อเสนอแนะ|ข้อคิดเห็น|ความ(คิด)?เห็น(เพิ่มเติม|อื่น)|เสนอแนะ|เพิ่มเติม|โปรดระบุ|\(ระบุ|กรุณาระบุ|เพราะเหตุใด|เหตุผล|เพราะอะไร|อธิบาย|หมายเหตุ|แสดงความคิดเห็น"
    r"|comment|suggest|feedback|remark|explain|\bwhy\b|specify|in your own words|anything else|other \(|describe",
    re.IGNORECASE,
)


Role = Literal["time", "metadata", "personal", "site", "group", "weight", "stratum", "cluster", "scale", "choice",
               "choices", "category", "number", "text", "empty"]  # fmt: skip
