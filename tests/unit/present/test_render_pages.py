"""The pages of the PDF, measured: where lines end, what stays together, what goes over the page, how full pages are."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from amount import some
from pages import Line, lines_of, said_of
from PIL import Image
from studies import STUDY

from thongthin.contract.study import Study
from thongthin.present.render import embedded, render
from thongthin.present.render.composition import Quote, compose
from thongthin.present.render.working_copy import assemble

ROOT = Path(__file__).parents[3]
SITES = ["เทศบาลเมืองดอกคูน", "เทศบาลตำบลโนนสะแบง", "องค์การบริหารส่วนตำบลทุ่งดอกจาน"]


def made(
    folder: Path, fonts: Path, language: str, text: str, *, document: str = "article", sites: list[str] = SITES
) -> Path:
    """The PDF of a document with this text, one quote ("said") and one figure ("map")."""
    figure = '<svg xmlns="http://www.w3.org/2000/svg" width="453" height="300"><rect width="453" height="300"/></svg>'
    (folder / "map.svg").write_text(figure, encoding="utf-8")
    Image.new("RGB", (14, 9)).save(folder / "map.png")
    (folder / "works.json").write_text("[]", encoding="utf-8")
    (folder / "article.qmd").write_text(f"---\nlang: {language}\n---\n\n{text}", encoding="utf-8")
    said = Quote(
        text="พอเข้าสภาปีที่แล้ว " * 8,
        translation="When it came before the council last year, they voted it down. " * 5,
        language="th",
        participant="P09",
        group="ประชาชน" if language == "th" else "citizen",
        site=sites[-1] if language == "th" else "Thung Dok Chan Subdistrict Administrative Organisation",
    )
    compose(
        folder / "text",
        study=Study.model_validate(STUDY),
        document=document,  # type: ignore[arg-type]
        language=language,  # type: ignore[arg-type]
        article=folder / "article.qmd",
        values={"n": "ร้อยละ 54.3"},
        quotes={"said": said},
        references={"th": folder / "works.json", "en": folder / "works.json"},
        tables=folder,
        sites=sites,
    )
    copy = folder / "copy"
    assemble(copy, text=folder / "text", figures=folder.glob("map.*"), report=ROOT / "report", fonts=fonts)
    render("embedded", copy, {"pdf": folder / "a.pdf"})
    return folder / "a.pdf"


def joints(lines: list[Line]) -> list[tuple[str, str]]:
    """The last and the first Thai letters of two lines, where a line ends within a run of them."""
    found = []
    for one, other in pairwise(lines):
        end, begin = re.search("[ก-๎]+$", one.text), re.match("[ก-๎]+", other.text)
        if end and begin and other.base < one.base:
            found.append((end[0], begin[0]))
    return found


KEPT = ["โนนสะแบง", "ทุ่งดอกจาน", "กระบวนการ", "แบบสอบถาม", "บทสัมภาษณ์", "คลาดเคลื่อน", "สำนักงาน", "ซ้ำซ้อน", "งบประมาณ"]


def test_words_and_names_are_not_broken_and_repetition_begins_no_line(tmp_path: Path, fonts: Path) -> None:
    prose = "\n\n".join(
        "ก" * shift + "".join(KEPT[(3 * at + shift) % len(KEPT)] + ("ต่าง ๆ " if at % 3 else "และ") for at in range(40))
        for shift in range(12)
    )
    lines = lines_of(made(tmp_path, fonts, "th", prose))
    assert len(lines) > 60
    for end, begin in joints(lines):
        for word in KEPT:
            broken = [cut for cut in range(1, len(word)) if end.endswith(word[:cut]) and begin.startswith(word[cut:])]
            assert not broken, f"{end}|{begin}"
    assert not [line.text for line in lines if line.text.startswith(("ๆ", "ฯ"))]
    words = re.sub(r"\s", "", "".join(line.text for line in lines))
    assert words.count("ต่างๆ") == prose.count("ต่าง ๆ"), "what is kept together is copied as it was written"
    assert "\u2060" not in words and "\u200b" not in words


def test_no_space_before_a_label_that_goes_with_the_word_before(tmp_path: Path, fonts: Path) -> None:
    table = "::: {#tbl-x}\n| ก | ข |\n|:--|:--|\n| ค | ง |\n\nชื่อ\n:::"
    figure = '![แผนที่](figures/map){#fig-map fig-alt="แผนที่"}'
    text = f"@tbl-x และ @fig-map แสดงจำนวน ดังใน @tbl-x แล้ว พื้นที่ต่างกัน @fig-map แสดง\n\n{table}\n\n{figure}"
    lines = lines_of(made(tmp_path, fonts, "th", text))
    said = " ".join(line.text.strip() for line in lines).replace("\u00a0", " ")
    assert "ตารางที่ 1 และภาพที่ 1 แสดงจำนวน ดังในตารางที่ 1 แล้ว พื้นที่ต่างกัน ภาพที่ 1 แสดง" in said


# In this order half of them have each language, and each place of the quote on the page.
FILLED = [
    (language, filled) for filled in (22, 24, 26, 28) for language in (("th", "en"), ("en", "th"))[filled // 2 % 2]
]


@pytest.mark.parametrize(("language", "filled"), some(FILLED, least=4))
def test_a_quote_stays_with_what_announces_it_and_with_who_said_it(
    tmp_path: Path, fonts: Path, language: str, filled: int
) -> None:
    before = "\n\n".join(f"Line{n}" for n in range(filled))
    lines = lines_of(made(tmp_path, fonts, language, before + "\n\nAnnounced.\n\n{{< quote said >}}\n\nAfter"))
    page = {line.text.strip(): line.page for line in lines}
    opens = next(line.page for line in lines if "“" in line.text)
    closes = next(line.page for line in lines if "”" in line.text)
    speaker = next(line.page for line in lines if "P09" in line.text)
    assert page["Announced."] == opens == closes == speaker
    if language == "en":
        assert [line for line in lines if "(translated from Thai)" in line.text], "brackets are not broken"


@pytest.mark.parametrize("rows", some([60, *range(20, 32)], least=7))
def test_a_note_stays_with_the_last_row_and_a_table_says_that_it_goes_on(
    tmp_path: Path, fonts: Path, rows: int
) -> None:
    table = "| Name | Value |\n|:--|--:|\n" + "".join(f"| Row{n} | {n} |\n" for n in range(rows))
    note = "::: {.table-note}\nNoted: " + "a note of some words. " * 12 + "\n:::"
    text = f"Before\n\n::: {{#tbl-x}}\n{table}\n{note}\n\nA table\n:::\n\nAfter"
    lines = lines_of(made(tmp_path, fonts, "en", text, document="supplement"))
    last = next(line for line in lines if line.text.startswith(f"Row{rows - 1}"))
    noted = next(line for line in lines if line.text.startswith("Noted"))
    assert noted.page == last.page and noted.base < last.base
    heads = [line for line in lines if line.text.startswith("Name")]
    on = [line.page for line in lines if "(continued)" in line.text.replace("\u00a0", " ")]
    assert [head.page for head in heads] == list(range(heads[0].page, last.page + 1))
    assert on == [head.page for head in heads[1:]]
    assert rows < 60 or on, "the last of these tables takes two pages"


def test_a_cell_is_tall_by_the_width_of_its_own_column(tmp_path: Path, fonts: Path) -> None:
    """A table with a long text in a wide column goes on over the page whole row by row, and says so."""
    rows = "".join(f"| {n} | `x` {'some words of an answer ' * 45} | b |\n" for n in range(6))
    text = f"::: {{#tbl-x}}\n| a | b | c |\n|:-|:------------|:-|\n{rows}\n\nX\n:::"
    lines = lines_of(made(tmp_path, fonts, "en", text, document="supplement"))
    assert lines[-1].page > 1 and any("(continued)" in line.text.replace("\u00a0", " ") for line in lines)


def test_tables_find_their_places_wherever_they_begin(tmp_path: Path, fonts: Path) -> None:
    """Typst gives up, and warns, where a line that says that a table goes on moves the table that it looks at."""
    rows = "".join(f"| Row{n} | {n} |\n" for n in range(15))
    note = "::: {.table-note}\nNoted: " + "a note of some words. " * 12 + "\n:::"
    text = "".join(
        f"# Part {n}\n\n{'Words between tables. ' * 4 * n}\n\n"
        f"::: {{#tbl-x{n}}}\n| Name | Value |\n|:--|--:|\n{rows}\n{note}\n\nA table\n:::\n\n"
        for n in range(30)
    )
    lines = lines_of(made(tmp_path, fonts, "en", text, document="supplement"))
    heads = [line.page for line in lines if line.text.startswith("Name")]
    on = [line.page for line in lines if "(continued)" in line.text.replace("\u00a0", " ")]
    filled = {line.page for line in lines if line.text.startswith("Row")}
    assert len([line for line in lines if line.text.startswith("Row0")]) == 30
    assert on and len(heads) == 30 + len(on) and {*heads} <= filled, "no head stands alone"


def test_what_finds_no_rest_is_set_by_simpler_rules(tmp_path: Path, fonts: Path) -> None:
    """Two pages if there is one, and one if there are two."""
    (tmp_path / "fonts").symlink_to(fonts)
    restless = 'context if counter(page).final().first() < 2 and "steady" not in sys.inputs { pagebreak() }'
    source = f'#set document(title: "T")\n#set text(font: "Sarabun Thongthin")\nBefore\n\n#{restless}\n\nAfter'
    (tmp_path / "a.pdf").write_bytes(embedded._pdf(tmp_path, source.encode()))
    assert [line.page for line in lines_of(tmp_path / "a.pdf")] == [1, 1]


WORDS = ["Municipality", "Administrative Organisation", "Krippendorff’s α", "95% CI", "Agreement (%)", "Units"]


@pytest.mark.parametrize("count", [4, 5, 6])
def test_heads_of_columns_and_numbers_are_not_broken(tmp_path: Path, fonts: Path, count: int) -> None:
    rows = "".join("| Positive attitude and openness |" + " [−.52, 1.00] |" * count + "\n" for _ in range(3))
    table = "| Code | " + " | ".join(WORDS[:count]) + " |\n|:----|" + "-:|" * count + "\n" + rows
    lines = lines_of(made(tmp_path, fonts, "en", f"::: {{#tbl-x}}\n{table}\n\nA\n:::"))
    text = [line.text.strip() for line in lines]
    words = {word for name in WORDS[:count] for word in name.split()}
    assert words <= {word for line in text for word in line.split()}
    assert sum(line.count("[−.52, 1.00]") for line in text) == 3 * count


def test_tables_are_set_in_two_sizes_by_need(tmp_path: Path, fonts: Path) -> None:
    """Not by the number of columns: eight short ones have room at the usual size, five of long words have not."""
    short = "| A |" + " B |" * 7 + "\n|:-|" + "-:|" * 7 + "\n| shortword |" + " 1 |" * 7
    long = "| A |" + " B |" * 5 + "\n|:-|" + ":-|" * 5 + "\n| longword |" + " Incomprehensibilities |" * 5
    text = f"::: {{#tbl-x}}\n{short}\n\nX\n:::\n\n::: {{#tbl-y}}\n{long}\n\nY\n:::"
    sizes = sizes_of(made(tmp_path, fonts, "en", text))
    assert sizes["s"] == 10 and sizes["I"] == 8.5


def sizes_of(pdf: Path) -> dict[str, float]:
    """The size of type of each letter where it comes first on the page in a table cell."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    found = {}
    whole = text.get_text_range()
    for word in ("shortword", "Incomprehensibilities"):
        place = whole.index(word)
        found[word[0]] = round(pypdfium2.raw.FPDFText_GetFontSize(text, place), 1)
    document.close()
    return found


