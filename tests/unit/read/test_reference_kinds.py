"""Every kind of work, as the Thai list, the translated list and the list of an English article print it."""

from __future__ import annotations

import functools
import html
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import get_args

import pypandoc
import pytest

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.read.references import LOCALES, Work, csl_entries, read_references
from thongthin.read.references.works import Kind

ROOT = Path(__file__).parents[3]
STYLES: tuple[tuple[Language, str], ...] = (("th", "thai"), ("en", "translated"), ("en", "english"))

WORKS = """\
- id: article
  type: article-journal
  issued: 2022
  volume: 5
  issue: 2
  page: 92-103
  th:
    author: [{given: อุบล, family: ดีงาม}]
    title: งบประมาณท้องถิ่น
    container-title: วารสารปริทรรศน์
  en:
    author: [{given: Ubol, family: Deengam}]
    title: Local budgets
    container-title: Journal of Reviews
- id: book
  type: book
  issued: 2018
  edition: 2
  th:
    author: [{given: เจมส์, family: สมิธ}]
    translator: [{given: สมชาย, family: ใจดี}]
    title: รัฐและท้องถิ่น
    publisher-place: ขอนแก่น
    publisher: โรงพิมพ์ตัวอย่าง
  en:
    author: [{given: James, family: Smith}]
    translator: [{given: Somchai, family: Jaidee}]
    title: State and locality
    publisher: Example Press
- id: edited
  type: book
  issued: 2021
  th:
    editor: [{given: กานดา, family: รักดี}, {given: สมชาย, family: ใจดี}]
    title: รวมบทความ
    publisher: มข.
  en:
    editor: [{given: Kanda, family: Rakdee}, {given: Somchai, family: Jaidee}]
    title: Collected papers
    publisher: KKU
- id: chapter
  type: chapter
  issued: 2021
  page: 1-20
  th:
    author: [{given: มานี, family: มีสุข}]
    editor: [{given: กานดา, family: รักดี}]
    title: บทนำ
    container-title: รวมบทความ
    publisher: มข.
  en:
    author: [{given: Manee, family: Meesuk}]
    editor: [{given: Kanda, family: Rakdee}]
    title: Introduction
    container-title: Collected papers
    publisher: KKU
- id: thesis
  type: thesis
  issued: 2020
  th:
    author: [{given: ปิติ, family: ดีงาม}]
    genre: วิทยานิพนธ์ปริญญามหาบัณฑิต
    title: การยอมรับเทคโนโลยี
    publisher: มหาวิทยาลัยขอนแก่น
  en:
    author: [{given: Piti, family: Deengam}]
    genre: Master's thesis
    title: Technology acceptance
    publisher: Khon Kaen University
- id: report
  type: report
  issued: 2019
  number: 12
  URL: https://example.org/r12
  th:
    author: [{literal: สำนักงาน ก.พ.}]
    genre: รายงานการวิจัย
    title: ทักษะดิจิทัล
    publisher: สำนักงาน ก.พ.
  en: {author: [{literal: OCSC}], genre: Research report, title: Digital skills, publisher: OCSC}
- id: act
  type: legislation
  issued: 2019-05-22
  volume: 136
  page: 57-66
  th:
    title: พระราชบัญญัติการให้บริการผ่านระบบดิจิทัล พ.ศ. 2562
    title-short: พระราชบัญญัติการให้บริการผ่านระบบดิจิทัล
    container-title: ราชกิจจานุเบกษา
    issue: 67 ก
  en:
    title: "Digital Services Act, B.E. 2562"
    title-short: Digital Services Act
    container-title: Royal Gazette
    issue: 67 Kor
- id: page
  type: webpage
  issued: 2022
  accessed: 2023-03-30
  URL: https://example.org/page
  th: {author: [{literal: เทศบาลเมืองตัวอย่าง}], title: ผลงานดีเด่น, container-title: ข่าวเทศบาล}
  en:
    author: [{literal: Example Town Municipality}]
    title: Awards
    container-title: Municipal news
- id: proceedings
  type: paper-conference
  issued: 2017
  page: 11-19
  th:
    author: [{given: วีระ, family: ใจดี}]
    title: ท้องถิ่นอัจฉริยะ
    container-title: การประชุมวิชาการระดับชาติ ครั้งที่ 5
    publisher: มข.
  en:
    author: [{given: Weera, family: Jaidee}]
    title: Smart localities
    container-title: The 5th National Conference
    publisher: KKU
- id: newspaper
  type: article-newspaper
  issued: 2022-03-05
  page: 5
  th: {author: [{given: ชูใจ, family: เลิศดี}], title: เทศบาลยุคใหม่, container-title: ข่าวขอนแก่น}
  en:
    author: [{given: Choojai, family: Lertdee}]
    title: A new municipality
    container-title: Khon Kaen News
- id: interview
  type: interview
  issued: 2023-04-12
  th: {author: [{given: สมหญิง, family: ดีงาม}], title: นายกเทศมนตรีเมืองตัวอย่าง}
  en: {author: [{given: Somying, family: Deengam}], title: Mayor of Example Town}
- id: data
  type: dataset
  issued: 2021
  version: 2
  publisher: Zenodo
  DOI: 10.5281/zenodo.1
  th: {author: [{given: ดวงใจ, family: ศรีสุข}], title: ข้อมูลเทศบาล}
  en: {author: [{given: Duangjai, family: Srisuk}], title: Municipal data}
- id: software
  type: software
  issued: 2024
  version: 0.2
  URL: https://example.org/counter
  th: {author: [{given: ธานี, family: ใจดี}], title: โปรแกรมนับ}
  en: {author: [{given: Thani, family: Jaidee}], title: Counter}
- id: foreign
  type: article-journal
  issued: 1989
  volume: 13
  issue: 3
  page: 319-340
  DOI: 10.2307/249008
  en:
    author: [{given: Fred D., family: Davis, suffix: Jr.}]
    title: Perceived usefulness
    container-title: MIS Quarterly
"""

