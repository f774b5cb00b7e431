"""Characters that no font of the PDF has: found by the check, and told in the PDF by what they are."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from studies import make_study, replace_text

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.present.figures.board import Board, text_width, wrap
from thongthin.present.render.characters import (
    _USUAL,
    _drawn_in_figures,
    _lacking,
    drawable,
    notice_missing,
    replacements,
)


def test_the_usual_characters_are_all_drawn() -> None:
    usual = [chr(code) for code in range(0x3000) if _USUAL.match(chr(code)) and code >= 0x20]
    assert len(usual) > 400
    assert not _lacking(usual)
    assert not set(usual) - _drawn_in_figures()


@pytest.mark.parametrize(
    ("character", "instead"),
    [
        ("＝", "="),
        ("Ａ", "A"),
        ("￥", "¥"),
        ("㎏", "kg"),
        ("😀", "[grinning face]"),
        ("文", "[cjk unified ideograph-6587]"),
        ("\u0378", "[U+0378]"),
    ],
)
def test_what_stands_in_the_place_of_a_character(character: str, instead: str) -> None:
    assert replacements(f"ก {character} a {character}") == {character: instead}


@pytest.mark.parametrize("text", ["", "ก่อน–หลัง ≥ 5 → “ใช่” α β ½ ✓ ฿ ๑ ำ", "a\u200bb\u00adc\u00a0d", "é ñ ü œ"])
def test_what_the_fonts_have_stays(text: str) -> None:
    assert replacements(text) == {}


def test_a_notice_names_the_character_and_its_place() -> None:
    problems = Problems()
    notice_missing("ก 😀", problems.at("report/x/article.th.qmd"), row=7)
    notice_missing("ก ข", problems.at("report/x/article.th.qmd"), row=8)
    (notice,) = problems.notices
    assert (notice.file, notice.row) == ("report/x/article.th.qmd", 7)
    assert 'No font of the PDF has "😀" (U+1F600): "[grinning face]" stands there' in notice.en
    assert "แสดง" in notice.th and not problems.found


def test_the_check_tells_where_in_a_study_they_stand_and_stops_for_none(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    replace_text(study / "study.yml", "การศึกษาขนาดเล็ก", "การศึกษาขนาดเล็ก 🎓")
    replace_text(study / "codebook.csv", "Openness", "Openness ＝ trust")
    replace_text(study / "quotes.csv", "my shop opened early", "my shop opened early 👍")
    replace_text(study / "references.yml", "แผนพัฒนารัฐบาลดิจิทัล", "แผนพัฒนา 文 รัฐบาลดิจิทัล")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert not problems.found
    told = {
        p.file.removeprefix("data/raw/small/"): (p.row is not None, p.en.split("(", 1)[1])
        for p in problems.notices
        if p.kind == "missing-character"
    }
    end = " stands there in its place. HTML and Word keep it."
    drawn = " stands there in its place. The text of HTML and Word keeps it."  # figures may show it, too
    assert told == {
        "study.yml": (True, f'U+1F393): "[graduation cap]"{drawn}'),
        "codebook.csv": (False, f'U+FF1D) (in "attitude_open"): "="{drawn}'),
        "quotes.csv": (False, f'U+1F44D) (in "q_fast"): "[thumbs up sign]"{end}'),
        "references.yml": (True, f'U+6587): "[cjk unified ideograph-6587]"{end}'),
    }


# --- in figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("บ้าน 文", "บ้าน [cjk unified ideograph-6587]"),
        ("Ａ＝B", "A=B"),
        ("😀 ☺ น้ำ\u200bใส", "😀 ☺ น้ำ\u200bใส"),  # DejaVu Sans has these
        ("🫠", "[melting face]"),
    ],
)
def test_figures_draw_no_empty_box(text: str, drawn: str) -> None:
    assert drawable(text) == drawn == drawable(drawn)
    assert text_width(text) == text_width(drawn)
    assert wrap(text, 1000) == drawn
    board = Board()
    board.text(1, 1, text)
    board.text_upwards(1, 1, text, 8)
    figure = board.cut(10)
    assert [own.get_text() for own in board.axes.texts] == [drawn, drawn]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of glyphs that it has not
        figure.savefig(io.BytesIO(), format="png", dpi=50)


def test_the_check_tells_of_texts_that_figures_draw_otherwise(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    replace_text(study / "sites.csv", "Nam Sai", "Nam 🫠 Sai")
    replace_text(study / "study.yml", "Officials", "Officials 文")
    replace_text(study / "quotes.csv", "my shop opened early", "my shop opened early 🫠")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    told = {notice.file.rsplit("/", 1)[1]: notice for notice in problems.notices if notice.kind == "missing-character"}
    assert set(told) == {"sites.csv", "study.yml", "quotes.csv"} and not problems.found
    assert '(U+1FAE0) (in "S01"): "[melting face]" stands' in told["sites.csv"].en
    for file in ("sites.csv", "study.yml"):
        assert "No font of the PDF and of the figures has" in told[file].en and "ใน PDF และภาพ" in told[file].th
    assert "figures" not in told["quotes.csv"].en and "ภาพ" not in told["quotes.csv"].th
