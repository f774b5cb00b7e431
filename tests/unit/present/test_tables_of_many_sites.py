"""Tables of up to 77 sites: sites are rows, and what has no room beside stands below."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pypdfium2
import pytest
from amount import some
from documents import Source, made
from docx import Document
from pages import lines_of
from result_frames import ANALYSIS, frames, labels, many_sites

from thongthin.present.cells import grid_of
from thongthin.present.tables import article_table
from thongthin.present.tables.comparisons import MOST_PAIRS
from thongthin.present.tables.parts import MOST_BESIDE, with_room

LANGUAGES = ("th", "en")
SITES = 77


def many(themes: int) -> dict[str, pd.DataFrame]:
    """The made-up study at 77 sites, with so many themes, and the means of its scales."""
    return many_sites(SITES, themes, people=30)


def test_those_without_room_are_named() -> None:
    names = {n: f"Theme {n}" for n in range(10)}
    own = labels("en", frames())
    assert with_room({n: names[n] for n in range(MOST_BESIDE)}, own) == ({n: names[n] for n in range(MOST_BESIDE)}, "")
    kept, said = with_room(names, own)
    assert list(kept) == list(range(8)) and said == " 8 of 10 columns have room; left out are: Theme 8; Theme 9."
    kept, said = with_room(names, labels("th", frames()), [3, 0, *names])
    assert list(kept) == [1, 2, 4, 5, 6, 7, 8, 9]
    assert said == " แสดงได้ 8 จาก 10 คอลัมน์ ที่ไม่ได้แสดงคือ Theme 0; Theme 3"


def test_of_many_themes_at_many_sites_those_spoken_of_most_are_shown() -> None:
    tables = many(20)
    own = labels("en", tables)
    text = article_table("themes_by_site", tables, own, ANALYSIS)
    frame = tables["themes_by_site"].query("site_id == 'all'").set_index("theme_id")["participants"]
    grid = grid_of(text)
    assert len(grid) == 1 + SITES + 1 and len(grid[0]) == 1 + MOST_BESIDE
    most = frame.sort_values(ascending=False, kind="stable").index[:MOST_BESIDE]
    of_all = [int(cell.split(" ")[0].split("\u00a0")[0]) for cell in grid[-1][1:]]
    assert sorted(of_all, reverse=True) == frame[most].tolist()
    assert "8 of 20 columns have room; left out are: " in text
    # Fewer sites than a page is wide are columns, whatever the number of themes.
    few = {**tables, "sites": tables["sites"].head(3)}
    grid = grid_of(article_table("themes_by_site", few, labels("en", few), ANALYSIS))
    assert len(grid[0]) == 1 + 3 + 1 and len(grid) == 1 + 20


def test_of_many_pairs_of_sites_their_number_is_said() -> None:
    tables = frames()
    ids = [f"T{i:02d}" for i in range(SITES)]
    tables["sites"] = many(1)["sites"]
    own = tables["site_comparison_pairs"]
    first = own[(own["construct"] == "budget") & (own["site_a"] == "S01") & (own["site_b"] == "S02")].iloc[0]
    rows = [
        {
            **first,
            "site_a": a,
            "site_b": b,
            "p_corrected": 0.01 if i % 2 else 0.5,
            "p_games_howell": 0.01 if i % 2 else 0.5,
        }
        for i, (a, b) in enumerate(combinations(ids, 2))
    ]
    tables["site_comparison_pairs"] = pd.DataFrame(rows)
    for language, said in (("en", "1,463 of 2,926 pairs"), ("th", "1,463 จาก 2,926 คู่")):
        text = article_table("site_comparison", tables, labels(language, tables), ANALYSIS)
        assert said in text and max(len(cell) for row in grid_of(text) for cell in row) < 60
        listed = grid_of(article_table("site_comparison_pairs", tables, labels(language, tables), ANALYSIS))
        assert 1 < len(listed) <= 1 + MOST_PAIRS + 8  # with a heading for each scale


def overlaps(pdf: Path) -> int:
    """Pairs of digits that are printed over each other."""
    count = 0
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        digits = [i for i, letter in enumerate(text.get_text_range()) if letter in "0123456789"]
        boxes = np.array([text.get_charbox(i) for i in digits])
        if len(boxes):
            left, bottom, right, top = boxes.T
            width = np.minimum.outer(right, right) - np.maximum.outer(left, left)
            height = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
            count += (int(((width > 0.8) & (height > 0.8)).sum()) - len(boxes)) // 2
    document.close()
    return count


OF_MANY = [("themes_by_site", 20, "th"), ("themes_by_site", 20, "en"), ("scale_statistics", 8, "en")]


@pytest.mark.parametrize(("name", "themes", "language"), some([*OF_MANY, ("scale_statistics", 8, "th")], least=2))
def test_a_table_of_77_sites_can_be_read_in_every_format(
    tmp_path: Path, fonts: Path, name: str, themes: int, language: str
) -> None:
    tables = many(themes)
    text = article_table(name, tables, labels(language, tables), ANALYSIS)
    shown = Source(f"::: {{#tbl-x}}\n{{{{< include tables/{name}.md >}}}}\n\nX\n:::\n", language, tables={name: text})
    files = made(shown, tmp_path, fonts, "embedded", ("html", "pdf", "docx"))
    lines = lines_of(files["pdf"])
    wide = max(line.right for line in lines)
    assert overlaps(files["pdf"]) == 0 and wide < 595 - 40
    cells = {cell.replace("\u00a0", " ") for row in grid_of(text)[1:] for cell in row[1:] if re.match(r"\d", cell)}
    said = " ".join(line.text for line in lines).replace("\u00a0", " ")
    cells = {cell for cell in cells if not re.match(r"\d{4}", cell)}  # of thousands, the share stands below
    assert len(cells) >= 8 and [cell for cell in cells if cell not in said] == []
    columns = re.findall(r"<col\b", files["html"].read_text(encoding="utf-8"))
    assert 1 < len(columns) <= 1 + MOST_BESIDE
    (table,) = Document(str(files["docx"])).tables
    assert len(table.columns) == len(columns) and len(table.rows) == len(grid_of(text))
