"""What a coding says that may be damage: coders of next to nothing, folders for files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.read.coding.doubts import tell_rare_coders


@pytest.mark.parametrize(
    ("numbers", "told"), [((20, 18, 1), ["c"]), ((20, 2), ["b"]), ((9, 8, 1), []), ((1, 1), []), ((), [])]
)
def test_a_coder_of_next_to_nothing_is_told(numbers: tuple[int, ...], told: list[str]) -> None:
    names = [name for name, number in zip("abc", numbers, strict=False) for _ in range(number)]
    problems = Problems()
    tell_rare_coders(pd.DataFrame({"coder": pd.Series(names, dtype=str)}), problems.at("coding"))
    assert [notice.en.split('"')[1] for notice in problems.notices] == told
    assert all('"a"' in notice.hint_en for notice in problems.notices)


@pytest.mark.parametrize("name", ["coding/P02_SK.docx", "coding/more.csv", "interviews/P01_old.txt"])
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    (make_study(tmp_path) / name).mkdir()
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [(p.kind, p.file) for p in problems] == [("no-file", f"data/raw/small/{name}")]
