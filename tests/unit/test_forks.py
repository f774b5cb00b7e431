"""Tests that run in forks are told of as tests in one process are, and a fork that dies has failed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CONFTEST = """
import sys

sys.path.insert(0, {tests!r})
import forks


def pytest_cmdline_main(config):
    forks.take_over(config)
"""
FILES = {
    "test_one": """
        import os, warnings, pytest

        @pytest.fixture(scope="module")
        def shared():
            yield
            print("the end of what one shares")

        def test_good(shared, tmp_path): assert tmp_path.parent.name.startswith("popen-gw")
        def test_bad(shared):
            warnings.warn("take care")
            print("said before it failed")
            assert os.getpid() == 0
    """,
    "test_two": """
        import os, pytest

        @pytest.fixture(scope="session")
        def for_all():
            yield
            open("ended", "w").close()

        def test_good(for_all): pass
        def test_left_out(): pytest.skip("not here")
        def test_dies(): os._exit(3) if "DIES" in os.environ else None
        def test_after(): pass
    """,
    "test_three": "def test_good(): pass",
}


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pytest-xdist runs them")


def run(folder: Path, *words: str, **variables: str) -> tuple[int, str]:
    for name, text in FILES.items():
        (folder / f"{name}.py").write_text(re.sub("(?m)^ {8}", "", text), encoding="utf-8")
    (folder / "conftest.py").write_text(CONFTEST.format(tests=str(TESTS)), encoding="utf-8")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-rfEs", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={**ours, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_what_comes_of_tests_in_forks_is_told(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert code == 1
    assert "1 failed, 5 passed, 1 skipped, 1 warning" in said
    assert "said before it failed" in said and "take care" in said and "not here" in said
    assert "FAILED test_one.py::test_bad" in said
    assert (tmp_path / "ended").is_file(), "what all tests of a process share is taken down"


def test_a_fork_that_dies_has_failed_in_its_test(tmp_path: Path) -> None:
    code, said = run(tmp_path, DIES="yes")
    assert code == 1
    assert "FAILED test_two.py::test_dies" in said and "has ended in this test" in said
    assert "2 failed, 3 passed, 1 skipped" in said


def test_the_first_failure_may_be_the_last(tmp_path: Path) -> None:
    for number in range(5):
        later = "import time\ndef test_good(): time.sleep(0.2)"
        (tmp_path / f"test_zlater_{number}.py").write_text(later, encoding="utf-8")
    code, said = run(tmp_path, "-x")
    assert code == 1 and "stopping after 1 failures" in said
