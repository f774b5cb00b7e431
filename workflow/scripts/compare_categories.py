"""Whether answers by category go with the site, and with the group of respondents."""

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.statistics.corrections import Correction
from thongthin.survey.comparisons import category_table
from thongthin.survey.counts import SurveyCounts


def compare_categories(
    *,
    sites: str,
    items_table: str,
    counts: str,
    category_comparison: str,
    groups: list[str],
    replicates: int,
    seed: int,
    correction: Correction,
    confidence: float,
) -> None:
    """Write a test across sites, and one across groups, for each question answered by category.

    Args:
        groups: ids of the groups of study.yml.
        replicates, seed: how many random tables to draw where there are too many to enumerate, and their seed.
        correction: of p for several tests.
        confidence: level of the intervals.
    """
    compared = category_table(
        SurveyCounts.read(counts),
        read_table(items_table, "items"),
        [Unit.sites(read_table(sites, "sites")["site_id"]), Unit.groups(groups)],
        replicates=replicates,
        seed=seed,
        correction=correction,
        confidence=confidence,
    )
    write_table(compared, category_comparison)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_categories, globals()["snakemake"])
