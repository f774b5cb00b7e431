"""The README of a package, after the template of the social science data editors (Vilhuber et al. 2022, version 1.1).

It says what a stranger needs to read, check and, where the data are there, make everything again: sources and rights,
software, hardware, memory, time, seeds, every exhibit with what makes it. The text itself is `readme.<language>.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from thongthin.basics.language import Language, one_line
from thongthin.contract.tables import TABLES
from thongthin.present.package.contents import Package

_MB = 1_000_000
_SHORT_HASH = 16

# What differs from package to package: of made-up data or of the field, with the rows of the data or without.
_SAID: dict[str, tuple[str, str]] = {
    "simulated": (
        "All data of this study were made up for demonstration. No person stands behind them.",
        "ข้อมูลทั้งหมดสร้างขึ้นเพื่อการสาธิต ไม่มีบุคคลจริงอยู่เบื้องหลัง",
    ),
    "field": ("The data were collected in the field by the authors.", "ผู้เขียนเก็บข้อมูลจากภาคสนาม"),
    "open": (
        "The package holds all files of the study: interviews, coding, answers. It is for those who may see them.",
        "แพ็กเกจนี้มีไฟล์ทั้งหมดของการศึกษา: บทสัมภาษณ์ การลงรหัส และคำตอบ สำหรับผู้มีสิทธิ์เข้าถึงเท่านั้น",
    ),
    "public": (
        "The package holds no interviews, no coding and no answers of single people. What is left out, and why, stands"
        " in the privacy report beside the documents. Those who need the data ask the authors.",
        "แพ็กเกจนี้ไม่มีบทสัมภาษณ์ การลงรหัส และคำตอบรายบุคคล สิ่งที่ไม่เผยแพร่และเหตุผลอยู่ในรายงานการคุ้มครองข้อมูล"
        " ผู้ที่ต้องการข้อมูลโปรดติดต่อผู้เขียน",
    ),
    "steps_open": (
        "3. `python3 paper.py build {study}` makes everything again.\n"
        "4. `python3 paper.py verify {study} --rebuild` does so apart, compares every file and writes a report.\n"
        "5. `python3 paper.py explain KEY` leads from a number to the rows and passages that count.",
        "3. `python3 paper.py build {study}` สร้างทุกอย่างใหม่\n"
        "4. `python3 paper.py verify {study} --rebuild` สร้างแยกต่างหาก เทียบทุกไฟล์ และเขียนรายงานให้ลงนาม\n"
        "5. `python3 paper.py explain คีย์` นำจากตัวเลขไปยังแถวข้อมูลและข้อความที่นับ",
    ),
    "steps_public": (
        "3. Every number of the documents stands in `tables/` as well; the page of evidence leads to its cell.\n"
        "4. What needs the rows of the data is named in the privacy report.",
        "3. ตัวเลขทุกค่าในเอกสารอยู่ใน `tables/` ด้วย โดยหน้าหลักฐานนำไปยังช่องของค่านั้น\n"
        "4. สิ่งที่ต้องใช้แถวข้อมูลระบุไว้ในรายงานการคุ้มครองข้อมูล",
    ),
    "article": ("Article", "บทความ"),
    "supplement": ("Supplement", "เอกสารประกอบ"),
    "table": ("table", "ตาราง"),
    "figure": ("figure", "ภาพ"),
    "quote": ("quote", "คำพูด"),
    "value": ("number", "ตัวเลข"),
    "claim": ("sentence bound to a condition", "ประโยคที่ผูกกับเงื่อนไข"),
    "ethics": ("Ethics", "จริยธรรม"),
    "changed": (
        "The results were built before the code or the settings in this package were changed, and may come out"
        " otherwise when they are built again. What changed:",
        "ผลลัพธ์สร้างขึ้นก่อนแก้ไขโค้ดหรือการตั้งค่าในแพ็กเกจนี้ หากสร้างใหม่อาจได้ผลต่างออกไป สิ่งที่แก้ไข:",
    ),
}


def readme(package: Package, language: Language) -> str:
    """The README in one language, as Markdown."""
    ethics = package.described.get("ethics") or {}
    about_ethics = ethics.get(language) or ethics.get("en") or ethics.get("th") or ""
    simulated = package.described.get("provenance") == "simulated"
    size = sum((package.root / name).stat().st_size for name in package.files())
    pieces = {
        "title": package.title[language],
        "authors": ", ".join(own["name"][language] for own in package.authors),
        "study": package.study,
        "documents": "\n".join(f"- `{name}`" for name in package.documents()),
        "changed": _changed(package, language),
        "provenance": _said("simulated" if simulated else "field", language),
        "rows": _said(package.audience, language),
        "ethics": f"{_said('ethics', language)}: {one_line(about_ethics)}" if about_ethics else "",
        "datasets": "\n".join(_inputs(package)),
        "packages": package.record["packages"],
        "engine": package.engine,
        "seed": str(package.record["analysis"].get("seed", "")),
        "memory": f"{max((own[1] for own in package.took.values()), default=0.0):,.0f}",
        "minutes": f"{sum(own[0] for own in package.took.values()) / 60:.1f}",
        "storage": f"{size / _MB:,.0f}",
        "steps": _said(f"steps_{package.audience}", language).format(study=package.study),
        "exhibits": "\n".join(_exhibits(package, language)),
        "settings": json.dumps(package.record["analysis"], ensure_ascii=False, indent=1, sort_keys=True),
    }
    template = Path(__file__).with_name(f"readme.{language}.md").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda place: pieces[place[1]], template)


def _said(what: str, language: Language) -> str:
    return _SAID[what][0 if language == "en" else 1] if what in _SAID else what


def _changed(package: Package, language: Language) -> str:
    """That the results are not those of the code and settings beside them, where that is so."""
    if not package.changed:
        return ""
    return f"**{_said('changed', language)}** {', '.join(f'`{name}`' for name in package.changed)}"


def _inputs(package: Package) -> Iterator[str]:
    """Files of the data: those that people made or, where these are not in the package, the result tables."""
    if package.audience == "open":
        for name, own in sorted(package.record["inputs"].items()):
            yield _row(f"`{name}`", own["bytes"], f"`{own['sha256'][:_SHORT_HASH]}`")
        return
    for name in package.tables():
        yield _row(f"`{name}`", (package.root / name).stat().st_size, "")


def _exhibits(package: Package, language: Language) -> Iterator[str]:
    for own in package.exhibits:
        kind = f"{_said(own['kind'], language)} {own['number']}".rstrip()
        line = own[f"line_{language}"]
        where = f"{own['document']}.{language}.qmd:{line}" if line else ""
        minutes = package.took.get(own["rule"], (0.0, 0.0))[0] / 60
        yield _row(
            f"{_said(own['document'], language)}, {kind}",
            *(f"`{own[part]}`" for part in ("name", "program")),
            where,
            f"`{own['output']}`",
            f"{minutes:.2f}",
        )


def _row(*cells: Any) -> str:
    return "| " + " | ".join(one_line(str(cell)).replace("|", "\\|") for cell in cells) + " |"


def data_dictionary_of(package: Package) -> str:
    """The columns of the result tables of the package, as Markdown."""
    lines = ["# Tables / ตาราง", ""]
    for path in package.tables():
        name = path.rsplit("/", 1)[-1].removesuffix(".csv")
        if name in TABLES:
            head = _row("column", "คอลัมน์", "label", "unit")
            lines += [f"## `{name}`", "", TABLES[name].en, "", head, "|---|---|---|---|"]
            lines += [_row(f"`{c.name}`", c.th, c.en, c.unit) for c in TABLES[name].columns]
            lines.append("")
    return "\n".join(lines)
