"""Damage to articles, drawn at random and the same each time: the check accepts or says what is wrong, and where."""

from __future__ import annotations

import random
import re
from pathlib import Path

import mutations
import pytest
from amount import tried
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.present.render.dialect import check_article
from thongthin.present.render.source import read_source


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_damaged_article_is_accepted_or_told_at_its_place(tmp_path: Path, language: str) -> None:
    make_study(tmp_path)
    path = tmp_path / "report" / "small" / f"article.{language}.qmd"
    whole = path.read_bytes()
    changes = [change for change in mutations.changes_for(".qmd") if change.__name__ != "huge_cell"]
    refused = 0
    damages = tried(150)
    for seed in range(damages):
        change = random.Random(seed).choice(changes)
        path.write_bytes(change(whole, random.Random(f"{language} {seed}")))
        problems = Problems()
        check_article(path, language, problems.at(path.name))  # type: ignore[arg-type]
        refused += bool(problems.found)
        for problem in problems:
            assert problem.file == path.name, (change.__name__, seed)
            assert problem.row is not None or problem.kind in ("encoding", "missing-file"), (change.__name__, seed)
            assert re.search("[ก-๙]", problem.th) and problem.en, (change.__name__, seed)
        if not problems.found:
            tables = tmp_path / "tables"
            tables.mkdir(exist_ok=True)
            for name in re.findall(r"tables/([\w-]+\.md)", path.read_bytes().decode("utf-8", "replace")):
                (tables / name).write_text("| a |\n|---|\n| b |\n", encoding="utf-8")
            assert read_source(path, (), tables).text.startswith("---\n"), (change.__name__, seed)
    assert damages / 3 < refused < damages


def test_a_million_letters_in_one_place_do_not_hang(tmp_path: Path) -> None:
    make_study(tmp_path)
    path = tmp_path / "report" / "small" / "article.th.qmd"
    path.write_bytes(mutations.WORDS[9](path.read_bytes(), random.Random(1)))
    assert path.stat().st_size > mutations.MIB
    check_article(path, "th", Problems())
