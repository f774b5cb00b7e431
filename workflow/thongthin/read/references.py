"""The works that an article cites: one entry a work, both languages in it, and the two lists made from them.

`references.yml` holds what a work is once (type, year, volume, pages ...) and under `th:` and `en:` what differs by
language (authors, title, journal, publisher). From it come two CSL-JSON lists with the same ids: the Thai one in the
Buddhist Era with Thai names left whole, the English one in the Common Era. The forms of the entries are the business of
the citation styles in `report/styles/`.

A foreign work has no `th:`. A Thai article cites it by the family name and the year of the Common Era, and lists it
after the Thai works as the English list does. A work without `en:` stands in Thai in the English list, too.

Fails, with problems instead of exceptions, on unknown keys, a work that stands twice, one without any language or
title, and an id that an article could not cite; a notice tells which works have no `en:`.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from thongthin.basics.language import BUDDHIST_ERA, Language
from thongthin.basics.one_language import notice_one_language
from thongthin.basics.problems import Problems
from thongthin.basics.text import called_alike
from thongthin.basics.yaml_source import key_name, load_yaml, validate

LOCALES = {"th": "th-TH", "en": "en-US"}
# The mark of a foreign work in the Thai list.
FOREIGN = "foreign"

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
    container_title: str | None = Field(default=None, description="Journal, book or site that the work is part of.")
    genre: str | None = Field(default=None, description="Kind of a thesis or report, such as Master's thesis.")
    publisher: str | None = None
    publisher_place: str | None = None
    url: str | None = None
    doi: str | None = None


class Edition(_Facts):
    """A work in one language."""

    title: str = Field(min_length=1)


class Work(_Facts):
    """A work that can be cited."""

    id: str
    type: Literal["article-journal", "book", "chapter", "paper-conference", "report", "thesis", "webpage"]
    issued: Date | None = None
    accessed: Date | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
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
    def _numbers_are_no_dates(self) -> Work:
        for key in ("volume", "issue", "page"):
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", getattr(self, key) or ""):
                raise ValueError(
                    f'{key} "{getattr(self, key)}" is a date; a spreadsheet may have made one of 2-3'
                    f' | {key} "{getattr(self, key)}" เป็นวันที่ โปรแกรมตารางอาจแปลง 2-3 เป็นวันที่'
                    " | Write it in quotation marks, as it is printed: issue: '2-3'"
                    " | เขียนในเครื่องหมายคำพูดตามที่พิมพ์ไว้ เช่น issue: '2-3'"
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


def read_references(path: Path, problems: Problems) -> list[Work]:
    """The works of a `references.yml`, in its order; those that are right, where some are wrong.

    Args:
        path: the file.
        problems: collector, already bound to the file with `Problems.at`.

    Returns:
        None of them where there is no such file, nor one called alike: a study may cite nothing yet.
    """
    if not path.exists() and not called_alike(path):
        return []
    data, lines = load_yaml(path, problems, "list")
    if data is None:
        return []
    works: list[Work] = []
    for position, entry in enumerate(data):
        work = validate(Work, entry, lines, problems, under=(position,))
        if work is None:
            continue
        if work.id in {known.id for known in works}:
            problems.add(
                "duplicate-work",
                f'The work "{work.id}" stands twice.',
                f'มีงาน "{work.id}" ซ้ำกัน',
                row=lines.get((position, "id")),
                column=key_name((position, "id")),
                hint_en="Give each work an id of its own, or leave one entry out.",
                hint_th="ตั้งรหัสให้แต่ละงานไม่ซ้ำกัน หรือลบรายการที่ซ้ำออก",
            )
            continue
        works.append(work)
    thai = [work.id for work in works if work.en is None]
    if thai:
        notice_one_language(problems, "th", keys=thai, row=lines.get((0,)))
    return works


def csl_entries(works: list[Work], language: Language) -> list[dict[str, Any]]:
    """The works as CSL-JSON in one language, in the order given.

    Thai: years in the Buddhist Era, and names as `literal`, since a Thai name is neither inverted nor sorted by its
    family name. English: as the work says. A foreign work in the Thai list is as in the English one, told by its
    `language`, and by `annote`, which the citation styles can ask for.
    """
    return [_csl(work, language) for work in works]


def _csl(work: Work, language: Language) -> dict[str, Any]:
    edition = getattr(work, language) or work.th or work.en
    assert edition is not None  # `Work` sees to it
    thai = language == "th" and edition is work.th
    shared = work.model_dump(by_alias=True, exclude_none=True, exclude={"th", "en"})
    own = edition.model_dump(by_alias=True, exclude_none=True)
    entry = {**shared, **own, "language": LOCALES["th" if edition is work.th else "en"]}
    for date in ("issued", "accessed"):
        if date in entry:
            year, *rest = entry[date]
            entry[date] = {"date-parts": [[year + BUDDHIST_ERA if thai else year, *rest]]}
    if edition is work.th:
        for role in ("author", "editor"):
            if role in entry:
                entry[role] = [{"literal": n.get("literal") or f"{n['given']} {n['family']}"} for n in entry[role]]
    elif language == "th":
        entry["annote"] = FOREIGN
    return entry
