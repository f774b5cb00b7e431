"""The code obeys the linter, the formatters and the type checker, as pyproject.toml sets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        ("ruff check .", "ruff check --fix ."),
        ("ruff format --check .", "ruff format ."),
        ("mypy", ""),
        ("snakefmt --check workflow", "snakefmt workflow"),
    ],
)
def test_nothing_to_complain_of(command: str, remedy: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    hint = f"\nMended by: python -m {remedy}" if remedy else ""
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}{hint}"
