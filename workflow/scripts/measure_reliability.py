"""Whether the items of each scale belong together."""

from typing import Literal

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.reliability import drawn_by_scale, item_rest_table, reliability_table


def measure_reliability(
    *,
    items_table: str,
    responses: str,
    counts: str,
    scale_reliability: str,
    item_rest: str,
    alpha_interval: Literal["feldt", "bootstrap"],
    confidence: float,
    replicates: int,
    seed: int,
) -> None:
    """Write alpha and omega of each scale, and how each item goes with the rest; the choices are as configured.

    Args:
        responses: for intervals by bootstrap, which are undefined where these are a draw of those counted.
    """
    questions, counted = read_table(items_table, "items"), SurveyCounts.read(counts)
    answers = read_table(responses, "responses")
    whole = len(answers) == counted.respondents["n"].sum()
    drawn = drawn_by_scale(answers, questions, replicates=replicates, seed=seed) if whole else None
    table = reliability_table(counted.covariances, questions, drawn, interval=alpha_interval, confidence=confidence)
    write_table(table, scale_reliability)
    write_table(item_rest_table(counted.covariances, questions), item_rest)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(measure_reliability, globals()["snakemake"])
