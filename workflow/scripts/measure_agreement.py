"""How far the coders agree: by code and over all, by every kind of unit, pair by pair, on sets of codes and on where
passages begin and end; and where they do not agree."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews.agreement import (
    COMPARED_UNITS,
    ComparedText,
    ComparedUnit,
    agreement_pairs_table,
    agreement_sets_table,
    agreement_table,
    agreement_units_table,
    compare,
)
from thongthin.interviews.disagreements import disagreements_table
from thongthin.interviews.unitizing import unitizing_table


def measure_agreement(
    *,
    participants: str,
    codes: str,
    transcripts: str,
    turns: str,
    codings: str,
    coverage: str,
    skipped: str,
    agreement: str,
    agreement_units: str,
    agreement_sets: str,
    agreement_unitizing: str,
    agreement_pairs: str,
    disagreements: str,
    unit: ComparedUnit,
    text: ComparedText,
    replicates: int,
    confidence: float,
    seed: int,
) -> None:
    """Write the agreement and the disagreements of the coders.

    Args:
        unit, text: what the coders are compared on in `agreement`, `agreement_pairs` and `disagreements`; by
            `character`, the disagreements are listed by passage.
        replicates, confidence, seed: of the bootstrap intervals.
    """
    segments, codebook = read_table(codings, "codings"), read_table(codes, "codes")
    coded = (read_table(turns, "turns"), segments, read_table(coverage, "coverage"), codebook)
    left_out = read_table(skipped, "skipped")
    by = {kind: compare(*coded, kind, left_out) for kind in COMPARED_UNITS}
    write_table(
        agreement_table(by[unit], text=text, replicates=replicates, confidence=confidence, seed=seed), agreement
    )
    comparisons = list(by.values())
    write_table(agreement_units_table(comparisons), agreement_units)
    write_table(
        agreement_sets_table(comparisons, replicates=replicates, confidence=confidence, seed=seed), agreement_sets
    )
    write_table(
        unitizing_table(by["character"], segments, codebook, replicates=replicates, confidence=confidence, seed=seed),
        agreement_unitizing,
    )
    write_table(agreement_pairs_table(by[unit], text=text), agreement_pairs)
    listed = by["segment" if unit == "character" else unit]
    interviews, people = read_table(transcripts, "transcripts"), read_table(participants, "participants")
    write_table(disagreements_table(listed, segments, codebook, interviews, people), disagreements)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(measure_agreement, globals()["snakemake"])
