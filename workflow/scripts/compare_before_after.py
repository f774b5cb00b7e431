"""What changed from before to after."""

from thongthin.comparisons import before_after_table
from thongthin.tables import read_table, write_table


def compare_before_after(*, sites: str, items_table: str, scale_scores: str, before_after: str) -> None:
    """Write the Wilcoxon signed-rank test of each scale asked for before and after, by site and over all."""
    site_ids = read_table(sites, "sites")["site_id"]
    scores, questions = read_table(scale_scores, "scale_scores"), read_table(items_table, "items")
    write_table(before_after_table(scores, questions, site_ids), before_after)


if "snakemake" in globals():
    from thongthin.steps import run

    run(compare_before_after, globals()["snakemake"])
