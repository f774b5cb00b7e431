"""What an entry of `references.yml` may say of a work: its facts, and how it is called in each language."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from thongthin.basics.addresses import is_page
from thongthin.basics.language import BUDDHIST_ERA

# What Quarto takes for a cross-reference, so that no work can be called so.
CROSS_REFERENCE = re.compile(
    r"(fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-", re.IGNORECASE
)


class _Entry(BaseModel):
    """Keys are those of CSL (`container-title`, `URL`); one that is not listed is refused."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        populate_by_name=False,
        alias_generator=lambda name: {"url": "URL", "doi": "DOI"}.get(name, name.replace("_", "-")),
    )


class Name(_Entry):
    """A person (given and family name), or whatever is never taken apart (an office, a monk's title) as `literal`."""

    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    literal: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Name:
        if bool(self.literal) == bool(self.given and self.family):
            raise ValueError("a name is either given and family, or literal | ชื่อต้องระบุ given กับ family หรือ literal")
        return self


def _date_parts(value: Any) -> list[int]:
    """2021, "2021-03" or 2021-03-30 as [year, month, day], as far as they go."""
    written = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(value))
    parts = [int(part) for part in written.groups() if part] if written else []
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError):
        raise ValueError(
            f"{value} is not a date; write a year (2021), a month (2021-03) or a day (2021-03-30)"
            f" | {value} ไม่ใช่วันที่ เขียนเป็นปี เดือน หรือวัน เช่น 2021, 2021-03 หรือ 2021-03-30"
        ) from None
    if parts[0] >= 2400:
        common = parts[0] - BUDDHIST_ERA
        raise ValueError(
            f"years here are Common Era: {parts[0]} is {common} | ปีในไฟล์นี้เป็น ค.ศ.: พ.ศ. {parts[0]} คือ {common}"
        )
    return parts


Date = Annotated[list[int], BeforeValidator(_date_parts)]


class _Facts(_Entry):
    """What may stand at the top of a work (the same in both languages) or under a language."""

    author: list[Name] | None = None
    editor: list[Name] | None = None
    translator: list[Name] | None = None
    container_title: str | None = Field(default=None, description="Journal, book or site that the work is part of.")
    genre: str | None = Field(default=None, description="Kind of a thesis or report, such as Master's thesis.")
    publisher: str | None = None
    publisher_place: str | None = None
    volume: str | None = None
    issue: str | None = Field(default=None, description="Number of an issue; of an act, the part of the gazette.")
    page: str | None = None
    number: str | None = Field(default=None, description="Number of a report.")
    version: str | None = Field(default=None, description="Version of software or data.")
    url: str | None = None
    doi: str | None = None

    @model_validator(mode="after")
    def _numbers_are_no_dates(self) -> _Facts:
        for key in ("volume", "issue", "page"):
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", getattr(self, key) or ""):
                raise ValueError(
                    f'{key} "{getattr(self, key)}" is a date; a spreadsheet may have made one of 2-3'
                    f' | {key} "{getattr(self, key)}" เป็นวันที่ โปรแกรมตารางอาจแปลง 2-3 เป็นวันที่'
                    " | Write it in quotation marks, as it is printed: issue: '2-3'"
                    " | เขียนในเครื่องหมายคำพูดตามที่พิมพ์ไว้ เช่น issue: '2-3'"
                )
        return self

    @field_validator("url")
    @classmethod
    def _leads_to_a_page(cls, value: str | None) -> str | None:
        if value is not None and not is_page(value):
            raise ValueError(
                f'"{value}" is no address of a page | "{value}" ไม่ใช่ที่อยู่ของหน้าเว็บ'
                " | Write it as the browser shows it: https://..., without spaces"
                " | เขียนตามที่เบราว์เซอร์แสดง คือ https://... โดยไม่มีช่องว่าง"
            )
        return value


class Edition(_Facts):
    """A work in one language."""

    title: str = Field(min_length=1)
    title_short: str | None = Field(default=None, description="How a work without author is cited in the text.")


Kind = Literal[
    "article-journal",
    "article-newspaper",
    "book",
    "chapter",
    "dataset",
    "interview",
    "legislation",
    "paper-conference",
    "report",
    "software",
    "thesis",
    "webpage",
]


class Work(_Facts):
    """A work that can be cited."""

    id: str
    type: Kind
    issued: Date | None = None
    accessed: Date | None = None
    edition: str | None = None
    th: Edition | None = None
    en: Edition | None = None

    @model_validator(mode="after")
    def _in_a_language(self) -> Work:
        if self.th is None and self.en is None:
            raise ValueError(
                "neither th nor en says who wrote it and what it is called | ไม่มีทั้ง th และ en ซึ่งบอกผู้แต่งและชื่อเรื่อง"
                " | Write them on a line of their own: en: {author: [{given: Fred D., family: Davis}], title: ...}"
                " | เขียนในบรรทัดใหม่ เช่น th: {author: [{given: สมชาย, family: ใจดี}], title: ...}"
            )
        return self

    @model_validator(mode="after")
    def _can_be_cited(self) -> Work:
        if not re.fullmatch(r"[A-Za-z0-9_]+([.:-][A-Za-z0-9_]+)*", self.id) or CROSS_REFERENCE.match(self.id):
            raise ValueError(
                f'"{self.id}" cannot be cited: an id is letters and digits (. : - _ inside), and does not begin like'
                f' a cross-reference (fig-, tbl- ...) | อ้างอิง "{self.id}" ไม่ได้: รหัสใช้ตัวอักษรอังกฤษและตัวเลข'
                " และต้องไม่ขึ้นต้นแบบการอ้างถึงรูปหรือตาราง (fig-, tbl- ...)"
            )
        return self
