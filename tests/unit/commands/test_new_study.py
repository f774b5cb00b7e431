"""The folders of a new study: complete, empty, in the words of the contract, and never over anything that stands."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from studies import CONFIG, make_study, yaml_text

from thongthin.basics.language import has_thai
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_articles import Articles
from thongthin.commands.coding_drafts import drafts
from thongthin.commands.file_descriptions import write_drafts
from thongthin.commands.new_study import main, new_study
from thongthin.commands.study_files import KEYS
from thongthin.commands.study_list import list_study
from thongthin.contract.study import Study
from thongthin.present.claims.conditions import parsed
from thongthin.present.claims.file import ClaimsFile, read_claims
from thongthin.read.coding.model import CodedFile, ToolCode

NAME = "chiang-rai"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with the small study in it, as the current folder."""
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def stands(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_everything_is_there_to_be_filled_in_and_nothing_else_is_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stands(root)
    assert main([NAME]) == 0
    after = stands(root)
    folder = f"data/raw/{NAME}"
    new = sorted(set(after) - set(before))
    assert new == [
        *(f"{folder}/{file}" for file in ("README.md", "codebook.csv", "participants.csv", "quotes.csv")),
        *(f"{folder}/{file}" for file in ("references.yml", "sites.csv", "study.yml", "survey/items.csv")),
        f"report/{NAME}/article.en.qmd",
        f"report/{NAME}/article.th.qmd",
        f"report/{NAME}/claims.yml",
    ]
    listed = before.pop("config/config.yml").decode()
    assert {path: after[path] for path in before} == before
    assert yaml.safe_load(after["config/config.yml"]) == {
        **yaml.safe_load(listed),
        "studies": [*yaml.safe_load(listed)["studies"], NAME],
    }
    assert (root / folder / "interviews").is_dir()
    assert (root / folder / "coding").is_dir()
    said = capsys.readouterr().out
    assert all(f"  {path}" in said.splitlines() for path in new)
    for word in (f"check {NAME}", f"build {NAME}", f"config/config.yml: studies + {NAME}", "ขั้นต่อไป"):
        assert word in said


def test_the_example_of_claims_can_be_taken_as_it_stands(root: Path) -> None:
    new_study(root, NAME)
    path = root / "report" / NAME / "claims.yml"
    said = path.read_text(encoding="utf-8")
    problems = Problems()
    assert has_thai(said) and read_claims(path, problems) == ClaimsFile() and not problems.found
    used = "\n".join(line.removeprefix("# ") for line in said.split("\n") if re.match(r"# (?:\w+:|  (?:-|\w+:))", line))
    path.write_text(used.replace("yaml-language-server", "# "), encoding="utf-8")
    read = read_claims(path, problems)
    assert (
        not problems.found and set(read.claims) == {"most_budget", "differ_most"} and set(read.words) == {"differ_most"}
    )
    for condition in [*read.claims["most_budget"], *read.claims["differ_most"]]:
        parsed(condition.text)


def test_the_check_lists_what_is_still_missing_in_a_few_paragraphs(root: Path) -> None:
    new_study(root, NAME)
    problems = Problems()
    check_study(root, NAME, problems)
    study = list(problems)[:3]
    others = list(problems)[len(study) :]
    folder = f"data/raw/{NAME}"
    assert [(problem.file, problem.column) for problem in study] == [
        (f"{folder}/study.yml", key) for key in ("title", "authors[1].name", "provenance")
    ]
    assert [(problem.file.removeprefix(f"{folder}/"), problem.en) for problem in others] == [
        ("participants.csv", "This table has a header but no rows."),
        ("interviews", "There is no interview in this folder."),
    ]


def filled_in(template: Any, study: Mapping[str, Any]) -> Any:
    """The keys of a template with what stands in a real study; an entry of a list stands for all of its entries."""
    if isinstance(template, dict):
        return {key: filled_in(value, study[key]) for key, value in template.items()}
    if isinstance(template, list):
        return [filled_in(template[0], entry) for entry in study]
    assert template is None or isinstance(template, datetime.date)
    return study


def test_once_it_is_filled_in_nothing_is_wrong_with_it(root: Path) -> None:
    """The keys and columns of the new files take what the small study holds, and its articles stay as they came."""
    new_study(root, NAME)
    folder, small = root / "data" / "raw" / NAME, root / "data" / "raw" / "small"
    template = yaml.safe_load((folder / "study.yml").read_text(encoding="utf-8"))
    study = yaml.safe_load((small / "study.yml").read_text(encoding="utf-8"))
    also = {key: study[key] for key in ("groups", "framework", "fieldwork")}
    (folder / "study.yml").write_text(yaml_text(filled_in(template, study), also), encoding="utf-8")
    for path in [p.relative_to(small) for p in small.rglob("*") if p.is_file()]:
        if path.parent.name in ("interviews", "coding"):
            (folder / path).write_bytes((small / path).read_bytes())
        elif path.suffix == ".csv" and path.name != "responses.csv":
            header = (folder / path).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            rows = list(csv.DictReader(io.StringIO((small / path).read_text(encoding="utf-8-sig"))))
            assert set(rows[0]) <= set(header), path
            with (folder / path).open("a", encoding="utf-8", newline="") as stream:
                csv.DictWriter(stream, header, restval="").writerows(rows)
    problems = Problems()
    counts = check_study(root, NAME, problems)
    assert [str(problem) for problem in problems] == []
    assert (counts["participants"], counts["segments"], counts["quotes"]) == (6, 21, 2)


def test_study_yml_tells_every_key_of_the_contract(root: Path) -> None:
    new_study(root, NAME)
    text = (root / "data" / "raw" / NAME / "study.yml").read_text(encoding="utf-8")
    assert set(KEYS) == set(Study.model_fields)
    required = {name for name, field in Study.model_fields.items() if field.is_required()}
    assert set(yaml.safe_load(text)) == required
    for name in set(Study.model_fields) - required:
        assert f"\n# {name}:" in text
    for line in (
        "provenance:  # field | simulated",
        "# district:  # ข้อความ หรือ / text, or {th: ..., en: ...}",
        "# participants:\n#   # เพิ่มได้ / may follow: consent",
        "# survey:\n#   file:  # หรือ / or: files\n#   # เพิ่มได้ / may follow: format, form, sheet, site, sites,",
    ):
        assert line in text


def test_articles_are_in_the_languages_of_the_configuration(root: Path) -> None:
    (root / "config" / "config.yml").write_text(
        yaml_text({"studies": ["small"], **CONFIG, "languages": ["en"]}, None), encoding="utf-8"
    )
    assert f"report/{NAME}/article.en.qmd" in new_study(root, NAME)
    assert not (root / f"report/{NAME}/article.th.qmd").exists()


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Chiang Rai", "chiang-rai"),
        ("data/raw/nan", "data-raw-nan"),
        ("../nan", "nan"),
        ("เชียงราย", "chiang-rai"),
        ("", "chiang-rai"),
        ("fonts", "chiang-rai"),  # results/fonts/ is of no study
        ("aux", "chiang-rai"),  # no folder on Windows
        ("-x", "x"),
    ],
)
def test_a_name_that_no_folder_can_have_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, better: str
) -> None:
    before = stands(root)
    assert main([name]) == 1
    english, thai = capsys.readouterr().out.splitlines()
    assert english == f'A study cannot be called "{name}". Use Latin letters, digits, - and _ only: {better}'
    assert thai == f'ใช้ชื่อการศึกษา "{name}" ไม่ได้ ใช้เฉพาะอักษรละติน ตัวเลข - และ _ เช่น {better}'
    assert stands(root) == before