@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_of_a_supplement_are_three_quarters_full(tmp_path: Path, fonts: Path, language: str) -> None:
    """But for the last; with the sites of a study of long names, and of a single one."""
    for number, sites in enumerate((SITES, SITES[:1])):
        parts = []
        for table in range(8):
            rows = "".join(f"| {sites[n % len(sites)]} {n} | {n} |\n" for n in range((16, 18, 7)[table % 3]))
            note = "::: {.table-note}\nNote of a table.\n:::"
            own = f"::: {{#tbl-t{table}}}\n| A | B |\n|:--|--:|\n{rows}\n{note}\n\nX\n:::"
            parts.append(f"# Heading{table}\n\nSome words.\n\n{own}")
        folder = tmp_path / str(number)
        folder.mkdir()
        lines = lines_of(made(folder, fonts, language, "\n\n".join(parts), document="supplement", sites=sites))
        for page in range(1, lines[-1].page):
            foot = min(line.base for line in lines if line.page == page)
            assert foot < 71 + 0.25 * 688, f"page {page}"


def test_the_title_is_balanced_and_stands_in_the_head_of_the_pages(tmp_path: Path, fonts: Path) -> None:
    title = {"th": "ก", "en": "Success Factors of Digital Local Change: a Case of a Single Province"}
    (tmp_path / "works.json").write_text("[]", encoding="utf-8")
    (tmp_path / "article.qmd").write_text("---\nlang: en\n---\n\n" + "Word\n\n" * 60, encoding="utf-8")
    compose(
        tmp_path / "text",
        study=Study.model_validate({**STUDY, "title": title}),
        language="en",
        article=tmp_path / "article.qmd",
        values={},
        quotes={},
        references={"th": tmp_path / "works.json", "en": tmp_path / "works.json"},
        tables=tmp_path,
    )
    assemble(tmp_path / "copy", text=tmp_path / "text", figures=[], report=ROOT / "report", fonts=fonts)
    render("embedded", tmp_path / "copy", {"pdf": tmp_path / "a.pdf"})
    lines = lines_of(tmp_path / "a.pdf")
    own = [line for line in lines if line.page == 1 and any(w in line.text for w in ("Success", "Province"))]
    first, last = own[0], own[-1]
    assert last.right - last.left > 0.6 * (first.right - first.left)
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    heads = [page.get_textpage().get_text_range().split("\n")[0].strip() for page in document]
    document.close()
    assert heads[1:] == [title["en"].split(":")[0]] * (len(heads) - 1)


def test_languages_are_tagged_with_their_countries(tmp_path: Path, fonts: Path) -> None:
    pdf = made(tmp_path, fonts, "th", "# บทนำ\n\nคำ [Digital Government]{lang=en} คำ\n\n{{< quote said >}}")
    assert said_of(pdf, "/Lang") == {"th-TH", "en-US"}


def test_greek_is_set_in_a_face_like_that_of_the_text(tmp_path: Path, fonts: Path) -> None:
    pdf = made(tmp_path, fonts, "en", "Statistics α β τ χ ε **κ**")
    fonts_of = " ".join(said_of(pdf, "/FontName"))
    assert "ThongthinGreek" in fonts_of and "Libertinus" not in fonts_of
