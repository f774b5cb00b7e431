"""Whether what was built holds together: the tests in `tests/results/`, which must pass for any study.

Fails, with the report of the failed tests in the log, if any of them does not hold.
"""

import os
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


def check_results(*, study: str, tests: str, checks: str) -> None:
    """Run the result tests on one study and write the names of those that passed.

    Args:
        study: name of the study, handed to the tests as the environment variable THONGTHIN_STUDY.
        tests: folder of the tests.

    Raises:
        RuntimeError: a test failed, or none ran.
    """
    os.environ["THONGTHIN_STUDY"] = study
    for personal in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(personal, None)
    passed = _Passed()
    quiet = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist"]
    # The conftest.py above that folder is for the project's own tests, and asks for packages that builds have not.
    status = pytest.main([*quiet, f"--confcutdir={tests}", str(Path(tests))], plugins=[passed])
    if status != pytest.ExitCode.OK or not passed.names:
        raise RuntimeError(f'the results of study "{study}" do not hold together: see the failed tests above')
    write_text(checks, "\n".join(sorted(passed.names)) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_results, globals()["snakemake"])
