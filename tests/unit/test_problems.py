"""Notices: collected and listed like problems, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from studies import coding_rows, csv_text, make_study, transcript

from thongthin.check import check_study, main
from thongthin.planning import Plan
from thongthin.problems import LISTED_PER_KIND, Problems, ProblemsFound, notice_list


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
        problems.notice("moved", "Moved.", "ย้าย", row=row)
    listed = notice_list(problems.notices)
    assert listed.count("Moved.") == LISTED_PER_KIND
    assert "... and 3 more of this kind (moved)." in listed
    assert "Nothing was built" not in listed


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
    assert noticed(tmp_path, reporting=reporting, analysis={"quotes": {"local_themes": ["attitude", "faster"]}}) == {}


def test_interviews_that_nobody_coded_are_noticed(tmp_path: Path) -> None:
    rows = [row for row in coding_rows() if row[0] not in ("P02", "P06")]
    coding = csv_text(["participant", "start", "end", "code", "coder", "text"], rows)
    make_study(tmp_path, files={"coding/coding.csv": coding})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == []
    assert [notice.en for notice in problems.notices if notice.kind == "uncoded-interviews"] == [
        "2 of 6 interviews have no coding and are left out wherever codes are counted, of the denominators too:"
        " P02, P06."
    ]


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
    assert "5 notices. Nothing stops because of them." in printed


def test_a_table_without_numbers_can_be_asked_for(tmp_path: Path) -> None:
    make_study(tmp_path)
    article = tmp_path / "report" / "small" / "article.en.qmd"
    table = "\n::: {#tbl-coreq}\n{{< include tables/coreq.md >}}\n\nCOREQ\n:::\n"
    article.write_text(article.read_text(encoding="utf-8") + table, encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == []


def test_a_build_prints_notices_when_it_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert Plan().quoted("small") == {"th": ["q_open"], "en": ["q_fast"]}
    assert "5 notices. Nothing stops because of them." in capsys.readouterr().out
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
