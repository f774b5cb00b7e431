"""The items of the survey and its answers as numbers."""

from pathlib import Path

from thongthin.problems import Problems
from thongthin.readers.survey import read_items, read_responses
from thongthin.study import read_study
from thongthin.tables import read_table, write_table


def read_survey(
    *, study: str, sites: str, items_file: str, responses: str, items_table: str, responses_table: str
) -> None:
    """Write the tables `items` and `responses`.

    Args:
        study: study.yml.
        sites: table `sites`.
        items_file: what people filled in, .csv or .xlsx.
        responses: the response file as it was exported, .csv or .xlsx.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    item_frame = read_items(Path(items_file), settings, problems.at(items_file))
    answers = read_responses(Path(responses), item_frame, read_table(sites, "sites"), settings, problems.at(responses))
    problems.raise_if_any()
    write_table(item_frame, items_table)
    write_table(answers, responses_table)


if "snakemake" in globals():
    from thongthin.steps import run

    run(read_survey, globals()["snakemake"])
