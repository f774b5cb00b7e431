"""Damaged files end in a message, whatever they are: a few of the runs of `benchmarks/mutate_inputs.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import amount
from amount import tried

ROOT = Path(__file__).parents[3]
BENCHMARK = ROOT / "benchmarks" / "mutate_inputs.py"
# Whole studies in other formats are left out: their survey files are read alone.
CASES = ("small", "coding", "interviews", "codebooks", "form")
# The endings of all raw files that there are but those of survey programs.
KINDS = {
    ".csv", ".docx", ".html", ".lss", ".md", ".qda", ".qdc", ".qdpx", ".qmd", ".rqda", ".sqlite", ".sqlite3", ".srt",
    ".taguette", ".txt", ".vtt", ".xlsx", ".yml",
}  # fmt: skip

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
        return {{}}
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


def counted(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, int]]:
    """How often each outcome came, by kind of file; "all" is all of them."""
    assert done.returncode == 0, done.stdout + done.stderr
    table = done.stdout.split("\n\n", 1)[0].replace("d, ", "d_")  # "refused, placed" is one word
    header, *rows = table.splitlines()
    return {row.split()[0]: dict(zip(header.split()[1:], map(int, row.split()[1:]), strict=True)) for row in rows}


def test_a_damage_to_every_raw_file_of_every_kind_ends_in_a_message() -> None:
    how_many = ["--each", "1"] if amount.everything else ["--count", str(len(KINDS))]  # of each file, or each kind
    of_kind = counted(run(BENCHMARK, *how_many, "--seed", "7", "--workers", "1", "--cases", *CASES))
    assert set(of_kind) == {*KINDS, "all"}
    outcomes = of_kind["all"]
    assert sum(outcomes.values()) >= (85 if amount.everything else 18)
    assert outcomes["refused_placed"] * 2 > sum(outcomes.values())
    assert (outcomes["crash"], outcomes["hang"], outcomes["traceback"]) == (0, 0, 0)


def test_damaged_survey_files_end_in_a_message() -> None:
    each = tried(4, least=2)
    of_kind = counted(run(BENCHMARK, "--cases", "alone", "--count", str(9 * each), "--seed", "3", "--workers", "1"))
    for kind, outcomes in of_kind.items():
        assert sum(outcomes.values()) == (9 * each if kind == "all" else each)
        assert outcomes["refused_placed"] > 0 or (kind != "all" and not amount.everything)
        assert (outcomes["crash"], outcomes["hang"], outcomes["traceback"]) == (0, 0, 0)


def test_what_is_no_message_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "own.py"
    script.write_text(GOING_WRONG, encoding="utf-8")
    done = run(script, "--count", "6", "--seconds", "1", "--workers", "1")
    assert done.returncode == 1, done.stderr
    for what in ("crash", "hang", "traceback"):
        assert f" {what}: {what}, a.csv, " in done.stdout, done.stdout
