"""Which answers are missing: how many, where, and whether completely at random."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.missing_data import missing_data as summarise
from thongthin.survey.missing_data import missing_items as count
from thongthin.survey.models.data import score_columns
from thongthin.survey.scales import survey_scales


def describe_missing(
    *,
    sites: str,
    items_table: str,
    responses: str,
    nonanswer_cells: str,
    scale_scores: str,
    missing_items: str,
    missing_data: str,
    models: list[dict[str, Any]],
    sample: int,
    seed: int,
) -> None:
    """Write what is missing of each item, and of all of them.

    Args:
        models: as in study.yml (`model`, `models`), each with its id.
        sample: so many respondents are the most that Little's test takes (`analysis.model.sample`).
        seed: of the sample.
    """
    items, answers = read_table(items_table, "items"), read_table(responses, "responses")
    reasons = read_table(nonanswer_cells, "nonanswer_cells")
    write_table(count(answers, items, reasons, read_table(sites, "sites")["site_id"]), missing_items)
    variables = {"items": answers[[item for scale in survey_scales(items) for item in scale.items]]}
    scores = read_table(scale_scores, "scale_scores")
    for own in models:
        name = f"scores-{own['id']}" if own["id"] else "scores"
        variables[name] = scores[score_columns(scores, own["outcome"], own["predictors"])]
    write_table(summarise(variables, most=sample, seed=seed), missing_data)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(describe_missing, globals()["snakemake"])
