"""Whether what was built holds together: the tests in `tests/results/`, which must pass for any study.

Fails, with the report of the failed tests in the log, if any of them does not hold.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from thongthin.basics.files import write_text


class _Passed:
    """Collects the names of the tests that passed."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.names.append(report.nodeid)


def check_results(
    *, study: str, tests: list[str] | str, checks: str, document: str = "", of_documents: Iterable[str] = ()
) -> None:
    """Run result tests on one study and write the names of those that passed.

    Args:
        study: name of the study, handed to the tests as the environment variable THONGTHIN_STUDY.
        tests: files of the tests, or their folder.
        document: the document whose tests run, as "article.th"; handed on as THONGTHIN_DOCUMENT.
        of_documents: names of tests of documents that passed; they are added.

    Raises:
        RuntimeError: a test failed, or none ran.
    """
    os.environ.update(THONGTHIN_STUDY=study, THONGTHIN_DOCUMENT=document)
    for personal in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(personal, None)
    passed = _Passed()
    quiet = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist"]
    status = pytest.main([*quiet, *([tests] if isinstance(tests, str) else tests)], plugins=[passed])
    if status != pytest.ExitCode.OK or not passed.names:
        raise RuntimeError(f'the results of study "{study}" do not hold together: see the failed tests above')
    others = [name for path in of_documents for name in Path(path).read_text(encoding="utf-8").splitlines()]
    write_text(checks, "\n".join(sorted([*passed.names, *others])) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_results, globals()["snakemake"])
