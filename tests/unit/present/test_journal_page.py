"""A journal's page and type: paper, margins, columns, sizes, in the PDF, in Word and in the HTML."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import documents
import pypdfium2
import pytest
import yaml
from documents import Source, made, text_of
from pages import lines_of, said_of

from thongthin.basics.problems import Problems
from thongthin.contract.journal import Journal, load_journal
from thongthin.present.render.journal_page import page_of, section_of_word, styles_of_word

REPORT = Path(__file__).parents[3] / "report"
TWO = {
    "title": "In two columns",
    "page": {"size": "B5-JIS", "columns": 2, "margins": {"top": 2.5, "bottom": 2, "left": 1.5, "right": 1.5}},
    "font": {"family": "Libertinus Serif", "size": 9.5, "word": "Times New Roman", "word_size": 11},
}
NARROW = "| a | b |\n|:--|--:|\n| one | 1 |\n"
WIDE = (
    "| " + " | ".join(f"heading{n} words" for n in range(7)) + " |\n" + "|--:" * 7 + "|\n| " + "1,000.25 | " * 7 + "\n"
)
TEXT = (
    "# First\n\n"
    + ("Running text of the article, word upon word. " * 30 + "\n\n") * 3
    + "".join(
        f"::: {{#tbl-{name}}}\n{{{{< include tables/{name}.md >}}}}\n\nCalled {name}\n:::\n\n"
        for name in ("narrow", "wide")
    )
    + '![Drawn](figures/map){#fig-map fig-alt="A map."}\n\n# Last\n\n'
    + ("More text of the article, word upon word. " * 30 + "\n\n") * 3
)


def source(**changes: Any) -> Source:
    tables = {"narrow": NARROW, "wide": WIDE}
    return Source(TEXT, "en", **{"tables": tables, "journal": "two", **changes})


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `report/` with a journal of its own, in a project."""
    root = tmp_path / "project"
    shutil.copytree(REPORT, root / "report", ignore=shutil.ignore_patterns("khon-kaen"))
    (root / "report" / "styles" / "two").mkdir()
    (root / "report" / "styles" / "two" / "journal.yml").write_text(yaml.safe_dump(TWO), encoding="utf-8")
    monkeypatch.setattr(documents, "ROOT", root)
    return root


def test_a_journal_in_two_columns(tmp_path: Path, fonts: Path, report: Path) -> None:
    found = made(source(), tmp_path / "own", fonts, "embedded", ["pdf", "docx", "html"])
    with pypdfium2.PdfDocument(found["pdf"]) as pdf:
        assert [round(length / 72 * 2.54, 1) for length in pdf[0].get_size()] == [18.2, 25.7]
    assert any("LibertinusSerif" in name for name in said_of(found["pdf"], "/FontName"))
    lines = [line for line in lines_of(found["pdf"]) if "word upon word" in line.text]
    starts = {line.left / 72 * 2.54 for line in lines}
    left = 1.5
    right, indent = left + 7.25 + 0.7, 0.6
    for start in starts:
        assert any(abs(start - edge) < 0.06 for own in (left, right) for edge in (own, own + indent)), start
    assert min(starts) < left + 0.06 and max(starts) > right - 0.06, "text stands in both columns"
    assert max(line.right for line in lines) <= (18.2 - 1.5) * 72 / 2.54 + 3  # a space may stand beyond
    heads = [line for line in lines_of(found["pdf"]) if line.text.startswith("heading")]
    across = max(line.right for line in heads) - min(line.left for line in heads)
    assert across > 12 * 72 / 2.54, "a wide table spans both columns"
    page = found["html"].read_text(encoding="utf-8")
    assert "@page { size: 18.2cm 25.7cm; margin: 2.5cm 1.5cm 2cm 1.5cm; }" in page
    assert 'font-family: "Libertinus Serif", "Sarabun"' in page


