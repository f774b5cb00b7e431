"""What a step leaves in its log: a sentence where people can act upon it, a traceback where only a developer can."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thongthin.problems import CannotAnalyse, Problem, ProblemsFound, RenderError
from thongthin.steps import arguments, run


def job(tmp_path: Path, **params: Any) -> Any:
    log = [str(tmp_path / "logs" / "step.log")]
    return SimpleNamespace(input={"table": "a.csv"}, output={"result": "b.csv"}, params=params, log=log)


def test_arguments_are_named_and_triggers_are_left_out(tmp_path: Path) -> None:
    found = arguments(job(tmp_path, seed=1, code="x", settings="y", content="z"))
    assert found == {"table": "a.csv", "result": "b.csv", "seed": 1}


def test_one_name_for_two_things_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match='uses the name "table" twice'):
        arguments(job(tmp_path, table=1))


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (CannotAnalyse("too few\nน้อยเกินไป"), "too few\nน้อยเกินไป\n"),
        (RenderError("no such font\nไม่มีแบบอักษร"), "no such font\nไม่มีแบบอักษร\n"),
        (ProblemsFound([Problem("kind", "a.csv", "wrong", "ผิด", row=3)]), "a.csv:\n  Row 3: wrong\n  แถวที่ 3: ผิด\n"),
    ],
)
def test_what_people_can_mend_is_said_without_a_traceback(tmp_path: Path, error: Exception, logged: str) -> None:
    def step(**_: Any) -> None:
        raise error

    with pytest.raises(SystemExit) as stopped:
        run(step, job(tmp_path))
    assert stopped.value.code == 1
    text = (tmp_path / "logs" / "step.log").read_text(encoding="utf-8")
    assert text.startswith(logged)
    assert "Traceback" not in text


def test_other_errors_keep_their_traceback(tmp_path: Path) -> None:
    def step(**_: Any) -> None:
        raise KeyError("surprise")

    with pytest.raises(SystemExit):
        run(step, job(tmp_path))
    text = (tmp_path / "logs" / "step.log").read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "KeyError: 'surprise'" in text
