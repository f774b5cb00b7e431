"""Which strands a study has, what its rules need, and what the check tells where study.yml and the folders differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from odd_studies import CONSENT, answers, coding, fill, interviews, survey
from studies import make_study

from thongthin.basics.problems import Problem, Problems
from thongthin.commands import describe_coding
from thongthin.commands.check import check_study
from thongthin.commands.new_study import new_study
from thongthin.commands.strand_checks import SECTIONS
from thongthin.commands.study_files import KINDS, Kind, fills_in, strands_of, study_template
from thongthin.contract.strands import NEEDS, applies, collected, parts_of
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES

NAME = "nan"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yml").write_text(f"studies: [{NAME}]\n", encoding="utf-8")
    return tmp_path


def checked(root: Path) -> tuple[list[Problem], list[Problem], dict[str, int]]:
    """Problems, notices and counts of the study."""
    problems = Problems()
    counts = check_study(root, NAME, problems)
    return list(problems), problems.notices, counts


def said(root: Path, **keys: Any) -> None:
    """Put keys into study.yml; None takes one out."""
    path = root / "data" / "raw" / NAME / "study.yml"
    own = {**yaml.safe_load(path.read_text(encoding="utf-8")), **keys}
    path.write_text(
        yaml.safe_dump({k: v for k, v in own.items() if v is not None}, allow_unicode=True), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("strands", "has_survey", "found"),
    [
        (None, False, {"interviews"}),
        (None, True, {"interviews", "survey"}),
        (["survey"], True, {"survey"}),
        (["interviews"], False, {"interviews"}),
        (["survey", "interviews"], True, {"interviews", "survey"}),
    ],
)
def test_strands_that_are_not_named_follow_from_the_survey(strands: Any, has_survey: bool, found: set[str]) -> None:
    assert collected(strands, survey=has_survey) == found


def test_interviews_are_coded_once_a_file_is_there(tmp_path: Path) -> None:
    assert parts_of({}, tmp_path) == {"interviews"}
    (tmp_path / "coding").mkdir()
    (tmp_path / "coding" / "~$x.qdpx").touch()
    assert parts_of(None, tmp_path) == {"interviews"}
    (tmp_path / "coding" / "x.qda").mkdir()
    assert parts_of({"model": {"outcome": "a"}}, tmp_path) == {"interviews", "coding", "model"}
    assert parts_of({"strands": ["survey"], "survey": {}}, tmp_path) == {"survey"}
    assert parts_of({"strands": "survey"}, tmp_path) == {"interviews", "coding"}, "what is wrong is told elsewhere"


def test_every_rule_that_needs_something_writes_a_table_or_exports() -> None:
    rules = {table.rule for table in TABLES.values()}
    assert {rule for needed in NEEDS.values() for rule in needed} - rules == {"export_coding"}
    assert applies("describe_sample", ())
    assert applies("join_strands", {"interviews", "coding", "survey"})
    assert not applies("join_strands", {"interviews", "survey"})


def test_a_survey_alone_needs_nothing_else(root: Path) -> None:
    fill(root, NAME, "survey", survey(), answers())
    problems, notices, counts = checked(root)
    assert [str(problem) for problem in problems] == []
    assert counts == {"sites": 1, "items": 11, "responses": 30, "works": 0}
    assert {notice.kind for notice in notices} == {"one-site", "untouched-article"}


def test_interviews_that_are_not_coded_are_read_and_told(root: Path) -> None:
    folder = fill(root, NAME, "interviews", CONSENT, interviews())
    problems, notices, counts = checked(root)
    assert [str(problem) for problem in problems] == []
    assert counts == {"sites": 1, "participants": 6, "interviews": 6, "quotes": 0, "works": 0}
    (notice,) = [notice for notice in notices if notice.kind == "not-coded"]
    assert notice.file == f"data/raw/{NAME}/coding"
    assert "open-items" in {notice.kind for notice in notices}, "COREQ and SRQR are of interviews"
    # Quotes can be shown before anything is coded; what the codebook holds is no matter yet.
    quote = "quote_id,participant_id,code_id,text\nq1,P01,anything,ทุกคนเลยกล้าลองทำ\n"
    (folder / "quotes.csv").write_text(quote, encoding="utf-8")
    (folder / "codebook.csv").write_text("code_id\nx x\n", encoding="utf-8")
    problems, _, counts = checked(root)
    assert (problems, counts["quotes"]) == ([], 1)
    article = root / "report" / NAME / "article.en.qmd"
    article.write_text("---\nlang: en\n---\n\n{{< value themes_by_site.all.x.share >}}\n", encoding="utf-8")
    assert [problem.kind for problem in checked(root)[0]] == ["unknown-value"]


def test_participants_are_drafted_from_interviews_that_are_not_coded(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = interviews(2)
    del files["participants.csv"]
    folder = fill(root, NAME, "interviews", {}, files)
    monkeypatch.chdir(root)
    assert describe_coding.main(["--study", NAME, "--drafts"]) == 0
    assert "participants: {consent: all}" in capsys.readouterr().out
    said(root, **CONSENT)
    assert checked(root)[0] == []
    assert (folder / "participants.csv").read_text(encoding="utf-8-sig").split()[1:] == ["P01,,,,,,,", "P02,,,,,,,"]


def test_a_codebook_is_looked_at_once_there_is_coding(root: Path) -> None:
    folder = fill(root, NAME, "interviews", CONSENT, {**interviews(), **coding()})
    assert checked(root)[0] == []
    (folder / "codebook.csv").unlink()
    assert next((problem.kind, problem.file) for problem in checked(root)[0]) == (
        "missing-file",
        f"data/raw/{NAME}/codebook.csv",
    )


def test_a_survey_whose_interviews_may_have_been_forgotten_is_asked_about_once(root: Path) -> None:
    folder = fill(root, NAME, "mixed", survey(), answers())
    (problem,) = checked(root)[0]
    assert (problem.kind, problem.column) == ("no-interviews", "strands")
    line = "strands: [survey]"
    assert line in problem.hint_en
    assert line in problem.hint_th
    said(root, **yaml.safe_load(line))
    assert checked(root)[0] == [], "the line that the hint names works"
    (folder / "interviews" / "P01.txt").write_text("ผู้ให้ข้อมูล: ดีค่ะ", encoding="utf-8")
    (notice,) = [notice for notice in checked(root)[1] if notice.kind == "interviews-not-read"]
    assert "strands: [interviews, survey]" in notice.hint_en


def test_what_study_yml_says_against_itself_is_a_problem(root: Path) -> None:
    fill(root, NAME, "survey", {**survey(), **CONSENT}, answers())
    (problem,) = checked(root)[0]
    assert (problem.kind, problem.column) == ("other-strand", "participants")
    assert problem.en == "What stands under participants is of interviews, but strands names survey alone."
    said(root, participants=None, survey=None)
    assert [(problem.kind, problem.column) for problem in checked(root)[0]] == [("no-survey", "survey")]
    said(root, strands=["interviews"], **survey(population=900))
    assert ("other-strand", "survey") in [(problem.kind, problem.column) for problem in checked(root)[0]]
    said(root, strands=["surveys"])
    assert "strands" in {problem.column.split("[")[0].split(".")[0] for problem in checked(root)[0]}


def test_configurations_wait_for_the_coding(tmp_path: Path) -> None:
    sets = [{"id": id_, "theme": "skills", "measure": "present"} for id_ in ("a", "b", "c")]
    qca = {"cases": "participant", "outcome": sets[0], "conditions": sets[1:]}
    make_study(tmp_path, name=NAME, study={"qca": qca}, files={"coding/coding.csv": None})
    problems, _, _ = checked(tmp_path)
    assert ("not-coded", "qca") in {(problem.kind, problem.column) for problem in problems}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_study_has_what_fits_its_strands(root: Path, kind: Kind) -> None:
    written = new_study(root, NAME, kind)
    folder = root / "data" / "raw" / NAME
    assert (folder / "interviews").is_dir() == (kind != "survey")
    assert (folder / "survey" / "items.csv").is_file() == (kind != "interviews")
    assert all((folder / file).exists() for file in fills_in(kind))
    text = (folder / "README.md").read_text(encoding="utf-8")
    for word, strand in (("describe-survey", "survey"), ("describe-coding", "interviews"), ("codebook", "interviews")):
        assert (word in text) == (strand in strands_of(kind))
    template = study_template(None, kind)
    own = yaml.safe_load(template)
    assert own.get("strands") == (None if kind == "mixed" else [kind])
    for strand, keys in SECTIONS.items():
        for key in keys:
            assert (f"# {key}:" in template) == (strand in strands_of(kind))
    assert set(own) <= set(Study.model_fields)
    assert f"report/{NAME}/article.th.qmd" in written
    files = {problem.file.rsplit("/", 1)[-1] for problem in checked(root)[0]}
    assert files == {"study.yml", *([] if kind == "survey" else ["participants.csv", "interviews"])}
