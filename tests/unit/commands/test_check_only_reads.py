"""The check only reads: it runs in a folder that may not be written to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from studies import make_study

ROOT = Path(__file__).parents[3]
# Refuses what a read-only disk would: opening for writing, and changes of folders.
WATCH = """
import os, runpy, sys
root = os.path.realpath(os.getcwd())
def inside(path):
    return isinstance(path, (str, bytes, os.PathLike)) and os.path.realpath(os.fsdecode(path)).startswith(root)
def watch(event, arguments):
    if event == "open" and isinstance(arguments[2], int):
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writes and inside(arguments[0]):
            raise OSError(30, "Read-only file system", arguments[0])
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate"):
        if inside(arguments[0]):
            raise OSError(30, "Read-only file system", arguments[0])
sys.addaudithook(watch)
try:
    open("probe", "w")
except OSError as error:
    assert error.errno == 30
else:
    raise AssertionError("the watch does not work")
sys.argv = ["check", "small"]
runpy.run_module("thongthin.commands.check", run_name="__main__")
"""


def test_the_check_writes_nothing_in_the_project(tmp_path: Path) -> None:
    make_study(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "workflow"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing is wrong" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before
