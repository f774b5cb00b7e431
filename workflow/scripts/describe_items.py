"""Mean, spread, interpretation and answers of each item, by site and by group of respondents."""

from typing import Any

from thongthin.contract.tables import ALL, read_table, write_table
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
    counts: list[str],
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
        sample_design: how respondents were drawn; without rows where the study does not say.
        counts: of all responses, where `responses` are a draw.
        groups: ids of all groups of respondents; none where the survey does not ask for the group.
        bands, confidence: as configured.
    """
    questions = read_table(items_table, "items")
    site_ids = list(read_table(sites, "sites")["site_id"])
    named = read_table(categories, "categories")
    above = [band["above"] for band in bands]
    if counts:
        counted = SurveyCounts.read(counts[0])
        of_sites, of_groups = (counted.answer_counts(*unit) for unit in (("site_id", site_ids), ("group", groups)))
        level = {"confidence": confidence}
        by_site = description.describe_items_from(of_sites, questions, [*site_ids, ALL], "site_id", above, **level)
        by_group = description.describe_items_from(of_groups, questions, groups, "group", above, **level)
        write_table(by_site, item_statistics)
        write_table(by_group, item_group_statistics)
        write_table(description.item_answers_from(counted.answer_counts(), questions, **level), item_answers)
        for of, ids, unit, path in (
            (of_sites, site_ids, "site_id", item_answers_by_site),
            (of_groups, groups, "group", item_answers_by_group),
        ):
            write_table(description.item_answers_by_unit_from(of, questions, ids, unit), path)
        write_table(by_category.category_answers(counted.categories, named, site_ids, **level), category_answers)
        chosen = by_category.category_answers_by_group(counted.categories, named, groups, **level)
        write_table(chosen, category_answers_by_group)
        return
    answers = read_table(responses, "responses", as_text=set(named["item_id"]))
    by_site = description.describe_items(answers, questions, site_ids, above, confidence=confidence)
    by_group = description.describe_items_by_group(answers, questions, groups, above, confidence=confidence)
    given = by_category.category_counts(answers, named)
    of_all = description.item_answers(answers, questions, confidence=confidence)
    chosen = by_category.category_answers(given, named, site_ids, confidence=confidence)
    chosen_by_group = by_category.category_answers_by_group(given, named, groups, confidence=confidence)
    if design := design_of(read_table(sample_design, "sample_design"), answers["respondent_id"]):
        level = {"confidence": confidence}
        by_site = design_errors.of_items(by_site, answers, questions, design, "site_id", **level)
        by_group = design_errors.of_items(by_group, answers, questions, design, "group", **level)
        of_all = design_errors.of_answers(of_all, answers, questions, design, **level)
        chosen = design_errors.of_categories(chosen, answers, design, "site_id", **level)
        chosen_by_group = design_errors.of_categories(chosen_by_group, answers, design, "group", **level)
    write_table(by_site, item_statistics)
    write_table(by_group, item_group_statistics)
    write_table(of_all, item_answers)
    write_table(description.item_answers_by_site(answers, questions, site_ids), item_answers_by_site)
    write_table(description.item_answers_by_group(answers, questions, groups), item_answers_by_group)
    write_table(chosen, category_answers)
    write_table(chosen_by_group, category_answers_by_group)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_items, globals()["snakemake"])
