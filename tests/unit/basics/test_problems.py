"""Notices: collected and listed like problems, and never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from studies import coding_rows, csv_text, make_study, transcript

from thongthin.basics.problems import (
    LISTED_PER_KIND,
    Problem,
    Problems,
    ProblemsFound,
    folded,
    notice_list,
    problem_list,
)
from thongthin.basics.rows import rows_said
from thongthin.commands.check import check_study, main
from thongthin.commands.check_articles import Known, check_requested
from thongthin.flow.planning import Plan
from thongthin.present.render.requested import Request, Requested
from thongthin.read.study import no_rows


def test_notices_are_no_problems() -> None:
    problems = Problems()
    here = problems.at("study.yml")
    here.notice("few", "Few cases.", "มีกรณีน้อย", column="model", row=3, hint_en="Read on.", hint_th="อ่านต่อ")
    assert len(problems) == 0
    assert list(problems) == []
    problems.raise_if_any()
    (notice,) = problems.notices
    assert str(notice) == (
        "study.yml:\n"
        '  Line 3, key "model": Few cases.\n'
        "  Hint: Read on.\n"
        '  บรรทัดที่ 3 คีย์ "model": มีกรณีน้อย\n'
        "  คำแนะนำ: อ่านต่อ"
    )


def test_the_list_counts_long_runs_and_says_that_nothing_stops() -> None:
    problems = Problems(file="coding.csv")
    assert notice_list(problems.notices) == ""
    problems.notice("moved", "Moved.", "ย้าย", row=1)
    problems.notice("moved", "Moved.", "ย้าย", row=1)  # once is enough
    assert notice_list(problems.notices).endswith("1 notice. Nothing stops because of it.\nข้อสังเกต 1 ข้อ ไม่ทำให้งานหยุด")
    problems.notice("open", "Open.", "ว่าง", stops_later=True)
    assert notice_list(problems.notices).endswith(
        "2 notices. Because of 1 of them the build will stop once the tables stand, as the configuration asks.\n"
        "ข้อสังเกต 2 ข้อ ในจำนวนนี้ 1 ข้อจะทำให้การสร้างหยุดหลังเขียนตารางแล้ว ตามที่ตั้งค่าไว้"
    )
    del problems.notices[-1]
    for row in range(2, LISTED_PER_KIND + 4):
        hint = f"Look at line {row}."  # a hint of its own: not the same cause
        problems.notice("moved", "Moved.", "ย้าย", row=row, hint_en=hint, hint_th=hint)
    listed = notice_list(problems.notices)
    assert listed.count("Moved.") == LISTED_PER_KIND
    assert "... and 3 more of this kind (moved)." in listed
    assert "Nothing was built" not in listed


def test_the_same_in_many_rows_is_one_entry_with_its_rows() -> None:
    problems = Problems(file="participants.csv")
    for row in range(2, 26):
        problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row, column="consent")
    (one,) = folded(problems)
    assert (one.row, one.rows) == (2, tuple(range(2, 26)))
    assert problem_list(problems.found) == (
        "participants.csv:\n"
        '  Rows 2-25, column "consent": This cell must not be empty.\n'
        '  แถวที่ 2-25 คอลัมน์ "consent": ช่องนี้ต้องไม่ว่าง\n\n'
        "1 problem, at 24 places in 1 file. Nothing was built.\n"
        "พบปัญหา 1 เรื่อง รวม 24 จุด ใน 1 ไฟล์ ยังไม่มีการสร้างผลลัพธ์ใด ๆ"
    )


def test_one_cause_with_many_values_is_one_entry_that_shows_them_with_their_rows() -> None:
    problems = Problems(file="participants.csv")
    for row in (*range(2, 63), 62):
        written = f"2024-{1 + row % 12:02}-01"
        problems.add("outside", f'"{written}" is outside.', f'"{written}" อยู่นอกช่วง', row=row, column="interviewed_on")
    (one,) = folded(problems)
    assert one.rows == tuple(range(2, 63))
    assert one.en.startswith(
        '"2024-03-01" is outside. Likewise: "2024-04-01" (rows 3, 15, 27, 39 and 51), "2024-05-01"'
    )
    assert one.en.endswith(" and 3 more.") and one.th.endswith(" และอีก 3 ค่า")
    assert 'เช่นเดียวกัน: "2024-04-01" (แถวที่ 3, 15, 27, 39 และ 51)' in one.th


def test_the_same_rows_of_many_columns_are_one_entry() -> None:
    problems = Problems(file="codebook.csv")
    for column in ("label_th", "label_en"):
        for row in range(2, 133):
            problems.add("empty-cell", "Empty.", "ว่าง", row=row, column=column)
    problems.add("empty-cell", "Empty.", "ว่าง", row=7, column="valence")
    assert [(p.place[0], p.place[1]) for p in folded(problems)] == [
        ('Rows 2-132, columns "label_th", "label_en"', 'แถวที่ 2-132 คอลัมน์ "label_th", "label_en"'),
        ('Row 7, column "valence"', 'แถวที่ 7 คอลัมน์ "valence"'),
    ]


def test_the_same_in_other_rows_of_many_columns_is_one_entry() -> None:
    problems = Problems(file="r.csv")
    for n in range(1, 13):
        for row, answer in ((n, "maybe"), (n + 20, "odd" if n == 3 else "maybe")):
            problems.add("outside", f'"{answer}" is none.', f'"{answer}" ไม่ใช่คำตอบ', row=row, column=f"q{n}")
    (one,) = folded(problems)
    assert (one.row, one.column) == (1, "q1")
    assert one.en == (
        '"maybe" is none. Likewise in columns: "q1" (row 21); "q2" (rows 2 and 22); "q3" (rows 3 and 23): "odd";'
        ' "q4" (rows 4 and 24); "q5" (rows 5 and 25); "q6" (rows 6 and 26); "q7" (rows 7 and 27); "q8" (rows 8 and 28)'
        " and 4 more."
    )
    assert '"q3" (แถวที่ 3 และ 23): "odd"; ' in one.th and one.th.endswith(" และอีก 4 คอลัมน์")
    assert len(folded(problems.found[:6])) == 3  # three columns are told one by one


def test_the_same_in_many_files_is_one_entry_and_in_few_is_told_for_each() -> None:
    problems = Problems()
    for number in range(1, 41):
        problems.add("odd", "Odd.", "แปลก", file=f"interviews/P{number:02}.txt")
    (one,) = folded(problems)
    assert one.file == "interviews/P01.txt"
    assert one.en == (
        "Odd. The same in 39 more files: P02.txt, P03.txt, P04.txt, P05.txt, P06.txt, P07.txt, P08.txt, P09.txt"
        " and 31 more."
    )
    assert one.th.endswith("และอีก 31 ไฟล์")
    assert len(folded(problems.found[:3])) == 3


def test_different_causes_stay_apart() -> None:
    problems = Problems(file="a.csv")
    problems.add("x", '"a" is wrong.', "ผิด", row=2, column="c", hint_en="Did you mean b?")
    problems.add("x", '"c" is wrong.', "ผิด", row=3, column="c", hint_en="Did you mean d?")
    problems.add("x", "Something else.", "อื่น", row=4, column="c", hint_en="Did you mean b?")
    problems.add("y", '"a" is wrong.', "ผิด", row=5, column="c", hint_en="Did you mean b?")
    assert folded(problems) == problems.found
    assert problem_list(problems.found).count("a.csv:") == 4


@pytest.mark.parametrize(
    ("rows", "en", "th"),
    [
        ([4], "row 4", "แถว 4"),
        ([2, 3], "rows 2-3", "แถว 2-3"),
        ([9, 2, 3, 4, 31], "rows 2-4, 9 and 31", "แถว 2-4, 9 และ 31"),
        (range(1, 40, 2), "rows 1, 3, 5, 7, 9, 11, 13, 15 and 12 more", "แถว 1, 3, 5, 7, 9, 11, 13, 15 และอีก 12 แถว"),
    ],
)
def test_rows_as_people_say_them(rows: Sequence[int], en: str, th: str) -> None:
    assert rows_said(rows) == (en, th)


@pytest.mark.parametrize(
    ("column", "en", "th"),
    [
        ("title.th", 'Line 3, key "title.th"', 'บรรทัดที่ 3 คีย์ "title.th"'),
        ("groups[1].label.th", 'Line 3, key "label.th" in entry 1 of "groups"',
         'บรรทัดที่ 3 คีย์ "label.th" ในรายการที่ 1 ของ "groups"'),
        ("[3].author[1].given", 'Line 3, key "given" in entry 1 of "author" in entry 3',
         'บรรทัดที่ 3 คีย์ "given" ในรายการที่ 1 ของ "author" ในรายการที่ 3'),
        ("groups[2]", 'Line 3, entry 2 of "groups"', 'บรรทัดที่ 3 รายการที่ 2 ของ "groups"'),
        ("survey.use[SQ001]", 'Line 3, key "survey.use[SQ001]"', 'บรรทัดที่ 3 คีย์ "survey.use[SQ001]"'),
    ],
)  # fmt: skip
def test_entries_of_lists_are_counted_from_one_and_named(column: str, en: str, th: str) -> None:
    assert Problem("x", "study.yml", "", "", row=3, column=column).place == (en, th)


def noticed(root: Path, **study: object) -> dict[str, list[str]]:
    """English sentences of the notices of the small study, by kind; there must be no problem."""
    make_study(root, study=study)
    problems = Problems()
    check_study(root, "small", problems)
    assert [str(problem) for problem in problems] == []
    kinds: dict[str, list[str]] = {}
    for notice in problems.notices:
        kinds.setdefault(notice.kind, []).append(f"{notice.file}: {notice.en}")
    return kinds


def test_open_items_and_unbalanced_quotes_are_noticed(tmp_path: Path) -> None:
    found = noticed(tmp_path)
    assert [text.split(":")[:2] for text in found["open-items"]] == [
        ["data/raw/small/study.yml", " COREQ"],
        ["data/raw/small/study.yml", " SRQR"],
        ["data/raw/small/study.yml", " GRAMMS"],
    ]
    assert found["quote-balance"] == [
        "report/small/article.th.qmd: Quoted from fewer than 2 sites: attitude.",
        "report/small/article.en.qmd: Quoted from fewer than 2 sites: faster.",
    ]


def test_what_is_answered_or_declared_is_not_noticed(tmp_path: Path) -> None:
    answer = {"th": "ตอบแล้ว", "en": "Answered"}
    items = {"coreq": 32, "srqr": 21, "gramms": 6}
    reporting = {checklist: dict.fromkeys(range(1, n + 1), answer) for checklist, n in items.items()}
    found = noticed(tmp_path, reporting=reporting, analysis={"quotes": {"local_themes": ["attitude", "faster"]}})
    assert [*found] == ["languages-differ"]  # each language has a quote of its own


def test_other_words_for_the_interviewer_change_no_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {f"interviews/P0{n}.txt": transcript(f"P0{n}").replace("ผู้สัมภาษณ์:", "ผู้วิจัย:") for n in (1, 2, 3, 4, 5, 6)}
    gone: dict[str, str | None] = {"interviews/P05.docx": None, "interviews/P06.md": None}
    rows = [(*row[:1], "", "", *row[3:]) for row in coding_rows()]  # positions have moved by the shorter label
    coding = csv_text(["participant", "start", "end", "code", "coder", "text"], rows)
    make_study(tmp_path, files={**texts, **gone, "coding/coding.csv": coding})
    monkeypatch.chdir(tmp_path)
    assert main(["small"]) == 0
    shown = capsys.readouterr().out
    assert "  ผู้วิจัย  interviewer / ผู้สัมภาษณ์  (the label says so / ชื่อบอกเอง)  12  6\n" in shown
    assert "  ผู้ให้ข้อมูล  participant / ผู้ให้ข้อมูล  (the label says so / ชื่อบอกเอง)  12  6\n" in shown
    # An interviewer's question is no quote of the participant.
    question = "อะไรทำให้งานดิจิทัลของที่นี่เดินหน้าได้"
    quotes = csv_text(["quote_id", "participant_id", "code_id", "text"], [("q_open", "P01", "", question)])
    (tmp_path / "data/raw/small/quotes.csv").write_text(quotes, encoding="utf-8")
    assert main(["small"]) == 1
    assert "This text is not within one turn of the participant." in capsys.readouterr().out


def test_a_local_theme_that_is_none_is_a_problem(tmp_path: Path) -> None:
    make_study(tmp_path, study={"analysis": {"quotes": {"local_themes": ["attitud"]}}})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (problem,) = problems
    assert problem.en == '"attitud" is not a theme of the codebook.'
    assert '"attitude"' in problem.hint_en
    assert problem.column == "analysis.quotes.local_themes"


def test_the_check_prints_notices_after_its_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["small"]) == 0
    printed = capsys.readouterr().out
    assert printed.index("small: nothing is wrong.") < printed.index("SRQR: ")
    assert "6 notices. Nothing stops because of them." in printed


def test_a_table_without_numbers_can_be_asked_for(tmp_path: Path) -> None:
    make_study(tmp_path)
    article = tmp_path / "report" / "small" / "article.en.qmd"
    table = "\n::: {#tbl-coreq}\n{{< include tables/coreq.md >}}\n\nCOREQ\n:::\n"
    article.write_text(article.read_text(encoding="utf-8") + table, encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == []


def test_a_framework_without_outcomes_can_not_be_shown() -> None:
    asked = Requested(figures=[Request("framework", "article.en.qmd", 5)])

    def found(framework: bool) -> list[str]:
        problems = Problems()
        check_requested(asked, Known("en", {}, {"quotes": no_rows("quotes")}, [], framework=framework), problems)
        return [problem.en for problem in problems]

    assert found(True) == []
    assert found(False) == ['The figure "framework" would be empty: study.yml names no factors, or no outcomes.']


def test_a_build_prints_notices_when_it_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert Plan().quoted("small") == {"th": ["q_open"], "en": ["q_fast"]}
    assert "6 notices. Nothing stops because of them." in capsys.readouterr().out
    Plan()  # the check is remembered
    assert capsys.readouterr().out == ""


def test_the_check_of_each_study_is_remembered_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "second"):
        make_study(tmp_path, name=name, config={"studies": ["first", "second"]})
    monkeypatch.chdir(tmp_path)
    assert list(Plan("first").studies) == ["first"]
    assert "second" not in capsys.readouterr().out
    assert list(Plan().studies) == ["first", "second"]
    printed = capsys.readouterr().out
    assert "data/raw/second/study.yml" in printed
    assert "first" not in printed
    Plan(["second"])
    Plan()
    assert capsys.readouterr().out == ""
    with pytest.raises(ProblemsFound, match='"thrd" is not among the studies of the configuration'):
        Plan("thrd")


def test_what_another_study_needs_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a broken file of it, nor that it has no folder, nor a record that cannot be read."""
    folder = make_study(tmp_path, name="second")
    (folder / "study.yml").write_text("title: {", encoding="utf-8")
    make_study(tmp_path, name="first", config={"studies": ["first", "second", "third"]})
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".snakemake").mkdir()
    (tmp_path / ".snakemake" / "thongthin-checked.json").write_text("[1", encoding="utf-8")
    assert list(Plan("first").studies) == ["first"]
    with pytest.raises(ProblemsFound) as found:
        Plan()
    assert sorted({problem.file for problem in found.value.problems}) == [
        "config/config.yml",
        "data/raw/second/study.yml",
    ]
