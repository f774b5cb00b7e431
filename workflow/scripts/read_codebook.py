"""The codebook: every code with its theme, labels, factor and valence."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import write_table
from thongthin.read.codebook import read_codebook as read


def read_codebook(*, study: str, codebook: str, codes: str) -> None:
    """Write the table `codes`.

    Args:
        study: study.yml.
        codebook: what people filled in, .csv or .xlsx.
    """
    problems = Problems()
    frame = read(Path(codebook), read_study(Path(study), problems.at(study)), problems.at(codebook))
    problems.raise_if_any()
    write_table(frame, codes)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_codebook, globals()["snakemake"])
