"""How far the coders agree, for each code and over all codes, and where they do not."""

from thongthin.agreement import agreement_table, disagreements_table
from thongthin.decisions import Unit
from thongthin.tables import read_table, write_table


def measure_agreement(
    *,
    codes: str,
    turns: str,
    codings: str,
    coverage: str,
    agreement: str,
    disagreements: str,
    unit: Unit,
    replicates: int,
    confidence: float,
    seed: int,
) -> None:
    """Write the agreement and the disagreements of the coders.

    Args:
        unit: what the coders are compared on, `turn` or `participant`.
        replicates, confidence, seed: of the bootstrap interval of alpha.
    """
    frames = (
        read_table(turns, "turns"),
        read_table(codings, "codings"),
        read_table(coverage, "coverage"),
        read_table(codes, "codes"),
    )
    table = agreement_table(*frames, unit=unit, replicates=replicates, confidence=confidence, seed=seed)
    write_table(table, agreement)
    write_table(disagreements_table(*frames, unit=unit), disagreements)


if "snakemake" in globals():
    from thongthin.steps import run

    run(measure_agreement, globals()["snakemake"])
