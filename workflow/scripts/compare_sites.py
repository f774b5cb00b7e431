"""Whether the sites differ on each scale, and which of them."""

from thongthin.comparisons import kruskal_wallis_table, pairwise_table
from thongthin.tables import read_table, write_table


def compare_sites(
    *, sites: str, items_table: str, scale_scores: str, site_comparison: str, site_comparison_pairs: str
) -> None:
    """Write the Kruskal-Wallis test of each scale, and the Holm-corrected tests of each pair of sites."""
    site_ids = list(read_table(sites, "sites")["site_id"])
    scores, questions = read_table(scale_scores, "scale_scores"), read_table(items_table, "items")
    write_table(kruskal_wallis_table(scores, questions, site_ids), site_comparison)
    write_table(pairwise_table(scores, questions, site_ids), site_comparison_pairs)


if "snakemake" in globals():
    from thongthin.steps import run

    run(compare_sites, globals()["snakemake"])
