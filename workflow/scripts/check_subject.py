"""Whether what was built of a subject holds together: tests in `tests/results/` that must pass for any study.

Fails, with the report of the failed tests in the log, if any of them does not hold.
"""

from thongthin.basics.files import write_text
from thongthin.flow.result_tests import passed_tests


def check_subject(*, study: str, tests: list[str], checks: str) -> None:
    """Write the names of the tests that passed.

    Args:
        tests: files of the tests, or folders.

    Raises:
        RuntimeError: a test failed, or none ran.
    """
    write_text(checks, "\n".join(passed_tests(study, tests)) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_subject, globals()["snakemake"])
