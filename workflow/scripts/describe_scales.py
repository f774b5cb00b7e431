"""Mean, spread and interpretation of each scale, by site and by group of respondents."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
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
    counts: str,
    scale_statistics: str,
    group_statistics: str,
    groups: list[str],
    bands: list[dict[str, Any]],
    confidence: float,
) -> None:
    """Write the statistics of each scale.

    Args:
        responses, scale_scores: read for the errors of the design, where the study declares one.
        sample_design: how respondents were drawn; without rows where the study does not say.
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        bands, confidence: as configured.
    """
    questions, counted = read_table(items_table, "items"), SurveyCounts.read(counts)
    above, level = [band["above"] for band in bands], {"confidence": confidence}
    of_sites, of_groups = Unit.sites(read_table(sites, "sites")["site_id"]), Unit.groups(groups)
    by = {
        unit: description.describe_scales(counted.scores, questions, unit, above, **level)
        for unit in (of_sites, of_groups)
    }
    drawn = read_table(sample_design, "sample_design")
    if len(drawn):
        scores = read_table(scale_scores, "scale_scores")
        answers = read_table(responses, "responses").set_index("respondent_id").loc[scores["respondent_id"]]
        if design := design_of(drawn, scores["respondent_id"]):
            for unit in by:
                by[unit] = design_errors.of_scales(by[unit], scores, questions, answers, design, unit, **level)
    write_table(by[of_sites], scale_statistics)
    write_table(by[of_groups], group_statistics)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_scales, globals()["snakemake"])
