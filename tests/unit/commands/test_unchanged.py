"""Whether anything has changed since a build: whatever it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from thongthin.commands.unchanged import RECORD, is_unchanged, quarto, remember, sources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "Snakefile",
        "config/config.yml",
        "workflow/scripts/a.py",
        "workflow/__pycache__/a.pyc",
        "data/raw/one/sites.csv",
        "report/one/article.th.qmd",
        "report/_quarto.yml",
        "results/one/article.th.pdf",
        "results/fonts/a.ttf",
        "data/processed/one/sites.csv",
        "data/raw/two/sites.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    remember(tmp_path, ["one"], sources(tmp_path, ["one"]))
    return tmp_path


def test_what_was_built_is_unchanged(root: Path) -> None:
    assert is_unchanged(root, ["one"])
    assert not is_unchanged(root, ["two"])
    assert not is_unchanged(root, ["one", "two"])
    remember(root, ["one", "two"], sources(root, ["one", "two"]))
    assert is_unchanged(root, ["one"])
    assert is_unchanged(root, ["one", "two"])


def edited(path: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text("edited", encoding="utf-8")


def replaced_in_place(root: Path) -> None:
    """The same size, and the time put back."""
    path = root / "data/raw/one/sites.csv"
    before = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        *(edited(name) for name in ("config/config.yml", "workflow/scripts/a.py", "report/_quarto.yml", "Snakefile")),
        edited("results/one/article.th.pdf"),
        edited("data/raw/one/interviews.txt"),
        lambda root: (root / "results/fonts/a.ttf").unlink(),
        lambda root: (root / "data/processed/one/sites.csv").unlink(),
        replaced_in_place,
    ],
)
def test_any_change_is_seen(root: Path, change: Callable[[Path], object]) -> None:
    change(root)
    assert not is_unchanged(root, ["one"])


def test_what_was_edited_while_the_build_ran_is_not_taken_for_built(root: Path) -> None:
    began_with = sources(root, ["one"])
    edited("report/one/article.th.qmd")(root)
    remember(root, ["one"], began_with)
    assert not is_unchanged(root, ["one"])


def test_another_study_and_compiled_code_are_no_change(root: Path) -> None:
    edited("data/raw/two/sites.csv")(root)
    edited("workflow/__pycache__/a.pyc")(root)
    assert is_unchanged(root, ["one"])


def test_another_python_or_package_is_a_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version", "4.0")
    assert not is_unchanged(root, ["one"])


@pytest.mark.parametrize("record", ["", "[]", "{"])
def test_a_broken_record_knows_nothing(root: Path, record: str) -> None:
    (root / RECORD).write_text(record, encoding="utf-8")
    assert not is_unchanged(root, ["one"])
    remember(root, ["one"], sources(root, ["one"]))
    assert is_unchanged(root, ["one"])


@pytest.mark.skipif(os.name == "nt", reason="a program is made executable as on POSIX systems")
def test_another_quarto_is_a_change(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "programs" / "quarto"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent))
    assert quarto() == ""
    for text in ("#!/bin/sh\n", "#!/bin/sh\necho 1.9.38\n"):
        before = quarto()
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        assert quarto() != before
        assert not is_unchanged(root, ["one"])
        remember(root, ["one"], sources(root, ["one"]))
        assert is_unchanged(root, ["one"])
