"""Check boxes: a cell is explained by all options of its question together, and what is left over is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from studies import STUDY, csv_text

from thongthin.basics.problems import Problems
from thongthin.contract.study import Study
from thongthin.read.survey.files.choices import answers_in_cells, split_column
from thongthin.read.survey.files.model import SurveyColumn
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import read_responses

SITES = pd.DataFrame({"site_id": ["S01"], "name_th": ["น้ำใส"], "name_en": ["Nam Sai"]})


def read(folder: Path, cells: list[str], options: list[str]) -> tuple[list[list[float]], Problems]:
    """What each option is in each row, and what was told."""
    rows = [(f"o{n}", "use", option, option, option, "") for n, option in enumerate(options)]
    header = ["item_id", "column", "choice", "text_th", "text_en", "scale"]
    (folder / "items.csv").write_text(csv_text(header, rows), encoding="utf-8")
    (folder / "r.csv").write_text(csv_text(["place", "use"], [("S01", cell) for cell in cells]), encoding="utf-8")
    study = Study.model_validate({**STUDY, "survey": {"file": "r.csv", "site": "place"}})
    problems = Problems()
    items = read_items(folder / "items.csv", study, problems.at("items.csv"))
    tables = read_responses(folder / "r.csv", items, SITES, study, problems.at("r.csv"))
    return tables.received[[row[0] for row in rows]].to_numpy(dtype=float).tolist(), problems


def test_an_option_inside_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    options = ["สื่อสังคม (ไลน์, เฟซบุ๊ก)", "เฟซบุ๊ก", "โทรศัพท์", "อีเมล, จดหมาย"]
    cells = ["สื่อสังคม (ไลน์, เฟซบุ๊ก), โทรศัพท์", "เฟซบุ๊ก, อีเมล, จดหมาย", "สื่อสังคม (ไลน์, เฟซบุ๊ก), เฟซบุ๊ก"]
    chosen, problems = read(tmp_path, cells, options)
    assert chosen == [[1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]]
    assert not problems.found
    assert not problems.notices


@pytest.mark.parametrize("cell", ["135", "1,3,5", "1, 3, 5", "1;3;5", "1|3|5"])
def test_codes_of_choices(tmp_path: Path, cell: str) -> None:
    chosen, problems = read(tmp_path, [cell, "2", "4"], ["1", "2", "3", "4", "5"])
    assert chosen == [[1, 0, 1, 0, 1], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0]]
    assert [n.kind for n in problems.notices] == (["digits"] if cell == "135" else [])


def test_what_is_no_rising_row_of_codes_is_told(tmp_path: Path) -> None:
    chosen, problems = read(tmp_path, ["531", "12", "1"], ["1", "2", "3", "12"])
    assert chosen == [[0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]
    assert [n.en for n in problems.notices if n.kind == "left-over"] == [
        '1 cells hold answers that no choice of survey/items.csv explains: "531" (1). They count as none.'
    ]


def test_an_option_that_was_reworded_is_told_once_and_can_be_named(tmp_path: Path) -> None:
    cells = ["เว็บไซต์, ไลน์"] * 15 + ["เว็บไซต์เทศบาล, ไลน์"] * 9 + ["ไลน์"]
    chosen, problems = read(tmp_path, cells, ["เว็บไซต์เทศบาล", "ไลน์"])
    assert sum(row[0] for row in chosen) == 9
    [told] = problems.notices
    assert told.en == (
        '15 cells hold answers that no choice of survey/items.csv explains: "เว็บไซต์" (15). They count as none.'
    )
    assert "new | old" in told.hint_en
    # The remedy that the hint names.
    chosen, problems = read(tmp_path, cells, ["เว็บไซต์เทศบาล | เว็บไซต์", "ไลน์"])
    assert [sum(row[n] for row in chosen) for n in (0, 1)] == [24, 25]
    assert not problems.notices


def test_options_with_a_comma_are_drafted_whole() -> None:
    cells = ["โทรศัพท์", "อีเมล, จดหมาย", "สื่อสังคม (ไลน์, เฟซบุ๊ก), โทรศัพท์", "เฟซบุ๊ก", "อีเมล, จดหมาย, โทรศัพท์"]
    frame = pd.DataFrame({"use": [*cells, "เฟซบุ๊ก, อีเมล, จดหมาย", "สื่อสังคม (ไลน์, เฟซบุ๊ก)"]})
    options = answers_in_cells(frame["use"], ", ")
    assert set(options) == {"โทรศัพท์", "อีเมล, จดหมาย", "สื่อสังคม (ไลน์, เฟซบุ๊ก)", "เฟซบุ๊ก"}
    columns = split_column(frame, SurveyColumn("use"), {option: option for option in options}, ", ")
    ticked = {column.text: list(frame[column.header]) for column in columns}
    assert ticked["เฟซบุ๊ก"] == ["0", "0", "0", "1", "0", "1", "0"]
    assert ticked["อีเมล, จดหมาย"] == ["0", "1", "0", "0", "1", "1", "0"]
    assert ticked["สื่อสังคม (ไลน์, เฟซบุ๊ก)"] == ["0", "0", "1", "0", "0", "0", "1"]
