"""A survey of millions of responses: every answer checked and counted, and some responses drawn at random."""

from pathlib import Path

import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import TABLES, read_table, write_table
from thongthin.read.survey.design import no_design
from thongthin.read.survey.items import read_items
from thongthin.read.survey.large import read_large_responses
from thongthin.read.survey.quality import flow_of_all
from thongthin.survey.large import Draw, count_survey


def count_large_survey(
    *,
    study: str,
    sites: str,
    items_file: str,
    survey_file: str,
    items_table: str,
    answer_scales: str,
    categories: str,
    nonanswer_cells: str,
    sample_design: str,
    responses: str,
    survey_flags: str,
    counts: str,
    survey_flow: str,
    survey_nonanswers: str,
    answered: float,
    seed: int,
) -> None:
    """Write the counts of all responses, a draw of them as table `responses`, and what is told of their answers.

    No rule looks at the responses one by one: nobody is flagged or left out, and `nonanswer_cells`, `survey_flags` and
    `sample_design` are without rows.

    Args:
        study: study.yml.
        sites: table `sites`.
        items_file: what people filled in, .csv or .xlsx.
        survey_file: the responses as they were exported, .parquet or .csv.
        answered: as in the configuration (`analysis.scales`).
        seed: of the draw.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    assert settings.survey is not None
    items = read_items(Path(items_file), settings, problems.at(items_file))
    problems.raise_if_any()
    known = read_table(sites, "sites")
    site_ids = list(known["site_id"])
    read = read_large_responses(Path(survey_file), items, known, settings, problems.at(survey_file))
    problems.raise_if_any()
    assert read is not None
    drawn = Draw(read.responses, settings.survey.draw, seed)
    counted = count_survey(
        read.responses,
        read.items,
        read.categories,
        site_ids,
        [group.id for group in settings.groups],
        answered=answered,
        draw=drawn,
    )
    counted.write(counts)
    write_table(read.items, items_table, "items")
    write_table(read.answer_scales, answer_scales, "answer_scales")
    write_table(read.categories, categories, "categories")
    write_table(drawn.table(read.items), responses, "responses")
    write_table(no_design(), sample_design, "sample_design")
    for name, path in (("nonanswer_cells", nonanswer_cells), ("survey_flags", survey_flags)):
        columns = TABLES[name].columns
        none = pd.DataFrame(columns=[column.name for column in columns], dtype=str)
        write_table(none.astype({column.name: bool for column in columns if column.kind == "flag"}), path, name)
    write_table(flow_of_all(counted.respondents.groupby("site_id")["n"].sum(), site_ids), survey_flow, "survey_flow")
    write_table(read.nonanswers, survey_nonanswers, "survey_nonanswers")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(count_large_survey, globals()["snakemake"])
