"""Mean, spread and interpretation of each scale, by site and by group of respondents."""

from typing import Any

from thongthin.contract.tables import ALL, read_table, write_table
from thongthin.statistics.weights import respondent_weights
from thongthin.survey import description, design_errors
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.sample_design import design_of


def describe_scales(
    *,
    sites: str,
    items_table: str,
    responses: str,
    scale_scores: str,
    sample_design: str,
    counts: list[str],
    scale_statistics: str,
    group_statistics: str,
    groups: list[str],
    bands: list[dict[str, Any]],
    confidence: float,
) -> None:
    """Write the statistics of each scale.

    Args:
        sample_design: how respondents were drawn; without rows where the study does not say.
        counts: of all responses, where `responses` and `scale_scores` are of a draw.
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        bands, confidence: as configured.
    """
    scores, questions = read_table(scale_scores, "scale_scores"), read_table(items_table, "items")
    if counts:
        counted, ids = SurveyCounts.read(counts[0]), list(read_table(sites, "sites")["site_id"])
        for unit, members, shown, path in (
            ("site_id", ids, [*ids, ALL], scale_statistics),
            ("group", groups, groups, group_statistics),
        ):
            of = counted.score_counts(unit, members)  # type: ignore[arg-type]
            limits = [band["above"] for band in bands]
            table = description.describe_scales_from(of, questions, shown, unit, limits, confidence=confidence)
            write_table(table, path)
        return
    answers = read_table(responses, "responses").set_index("respondent_id").loc[scores["respondent_id"]]
    site_ids = read_table(sites, "sites")["site_id"]
    above, weights = [band["above"] for band in bands], respondent_weights(answers)
    by_site = description.describe_scales(scores, questions, site_ids, above, weights=weights, confidence=confidence)
    by_group = description.describe_scales_by_group(
        scores, questions, answers["group"], groups, above, weights=weights, confidence=confidence
    )
    if design := design_of(read_table(sample_design, "sample_design"), scores["respondent_id"]):
        by_site, by_group = (
            design_errors.of_scales(
                table, scores, questions, answers[unit], weights, design, unit, confidence=confidence
            )
            for table, unit in ((by_site, "site_id"), (by_group, "group"))
        )
    write_table(by_site, scale_statistics)
    write_table(by_group, group_statistics)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_scales, globals()["snakemake"])
