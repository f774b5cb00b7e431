"""The embedded renderer: one article in two languages becomes HTML, PDF and Word that say the same."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from amount import some
from documents import text_in
from PIL import Image
from pypdf import PdfReader
from studies import STUDY

from thongthin.basics.problems import Problems, RenderError
from thongthin.contract.study import Study
from thongthin.present.render import render
from thongthin.present.render.composition import Quote, compose
from thongthin.present.render.engines import quarto_fault
from thongthin.present.render.fonts import make_fonts
from thongthin.present.render.working_copy import assemble
from thongthin.read.references import csl_entries, read_references

ROOT = Path(__file__).parents[3]
FORMATS = ("html", "pdf", "docx")
NASTY = "{{< value x >}} <b>ก</b> *ข* _ค_ @fig-a [ง](จ) #let x = 1 \\n `ฉ` $ช$ & | ~"
QUOTE = "ฝั่งเทศบาลฟื้นตัวเร็ว น้ำไฟพร้อม เจ้าหน้าที่ช่วยทำให้ตั้งแต่ต้นจนจบ ไม่ต้องเปื้อนหมึกปั๊มลายนิ้วมือ"

ARTICLE = {
    "th": """\
---
lang: th
---

# บทคัดย่อ {.unnumbered}

มีผู้ให้ข้อมูล{{< value n >}} คน และ {{< value nasty >}} ทั้งนี้ตาม [@b2020; @a2021]

