"""What changed from before to after."""

from thongthin.contract.tables import read_table, write_table
from thongthin.statistics.corrections import Correction
from thongthin.statistics.weights import respondent_weights
from thongthin.survey import change


def compare_before_after(
    *,
    sites: str,
    items_table: str,
    responses: str,
    scale_scores: str,
    before_after: str,
    before_after_by_group: str,
    mcnemar: str,
    mcnemar_by_group: str,
    groups: list[str],
    correction: Correction,
    confidence: float,
) -> None:
    """Write the tests of scales, and of questions of yes or no, asked before and after: by site, by group, over all.

    Args:
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    questions, answers = read_table(items_table, "items"), read_table(responses, "responses")
    scores = read_table(scale_scores, "scale_scores")
    about = scores[["respondent_id"]].merge(answers, on="respondent_id", how="left")
    weights, of_group = respondent_weights(about), about["group"]
    changed = change.before_after_table(
        scores, questions, site_ids, weights=weights, confidence=confidence, correction=correction
    )
    write_table(changed, before_after)
    changed = change.before_after_by_group(
        scores, questions, of_group, groups, weights=weights, confidence=confidence, correction=correction
    )
    write_table(changed, before_after_by_group)
    yes_no = change.mcnemar_table(answers, questions, site_ids, confidence=confidence, correction=correction)
    write_table(yes_no, mcnemar)
    yes_no = change.mcnemar_by_group(answers, questions, groups, confidence=confidence, correction=correction)
    write_table(yes_no, mcnemar_by_group)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_before_after, globals()["snakemake"])
