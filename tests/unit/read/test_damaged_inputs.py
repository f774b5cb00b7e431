"""Damaged survey files end in a message: a few of the runs of `benchmarks/mutate_inputs.py`, which does many more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BENCHMARK = ROOT / "benchmarks" / "mutate_inputs.py"

# A script that is the benchmark with cases of its own, each of which goes wrong in another way.
GOING_WRONG = f"""
import os, sys, time
sys.path.insert(0, {str(BENCHMARK.parent)!r})
import mutate_inputs as own

def write(folder):
    (folder / "a.csv").write_bytes(b"a,b")
    return [folder / "a.csv"]

def going_wrong(what):
    def check(folder, problems):
        path = folder / "a.csv"
        if not path.is_file() or path.read_bytes() != b"a,b":
            what()
    return own.Case(write, check)

own.cases = lambda: {{
    "crash": going_wrong(os.abort),
    "hang": going_wrong(lambda: time.sleep(600)),
    "traceback": going_wrong(lambda: 1 / 0),
}}
own.__file__ = __file__
sys.exit(own.main(sys.argv[1:]))
"""


def run(script: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "workflow"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("count", "kinds"), [(120, [".xlsx", ".ods", ".xls", ".omv", ".rds", ".parquet"]), (12, [".sav", ".zsav", ".dta"])]
)
def test_damaged_survey_files_end_in_a_message(count: int, kinds: list[str]) -> None:
    done = run(BENCHMARK, "--cases", "alone", "--kinds", *kinds, "--count", str(count), "--seed", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    header, *rows = done.stdout.splitlines()[: len(kinds) + 2]
    outcomes = header.replace("refused, ", "refused_").split()[1:]
    for row in rows:
        numbers = dict(zip(outcomes, map(int, row.split()[1:]), strict=True))
        assert sum(numbers.values()) == (count if row.startswith("all") else count / len(kinds))
        assert numbers["refused_placed"] > 0
        assert (numbers["crash"], numbers["hang"], numbers["traceback"]) == (0, 0, 0)


def test_what_is_no_message_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "own.py"
    script.write_text(GOING_WRONG, encoding="utf-8")
    done = run(script, "--count", "6", "--seconds", "1", "--workers", "1")
    assert done.returncode == 1, done.stderr
    for what in ("crash", "hang", "traceback"):
        assert f" {what}: {what}, a.csv, " in done.stdout, done.stdout