@pytest.mark.parametrize("name", ["small", "Small", "styles"])
def test_what_stands_is_left_as_it_is(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (root / "report" / "styles").mkdir()
    before = stands(root)
    assert main([name]) == 1
    english, thai = capsys.readouterr().out.splitlines()
    folder = "report/styles" if name == "styles" else "data/raw/small"
    assert english == f"There is {folder} already, which is left as it is. Choose another name."
    assert thai == f"มี {folder} อยู่แล้ว จึงไม่แตะต้อง โปรดเลือกชื่ออื่น"
    assert stands(root) == before


def test_drafts_from_a_coding_tool_take_the_place_of_tables_that_nobody_has_filled_in(root: Path) -> None:
    new_study(root, NAME)
    folder = root / "data" / "raw" / NAME
    sites = (folder / "sites.csv").read_bytes() + "S01,น้ำใส,Nam Sai,\n".encode()
    (folder / "sites.csv").write_bytes(sites)
    coded = CodedFile("x.qdpx", "refi", codes=[ToolCode("1", "Skills")])
    drafted = {"codebook.csv": drafts([coded])["codebook.csv"], "sites.csv": drafts([coded])["codebook.csv"]}
    assert write_drafts(folder, drafted) == (["codebook.csv"], ["sites.csv"])
    assert "Skills" in (folder / "codebook.csv").read_text(encoding="utf-8-sig")
    assert (folder / "sites.csv").read_bytes() == sites


CONFIGURATIONS = [
    ("studies: [small]  # ours\nlanguages: [th]\n", "studies: [small, chiang-rai]  # ours\nlanguages: [th]\n"),
    ("# a\nstudies:\n  - small  # ours\n\n# b\n", "# a\nstudies:\n  - small\n  - chiang-rai  # ours\n\n# b\n"),
    (
        "studies:\r\n- small\r\n- 'two'\r\nformats: [html]",
        "studies:\r\n- small\r\n- 'two'\r\n- chiang-rai\r\nformats: [html]",
    ),
    ("\ufeffstudies: [\n  a,\n  b,\n]\n", "\ufeffstudies: [\n  a,\n  b, chiang-rai,\n]\n"),
    ("studies: [chiang-rai]\n", "studies: [chiang-rai]\n"),
]


@pytest.mark.parametrize(("before", "after"), CONFIGURATIONS)
def test_a_study_joins_the_configuration_whose_other_lines_stay(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "config").mkdir()
    path = tmp_path / "config" / "config.yml"
    path.write_bytes(before.encode())
    for _ in range(2):
        assert list_study(tmp_path, NAME)
        assert path.read_bytes().decode() == after


@pytest.mark.parametrize("text", ["studies: []\n", "languages: [th]\n", "studies: [a\n", "", "studies: a\n"])
def test_a_configuration_that_is_not_understood_is_left_and_told(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (root / "config" / "config.yml").write_text(text, encoding="utf-8", newline="")
    assert main([NAME]) == 0
    assert (root / "config" / "config.yml").read_text(encoding="utf-8") == text
    said = capsys.readouterr().out
    assert f'add "{NAME}" to `studies` in config/config.yml' in said
    assert f'เพิ่ม "{NAME}" ใน `studies` ของ config/config.yml' in said


def test_the_check_does_not_complain_of_what_new_study_wrote(root: Path) -> None:
    new_study(root, NAME)
    own = root / "data" / "raw" / NAME / "survey" / "items.csv"
    left = {"survey/responses.csv": None, "survey/items.csv": own.read_bytes()}
    folder = make_study(root, name="one", study={"survey": None, "model": None}, files=left) / "survey"
    problems = Problems()
    check_study(root, "one", problems)
    assert not [problem for problem in problems.notices if problem.kind == "survey-not-read"]
    (folder / "answers.xlsx").write_bytes(b"x")
    check_study(root, "one", problems)
    assert [problem.kind for problem in problems.notices if problem.kind == "survey-not-read"] == ["survey-not-read"]


def test_git_leaves_new_studies_out(tmp_path: Path) -> None:
    """A first `git add .` keeps interviews out of the history; the demonstration stays in it."""
    git = shutil.which("git")
    if not git:
        pytest.skip("git is not here")
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    shutil.copy(Path(__file__).parents[3] / ".gitignore", tmp_path)
    inside = f"data/raw/{NAME}/interviews/P01.docx"
    kept = ["data/raw/khon-kaen/study.yml", "data/raw/README.md", f"report/{NAME}/article.th.qmd"]
    done = subprocess.run(
        [git, "-C", str(tmp_path), "check-ignore", inside, *kept], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == [inside]


def test_an_article_as_it_was_written_leaves_out_what_the_study_lacks(root: Path) -> None:
    """With a survey, a model, ethics and two coders, nothing is left out but the works, of which none is cited."""
    new_study(root, NAME)
    written = {path.name: path.read_text(encoding="utf-8") for path in (root / "report" / NAME).iterdir()}
    headings = {}
    for name, changes in (("whole", {}), ("less", {"survey": None, "model": None, "ethics": None, "keywords": None})):
        make_study(root, name=name, study=changes, files=written)
        problems, articles = Problems(), Articles()
        check_study(root, name, problems, articles=articles)
        assert [str(problem) for problem in problems] == []
        assert [p.file for p in problems.notices if p.kind == "untouched-article"] == [
            f"report/{name}/article.th.qmd",
            f"report/{name}/article.en.qmd",
        ]
        lines = written["article.en.qmd"].splitlines()
        headings[name] = [lines[start] for start in articles.left_out[f"report/{name}/article.en.qmd"]]
    assert headings["whole"] == ["# References {.unnumbered}"]
    assert headings["less"] == [
        "::: {#keywords}",
        "Survey respondents: {{< value sample.respondents.all.n >}}; items: {{< value sample.items.all.n >}}.",
        "The respondents are described in @tbl-respondents.",
        "The reliability of the survey scales is shown in @tbl-reliability.",
        "The means of the survey scales at each site are shown in @tbl-scales.",
        "How far the sites differ is shown in @tbl-comparison.",
        "What goes with the outcome is shown in @tbl-model.",
        "Interviews and survey stand side by side in @tbl-joint.",
        "# Declarations {.unnumbered}",
        "# References {.unnumbered}",
    ]


def test_a_place_for_ethics_without_the_sentence_is_told(root: Path) -> None:
    folder = make_study(root, study={"ethics": None})
    article = root / "report" / folder.name / "article.en.qmd"
    article.write_text(article.read_text(encoding="utf-8") + "\n::: {#ethics}\n:::\n", encoding="utf-8")
    problems = Problems()
    check_study(root, folder.name, problems)
    (problem,) = problems
    assert (problem.kind, problem.file) == ("no-ethics", "report/small/article.en.qmd")
    article.write_text(
        article.read_text(encoding="utf-8").replace("::: {#ethics}", "::: {.if-available}\n::: {#ethics}\n:::")
    )
    problems = Problems()
    check_study(root, folder.name, problems)
    assert list(problems) == []
