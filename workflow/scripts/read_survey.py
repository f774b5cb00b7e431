"""The items of the survey, and every row of its response file as numbers."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table, write_table
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import read_responses


def read_survey(
    *,
    study: str,
    sites: str,
    items_file: str,
    responses: list[str],
    items_table: str,
    answer_scales: str,
    categories: str,
    received: str,
    nonanswer_cells: str,
    sample_design: str,
) -> None:
    """Write the tables `items`, `answer_scales`, `categories`, `survey_received`, `nonanswer_cells`, `sample_design`.

    Args:
        study: study.yml.
        sites: table `sites`.
        items_file: what people filled in, .csv or .xlsx.
        responses: the response files as they were exported, in the order of study.yml.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    items = read_items(Path(items_file), settings, problems.at(items_file))
    here = problems.at(responses[0])
    survey = read_responses(Path(responses[0]), items, read_table(sites, "sites"), settings, here)
    problems.raise_if_any()
    write_table(survey.items, items_table, "items")
    write_table(survey.answer_scales, answer_scales, "answer_scales")
    write_table(survey.categories, categories, "categories")
    write_table(survey.received, received, "survey_received")
    write_table(survey.nonanswer_cells, nonanswer_cells, "nonanswer_cells")
    write_table(survey.sample_design, sample_design, "sample_design")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_survey, globals()["snakemake"])
