"""Whether the items of each scale belong together."""

from typing import Literal

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.reliability import item_rest_from, item_rest_table, reliability_from, reliability_table


def measure_reliability(
    *,
    items_table: str,
    responses: str,
    counts: list[str],
    scale_reliability: str,
    item_rest: str,
    alpha_interval: Literal["feldt", "bootstrap"],
    confidence: float,
    replicates: int,
    seed: int,
) -> None:
    """Write alpha and omega of each scale, and how each item goes with the rest; the choices are as configured.

    Args:
        counts: of all responses, where `responses` are a draw; intervals by bootstrap are then undefined.
    """
    questions = read_table(items_table, "items")
    if counts:
        covariances = SurveyCounts.read(counts[0]).covariances
        table = reliability_from(covariances, questions, interval=alpha_interval, confidence=confidence)
        write_table(table, scale_reliability)
        write_table(item_rest_from(covariances, questions), item_rest)
        return
    answers = read_table(responses, "responses")
    reliability = reliability_table(
        answers, questions, interval=alpha_interval, confidence=confidence, replicates=replicates, seed=seed
    )
    write_table(reliability, scale_reliability)
    write_table(item_rest_table(answers, questions), item_rest)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(measure_reliability, globals()["snakemake"])
