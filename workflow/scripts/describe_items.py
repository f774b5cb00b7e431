"""Mean, spread, interpretation and answers of each item."""

from typing import Any

from thongthin.scales import describe_items as describe
from thongthin.scales import item_answers as answers_of
from thongthin.tables import read_table, write_table


def describe_items(
    *,
    sites: str,
    items_table: str,
    responses: str,
    item_statistics: str,
    item_answers: str,
    bands: list[dict[str, Any]],
) -> None:
    """Write the statistics of each item by site, and how often each answer was given (`bands` as configured)."""
    answers, questions = read_table(responses, "responses"), read_table(items_table, "items")
    site_ids = read_table(sites, "sites")["site_id"]
    write_table(describe(answers, questions, site_ids, [band["above"] for band in bands]), item_statistics)
    write_table(answers_of(answers, questions), item_answers)


if "snakemake" in globals():
    from thongthin.steps import run

    run(describe_items, globals()["snakemake"])
