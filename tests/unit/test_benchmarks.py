"""The benchmarks still run, on little data, and what stands beside ours gives the same results. No time is asserted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(name: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / name), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "workflow")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_surveys_beside_plain_scripts() -> None:
    pytest.importorskip("duckdb")
    lines = run("measure_survey.py", "--rows", "3000", "--scripts", "thongthin", "polars", "duckdb").splitlines()
    measured = [line for line in lines if line.startswith(("parquet", "csv"))]
    assert len(measured) == 6
    assert all(line.endswith("the same") for line in measured), measured


def test_agreement_beside_another_package() -> None:
    pytest.importorskip("krippendorff")
    few = ["--units", "500", "--interviews", "20", "--replicates", "10", "--theirs", "2"]
    lines = run("measure_agreement.py", *few).splitlines()
    (alphas,) = [line.split()[-2:] for line in lines if line.startswith("alpha, result")]
    assert alphas[0] == alphas[1]


def test_themes() -> None:
    lines = run("measure_themes.py", "--documents", "100", "--segments", "2000").splitlines()
    assert {"count_themes", "compare_themes", "count_cooccurrence"} <= {line.split()[0] for line in lines if line}


def test_alignment() -> None:
    lines = run("measure_alignment.py", "--edits", "12", "--characters", "5000", "--passages", "50").splitlines()
    assert [line.split()[2] for line in lines if line.startswith("placed wrongly")] == ["0", "0"]
    (once,) = [line for line in lines if line.startswith("words that stand once")]
    assert once.endswith("100.00 %")
