"""What changed from before to after."""

from thongthin.change import before_after_table, mcnemar_table
from thongthin.corrections import Correction
from thongthin.tables import read_table, write_table
from thongthin.weights import respondent_weights


def compare_before_after(
    *,
    sites: str,
    items_table: str,
    responses: str,
    scale_scores: str,
    before_after: str,
    mcnemar: str,
    correction: Correction,
    confidence: float,
) -> None:
    """Write the tests of each scale, and of each question of yes or no, asked before and after, by site and over all.

    Args:
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    questions, answers = read_table(items_table, "items"), read_table(responses, "responses")
    scores = read_table(scale_scores, "scale_scores")
    weights = respondent_weights(scores[["respondent_id"]].merge(answers, on="respondent_id", how="left"))
    changed = before_after_table(
        scores, questions, site_ids, weights=weights, confidence=confidence, correction=correction
    )
    write_table(changed, before_after)
    yes_no = mcnemar_table(answers, questions, site_ids, confidence=confidence, correction=correction)
    write_table(yes_no, mcnemar)


if "snakemake" in globals():
    from thongthin.steps import run

    run(compare_before_after, globals()["snakemake"])
