"""What the tables of tests say alike: how intervals, corrections and weights are told."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.present.labels import Labels
from thongthin.present.tables.parts import Record, with_limits

CORRECTED = ("*p* corr.", "*p* ปรับ")


def level_of(analysis: dict[str, Any]) -> str:
    return f"{100 * analysis['comparison']['confidence']:g}%"


def correction_of(labels: Labels, analysis: dict[str, Any]) -> str:
    if analysis["comparison"]["correction"] == "holm":
        return labels.say("Holm’s correction", "วิธีของโฮล์ม")
    return labels.say("Benjamini and Hochberg’s correction", "วิธีของเบนจามินีและฮอคเบิร์ก")


def unweighted(frame: pd.DataFrame, labels: Labels) -> str:
    if not frame["unweighted"].any():
        return ""
    return labels.say(" The tests leave the weights of respondents out.", " การทดสอบไม่ได้ถ่วงน้ำหนักผู้ตอบ")


def interval_of(row: Record, column: str, format: str, labels: Labels) -> str:
    return with_limits(row[column], row[f"{column}_low"], row[f"{column}_high"], format, labels)
