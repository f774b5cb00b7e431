"""The score of each respondent on each scale."""

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.scales import scale_scores as scores


def score_scales(*, items_table: str, responses: str, scale_scores: str, answered: float) -> None:
    """Write the mean of the items that each respondent answered, scale by scale, reversed items turned round.

    Args:
        answered: as in the configuration (`analysis.scales`).
    """
    answers, items = read_table(responses, "responses"), read_table(items_table, "items")
    write_table(scores(answers, items, answered=answered), scale_scores)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(score_scales, globals()["snakemake"])
