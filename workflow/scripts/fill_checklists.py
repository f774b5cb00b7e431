"""The reporting checklists of the study: what the data and study.yml answer, and what is open."""

from pathlib import Path
from typing import Any

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table, write_table
from thongthin.synthesis.reporting import fill_checklist, summary


def fill_checklists(
    *,
    study: str,
    tables: list[str],
    reporting_coreq: str,
    reporting_srqr: str,
    reporting_gramms: str,
    reporting_summary: str,
    analysis: dict[str, Any],
) -> None:
    """Write the checklists and how many of their items are open.

    Args:
        tables: files of the processed and result tables that answers are made from.
        analysis: the choices of the analysis.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    frames = {Path(path).stem: read_table(path) for path in tables}
    files = {"coreq": reporting_coreq, "srqr": reporting_srqr, "gramms": reporting_gramms}
    checklists = {key: fill_checklist(key, settings, frames, analysis) for key in files}
    for key, file in files.items():
        write_table(checklists[key], file)
    write_table(summary(checklists), reporting_summary)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(fill_checklists, globals()["snakemake"])