def test_its_word_document_has_sections(tmp_path: Path, fonts: Path, report: Path) -> None:
    with zipfile.ZipFile(made(source(), tmp_path / "own", fonts, "embedded", ["docx"])["docx"]) as archive:
        text, styles = (archive.read(f"word/{part}.xml").decode() for part in ("document", "styles"))
    sections = re.findall(r"<w:sectPr\b.*?</w:sectPr>", text, re.DOTALL)
    assert [2 if 'w:num="2"' in own else 1 for own in sections] == [1, 2, 1, 2], "title, text, wide things, text"
    assert all('w:w="10318"' in own and "header1" in own and "continuous" in own for own in sections)
    named = ["First", "Called narrow", "Called wide", "Drawn", "Last"]
    places = [text.index(name) for name in named]
    ends = [match.start() for match in re.finditer(r"<w:sectPr\b", text)]
    assert places[1] < ends[1] < places[2] < places[3] < ends[2] < places[4], "a narrow table stands in its column"
    assert "TH Sarabun New" not in styles and styles.count('"Times New Roman"') >= 4
    assert '<w:sz w:val="22"/>' in styles.replace(" />", "/>")


def test_a_supplement_has_one_column(tmp_path: Path, fonts: Path, report: Path) -> None:
    found = made(source(document="supplement"), tmp_path / "own", fonts, "embedded", ["pdf", "docx"])
    with zipfile.ZipFile(found["docx"]) as archive:
        assert 'w:num="2"' not in archive.read("word/document.xml").decode()
    lines = [line for line in lines_of(found["pdf"]) if "word upon word" in line.text]
    assert max(line.left for line in lines) < 4 * 72 / 2.54
    assert "Called wide" in text_of(found["pdf"]).replace("Calledwide", "Called wide")


def test_the_own_journal_is_what_the_templates_are_made_for(tmp_path: Path, fonts: Path) -> None:
    assert page_of(Journal()) == {} and styles_of_word(b"as they are", Journal().font) == b"as they are"
    assert section_of_word(Journal().page, 1) == (
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1417" w:bottom="1417" w:left="1417"'
        ' w:header="720" w:footer="720" w:gutter="0"/>'
    )
    word = made(source(journal="standard"), tmp_path / "own", fonts, "embedded", ["html", "docx"])["docx"]
    with zipfile.ZipFile(word) as archive:
        table, types = (archive.read(name).decode() for name in ("word/fontTable.xml", "[Content_Types].xml"))
        assert "fontTable.xml" in archive.read("word/_rels/document.xml.rels").decode() and "fontTable.xml" in types
    assert re.search(r'name="TH Sarabun New"\s*/?><w:altName w:val="TH SarabunPSK,Cordia New', table), "as narrow"
    copy = tmp_path / "own" / "copy"
    assert "page" not in yaml.safe_load((copy / "metadata.yml").read_text(encoding="utf-8"))["thongthin"]
    assert not (copy / "styles" / "sections.json").exists()


@pytest.mark.parametrize(
    ("settings", "en", "th"),
    [
        ({"page": {"size": "A7"}}, "A4", "A4"),
        ({"page": {"margins": {"left": 6, "right": 6}}}, "9.0 × 24.2 cm of A4; text takes 12", "ต้องมีอย่างน้อย 12"),
        ({"page": {"columns": 2, "size": "B5"}}, "a column is 6.0 cm wide", "คอลัมน์กว้าง 6.0"),
        ({"page": {"columns": 3}}, "page.columns", "page.columns"),
        ({"font": {"size": 30}}, "font.size", "font.size"),
        ({"font": {"word": 'x"/><w:evil'}}, "font.word", "font.word"),
        ({"font": {"family": "Comic Sans"}}, "Libertinus Serif", "Libertinus Serif"),
    ],
)
def test_what_no_page_holds_is_refused(tmp_path: Path, settings: dict[str, Any], en: str, th: str) -> None:
    folder = tmp_path / "report" / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "journal.yml").write_text(yaml.safe_dump({"title": "M", **settings}), encoding="utf-8")
    problems = Problems()
    assert load_journal(tmp_path, "mine", problems) is None
    (found,) = problems.found
    place = f"{found.file} {found.column} {found.row}"
    assert en in f"{found.en} {found.hint_en} {place}" and th in f"{found.th} {found.hint_th} {place}"
