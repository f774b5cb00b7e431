"""Which survey responses a rule flags, which are left out, and those that are analysed."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.read.survey.quality import check_responses as checked


def check_responses(
    *,
    sites: str,
    items_table: str,
    received: str,
    nonanswer_cells: str,
    responses: str,
    survey_flags: str,
    survey_flow: str,
    survey_nonanswers: str,
    rules: dict[str, Any],
) -> None:
    """Write the tables `responses`, `survey_flags`, `survey_flow` and `survey_nonanswers`.

    Args:
        rules: what responses are judged by, and which rules leave some out (`survey.rules` of study.yml).
    """
    result = checked(
        read_table(received, "survey_received"),
        read_table(nonanswer_cells, "nonanswer_cells"),
        read_table(items_table, "items"),
        list(read_table(sites, "sites")["site_id"]),
        **rules,
    )
    write_table(result.responses, responses, "responses")
    write_table(result.flags, survey_flags, "survey_flags")
    write_table(result.flow, survey_flow, "survey_flow")
    write_table(result.nonanswers, survey_nonanswers, "survey_nonanswers")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_responses, globals()["snakemake"])