# Of each work: the Thai entry, the translated one, and what begins otherwise in the English article (by family name).
PRINTED = {
    "article": (
        "อุบล ดีงาม. (2565). งบประมาณท้องถิ่น. วารสารปริทรรศน์, 5(2), 92-103.",
        "Ubol Deengam. (2022). Local budgets. Journal of Reviews, 5(2), 92-103.",
        "Deengam, Ubol. (2022).",
    ),
    "book": (
        "เจมส์ สมิธ. (2561). รัฐและท้องถิ่น (สมชาย ใจดี, ผู้แปล) (พิมพ์ครั้งที่ 2). ขอนแก่น: โรงพิมพ์ตัวอย่าง",
        "James Smith. (2018). State and locality (Somchai Jaidee, Trans.) (2nd Edition). Example Press.",
        "Smith, James. (2018).",
    ),
    "edited": (
        "กานดา รักดี และ สมชาย ใจดี. (บรรณาธิการ). (2564). รวมบทความ. มข.",
        "Kanda Rakdee and Somchai Jaidee (Eds.). (2021). Collected papers. KKU.",
        "Rakdee, Kanda, and Somchai Jaidee (Eds.). (2021).",
    ),
    "chapter": (
        "มานี มีสุข. (2564). บทนำ. ใน กานดา รักดี (บรรณาธิการ), รวมบทความ (น. 1-20). มข.",
        "Manee Meesuk. (2021). Introduction. In Kanda Rakdee (Ed.), Collected papers (pp. 1-20). KKU.",
        "Meesuk, Manee. (2021).",
    ),
    "thesis": (
        "ปิติ ดีงาม. (2563). การยอมรับเทคโนโลยี (วิทยานิพนธ์ปริญญามหาบัณฑิต). มหาวิทยาลัยขอนแก่น",
        "Piti Deengam. (2020). Technology acceptance (Master’s thesis). Khon Kaen University.",
        "Deengam, Piti. (2020).",
    ),
    "report": (
        "สำนักงาน ก.พ. (2562). ทักษะดิจิทัล (รายงานการวิจัย เลขที่ 12). สำนักงาน ก.พ. จาก https://example.org/r12",
        "OCSC. (2019). Digital skills (Research report No. 12). OCSC. https://example.org/r12",
        "OCSC. (2019).",
    ),
    "act": (
        "พระราชบัญญัติการให้บริการผ่านระบบดิจิทัล พ.ศ. 2562. (2562, 22 พฤษภาคม). ราชกิจจานุเบกษา. เล่ม 136 ตอนที่ 67 ก หน้า 57-66.",
        "Digital Services Act, B.E. 2562. (2019, May 22). Royal Gazette, Vol. 136, Part 67 Kor, pp. 57-66.",
        "Digital Services Act, B.E. 2562. (2019, May 22).",
    ),
    "page": (
        "เทศบาลเมืองตัวอย่าง. (2565). ผลงานดีเด่น. สืบค้นเมื่อ 30 มีนาคม 2566, จาก ข่าวเทศบาล https://example.org/page",
        "Example Town Municipality. (2022). Awards. Municipal news. https://example.org/page",
        "Example Town Municipality. (2022).",
    ),
    "proceedings": (
        "วีระ ใจดี. (2560). ท้องถิ่นอัจฉริยะ. ใน การประชุมวิชาการระดับชาติ ครั้งที่ 5 (น. 11-19). มข.",
        "Weera Jaidee. (2017). Smart localities. In The 5th National Conference (pp. 11-19). KKU.",
        "Jaidee, Weera. (2017).",
    ),
    "newspaper": (
        "ชูใจ เลิศดี. (2565, 5 มีนาคม). เทศบาลยุคใหม่. ข่าวขอนแก่น, น. 5.",
        "Choojai Lertdee. (2022, March 5). A new municipality. Khon Kaen News, p. 5.",
        "Lertdee, Choojai. (2022, March 5).",
    ),
    "interview": (
        "สมหญิง ดีงาม. (2566, 12 เมษายน). นายกเทศมนตรีเมืองตัวอย่าง. สัมภาษณ์.",
        "Somying Deengam. (2023, April 12). Mayor of Example Town. Interview.",
        "Deengam, Somying. (2023, April 12).",
    ),
    "data": (
        "ดวงใจ ศรีสุข. (2564). ข้อมูลเทศบาล (เวอร์ชัน 2) [ชุดข้อมูล]. Zenodo. https://doi.org/10.5281/zenodo.1",
        "Duangjai Srisuk. (2021). Municipal data (Version 2) [Data set]. Zenodo. https://doi.org/10.5281/zenodo.1",
        "Srisuk, Duangjai. (2021).",
    ),
    "software": (
        "ธานี ใจดี. (2567). โปรแกรมนับ (เวอร์ชัน 0.2) [โปรแกรมคอมพิวเตอร์]. จาก https://example.org/counter",
        "Thani Jaidee. (2024). Counter (Version 0.2) [Computer software]. https://example.org/counter",
        "Jaidee, Thani. (2024).",
    ),
}


