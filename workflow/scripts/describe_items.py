"""Mean, spread, interpretation and answers of each item, by site and by group of respondents."""

from dataclasses import replace
from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.survey import categories as by_category
from thongthin.survey import description, design_errors
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.sample_design import design_of


def describe_items(
    *,
    sites: str,
    items_table: str,
    responses: str,
    sample_design: str,
    counts: str,
    categories: str,
    item_statistics: str,
    item_group_statistics: str,
    item_answers: str,
    item_answers_by_site: str,
    item_answers_by_group: str,
    category_answers: str,
    category_answers_by_group: str,
    groups: list[str],
    bands: list[dict[str, Any]],
    confidence: float,
) -> None:
    """Write the statistics of each item and how often each answer was given.

    Args:
        responses: read for the errors of the design, where the study declares one.
        sample_design: how respondents were drawn; without rows where the study does not say.
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        bands, confidence: as configured.
    """
    questions, named = read_table(items_table, "items"), read_table(categories, "categories")
    counted = SurveyCounts.read(counts)
    of_sites, of_groups = Unit.sites(read_table(sites, "sites")["site_id"]), Unit.groups(groups)
    above, level = [band["above"] for band in bands], {"confidence": confidence}
    by = {
        unit: description.describe_items(counted.answers, questions, unit, above, **level)
        for unit in (of_sites, of_groups)
    }
    chosen = {unit: by_category.category_answers(counted.categories, named, unit, **level) for unit in by}
    of_all = description.item_answers(counted.answers, questions, **level)
    drawn = read_table(sample_design, "sample_design")
    if len(drawn):
        answers = read_table(responses, "responses", as_text=set(named["item_id"]))
        if design := design_of(drawn, answers["respondent_id"]):
            of_all = design_errors.of_answers(of_all, answers, questions, design, **level)
            for unit in by:
                by[unit] = design_errors.of_items(by[unit], answers, questions, design, unit, **level)
                chosen[unit] = design_errors.of_categories(chosen[unit], answers, design, unit, **level)
    write_table(of_all, item_answers)
    for unit, statistics, frequencies, of_categories in (
        (of_sites, item_statistics, item_answers_by_site, category_answers),
        (of_groups, item_group_statistics, item_answers_by_group, category_answers_by_group),
    ):
        write_table(by[unit], statistics)
        shown = replace(unit, total=False)
        write_table(description.item_answers_by(counted.answers, questions, shown), frequencies)
        write_table(chosen[unit], of_categories)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_items, globals()["snakemake"])
