"""What `report/<study>/claims.yml` may say: conditions of claims, words from data, names, differences that are meant.

Each key is a claim with its condition, or a list of conditions all of which must hold; once for both languages. The
keys of `Apart` have a meaning of their own. What conditions may say is the business of `present/claims/`.
"""

from __future__ import annotations

from typing import Any

from pydantic import RootModel

from thongthin.basics.yaml_models import Identifier, Section, described
from thongthin.contract.documents import Document


class Choice(Section):
    """A text for where `when` holds; the one without `when` is said where no other is."""

    when: str = described("A condition; the last choice has none.", "เงื่อนไข ทางเลือกสุดท้ายไม่มีเงื่อนไข", default="")
    th: str
    en: str


class Noun(Section):
    """What is counted: in English one and several of it, in Thai its classifier."""

    one: str = described("In English, of one.", "ภาษาอังกฤษ เอกพจน์")
    several: str = described("In English, of several.", "ภาษาอังกฤษ พหูพจน์")
    th: str = described("The Thai classifier.", "ลักษณนามภาษาไทย")


class Name(Section):
    """What an id is called within a sentence."""

    th: str
    en: str


class Meant(Section):
    """A difference between the languages that is meant: what stands in one of them only, and why."""

    section: str = described("The id of the section, or what its heading says.", "รหัสหรือชื่อของหัวข้อ")
    only: list[str] = described(
        "What is asked for in one language only; without it, whatever differs there.",
        "สิ่งที่มีเพียงภาษาเดียว หากไม่ระบุ หมายถึงทุกอย่างที่ต่างกันในหัวข้อนั้น",
        default_factory=list,
    )
    reason: str = described("Why.", "เหตุผล", min_length=1)
    document: Document = described("Which document.", "เอกสารใด", default="article")


class Conditions(RootModel[dict[Identifier, str | list[str]]]):
    """Claims by their id."""


class Apart(Section):
    """The keys that are no claims."""

    words: dict[Identifier, str | list[Choice]] = described(
        "Texts that data decide, asked for as {{< value words.id >}}.",
        "ถ้อยคำที่ข้อมูลเป็นผู้กำหนด เรียกใช้ด้วย {{< value words.id >}}",
        default_factory=dict,
    )
    names: dict[str, Name] = described(
        "What ids are called within a sentence.", "ชื่อของรหัสเมื่อใช้ในประโยค", default_factory=dict
    )
    nouns: dict[Identifier, Noun] = described("What is counted.", "สิ่งที่นับ", default_factory=dict)
    differences: list[Meant] = described(
        "What the two languages are meant to say differently.", "สิ่งที่ตั้งใจให้สองภาษาต่างกัน", default_factory=list
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema of the whole file: its own keys, and any other as a claim."""
    schema = Apart.model_json_schema()
    of_a_claim = {"description": "A condition, or several that all must hold.\nเงื่อนไข หรือหลายเงื่อนไขที่ต้องเป็นจริงทั้งหมด"}
    kinds: list[dict[str, Any]] = [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    return {**schema, "additionalProperties": {"anyOf": kinds, **of_a_claim}}
