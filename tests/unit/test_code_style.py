"""The code obeys the linter, the formatters and the type checker, as pyproject.toml sets them; its pieces are short."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [
    ROOT / "paper.py",
    *(path for name in ("workflow", "tools", "benchmarks") for path in (ROOT / name).rglob("*.py")),
]
# Lines of a module, and of a function without its docstring. A longer function tells in that why it reads better whole.
MODULE, FUNCTION, WHY = 400, 60, "In one piece: "
# mypy, which looks for garbage seldom: it takes a third of its time, and half a gigabyte holds what is left lying.
MYPY = """
import gc, runpy

gc.set_threshold(6_000_000, 1000, 1000)
gc.set_threshold = lambda *_: None
runpy.run_module("mypy", run_name="__main__")
"""


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
    words = ["-c", MYPY] if command == "mypy" else ["-m", *command.split()]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    hint = f"\nMended by: python -m {remedy}" if remedy else ""
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}{hint}"


def long_functions(text: str) -> Iterator[tuple[str, int, bool]]:
    """Name, lines without the docstring, and whether it tells why, of each function that is too long or tells why."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines, says = (node.end_lineno or 0) - node.lineno + 1, ast.get_docstring(node) or ""
            if says:
                lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            if lines > FUNCTION or WHY in says:
                yield node.name, lines, WHY in says


def test_long_functions_are_known() -> None:
    body = "    x = 1\n" * FUNCTION
    assert list(long_functions(f"def f():\n{body}")) == [("f", FUNCTION + 1, False)]
    assert not list(long_functions(f'def f():\n    """Two\n\n    lines."""\n{body[10:]}'))
    assert list(long_functions(f'def f():\n    """{WHY}x."""\n{body}')) == [("f", FUNCTION + 1, True)]


def test_functions_are_short_or_tell_why_not() -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), *own) for path in CODE for own in long_functions(path.read_text("utf-8"))
    ]
    assert not [own for own in found if not own[3]], "take them apart, or say why not"
    assert not [own for own in found if own[2] <= FUNCTION], "these are short, and need not say why"


def test_modules_are_short() -> None:
    lines = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in CODE}
    assert not {name: n for name, n in lines.items() if n > MODULE}
