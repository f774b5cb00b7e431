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

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thongthin.basics.language import BUDDHIST_ERA, Language
from thongthin.basics.one_language import notice_one_language
from thongthin.basics.problems import Problems
from thongthin.basics.text import called_alike
from thongthin.basics.yaml_source import key_name, load_yaml, validate
from thongthin.read.references.works import CROSS_REFERENCE, Work

__all__ = ["CROSS_REFERENCE", "FOREIGN", "LOCALES", "Work", "csl_entries", "read_references"]

LOCALES = {"th": "th-TH", "en": "en-US"}
# The mark of a foreign work in the Thai list.
FOREIGN = "foreign"
# The roles of people in a work.
NAMES = ("author", "editor", "translator")


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


def whole_name(name: Mapping[str, str]) -> str:
    """A name as it is written in Thai, from given and family name or from `literal`."""
    return name.get("literal") or " ".join(name[part] for part in ("given", "family", "suffix") if name.get(part))


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
        for role in NAMES:
            if role in entry:
                entry[role] = [{"literal": whole_name(name)} for name in entry[role]]
    elif language == "th":
        entry["annote"] = FOREIGN
    return entry
