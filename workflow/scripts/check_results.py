"""Whether what was built holds together: the tests in `tests/results/` that must pass for any study.

Fails, with the report of the failed tests in the log, if any of them does not hold.
"""

from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.flow.result_tests import passed_tests


def check_results(*, study: str, tests: list[str], of_documents: list[str], checks: str) -> None:
    """Write the names of the tests that passed, with those of the documents that passed before.

    Args:
        tests: files of the tests.
        of_documents: what `check_document` wrote of each document.

    Raises:
        RuntimeError: a test failed, or none ran.
    """
    passed = passed_tests(study, tests)
    passed += [name for path in of_documents for name in Path(path).read_text(encoding="utf-8").splitlines()]
    write_text(checks, "\n".join(sorted(passed)) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_results, globals()["snakemake"])
