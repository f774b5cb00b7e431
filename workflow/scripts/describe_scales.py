"""Mean, spread and interpretation of each scale, by site."""

from typing import Any

from thongthin.scales import describe_scales as describe
from thongthin.tables import read_table, write_table


def describe_scales(
    *, sites: str, items_table: str, scale_scores: str, scale_statistics: str, bands: list[dict[str, Any]]
) -> None:
    """Write the statistics of each scale by site; `bands` as in the configuration."""
    site_ids = read_table(sites, "sites")["site_id"]
    scores, questions = read_table(scale_scores, "scale_scores"), read_table(items_table, "items")
    write_table(describe(scores, questions, site_ids, [band["above"] for band in bands]), scale_statistics)


if "snakemake" in globals():
    from thongthin.steps import run

    run(describe_scales, globals()["snakemake"])
