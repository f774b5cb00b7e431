"""What a step leaves in its log: a sentence where people can act upon it, a traceback where only a developer can."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thongthin.basics.files import write_text
from thongthin.basics.machine import machine_fault
from thongthin.basics.problems import CannotAnalyse, Problem, ProblemsFound, RenderError
from thongthin.flow.steps import arguments, run


def job(tmp_path: Path, **params: Any) -> Any:
    log = [str(tmp_path / "logs" / "step.log")]
    return SimpleNamespace(input={"table": "a.csv"}, output={"result": "b.csv"}, params=params, log=log)


def test_arguments_are_named_and_triggers_are_left_out(tmp_path: Path) -> None:
    found = arguments(job(tmp_path, seed=1, code="x", settings="y", content="z"))
    assert found == {"table": "a.csv", "result": "b.csv", "seed": 1}


def test_a_step_that_asks_for_its_code_gets_it(tmp_path: Path) -> None:
    got = []

    def step(table: str, result: str, code: str) -> None:
        got.append((table, result, code))

    run(step, job(tmp_path, code="x", settings="y"))
    assert got == [("a.csv", "b.csv", "x")]


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


def chained(inner: Exception) -> Exception:
    try:
        raise RuntimeError("could not write the table") from inner
    except RuntimeError as error:
        return error


def system_error(number: int, name: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), *([name] if name else []))


@pytest.mark.parametrize(
    ("error", "english", "thai"),
    [
        (system_error(errno.ENOSPC), "The disk is full. Make room", "ดิสก์เต็ม โปรดเพิ่มพื้นที่"),
        (system_error(errno.EDQUOT, "results/a.csv"), "The disk is full: results/a.csv. Make", "ดิสก์เต็ม: results/a.csv"),
        (chained(system_error(errno.ENOSPC)), "The disk is full. Make room", "ดิสก์เต็ม"),
        (RuntimeError("IO error: No space left on device (os error 28)"), "The disk is full.", "ดิสก์เต็ม"),
        (system_error(errno.EROFS, "logs/x"), "This may not be read or written, or is open", "ไม่มีสิทธิ์อ่านหรือเขียน"),
        (system_error(errno.EACCES), "This may not be read or written, or is open", "ไม่มีสิทธิ์อ่านหรือเขียน"),
        (system_error(errno.EFBIG), "A file became larger than this disk", "ไฟล์ใหญ่เกินกว่า"),
        (system_error(errno.EIO), "The disk could not be read or written.", "อ่านหรือเขียนดิสก์ไม่ได้"),
        (MemoryError(), "There is not enough memory.", "หน่วยความจำไม่พอ"),
    ],
)
def test_a_fault_of_the_machine_is_a_sentence(tmp_path: Path, error: Exception, english: str, thai: str) -> None:
    def step(**_: Any) -> None:
        raise error

    with pytest.raises(SystemExit) as stopped:
        run(step, job(tmp_path))
    assert stopped.value.code == 1
    said = (tmp_path / "logs" / "step.log").read_text(encoding="utf-8").splitlines()
    assert len(said) == 2
    assert said[0].startswith(english) and said[1].startswith(thai)


def test_what_the_machine_did_not_cause_is_no_fault_of_it() -> None:
    assert machine_fault(KeyError("x")) is None
    assert machine_fault(FileNotFoundError(errno.ENOENT, "no such file", "a.csv")) is None


def test_a_log_that_cannot_be_written_is_told_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(self: Path, *_: Any, **__: Any) -> None:
        raise system_error(errno.EROFS, str(self))

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(SystemExit) as stopped:
        run(lambda **_: None, job(tmp_path))
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "This may not be read or written" in said and "step.log" in said and "Traceback" not in said


def test_a_file_larger_than_allowed_names_itself_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError) as raised:
            write_text(tmp_path / "a.csv", "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (machine_fault(raised.value) or "").startswith(
        "A file became larger than this disk, or this account, allows: "
    )
    assert "a.csv" in str(machine_fault(raised.value))
    assert list(tmp_path.iterdir()) == []
