"""Word where a reader has not the font that the document asks for: those that stand in for it are wider and taller."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from documents import Source, made
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from PIL import Image

from thongthin.present.render.working_copy import assemble

TEXT_WIDTH, CELL_SPACE = 453, 6
HEADS = ["Code", "Units", "Agreement (%)", "Cohen’s κ", "Gwet’s AC1", "Krippendorff’s α", "95% CI"]
ROWS = [
    ["Proactive communication with citizens", "1,260", "100.0", "1.00", ".86", "1.00", "[−.01, 1.00]"],
    ["**All codes**", "**42,500 (100.0)**", "**96.8**", "**.78**", "**.96**", "**.78**", "**[.75, .82]**"],
]
THAI = ["ประเด็น", "สัมภาษณ์", "แบบสอบถาม", "ข้อสรุปร่วม"]
STRANDS = ["ทักษะ", "8/12 (ร้อยละ 66.7 [34.9, 90.1]); เจ้าหน้าที่ 6/6", "3.81 [3.70, 3.92]", "ทักษะดิจิทัลของบุคลากร " * 16]


def pipe_table(heads: list[str], rows: list[list[str]], marks: str) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, marks.split(), *rows]) + "\n"


TABLES = {
    "agreement": pipe_table(HEADS, ROWS, ":--- " + "-: " * 6),
    "strands": pipe_table(THAI, [STRANDS], ":- :- :- :-"),
    "few": pipe_table(["Site", "Officials", "All interviewed"], [["Dok Khun", "2", "64 (37.6)"]], ":--- -: -:"),
}
TEXT = "\n\n".join(
    f"@tbl-{name}\n\n::: {{#tbl-{name}}}\n{{{{< include tables/{name}.md >}}}}\n\nA table\n:::" for name in TABLES
)


@pytest.fixture(scope="module", params=["th", "en"])
def document(request: Any, tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Any:
    source = Source(TEXT, request.param, tables=TABLES)
    path = made(source, tmp_path_factory.mktemp("word"), fonts, "embedded", ["docx"])["docx"]
    return Document(io.BytesIO(path.read_bytes()))


def widths_in(font: Path) -> Any:
    opened = TTFont(font)
    letters, advances, unit = opened.getBestCmap(), opened["hmtx"], opened["head"].unitsPerEm
    return lambda text: sum(advances[letters[ord(letter)]][0] / unit for letter in text if ord(letter) in letters)


def test_numbers_and_heads_stay_whole_in_a_wider_font(document: Any, fonts: Path) -> None:
    """Sarabun is as wide as any that Word or LibreOffice takes in the place of TH Sarabun New."""
    bold, regular = (widths_in(fonts / f"SarabunThongthin-{name}.ttf") for name in ("Bold", "Regular"))
    looked_at = 0
    for table in document.tables:
        shares = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        for number, row in enumerate(table.rows):
            for cell, share in zip(row.cells, shares, strict=True):
                style = cell.paragraphs[0].style
                room = TEXT_WIDTH * share / sum(shares) - CELL_SPACE
                strong = number == 0 or any(run.bold for run in cell.paragraphs[0].runs)
                width = bold if strong else regular
                for part in re.findall(r"[^ ]+", cell.text):
                    if re.search(r"\d", part) or (number == 0 and part.isascii()):
                        looked_at += 1
                        assert width(part) * style.font.size.pt <= room, (part, style.name)
    assert looked_at > 30


def test_one_font_in_two_sizes_and_a_least_one_for_what_has_no_room_else(document: Any) -> None:
    names = [table.rows[1].cells[0].paragraphs[0].style.name for table in document.tables]
    assert names == ["table-least", "table-small", "table-normal"]


def test_only_thai_letters_are_thai(document: Any) -> None:
    """Latin words and digits that are called Thai are broken between any two of them, by LibreOffice."""
    tongues = document.element.xpath("//w:lang/@w:val")
    assert [tongue for tongue in tongues if tongue.startswith("th")] == []
    normal = document.styles["Normal"].element.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    assert (normal.get(qn("w:val")), normal.get(qn("w:bidi"))) == ("en-US", "th-TH")


def test_a_tall_figure_leaves_room_for_heading_and_caption(tmp_path: Path, fonts: Path) -> None:
    from thongthin.present.render import render

    source = Source("# Appendix\n\n@fig-map\n\n![The map](figures/map){#fig-map fig-alt='x'}\n", "en")
    made(source, tmp_path, fonts, "embedded", ["docx"])
    Image.new("RGB", (906, 1600)).save(tmp_path / "figures" / "map.png")
    assemble(
        tmp_path / "copy",
        text=tmp_path / "text",
        figures=(tmp_path / "figures").iterdir(),
        report=Path(__file__).parents[3] / "report",
        fonts=fonts,
    )
    render("embedded", tmp_path / "copy", {"docx": tmp_path / "tall.docx"})
    with zipfile.ZipFile(tmp_path / "tall.docx") as archive:
        page = archive.read("word/document.xml").decode()
    wide, tall = (int(n) / 12_700 for n in re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"', page).groups())  # type: ignore[union-attr]
    assert 500 < tall <= 570 and wide == pytest.approx(tall * 906 / 1600, rel=0.01)
    # LibreOffice takes room for itself around a picture that does not say it has none.
    assert page.count("<wp:inline ") == page.count('distT="0" distB="0" distL="0" distR="0"') == 1
    assert "<wp:inline>" not in page
