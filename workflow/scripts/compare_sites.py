"""Whether the sites differ on each scale, and which of them."""

from thongthin.contract.tables import read_table, write_table
from thongthin.statistics.corrections import Correction
from thongthin.survey.comparisons import Asked, carries_weights, comparison_table, pairs_table, scores_by
from thongthin.survey.counts import SurveyCounts


def compare_sites(
    *,
    sites: str,
    items_table: str,
    responses: str,
    scale_scores: str,
    counts: list[str],
    site_comparison: str,
    site_comparison_pairs: str,
    test: Asked,
    correction: Correction,
    confidence: float,
) -> None:
    """Write a test of all sites for each scale, and the tests of each pair of sites.

    Args:
        counts: of all responses, where `responses` and `scale_scores` are of a draw.
        test: which of the two tests counts, or `auto`.
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    questions = read_table(items_table, "items")
    if counts:
        counted = SurveyCounts.read(counts[0])
        scores, unweighted = counted.score_frequencies("site_id", site_ids), counted.weighted
    else:
        scores = scores_by(read_table(scale_scores, "scale_scores"), questions, site_ids)
        unweighted = carries_weights(read_table(responses, "responses"))
    compared = comparison_table(
        scores,
        questions,
        test=test,
        correction=correction,
        confidence=confidence,
        unweighted=unweighted,
    )
    write_table(compared, site_comparison)
    pairs = pairs_table(
        scores,
        questions,
        site_ids,
        test=test,
        correction=correction,
        confidence=confidence,
    )
    write_table(pairs, site_comparison_pairs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_sites, globals()["snakemake"])