@functools.cache
def works() -> tuple[Work, ...]:
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "references.yml")
        path.write_text(WORKS, encoding="utf-8")
        read = read_references(path, problems)
    assert not problems.found, problems.found
    return tuple(read)


@functools.cache
def printed(language: Language, style: str) -> tuple[str, dict[str, str]]:
    """What a text that cites all works says, and the entries of its list by id."""
    cited = " ".join(f"[@{work.id}]" for work in works())
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "works.json")
        data.write_text(json.dumps(csl_entries(list(works()), language)), encoding="utf-8")
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--citeproc", f"--csl={ROOT / 'report/styles' / style}.csl",
             f"--bibliography={data}", "--to=html", "--wrap=none"],
            input=f"---\nlang: {LOCALES[language]}\n---\n{cited}\n".encode(), capture_output=True, check=True,
        )  # fmt: skip
    page = done.stdout.decode()
    plain = {
        name: html.unescape(re.sub("<[^>]*>", "", entry)).strip()
        for name, entry in re.findall(r'<div id="ref-(\w+)"[^>]*>(.*?)</div>', page, flags=re.DOTALL)
    }
    return html.unescape(re.sub("<[^>]*>", "", page.split("<div")[0])).strip(), plain


def test_every_kind_of_work_has_an_example() -> None:
    assert {work.type for work in works()} == set(get_args(Kind))
    assert {work.id for work in works()} == {*PRINTED, "foreign"}


@pytest.mark.parametrize("name", PRINTED)
def test_every_kind_is_printed_in_every_list(name: str) -> None:
    thai, translated, begins = PRINTED[name]
    assert printed(*STYLES[0])[1][name] == thai
    assert printed(*STYLES[1])[1][name] == translated
    english = printed(*STYLES[2])[1][name]
    assert english.startswith(begins)
    assert english.removeprefix(begins) == translated[translated.index("). ", translated.index(" (20")) + 2 :]


def test_a_foreign_work_begins_with_the_family_name_and_its_suffix() -> None:
    assert printed(*STYLES[2])[1]["foreign"] == (
        "Davis, Fred D., Jr. (1989). Perceived usefulness. MIS Quarterly, 13(3), 319-340."
        " https://doi.org/10.2307/249008"
    )


def test_a_text_cites_by_the_year_alone_and_an_act_by_its_short_title() -> None:
    thai, english = printed(*STYLES[0])[0], printed(*STYLES[2])[0]
    assert "(พระราชบัญญัติการให้บริการผ่านระบบดิจิทัล, 2562)" in thai and "(Digital Services Act, 2019)" in english
    assert "(ชูใจ เลิศดี, 2565)" in thai and "(Deengam, 2023)" in english
    assert "(Davis, 1989)" in thai


def test_what_is_read_on_a_day_keeps_its_doi_and_a_journal_is_not_named_twice(tmp_path: Path) -> None:
    """The day on which an article was read is no reason to print the journal again, or to lose the DOI."""
    (article,) = [work for work in works() if work.id == "article"]
    read = article.model_copy(update={"accessed": [2023, 3, 30], "url": "https://example.org/a"})
    data = tmp_path / "works.json"
    entries = {}
    for doi in (None, "10.1/x"):
        data.write_text(json.dumps(csl_entries([read.model_copy(update={"doi": doi})], "th")), encoding="utf-8")
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--citeproc", f"--csl={ROOT / 'report/styles/thai.csl'}",
             f"--bibliography={data}", "--to=plain", "--wrap=none"],
            input=b'---\nlang: th-TH\nnocite: "@*"\n---\n', capture_output=True, check=True,
        )  # fmt: skip
        entries[doi] = done.stdout.decode().strip()
    assert entries[None].endswith("92-103. สืบค้นเมื่อ 30 มีนาคม 2566, จาก https://example.org/a")
    assert entries["10.1/x"].endswith("92-103. https://doi.org/10.1/x")
