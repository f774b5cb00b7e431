"""How many respondents the survey needed and reached, how they are spread over the sites, and what they can show."""

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.sample_size import power_table, representativity_table, response_table, sample_size_table


def assess_sample(
    *,
    sites: str,
    items_table: str,
    counts: str,
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
        population: site, or `all`, -> people, as in study.yml (`survey.population`).
        margin, confidence, wanted_power: the choices of `analysis.sample`.
        significance: of the comparison of sites.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    counted = SurveyCounts.read(counts)
    respondents = counted.respondents
    sizes = sample_size_table(respondents, site_ids, population, margin=margin, confidence=confidence)
    response = response_table(respondents, site_ids, population)
    questions = read_table(items_table, "items")
    detectable = power_table(counted.scores, questions, significance=significance, power=wanted_power)
    write_table(sizes, sample_size)
    write_table(response, survey_response_by_site)
    write_table(representativity_table(response, confidence), survey_representativity)
    write_table(detectable, power)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(assess_sample, globals()["snakemake"])
