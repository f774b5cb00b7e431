"""How many respondents the survey needed and reached, how they are spread over the sites, and what they can show."""

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.sample_size import (
    power_table,
    representativity_table,
    respondents_by_site,
    response_table,
    sample_size_table,
)
from thongthin.survey.scales import survey_scales


def assess_sample(
    *,
    sites: str,
    items_table: str,
    responses: str,
    scale_scores: str,
    counts: list[str],
    sample_size: str,
    survey_response_by_site: str,
    survey_representativity: str,
    power: str,
    population: dict[str, int],
    margin: float,
    confidence: float,
    wanted_power: float,
    significance: float,
) -> None:
    """Write the sizes needed and reached, the response by site with its test, and the effects that can be detected.

    Args:
        counts: of all responses, where `responses` and `scale_scores` are of a draw.
        population: site, or `all`, -> people, as in study.yml (`survey.population`).
        margin, confidence, wanted_power: the choices of `analysis.sample`.
        significance: of the comparison of sites.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    items = read_table(items_table, "items")
    columns = [scale.column for scale in survey_scales(items)]
    if counts:
        counted = SurveyCounts.read(counts[0])
        respondents = counted.respondents.groupby("site_id")[["n", "weight", "squared"]].sum()
        scores = counted.scores
        scored = {column: scores[scores["column"] == column].groupby("site_id")["n"].sum() for column in columns}
    else:
        respondents = respondents_by_site(read_table(responses, "responses"))
        by_site = read_table(scale_scores, "scale_scores").groupby("site_id")
        scored = {column: by_site[column].count() for column in columns}
    sizes = sample_size_table(respondents, site_ids, population, margin=margin, confidence=confidence)
    response = response_table(respondents, site_ids, population)
    detectable = power_table(scored, items, significance=significance, power=wanted_power)
    write_table(sizes, sample_size)
    write_table(response, survey_response_by_site)
    write_table(representativity_table(response, confidence), survey_representativity)
    write_table(detectable, power)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(assess_sample, globals()["snakemake"])
