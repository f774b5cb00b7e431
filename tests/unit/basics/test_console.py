"""Commands end quietly where nobody reads on, print on any console, and are named as they are typed there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from studies import make_study

from thongthin.basics import console
from thongthin.basics.console import READER_GONE, command

ROOT = Path(__file__).parents[3]
MODULES = str(ROOT / "workflow")


def start(words: list[str], folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": MODULES, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def read_a_little_and_go(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The exit code, and what was said of it, of a command whose reader takes some bytes and goes."""
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode("utf-8", "replace")
    return process.wait(), said


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize(
    "words",
    [
        ["-m", "thongthin.commands.check"],
        ["-m", "thongthin.commands.describe_survey"],
        [str(ROOT / "paper.py"), "--help"],
    ],
)
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, words: list[str]) -> None:
    folder = make_study(tmp_path)
    more = [str(folder / "survey" / "responses.csv")] if "describe" in words[-1] else []
    assert read_a_little_and_go(start([*words, *more], tmp_path)) == (READER_GONE, "")


def test_a_console_of_ascii_gets_utf8(tmp_path: Path) -> None:
    make_study(tmp_path)
    done = start(["-m", "thongthin.commands.check"], tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    out, err = done.communicate()
    assert done.returncode == 0 and err == b""
    assert "ไม่พบปัญหา" in out.decode("utf-8")


@pytest.mark.parametrize(
    ("system", "there", "typed"),
    [
        ("posix", {"python3", "python"}, "python3 paper.py check small"),
        ("posix", {"python"}, "python paper.py check small"),
        ("posix", set(), "python3 paper.py check small"),
        ("nt", {"py", "python"}, "py paper.py check small"),
        ("nt", {"python", "python3"}, "python paper.py check small"),
    ],
)
def test_a_command_is_named_as_it_is_typed(
    system: str, there: set[str], typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "os", type("os", (), {"name": system}))
    monkeypatch.setattr(console.shutil, "which", lambda name: name if name in there else None)
    assert command("check", "small") == typed


def test_no_module_names_a_command_by_itself() -> None:
    naming = [p.name for p in Path(MODULES).rglob("*.py") if "python3 paper.py" in p.read_text(encoding="utf-8")]
    assert set(naming) <= {"console.py", "__init__.py", "usage.py", "readme.py"}, (
        "thongthin.basics.console.command names them"
    )


def test_a_command_ends_with_all_that_waits_for_its_end(tmp_path: Path) -> None:
    program = """
import atexit, threading, time
from thongthin.basics.console import run_command

def main(words):
    threading.Thread(target=lambda: (time.sleep(0.2), print("the thread"))).start()
    atexit.register(print, "the end", end="")
    print("the command")
    return 3

run_command(main)
"""
    process = start(["-c", program], tmp_path)
    said, wrong = process.communicate()
    assert said.decode().splitlines() == ["the command", "the thread", "the end"]
    assert (process.returncode, wrong) == (3, b"")
