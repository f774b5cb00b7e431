"""How often each answer and each score occurs at each site and in each group: what tables of a survey are made of."""

from thongthin.contract.tables import read_table
from thongthin.survey.counts import count_responses


def count_answers(*, items_table: str, responses: str, scale_scores: str, counts: str) -> None:
    """Write the counts of all responses."""
    questions = read_table(items_table, "items")
    by_category = set(questions.loc[questions["minimum"].isna(), "item_id"])
    answers = read_table(responses, "responses", as_text=by_category)
    count_responses(answers, read_table(scale_scores, "scale_scores"), questions).write(counts)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(count_answers, globals()["snakemake"])
