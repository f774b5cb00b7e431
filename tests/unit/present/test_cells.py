"""Which numbers stand in a cell of an article table."""

from __future__ import annotations

import pandas as pd

from thongthin.basics.language import format_number
from thongthin.present.cells import Frames, cells_table, grid_of, keys_of_cells, with_addresses

THEMES = pd.DataFrame(
    {
        "site_id": ["S01", "S02"],
        "theme_id": ["budget", "budget"],
        "participants": [2, 2],
        "denominator": [4, 4],
        "share": [0.5, 0.5],
        "low": [0.1, 0.1],
        "high": [0.9, 0.9],
        "segments": [3, 3],
    }
)


def _made(tables: Frames) -> str:
    rows = [
        f"| {row['site_id']} | {row['participants']}/{row['denominator']} |"
        f" {format_number(row['share'], 'share', 'en')} | {format_number(row['share'] * 2, 'share', 'en')} |"
        for row in tables["themes_by_site"].to_dict("records")
    ]
    return "\n".join(["| Site | Of | Share | Twice |", "|:--|--:|--:|--:|", *rows]) + "\n"


def test_equal_numbers_are_told_apart_and_computed_ones_are_of_no_row() -> None:
    found = keys_of_cells(_made, {"themes_by_site": THEMES})
    assert found == {
        (1, 2): ["themes_by_site.S01.budget.participants", "themes_by_site.S01.budget.denominator"],
        (1, 3): ["themes_by_site.S01.budget.share"],
        (2, 2): ["themes_by_site.S02.budget.participants", "themes_by_site.S02.budget.denominator"],
        (2, 3): ["themes_by_site.S02.budget.share"],
    }


def test_a_table_that_cannot_take_marked_numbers_is_tried_column_by_column() -> None:
    def touchy(tables: Frames) -> str:
        frame = tables["themes_by_site"]
        if frame["low"].dtype == object:
            raise TypeError("no objects here")
        return _made(tables)

    found = keys_of_cells(touchy, {"themes_by_site": THEMES})
    assert found[2, 3] == ["themes_by_site.S02.budget.share"]


def test_a_cell_that_reads_otherwise_with_marks_is_said_to_show_nothing() -> None:
    def changing(tables: Frames) -> str:
        return _made(tables).replace("50.0%", str(tables["themes_by_site"]["share"].dtype))

    assert (1, 3) not in keys_of_cells(changing, {"themes_by_site": THEMES})


def test_no_table_has_no_cells() -> None:
    assert keys_of_cells(lambda _: "There is nothing to show here.\n", {"themes_by_site": THEMES}) == {}


def test_cells_say_where_they_stand_and_requests_stay_as_they_are() -> None:
    text = "| A | B |\n|:--|--:|\n| x | 1 \\| 2 |\n| y | {{< value k >}} 3 |\n| z | 4 |\n"
    keys = {(1, 2): ["t.r.c"], (2, 2): ["t.s.c"], (3, 2): ["t.u.c"]}
    assert with_addresses(text, "t", keys).split("\n")[2:5] == [
        '| x | [1 \\| 2]{evidence="table/t" cells="1.2 3.2"} |',
        "| y | {{< value k >}} 3 |",
        "| z | 4 |",
    ]
    assert with_addresses(text, "t", {}) == text
    assert grid_of(text)[1] == ["x", "1 \\| 2"]


def test_the_table_of_cells_reads_as_the_page_does() -> None:
    texts = {
        "th": "| พื้นที่ | *n* |\n|:--|--:|\n| **ก** | 1,200 \\[1\u00a02\\] |\n",
        "en": "| Site | *n* |\n|:--|--:|\n| **A** | 1,200 \\[1\u00a02\\] |\n",
    }
    row = cells_table(texts, {(1, 2): ["a.b.c", "a.b.d"]}).to_dict("records")[1]  # type: ignore[arg-type]
    assert (row["row_en"], row["column_th"], row["text_en"], row["keys"]) == ("A", "n", "1,200 [1 2]", "a.b.c a.b.d")