::: {#keywords}
:::

# บทนำ {#sec-intro}

## ความเป็นมา {#sec-back}

ดู @tbl-wide, @fig-map และ @sec-back ตามที่ @a2021 กล่าวไว้[^1] และ $x^2$ ดัง [Digital Government]{lang=en}

[^1]: เชิงอรรถหนึ่ง

::: {#tbl-wide}
{{< include tables/wide.md >}}

ตารางกว้าง
:::

::: {#tbl-long}
{{< include tables/long.md >}}

ตารางยาว
:::

![แผนที่](figures/map){#fig-map fig-alt="แผนที่แสดงพื้นที่สามแห่ง"}

{{< quote said >}}

::: {#ethics}
:::

# เอกสารอ้างอิง {.unnumbered}

::: {#refs}
:::

::: {#refs-translated}
:::
""",
    "en": """\
---
lang: en
---

# Introduction {#sec-intro}

There were {{< value n >}} participants and {{< value nasty >}}; see @tbl-wide, @fig-map, [@b2020; @a2021].

::: {#tbl-wide}
{{< include tables/wide.md >}}

A wide table
:::

![The map](figures/map){#fig-map fig-alt="Map of three sites"}

{{< quote said >}}

::: {#ethics}
:::

::: {#refs}
:::

::: {#refs-translated}
:::
""",
}

WORKS = """\
- id: a2021
  type: book
  issued: 2021
  th: {author: [{given: เก่ง, family: อักษร}], title: หนังสือหนึ่ง, publisher: สำนักพิมพ์}
  en: {author: [{given: Keng, family: Akson}], title: Book one, publisher: Press}
- id: b2020
  type: webpage
  issued: 2020
  URL: https://example.org/b
  th: {author: [{literal: กรมตัวอย่าง}], title: หน้าเว็บ}
  en: {author: [{literal: Zebra Department}], title: Web page}
- id: never2020
  type: book
  issued: 2020
  th: {author: [{literal: ไม่ถูกอ้าง}], title: ไม่ถูกอ้าง}
  en: {author: [{literal: Never cited}], title: Never cited}
"""

# Nine columns, as wide as the words in them allow, and a note.
WIDE = (
    "| พื้นที่ | " + " | ".join(f"องค์การบริหารส่วนตำบล {i}" for i in range(1, 9)) + " |\n"
    "|:---|" + "---:|" * 8 + "\n"
    "| โนนสะแบง | " + " | ".join("3 (75.0)" for _ in range(8)) + " |\n\n"
    "::: {.table-note}\nหมายเหตุท้ายตาราง\n:::\n"
)

LONG = "| ลำดับยาว | ค่า |\n|:--|--:|\n" + "".join(f"| แถวที่{i}จบ | {i} |\n" for i in range(1, 91))

FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" width="453" height="120"><rect width="453" height="120"/></svg>'


def working_copy(root: Path, fonts: Path, language: str, **changes: Any) -> Path:
    folder, tables, figures = (root / "article" / language / part for part in ("copy", "tables", "figures"))
    tables.mkdir(parents=True)
    figures.mkdir()
    (tables / "wide.md").write_text(WIDE, encoding="utf-8")
    (tables / "long.md").write_text(LONG, encoding="utf-8")
    (figures / "map.svg").write_text(FIGURE, encoding="utf-8")
    Image.new("RGB", (1400, 370), "#336699").save(figures / "map.png", dpi=(220, 220))
    (root / "references.yml").write_text(WORKS, encoding="utf-8")
    problems = Problems()
    works = read_references(root / "references.yml", problems)
    assert not problems.found
    references = {}
    for own in ("th", "en"):
        references[own] = root / f"references.{own}.json"
        references[own].write_text(json.dumps(csl_entries(works, own)), encoding="utf-8")
    (root / f"article.{language}.qmd").write_text(ARTICLE[language], encoding="utf-8")
    content: dict[str, Any] = copy.deepcopy({**STUDY, **changes})
    content["title"]["th"] = "ท้องถิ่นดิจิทัล: *จำนวน* <น้ำ>"
    content["ethics"] = {"th": "ผ่านการพิจารณา *เลขที่ 1*", "en": "Approved, *no. 1*"}
    compose(
        root / "text",
        study=Study.model_validate(content),
        language=language,  # type: ignore[arg-type]
        article=root / f"article.{language}.qmd",
        tables=tables,
        values={"n": "12", "nasty": NASTY},
        quotes={
            "said": Quote(
                text=QUOTE,
                translation="Everything *works* here." if language == "en" else "",
                language="th",
                participant="P01",
                group="เจ้าหน้าที่" if language == "th" else "Official",
                site="S01",
            )
        },
        references=references,  # type: ignore[arg-type]
    )
    assemble(folder, text=root / "text", figures=figures.iterdir(), report=ROOT / "report", fonts=fonts)
    return folder


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Callable[..., dict[str, bytes]]:
    """Renders an article in all formats; each kind once a session."""
    done: dict[tuple[str, str], dict[str, bytes]] = {}

    def build(language: str, provenance: str = "simulated") -> dict[str, bytes]:
        if (language, provenance) not in done:
            root = tmp_path_factory.mktemp("สาธิต การจัดหน้า")
            folder = working_copy(root, fonts, language, provenance=provenance)
            out = {format_: root / "out" / f"article.{format_}" for format_ in FORMATS}
            render("embedded", folder, out)
            done[language, provenance] = {format_: path.read_bytes() for format_, path in out.items()}
        return done[language, provenance]

    return build


def text_of(documents: dict[str, bytes], format_: str) -> str:
    return text_in(documents[format_], format_)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


SAID = {
    "th": [
        "ท้องถิ่นดิจิทัล: *จำนวน* <น้ำ>",
        "Digital local government: a small study",
        "สมศรี ใจดี",
        "มหาวิทยาลัยตัวอย่าง",
        "ผู้ประพันธ์บรรณกิจ: สมศรี ใจดี (somsri@example.org)",
        "15 กันยายน 2566",
        "คำสำคัญ: ท้องถิ่นดิจิทัล, เทศบาล",
        "มีผู้ให้ข้อมูล12 คน และ " + NASTY,
        "(กรมตัวอย่าง, 2563; เก่ง อักษร, 2564)",
        "1 บทนำ",
        "1.1 ความเป็นมา",
        "ดู ตารางที่ 1, ภาพที่ 1 และ หัวข้อ 1.1",
        "เก่ง อักษร (2564)",
        "เชิงอรรถหนึ่ง",
        "ตารางที่ 1 ตารางกว้าง",
        "หมายเหตุท้ายตาราง",
        "ภาพที่ 1 แผนที่",
        f"“{QUOTE}”",
        "— P01, เจ้าหน้าที่, S01",
        "จริยธรรมการวิจัย ผ่านการพิจารณา *เลขที่ 1*",
        "กรมตัวอย่าง. (2563). หน้าเว็บ. จาก https://example.org/b",
        "เก่ง อักษร. (2564). หนังสือหนึ่ง. สำนักพิมพ์",
        "Zebra Department. (2020). Web page. https://example.org/b",
    ],
    "en": [
        "Digital local government: a small study",
        "ท้องถิ่นดิจิทัล: *จำนวน* <น้ำ>",
        "Keywords: digital local government, municipality",
        "There were 12 participants and " + NASTY,
        "(Zebra Department, 2020; Akson, 2021)",
        "Table 1 A wide table",
        "Figure 1 The map",
        "“Everything *works* here.”",
        "— P01, Official, S01 (translated from Thai)",
        "Ethics. Approved, *no. 1*",
        "Akson, Keng. (2021). Book one. Press.",
        "เก่ง อักษร. (2564). หนังสือหนึ่ง. สำนักพิมพ์",
    ],
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_format_says_it_all(build: Callable[..., dict[str, bytes]], language: str, format_: str) -> None:
    text = text_of(build(language), format_)
    missing = [said for said in SAID[language] if squeezed(said) not in text]
    assert not missing
    assert "ไม่ถูกอ้าง" not in text and "Nevercited" not in text
    assert not [program for program in ("pandoc", "Typst", "Quarto", "quarto-") if program in text]


@pytest.mark.parametrize("language", ["th", "en"])
def test_quarto_says_it_all_where_it_is_installed(tmp_path: Path, fonts: Path, language: str) -> None:
    if fault := quarto_fault():
        pytest.skip(fault.en)
    folder = working_copy(tmp_path / "สาธิต การจัดหน้า", fonts, language)
    out = {format_: tmp_path / f"x.{format_}" for format_ in FORMATS}
    render("quarto", folder, out)
    documents = {format_: path.read_bytes() for format_, path in out.items()}
    texts = {format_: text_of(documents, format_) for format_ in FORMATS}
    texts["docx"] = texts["docx"].replace("1.บทนำ", "1บทนำ")  # Quarto writes "1. " before a chapter in Word
    missing = {
        (format_, said) for format_ in FORMATS for said in SAID[language] if squeezed(said) not in texts[format_]
    }
    assert not missing
    assert b"pdfuaid" in documents["pdf"], "the PDF is accessible"
    (folder / "figures" / "map.svg").unlink()
    for format_ in ("html", "pdf"):
        with pytest.raises(RenderError, match=r"map\.svg"):
            render("quarto", folder, {format_: out[format_]})


@pytest.mark.parametrize("format_", FORMATS)
def test_the_second_list_follows_the_order_of_the_first(build: Callable[..., dict[str, bytes]], format_: str) -> None:
    thai, english = text_of(build("th"), format_), text_of(build("en"), format_)
    order = ["กรมตัวอย่าง.(2563)", "เก่งอักษร.(2564)", "ZebraDepartment.(2020)", "KengAkson.(2021)"]
    assert [thai.index(entry) for entry in order] == sorted(thai.index(entry) for entry in order)
    order = ["Akson,Keng.(2021)", "ZebraDepartment.(2020)", "เก่งอักษร.(2564)", "กรมตัวอย่าง.(2563)"]
    assert [english.index(entry) for entry in order] == sorted(english.index(entry) for entry in order)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_notice_follows_provenance_alone(
    build: Callable[..., dict[str, bytes]], language: str, format_: str
) -> None:
    for notice in ("ข้อมูลจำลอง", "Simulateddata"):
        assert text_of(build(language), format_).count(notice) >= 2, "at the top, and on every page"
        assert notice not in text_of(build(language, "field"), format_)
    raw = build(language, "field")["html"].decode()
    assert "notice" not in re.sub(r"<style.*?</style>", "", raw, flags=re.DOTALL)


def test_the_notice_is_on_every_page(build: Callable[..., dict[str, bytes]]) -> None:
    pages = PdfReader(io.BytesIO(build("th")["pdf"])).pages
    assert len(pages) >= 2
    assert all("ข้อมูลจำลอง" in page.extract_text() and "Simulated data" in page.extract_text() for page in pages)
    assert b'class="notice-bar"' in build("th")["html"]
    with zipfile.ZipFile(io.BytesIO(build("th")["docx"])) as archive:
        assert "ข้อมูลจำลอง" in archive.read("word/header1.xml").decode()
        assert re.search(r'<w:headerReference [^>]*w:type="default"', archive.read("word/document.xml").decode())


def test_the_same_input_gives_the_same_bytes_anywhere(
    build: Callable[..., dict[str, bytes]], tmp_path: Path, fonts: Path
) -> None:
    make_fonts(tmp_path / "fonts")
    folder = working_copy(tmp_path / "another place", tmp_path / "fonts", "th")
    before = sorted(folder.rglob("*"))
    out = {format_: tmp_path / "out" / f"x.{format_}" for format_ in FORMATS}
    render("embedded", folder, out)
    assert {format_: path.read_bytes() for format_, path in out.items()} == build("th")
    assert sorted(folder.rglob("*")) == before, "rendering leaves nothing in the working copy"
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["x.docx", "x.html", "x.pdf"]


def test_html_stands_alone_and_says_its_languages(build: Callable[..., dict[str, bytes]]) -> None:
    page = build("th")["html"].decode()
    assert not re.findall(r"<(?:link|script|iframe)\b", page)
    assert not [s for s in re.findall(r'src="([^"]{5})|url\(["\']?([^"\')]{5})', page) if "data:" not in s]
    assert page.count("font/woff") == 3
    assert '<html lang="th">' in page
    assert '<p class="subtitle" lang="en">' in page
    assert '<span lang="en">Digital Government</span>' in page
    assert re.search(r'<div id="refs-translated"[^>]* lang="en-US"', page)
    assert 'alt="แผนที่แสดงพื้นที่สามแห่ง"' in page
    assert '<a class="skip" href="#article">ข้ามไปยังเนื้อหา</a>' in page
    assert '<div class="table-box smaller" tabindex="0">' in page
    assert '<a href="#tbl-wide" class="quarto-xref">ตารางที่\u00a01</a>' in page
    assert 'id="tbl-wide"' in page and 'href="#ref-a2021"' in page and 'id="ref-a2021"' in page
    assert "custom-style" not in page


def test_pdf_is_accessible(build: Callable[..., dict[str, bytes]]) -> None:
    reader = PdfReader(io.BytesIO(build("th")["pdf"]))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == "th-TH"
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == "ท้องถิ่นดิจิทัล: *จำนวน* <น้ำ>"
    assert reader.metadata.author == "สมศรี ใจดี"
    assert str(reader.metadata.creation_date) == "2023-09-15 00:00:00+00:00"

    def alternatives(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [alt for child in node for alt in alternatives(child)]
        if not isinstance(node, dict):
            return []
        return ([str(node["/Alt"])] if "/Alt" in node else []) + alternatives(node.get("/K", []) or [])

    assert alternatives(catalog["/StructTreeRoot"]) == ["x^2", "แผนที่แสดงพื้นที่สามแห่ง"]


def test_nothing_in_the_pdf_leaves_the_margins(build: Callable[..., dict[str, bytes]]) -> None:
    left, right = 70.8, 595.3 - 70.8
    starts: list[float] = []
    for page in PdfReader(io.BytesIO(build("th")["pdf"])).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: starts.append(tm[4] * cm[0] + cm[4]) if text.strip() else None
        )
    assert min(starts) >= left and max(starts) <= right


def test_a_table_longer_than_a_page_goes_on_under_its_header(build: Callable[..., dict[str, bytes]]) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(build("th")["pdf"])).pages]
    assert [i for i in range(1, 91) if not any(f"แถวที่{i}จบ" in page for page in pages)] == []
    holding = [page for page in pages if re.search("แถวที่[0-9]+จบ", page)]
    assert len(holding) >= 3
    assert all("ลำดับยาว" in page for page in holding)


def places(pdf: bytes, words: str) -> dict[str, tuple[int, float]]:
    """Where each match of the pattern `words` first stands in a PDF: page, and points below its upper edge."""
    found: dict[str, tuple[int, float]] = {}
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):

        def note(text: str, cm: list[float], tm: list[float], font: Any, size: float, number: int = number) -> None:
            for word in re.findall(words, text):
                found.setdefault(word, (number, 842 - (tm[5] * cm[3] + cm[5])))

        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize(
    ("language", "lines"),
    some([("th", 0), ("en", 0), ("en", 12), ("th", 12), ("th", 24), ("en", 24), ("en", 36), ("th", 36)], least=4),
)
def test_rows_stay_whole_and_no_figure_comes_between_the_parts_of_a_table(
    tmp_path: Path, fonts: Path, language: str, lines: int
) -> None:
    folder = working_copy(tmp_path, fonts, language)
    word = "ทดสอบ" if language == "th" else "word "
    rows = [f"| Begin{row:02d} | {word * 80} End{row:02d} | {word * 40} |" for row in range(12)]
    table = "| ก | ข | ค |\n|:--------|:--------------|:----------|\n" + "\n".join(rows)
    figures = [f"![Figure{n}](figures/map){{#fig-n{n} fig-alt='x'}}" for n in range(6)]
    parts = [*[word] * lines, *figures[:3], word, f"::: {{#tbl-tall}}\n{table}\n\nCaption0\n:::", *figures[3:], word]
    (folder / "article.qmd").write_text(f"---\nlang: {language}\n---\n\n" + "\n\n".join(parts), encoding="utf-8")
    render("embedded", folder, {"pdf": tmp_path / "a.pdf"})
    at = places((tmp_path / "a.pdf").read_bytes(), r"(?:Begin|End|Figure|Caption)\d+")
    assert all(at[f"Begin{row:02d}"][0] == at[f"End{row:02d}"][0] for row in range(12))
    assert at["Caption0"][0] == at["Begin00"][0] < at["End11"][0]
    assert [n for n in range(6) if at["Caption0"] < at[f"Figure{n}"] < at["End11"]] == []


def test_a_word_wider_than_its_column_is_divided_in_the_head_of_a_table(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "en")
    names = "| Organisations |" + " Administrative organisation |" * 8
    table = f"{names}\n|{'-' * 40}|" + "---:|" * 8 + f"\n| {'x ' * 60} |" + " 1 |" * 8
    text = f"---\nlang: en\n---\n\n::: {{#tbl-x}}\n{table}\n\nA\n:::"
    (folder / "article.qmd").write_text(text, encoding="utf-8")
    render("embedded", folder, {"pdf": tmp_path / "a.pdf"})
    page = PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].extract_text()
    assert "Administrative" in re.sub("\xad\\s*", "", page)  # it reads as one word, divided by soft hyphens
    assert "Administrative" not in page


def test_a_row_taller_than_a_page_goes_on_on_the_next(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    tall = " ".join(f"Word{n:04d}" for n in range(1500))
    table = f"| ก | ข |\n|:-----|:--------------|\n| short | {tall} |"
    (folder / "article.qmd").write_text(f"---\nlang: th\n---\n\n::: {{#tbl-x}}\n{table}\n\nก\n:::", encoding="utf-8")
    render("embedded", folder, {"pdf": tmp_path / "a.pdf"})
    at = places((tmp_path / "a.pdf").read_bytes(), r"Word\d+")
    assert len(at) == 1500 and max(below for _, below in at.values()) < 842 - 70 and at["Word1499"][0] >= 2


def test_the_heading_of_some_rows_runs_over_all_columns(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    rows = "".join(f"| แถว {row} | {row} | x |\n" for row in range(20))
    text = (folder / "article.qmd").read_text(encoding="utf-8")
    assert LONG in text
    text = text.replace(LONG, f"| ก | ข | ค |\n|:--|--:|--:|\n| **หัว** |  |  |\n{rows}")
    (folder / "article.qmd").write_text(text, encoding="utf-8")
    out = {format_: tmp_path / f"a.{format_}" for format_ in FORMATS}
    render("embedded", folder, out)
    assert re.search(r'<td colspan="3"[^>]*><strong>หัว</strong></td>', out["html"].read_text(encoding="utf-8"))
    with zipfile.ZipFile(out["docx"]) as archive:
        cell = re.findall(r"<w:tc>.*?</w:tc>", archive.read("word/document.xml").decode(), flags=re.DOTALL)
    assert [c for c in cell if "หัว<" in c and '<w:gridSpan w:val="3" />' in c and "TableSmall" in c]


def test_the_heading_of_some_rows_is_never_the_last_row_of_a_page(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    groups = [f"| **Heading{n:02d}** | | |\n" + f"| Row{n:02d} | x | y |\n" * (1 + n % 3) for n in range(60)]
    table = "| ก | ข | ค |\n|:-----|:----|:----|\n" + "".join(groups)
    (folder / "article.qmd").write_text(f"---\nlang: th\n---\n\n::: {{#tbl-x}}\n{table}\nก\n:::\n", encoding="utf-8")
    render("embedded", folder, {"pdf": tmp_path / "a.pdf"})
    at = places((tmp_path / "a.pdf").read_bytes(), r"(?:Heading|Row)\d+")
    assert len(at) == 120 and at["Row59"][0] >= 3
    assert [n for n in range(60) if at[f"Heading{n:02d}"][0] != at[f"Row{n:02d}"][0]] == []


def test_a_reference_in_a_table_with_headings_is_followed(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    table = "| ก | ข |\n|:-----|:----|\n| **หัว** | |\n| x | @tbl-x, [@a2021] |\n"
    text = f"---\nlang: th\n---\n\n::: {{#tbl-x}}\n{table}\nก\n:::\n\n::: {{#refs}}\n:::\n"
    (folder / "article.qmd").write_text(text, encoding="utf-8")
    render("embedded", folder, {"pdf": tmp_path / "a.pdf"})
    page = PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].extract_text()
    assert squeezed("ตารางที่ 1, (เก่ง อักษร, 2564)") in squeezed(page)


def test_a_long_table_may_be_broken_in_word(tmp_path: Path, fonts: Path) -> None:
    """By the lines that it takes: few rows of much text make a long one, and what is kept whole must fit a page."""
    folder = working_copy(tmp_path, fonts, "th")
    for rows, words, broken in ((40, 1, True), (4, 1, False), (4, 80, True)):
        row = f"| {'ab ' * words} | {'ab ' * words} |\n"
        text = f"---\nlang: th\n---\n\n::: {{#tbl-x}}\n| ก | ข |\n|:--|:--|\n{row * rows}\nก\n:::\n"
        (folder / "article.qmd").write_text(text, encoding="utf-8")
        render("embedded", folder, {"docx": tmp_path / "a.docx"})
        with zipfile.ZipFile(tmp_path / "a.docx") as archive:
            document, styles = (archive.read(f"word/{part}.xml").decode() for part in ("document", "styles"))
        assert document.count('"TableSmallLongText"') == (2 * (rows - 1) if broken else 0)  # the last row is kept
    style = re.search(r'w:styleId="TableSmallLongText".*?</w:style>', styles, flags=re.DOTALL)
    assert style and '<w:basedOn w:val="TableSmallText" />' in style[0] and '<w:keepNext w:val="false" />' in style[0]


def test_word_counts_by_itself(build: Callable[..., dict[str, bytes]]) -> None:
    """Captions have their number as a field, references are fields that name a bookmark around it."""
    for language, label in (("th", "ตารางที่"), ("en", "Table")):
        with zipfile.ZipFile(io.BytesIO(build(language)["docx"])) as archive:
            document = archive.read("word/document.xml").decode()
        bookmarks = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', document)
        assert len({number for number, _ in bookmarks}) == len({name for _, name in bookmarks}) == len(bookmarks)
        assert all(re.fullmatch(r"[^\W\d][\w-]{0,39}|_\w{1,39}", name) for _, name in bookmarks)
        asked = re.findall(r'w:instr=" REF (\w+) \\h', document)
        assert {"_label_tbl_wide", "_label_fig_map"} == set(asked) <= {name for _, name in bookmarks}
        counted = document.count(f'w:instr=" SEQ {label} \\* ARABIC "')
        assert counted == (2 if language == "th" else 1)
        paragraphs = re.findall(r"<w:p>.*?</w:p>", document, flags=re.DOTALL)
        caption = next(own for own in paragraphs if 'w:name="_label_tbl_wide"' in own)
        assert re.sub(r"<[^>]+>", "", caption).replace("\u00a0", " ").startswith(f"{label} 1 ")


def test_word_has_its_styles_and_thai_fonts(build: Callable[..., dict[str, bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(build("th")["docx"])) as archive:
        names = archive.namelist()
        parts = {name: archive.read(f"word/{name}.xml").decode() for name in ("document", "styles", "footer1")}
        core = archive.read("docProps/core.xml").decode()
    assert [n for n in names if n.startswith("word/media/")] and not [n for n in names if n.endswith(".svg")]
    assert 'w:cs="TH Sarabun New"' in parts["styles"] and 'w:bidi="th-TH"' in parts["styles"]
    sizes = re.findall(r'<w:sz w:val="(\d+)" */><w:szCs w:val="(\d+)"', parts["styles"])
    assert ("32", "32") in sizes and all(latin == thai for latin, thai in sizes)
    assert 'w:instr=" PAGE "' in parts["footer1"]
    used = set(re.findall(r'<w:pStyle w:val="([^"]+)"', parts["document"]))
    wanted = {
        "Title",
        "Subtitle",
        "Author",
        "Affiliation",
        "Notice",
        "Heading1",
        "Heading2",
        "BodyText",
        "TableCaption",
    }
    wanted |= {"TableSmallText", "TableNote", "ImageCaption", "Quotation", "Attribution", "Bibliography"}
    assert wanted <= used
    known = set(re.findall(r'w:styleId="([^"]+)"', parts["styles"]))
    assert used <= known
    assert '<w:tblHeader w:val="on" />' in parts["document"]
    # The note stays with its table; a table without a note ends without that.
    ends = re.findall(r'<w:pStyle w:val="(TableEnd\w*|TableNote)"', parts["document"])
    assert ends == ["TableEndNote", "TableNote", "TableEnd"]
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2023-09-15T00:00:00Z' in core
    assert "<dc:creator>สมศรี ใจดี</dc:creator>" in core


def test_a_study_without_keywords_has_no_line_of_them(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th", keywords={"th": [], "en": []})
    out = {format_: tmp_path / f"x.{format_}" for format_ in FORMATS}
    render("embedded", folder, out)
    documents = {format_: path.read_bytes() for format_, path in out.items()}
    assert not [format_ for format_ in FORMATS if "คำสำคัญ" in text_of(documents, format_)]


def test_a_title_in_one_language_stands_once(tmp_path: Path, fonts: Path) -> None:
    title = "ท้องถิ่นดิจิทัล: *จำนวน* <น้ำ>"
    folder = working_copy(tmp_path, fonts, "th", title={"en": title}, keywords=["เทศบาล"])
    out = {format_: tmp_path / f"x.{format_}" for format_ in FORMATS}
    render("embedded", folder, out)
    documents = {format_: path.read_bytes() for format_, path in out.items()}
    for format_ in FORMATS:
        assert text_of(documents, format_).count(squeezed(title)) == 1, format_
        assert "Keywords" not in text_of(documents, format_)


def test_a_missing_figure_stops_the_rendering(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    (folder / "figures/map.svg").unlink()
    (folder / "figures/map.png").unlink()
    for format_ in FORMATS:
        with pytest.raises(RenderError, match=r"map\.(svg|png)"):
            render("embedded", folder, {format_: tmp_path / f"x.{format_}"})
        assert not (tmp_path / f"x.{format_}").exists()


def test_a_value_that_is_missing_stops_the_rendering(tmp_path: Path, fonts: Path) -> None:
    folder = working_copy(tmp_path, fonts, "th")
    (folder / "values.json").write_text('{"nasty": "x"}', encoding="utf-8")
    with pytest.raises(RenderError, match=r"\{\{< value n >\}\}: there is no such value"):
        render("embedded", folder, {"html": tmp_path / "x.html"})


UNUSUAL = """\
---
lang: th
---

# หัวข้อ ✅ {#sec-a}

ก ＝ ข `x＝1` และ $y ＝ 2$ **หนา 😀** ตาม [@a2021] เป็น {{< value n >}}[^1]

[^1]: เชิงอรรถ 文

| กลุ่ม 😀 | ค่า |
|:--|--:|
| ① | ￥ |

{{< quote said >}}

::: {#refs}
:::

::: {#refs-translated}
:::
"""


@pytest.mark.parametrize("engine", ["embedded", "quarto"])
def test_the_pdf_says_what_it_cannot_draw_and_the_others_keep_it(tmp_path: Path, fonts: Path, engine: str) -> None:
    if engine == "quarto" and (fault := quarto_fault()):
        pytest.skip(fault.en)
    article, folder = tmp_path / "article.th.qmd", tmp_path / "copy"
    article.write_text(UNUSUAL, encoding="utf-8")
    work = {
        "id": "a2021",
        "type": "book",
        "title": "หนังสือ 📗",
        "author": [{"literal": "กรม"}],
        "issued": {"raw": "2564"},
    }
    (tmp_path / "works.json").write_text(json.dumps([work], ensure_ascii=False), encoding="utf-8")
    title = {"th": "ชื่อเรื่อง ☃ 🎓", "en": "Title"}
    compose(
        tmp_path / "text",
        study=Study.model_validate({**STUDY, "title": title}),
        language="th",
        article=article,
        values={"n": "≥ 3 🐘"},
        quotes={
            "said": Quote(text="ดีมาก 👍🏽", translation="", language="th", participant="P01", group="ก", site="S01")
        },
        references={"th": tmp_path / "works.json", "en": tmp_path / "works.json"},
        tables=tmp_path,
    )
    assemble(folder, text=tmp_path / "text", figures=[], report=ROOT / "report", fonts=fonts)
    out = {format_: tmp_path / f"x.{format_}" for format_ in ("html", "pdf", "docx")}
    render(engine, folder, out)  # type: ignore[arg-type]
    documents = {format_: path.read_bytes() for format_, path in out.items()}
    pdf, page, word = (text_of(documents, format_) for format_ in ("pdf", "html", "docx"))
    for said in ("ก=ข", "x=1", "[grinningface]", "[cjkunifiedideograph-6587]", "[elephant]", "[thumbsupsign]",
                 "[greenbook]", "[graduationcap]", "¥"):  # fmt: skip
        assert said in pdf, said
    for kept in "＝😀🐘👍📗🎓￥":
        assert kept in page and kept in word
