"""The list of all tests that the results of a study have passed: its documents, tables, figures, evidence."""

from pathlib import Path

from thongthin.basics.files import write_text


def check_results(*, passed: list[str], checks: str) -> None:
    """Write the names of all tests that passed.

    Args:
        passed: what `check_document` and `check_subject` wrote.
    """
    names = [name for path in passed for name in Path(path).read_text(encoding="utf-8").splitlines()]
    write_text(checks, "\n".join(sorted(names)) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_results, globals()["snakemake"])
