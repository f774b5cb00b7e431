"""The benchmarks still run, on little data, and what stands beside ours gives the same results. No time is asserted."""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., str]


def run_here(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[str]:
    """Run `python -c CODE ...` or `python FILE ...` in this process."""
    said, words = io.StringIO(), sys.argv
    with contextlib.redirect_stdout(said):
        if command[1] == "-c":
            sys.argv = ["-c", *command[3:]]
            exec(command[2], {"__name__": "__main__"})
        else:
            sys.argv = [*command[1:]]
            with contextlib.suppress(SystemExit):
                runpy.run_path(command[1], run_name="__main__")
    sys.argv = words
    return subprocess.CompletedProcess(command, 0, said.getvalue(), "")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a benchmark, and what it measures in processes of their own, in this one, which has imported it all."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(subprocess, "run", run_here)
    return lambda name, *words: run_here([sys.executable, str(ROOT / "benchmarks" / name), *words]).stdout


def test_surveys_beside_plain_scripts(run: Run) -> None:
    pytest.importorskip("duckdb")
    lines = run("measure_survey.py", "--rows", "3000", "--scripts", "thongthin", "polars", "duckdb").splitlines()
    measured = [line for line in lines if line.startswith(("parquet", "csv"))]
    assert len(measured) == 6
    assert all(line.endswith("the same") for line in measured), measured


def test_agreement_beside_another_package(run: Run) -> None:
    pytest.importorskip("krippendorff")
    few = ["--units", "500", "--interviews", "20", "--replicates", "10", "--theirs", "2"]
    lines = run("measure_agreement.py", *few).splitlines()
    (alphas,) = [line.split()[-2:] for line in lines if line.startswith("alpha, result")]
    assert alphas[0] == alphas[1]


def test_themes(run: Run) -> None:
    lines = run("measure_themes.py", "--documents", "100", "--segments", "2000").splitlines()
    assert {"count_themes", "compare_themes", "count_cooccurrence"} <= {line.split()[0] for line in lines if line}


def test_alignment() -> None:
    """As people run it, in a process of its own."""
    few = ["--edits", "12", "--characters", "5000", "--passages", "50"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "measure_alignment.py"), *few],
        env={**os.environ, "PYTHONPATH": str(ROOT / "workflow")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[2] for line in lines if line.startswith("placed wrongly")] == ["0", "0"]
    (once,) = [line for line in lines if line.startswith("words that stand once")]
    assert once.endswith("100.00 %")
