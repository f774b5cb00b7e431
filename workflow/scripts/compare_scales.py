"""Whether the sites, and the groups of respondents, differ on each scale, and which of them."""

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.statistics.corrections import Correction
from thongthin.survey.comparisons import Asked, comparison_table, pairs_table
from thongthin.survey.counts import SurveyCounts, score_frequencies


def compare_scales(
    *,
    sites: str,
    items_table: str,
    counts: str,
    site_comparison: str,
    site_comparison_pairs: str,
    group_comparison: str,
    group_comparison_pairs: str,
    groups: list[str],
    test: Asked,
    correction: Correction,
    confidence: float,
) -> None:
    """Write a test of all sites for each scale, and the tests of each pair of sites; the same of the groups.

    Args:
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        test: which of the two tests counts, or `auto`.
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    questions, counted = read_table(items_table, "items"), SurveyCounts.read(counts)
    for unit, compared, pairs in (
        (Unit.sites(read_table(sites, "sites")["site_id"]), site_comparison, site_comparison_pairs),
        (Unit.groups(groups), group_comparison, group_comparison_pairs),
    ):
        scores = score_frequencies(counted.scores, questions, unit)
        of_all = comparison_table(
            scores,
            questions,
            test=test,
            correction=correction,
            confidence=confidence,
            unweighted=counted.weighted,
        )
        of_pairs = pairs_table(scores, questions, unit, test=test, correction=correction, confidence=confidence)
        write_table(of_all, compared)
        write_table(of_pairs, pairs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_scales, globals()["snakemake"])
