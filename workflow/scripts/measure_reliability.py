"""Whether the items of each scale belong together."""

from thongthin.scales import item_rest_table, reliability_table
from thongthin.tables import read_table, write_table


def measure_reliability(*, items_table: str, responses: str, scale_reliability: str, item_rest: str) -> None:
    """Write Cronbach's alpha of each scale, and the item-rest correlation of each item."""
    answers, questions = read_table(responses, "responses"), read_table(items_table, "items")
    write_table(reliability_table(answers, questions), scale_reliability)
    write_table(item_rest_table(answers, questions), item_rest)


if "snakemake" in globals():
    from thongthin.steps import run

    run(measure_reliability, globals()["snakemake"])
