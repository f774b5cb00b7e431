"""Steps whose answers are known get what was kept: when they do, and when they must not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from snakemake.iocontainers import Params, Wildcards
from snakemake.script import PythonScript

from thongthin.flow import kept
from thongthin.flow.kept import ANSWERS, COMPUTES, FOLDER, RECORD, STAMP, WHY, Step


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.csv").write_text("1", encoding="utf-8")
    Path("in/b.csv").write_text("2", encoding="utf-8")
    return tmp_path


def script(code: str = "c1", **params: Any) -> Any:
    """A script as Snakemake is about to run it: two inputs, a file and a folder that it makes, a log."""
    names = Wildcards(fromdict={"study": "small"})
    given = Params(fromdict={"code": code, **params})
    return SimpleNamespace(
        rulename="count",
        path="scripts/count.py",
        input=["in/a.csv", "in/b.csv"],
        output=["out/table.csv", "out/folder"],
        log=["logs/count.log"],
        params=given,
        wildcards=names,
        bench_record=SimpleNamespace(running_time=1.5, jobid=None),
        jobid=3,
    )


def work(text: str = "made") -> None:
    """What the script does."""
    Path("out/folder").mkdir(parents=True, exist_ok=True)
    Path("logs").mkdir(exist_ok=True)
    Path("out/table.csv").write_text(text, encoding="utf-8")
    Path("out/folder/part.txt").write_text(text, encoding="utf-8")
    Path("out/folder", STAMP).touch()
    Path("logs/count.log").write_text(f"log of {text}", encoding="utf-8")


def step(**params: Any) -> Step:
    found = Step.of(script(**params))
    assert found
    return found


def forget() -> None:
    """What Snakemake does before a step."""
    shutil.rmtree("out", ignore_errors=True)


def test_a_known_step_gets_what_it_made_and_what_it_took() -> None:
    first = script()
    own = step()
    assert not own.put_in_place(first)
    work()
    own.keep(first, 2.5)
    forget()
    Path("logs/count.log").write_text("of another build", encoding="utf-8")
    second = script()
    second.bench_record.running_time = None
    assert step().put_in_place(second)
    assert Path("out/table.csv").read_text(encoding="utf-8") == "made"
    assert [path.name for path in Path("out/folder").iterdir()] == ["part.txt"]
    assert Path("logs/count.log").read_text(encoding="utf-8") == "log of made"
    assert second.bench_record.running_time == 1.5


def change_input() -> dict[str, Any]:
    Path("in/b.csv").write_text("3", encoding="utf-8")
    return {}


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (change_input, ["in/b.csv"]),
        (lambda: {"code": "c2"}, ["code:"]),
        (lambda: {"confidence": 0.9}, ["confidence:"]),
        (lambda: {"groups": ["a"]}, ["groups:"]),
    ],
)
def test_whatever_it_depends_on_makes_another_answer(change: Any, changed: list[str]) -> None:
    work()
    step().keep(script(), 1)
    other = step(**change())
    assert not other.put_in_place(script())
    assert other.why() == changed


def test_another_time_of_the_same_content_does_not() -> None:
    work()
    step().keep(script(), 1)
    os.utime("in/a.csv", (1, 1))
    assert step().put_in_place(script())
    assert step().why() == []


def test_an_input_that_is_edited_while_the_step_runs_keeps_nothing() -> None:
    own = step()
    Path("in/a.csv").write_text("edited", encoding="utf-8")
    work()
    own.keep(script(), 1)
    assert own.answers() == []


def test_a_kept_copy_that_was_damaged_is_not_taken() -> None:
    work()
    step().keep(script(), 1)
    (copy,) = FOLDER.rglob("part.txt")
    copy.write_text("damaged", encoding="utf-8")
    assert not step().put_in_place(script())
    shutil.rmtree(copy.parent)
    assert not step().put_in_place(script())


@pytest.mark.parametrize("record", ["", "{", "[]", '{"given": {}}'])
def test_a_record_that_cannot_be_read_is_none(record: str) -> None:
    work()
    step().keep(script(), 1)
    (file,) = FOLDER.rglob(RECORD)
    file.write_text(record, encoding="utf-8")
    assert not step().put_in_place(script())
    assert step().why() == []


def test_the_last_answers_are_kept_and_no_more() -> None:
    for number in range(ANSWERS + 2):
        Path("in/a.csv").write_text(str(number), encoding="utf-8")
        work(str(number))
        step().keep(script(), 1)
    own = step()
    assert len(own.answers()) == ANSWERS
    assert not [path for path in own.folder.iterdir() if path.name.startswith(".")]
    Path("in/a.csv").write_text(str(ANSWERS), encoding="utf-8")  # an edit is taken back
    assert step().put_in_place(script())
    assert Path("out/table.csv").read_text(encoding="utf-8") == str(ANSWERS)
    Path("in/a.csv").write_text("0", encoding="utf-8")
    assert not step().put_in_place(script())


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST", 7)
    work()
    step().keep(script(), 1)
    assert step().answers() == []


def test_a_step_without_a_fingerprint_of_its_code_has_no_answer() -> None:
    own = script()
    own.params = Params(fromdict={"confidence": 0.9})
    assert Step.of(own) is None


def test_a_missing_input_is_for_the_step_to_tell() -> None:
    Path("in/a.csv").unlink()
    assert Step.of(script()) is None


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The log records of what `install` does, with a script that only works."""
    told: list[Any] = []
    monkeypatch.setattr(PythonScript, "execute_script", lambda script, fname, edit=False: work(fname))
    monkeypatch.setattr(kept.Snakemake, "_safely_store_params", kept.Snakemake._safely_store_params)
    monkeypatch.setattr(kept.logger, "info", lambda text, extra: told.append(extra))
    yield told


@pytest.mark.parametrize(("force", "computed"), [(False, 1), (True, 2)])
def test_installed_once_it_is_asked_before_every_script(installed: list[Any], force: bool, computed: int) -> None:
    kept.install(lambda rule: force)
    kept.install(lambda rule: True)  # a second time does nothing
    for name in ("first", "second"):
        forget()
        PythonScript.execute_script(script(), name)
    assert len(installed) == computed
    assert installed[0] == {COMPUTES: 3, WHY: []}
    assert Path("out/table.csv").read_text(encoding="utf-8") == ("second" if force else "first")
    kept_of = json.loads(next(FOLDER.rglob(RECORD)).read_text(encoding="utf-8"))
    assert kept_of["seconds"] >= 0


@pytest.mark.parametrize("force", [False, True])
def test_a_step_that_is_to_compute_finds_no_parts_kept(installed: list[Any], force: bool) -> None:
    parts = Path("parts.json")
    parts.write_text("{}", encoding="utf-8")
    kept.install(lambda rule: force)
    PythonScript.execute_script(script(parts=str(parts)), "first")
    assert parts.exists() is not force
