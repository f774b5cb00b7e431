"""The tests that every built study must pass, run by the workflow itself before the build is done."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from thongthin.basics.warm_server import import_for

# Parts of pytest that these tests have no use for, and whose import and looks at each test take time.
UNUSED = ("doctest", "faulthandler", "junitxml", "pastebin", "setuponly", "setupplan", "unittest")


def beforehand() -> None:
    """Import what the tests of a build import, and pytest when it runs them (see `basics.warm_server`)."""
    for path in sorted(Path("tests/results").glob("*.py")):
        import_for(path)
    from _pytest.config import default_plugins

    for name in (*(f"_pytest.{own}" for own in default_plugins if own not in UNUSED), "pdb", "tomllib"):
        import_module(name)


class _Passed:
    """Collects the names of the tests that passed."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.names.append(report.nodeid)


def passed_tests(study: str, tests: Iterable[str], document: str = "") -> list[str]:
    """Run result tests on one study; the names of those that passed, sorted.

    Args:
        study: name of the study, handed to the tests as the environment variable THONGTHIN_STUDY.
        tests: files of the tests, or folders.
        document: the document whose tests run, as "article.th", handed on as THONGTHIN_DOCUMENT; empty: all of them.

    Raises:
        RuntimeError: a test failed, or none ran; the report of those that failed was printed.
    """
    os.environ.update(THONGTHIN_STUDY=study, THONGTHIN_DOCUMENT=document)
    for personal in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(personal, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # what else is installed is not asked
    passed = _Passed()
    quiet = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", *(f"-pno:{name}" for name in UNUSED)]
    paths = [Path(test) for test in tests]
    # The conftest.py above their folder is for the project's own tests, and asks for packages that builds have not.
    above = paths[0] if paths[0].is_dir() else paths[0].parent
    status = pytest.main([*quiet, f"--confcutdir={above}", *map(str, paths)], plugins=[passed])
    if status != pytest.ExitCode.OK or not passed.names:
        raise RuntimeError(f'the results of study "{study}" do not hold together: see the failed tests above')
    return sorted(passed.names)
