"""Two builds that differ in one thing: exactly this is named as the cause, and what readers see of it is told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nursery
import pytest
from project import Project
from studies import AGREE

from thongthin.commands import verify_rebuild
from thongthin.commands.builds import build_compared
from thongthin.commands.diff import main, write_pages
from thongthin.commands.impact import main as impact
from thongthin.present.evidence.changes import changes
from thongthin.present.evidence.made import Made

STUDY = "small"
RAW = f"data/raw/{STUDY}"
ANSWERS = f"{RAW}/survey/responses.csv"


def _answer(project: Project) -> None:
    path = project.root / RAW / "survey" / "responses.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[1].split(",")
    assert cells[4] != AGREE[0]
    cells[4] = AGREE[0]
    lines[1] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")


def _coding(project: Project) -> None:
    path = project.root / RAW / "coding" / "coding.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], *lines[2:]]), encoding="utf-8")


def _setting(project: Project) -> None:
    project.replace("config/config.yml", "agreement:", "themes:\n    coders: all\n  agreement:")


def _code(project: Project) -> None:
    project.replace("workflow/thongthin/statistics/proportions.py", "z = ndtri((1 + confidence) / 2)", "z = 1.5")


def _comment(project: Project) -> None:
    project.replace("workflow/thongthin/statistics/proportions.py", "z = ndtri(", "# a comment\n    z = ndtri(")


# What is changed -> kind of the one cause, and a test of what it says.
CASES: dict[Callable[[Project], None], tuple[str, Callable[[Any], bool]]] = {
    _answer: ("data", lambda c: c["row"] == "R0001" and c["state"] == "changed" and c["files"] == [ANSWERS]),
    _coding: ("data", lambda c: c["state"] == "removed" and c["row"].startswith("P01 attitude_open SK")),
    _setting: ("setting", lambda c: (c["name"], c["before"], c["after"]) == ("themes.coders", "any", "all")),
    _code: (
        "code",
        lambda c: [p.split(":")[0] for p in c["places"]] == ["workflow/thongthin/statistics/proportions.py"],
    ),
}


@pytest.fixture(autouse=True)
def _builds_are_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], *, cwd: Path, env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[str]:
        return nursery.run(command, cwd, env)

    monkeypatch.setattr(verify_rebuild, "subprocess", SimpleNamespace(run=run, DEVNULL=subprocess.DEVNULL))


@pytest.fixture(scope="module")
def answered(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study in which an answer or a setting is changed, and changed back: what follows from each is known."""
    return small.copy(tmp_path_factory.mktemp("changes"))


@pytest.mark.parametrize("change", CASES, ids=lambda own: own.__name__.strip("_"))
def test_one_difference_is_the_one_cause(
    small: Project,
    answered: Project,
    tmp_path: Path,
    change: Callable[[Project], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = answered if change in (_answer, _setting) else small.copy(tmp_path)
    before = {name: (other.root / name).read_bytes() for name in (ANSWERS, "config/config.yml")}
    change(other)
    assert build_compared(other.root, STUDY) == 0
    for name, data in before.items():
        (other.root / name).write_bytes(data)
    found = changes(Made(small.root, STUDY), Made(other.root, STUDY))
    (cause,) = found["causes"]
    kind, fits = CASES[change]
    assert cause["kind"] == kind and fits(cause), cause
    assert found["cells"] or found["numbers"] or found["others"]
    assert all(own["why"] == [0] for own in found["numbers"])
    assert main([str(small.root), str(other.root)]) == 2
    said = capsys.readouterr().out
    assert "Why / เพราะอะไร" in said and "(1) " in said and "(2) " not in said
    if found["numbers"]:
        pages = write_pages(small.root / "results" / STUDY, found, tmp_path)
        assert pages and all("</details>" in path.read_text(encoding="utf-8") for path in pages)
        marked = [own["key"] for own in found["numbers"] if own["said"] and _reads_otherwise(own)]
        english = next(path for path in pages if path.name == "diff.article.en.html").read_text(encoding="utf-8")
        assert not marked or '<mark class="changed"' in english


def test_the_same_build_differs_in_nothing(small: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = small.copy(tmp_path)
    _comment(other)
    assert main([str(small.root), str(other.root), "--study", STUDY]) == 0
    assert "Nothing differs" in capsys.readouterr().out
    assert main([str(small.root), str(tmp_path / "nothing")]) == 1
    assert "ไม่ใช่โฟลเดอร์" in capsys.readouterr().err


def test_what_is_only_supposed_is_told_and_touches_nothing(
    answered: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered.build()
    monkeypatch.chdir(answered.root)
    before = _state(answered.root)
    for words, said in (
        ("set responses.csv row 2 ATT1 = 1", "survey_received R0001"),
        ("drop P03", "participants"),
        ("analysis.themes.coders = all", "themes.coders: any → all"),
    ):
        assert impact(["--if", words.replace("ATT1", _first_item(answered))]) == 2
        assert said in capsys.readouterr().out, words
    for words in ("drop P99", "set responses.csv row 999 x = 1", "make it good"):
        assert impact(["--if", words]) == 1
        assert "ไม่" in capsys.readouterr().err
    assert _state(answered.root) == before


def test_a_file_and_a_row_reach_what_they_have_a_part_in(
    small: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small.root)
    assert impact([ANSWERS, "--json"]) == 2
    of_all = json.loads(capsys.readouterr().out)
    assert impact([f"{ANSWERS}:2", "--json"]) == 2
    of_one = json.loads(capsys.readouterr().out)
    assert of_one["who"] == "R0001" and set(of_one["numbers"]) <= set(of_all["numbers"]) and not of_all["quotes"]
    made = Made(small.root, STUDY)
    rules = {made.values[key]["rule"] for key in of_one["numbers"]}
    assert "measure_reliability" in rules and not {"count_themes", "measure_agreement"} & rules
    assert "read_survey" in of_all["rules"] and "read_coding" not in of_all["rules"]
    assert impact(["nothing.csv"]) == 1


def _reads_otherwise(own: Any) -> bool:
    return bool(own["before"]["text_en"] != own["after"]["text_en"] and own["said"][0]["said_en"])


def _first_item(project: Project) -> str:
    return project.table(f"data/processed/{STUDY}/items.csv")[0]["item_id"]


def _state(root: Path) -> list[tuple[str, int, int]]:
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted((path.as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
