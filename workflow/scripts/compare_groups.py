"""Whether the groups of respondents differ on each scale, and which of them."""

from thongthin.contract.tables import read_table, write_table
from thongthin.statistics.corrections import Correction
from thongthin.survey.comparisons import Asked, carries_weights, comparison_table, pairs_table, scores_by
from thongthin.survey.counts import SurveyCounts


def compare_groups(
    *,
    items_table: str,
    responses: str,
    scale_scores: str,
    counts: list[str],
    group_comparison: str,
    group_comparison_pairs: str,
    groups: list[str],
    test: Asked,
    correction: Correction,
    confidence: float,
) -> None:
    """Write a test of all groups for each scale, and the tests of each pair of groups.

    Args:
        counts: of all responses, where `responses` and `scale_scores` are of a draw.
        groups: ids of the groups of study.yml.
        test: which of the two tests counts, or `auto`.
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    questions, answers = read_table(items_table, "items"), read_table(responses, "responses")
    if counts:
        counted = SurveyCounts.read(counts[0])
        scores, unweighted = counted.score_frequencies("group", groups), counted.weighted
    else:
        told = read_table(scale_scores, "scale_scores").merge(answers[["respondent_id", "group"]], on="respondent_id")
        scores, unweighted = scores_by(told, questions, groups, "group"), carries_weights(answers)
    compared = comparison_table(
        scores,
        questions,
        test=test,
        correction=correction,
        confidence=confidence,
        unweighted=unweighted,
    )
    write_table(compared, group_comparison)
    pairs = pairs_table(
        scores,
        questions,
        groups,
        part="group",
        test=test,
        correction=correction,
        confidence=confidence,
    )
    write_table(pairs, group_comparison_pairs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_groups, globals()["snakemake"])
