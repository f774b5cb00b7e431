"""Why a step runs, in words."""

from __future__ import annotations

import pytest

from thongthin.flow.reasons import changes_in_words, reason_in_words


def test_what_has_changed_is_named_in_both_languages() -> None:
    en, th = changes_in_words(["code:", "confidence:", "data/raw/a/sites.csv"]).splitlines()
    assert en == "changed: data/raw/a/sites.csv, the code of the step, or the locked packages, the setting confidence"
    assert th == "เปลี่ยนไป: data/raw/a/sites.csv, โค้ดของขั้นตอนหรือแพ็กเกจที่ล็อกไว้, การตั้งค่า confidence"


def test_files_that_are_named_need_no_other_word() -> None:
    assert changes_in_words(["content:", "report/a/article.th.qmd"]).startswith("changed: report/a/article.th.qmd\n")
    assert changes_in_words(["content:"]).startswith("changed: files that people made\n")


def test_of_many_files_some_are_named() -> None:
    assert changes_in_words(list("abcde")).startswith("changed: a, b, c, ... (+2)\n")


def test_where_nothing_changed_nothing_was_kept() -> None:
    assert changes_in_words([]) == "nothing is kept of it\nไม่มีผลที่เก็บไว้"


@pytest.mark.parametrize(
    ("reason", "en"),
    [
        ("Missing output files: results/a.csv", "not there yet: results/a.csv"),
        ("Updated input files: b.csv, c.csv", "newer than what was made from it: b.csv, c.csv"),
        ("Input files updated by another job: d.csv", "is made again before: d.csv"),
        ("Params have changed since last execution: before: x now: y", "its settings, or its code, have changed"),
        ("Forced execution", "asked for by force"),
        ("Something new", "Something new"),
    ],
)
def test_reasons_of_snakemake_are_put_into_words(reason: str, en: str) -> None:
    lines = reason_in_words(reason).splitlines()
    assert lines[0] == en
    assert len(lines) == 2


def test_several_reasons_are_told() -> None:
    both = "Missing output files: a.csv; Input files updated by another job: b.csv"
    assert reason_in_words(both).splitlines()[0] == "not there yet: a.csv; is made again before: b.csv"
