"""Whether a document is whole in every format: the tests in `tests/results/` that must pass for any document."""

from thongthin.basics.files import write_text
from thongthin.flow.result_tests import passed_tests


def check_document(*, study: str, document: str, tests: list[str], checks: str) -> None:
    """Write the names of the tests that passed.

    Args:
        document: which of the study, in which language, as "article.th".
        tests: files of the tests.

    Raises:
        RuntimeError: a test failed, or none ran.
    """
    write_text(checks, "\n".join(passed_tests(study, tests, document)) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_document, globals()["snakemake"])
