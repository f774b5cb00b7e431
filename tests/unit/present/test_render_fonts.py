"""Thai text copied out of a PDF is what was written, in every style of the font."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from thongthin.basics.files import write_bytes
from thongthin.present.render.fonts import FAMILY, STYLES, make_fonts, sarabun, web_font
from thongthin.present.render.pdf_text import repair_text

# Every consonant with the marks that a Thai word can give it; tall consonants, cut feet, stacked marks, sara am.
CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
SYLLABLES = ["{}่า", "{}ิ", "{}ี้", "{}ึ", "{}ื่อ", "{}ุ", "{}ู่", "{}ั้น", "{}์", "{}็", "เ{}็", "{}ำ", "{}้ำ", "{}๊ะ", "ไ{}๋"]
WORDS = "สำนักงาน ทำให้ น้ำ ค่ำ ซ้ำซ้อน ฟื้นฟู ฝั่ง เปื้อน ปั๊ม ปี่ ป้ำ ปู่ ญาติ ฐานะ กฎ ปฏิบัติ ฤๅ ฦๅ ๑๒๓ ฿ ฯลฯ ๆ office"


def copied(lines: list[str], style: str, fonts: Path) -> tuple[list[str], list[str]]:
    """Lines of text as pypdf, which ignores /ActualText, reads them out of a PDF: as Typst made it, and mended."""
    weight = "bold" if "Bold" in style else "regular"
    slant = "italic" if "Italic" in style else "normal"
    source = (
        f'#set document(title: "x")\n#set page(width: 100cm, height: auto)\n'
        f'#set text(font: "{FAMILY}", lang: "th", weight: "{weight}", style: "{slant}", fallback: false)\n'
        + "\n\n".join(lines)
    )
    pdf = typst.compile(source.encode(), font_paths=[fonts], ignore_system_fonts=True, pdf_standards="ua-1")
    read = [PdfReader(io.BytesIO(data)).pages[0].extract_text() for data in (pdf, repair_text(pdf, fonts))]
    return [line.strip() for line in read[0].split("\n")], [line.strip() for line in read[1].split("\n")]


@pytest.mark.parametrize("style", STYLES)
def test_every_thai_syllable_is_copied_as_written(fonts: Path, style: str) -> None:
    lines = [" ".join(syllable.format(consonant) for consonant in CONSONANTS) for syllable in SYLLABLES] + [WORDS]
    before, after = copied(lines, style, fonts)
    assert after == lines
    assert before != lines, "Typst does it by itself now: pdf_text can go"


def test_the_font_looks_as_before(fonts: Path) -> None:
    ours, theirs = TTFont(fonts / "SarabunThongthin-Regular.ttf"), sarabun("Regular")
    assert ours["name"].getDebugName(1) == FAMILY
    names = theirs.getGlyphOrder()
    assert ours.getGlyphOrder()[: len(names)] == names
    assert all(ours["glyf"][name] == theirs["glyf"][name] for name in names)
    assert all(ours["hmtx"][name] == theirs["hmtx"][name] for name in names)


def test_fonts_are_made_once_for_an_environment(fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And made anew where what was kept is damaged, or their sources are others."""

    def made(name: str) -> dict[str, bytes]:
        make_fonts(tmp_path / name, tmp_path / "kept")
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    expected = {path.name: path.read_bytes() for path in fonts.iterdir()}
    assert made("first") == expected and len(expected) == 14
    (archive,) = (tmp_path / "kept").iterdir()
    kept = archive.read_bytes()
    anew = []  # what follows is about when they are made; that the same comes out was just seen
    in_order = [own.filename for own in zipfile.ZipFile(archive).infolist()]

    def made_anew() -> dict[str, bytes]:
        anew.append("")
        return {name: expected[name] for name in in_order}

    monkeypatch.setattr("thongthin.present.render.fonts._made", made_anew)
    with monkeypatch.context() as patch:
        patch.delattr("thongthin.present.render.fonts._made")
        assert made("second") == expected
        patch.setattr("fontTools.version", "0")
        with pytest.raises(NameError):
            made("third")
    for damaged in (kept[:1000], kept.replace(expected["fonts.css"], b"x" * len(expected["fonts.css"])), b""):
        assert damaged != kept
        archive.write_bytes(damaged)
        anew.clear()
        assert made("fourth") == expected and len(anew) == 1
        assert archive.read_bytes() == kept
    monkeypatch.setattr("thongthin.present.render.fonts.write_bytes", denied_in(tmp_path / "kept"))
    archive.unlink()
    assert made("fifth") == expected and len(anew) == 2 and not archive.exists()


def denied_in(folder: Path) -> Callable[[Path, bytes], None]:
    """`write_bytes` where nobody may write into a folder."""

    def write(path: Path, data: bytes) -> None:
        if path.parent == folder:
            raise PermissionError(13, "denied", str(path))
        write_bytes(path, data)

    return write


def test_web_fonts_are_small_and_hold_thai_and_latin() -> None:
    data = web_font("Regular")
    assert len(data) < 40_000
    letters = TTFont(io.BytesIO(data)).getBestCmap()
    assert {ord(c) for c in "กฮ๙ำ์aZ–“”%"} <= set(letters)


def test_a_pdf_in_other_fonts_is_left_as_it_is(fonts: Path) -> None:
    pdf = typst.compile(b"plain text", ignore_system_fonts=True)
    assert PdfReader(io.BytesIO(repair_text(pdf, fonts))).pages[0].extract_text() == "plain text"
