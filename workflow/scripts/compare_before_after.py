"""What changed from before to after."""

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
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
    questions, answers = read_table(items_table, "items"), read_table(responses, "responses")
    scores = read_table(scale_scores, "scale_scores")
    about = scores[["respondent_id"]].merge(answers, on="respondent_id", how="left")
    scores, weights = scores.assign(group=about["group"]), respondent_weights(about)
    for unit, changed, changed_answers in (
        (Unit.sites(read_table(sites, "sites")["site_id"]), before_after, mcnemar),
        (Unit.groups(groups), before_after_by_group, mcnemar_by_group),
    ):
        of_scales = change.before_after_table(
            scores, questions, unit, weights=weights, confidence=confidence, correction=correction
        )
        of_answers = change.mcnemar_table(answers, questions, unit, confidence=confidence, correction=correction)
        write_table(of_scales, changed)
        write_table(of_answers, changed_answers)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_before_after, globals()["snakemake"])
