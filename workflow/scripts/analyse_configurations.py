"""Which configurations of conditions go with the outcome, and which with its absence (QCA)."""

from typing import Any

from thongthin.contract.qca import Configurations
from thongthin.contract.tables import read_table, write_table
from thongthin.synthesis.calibration import case_scores
from thongthin.synthesis.configurations import analyse


def analyse_configurations(
    *,
    sites: str,
    participants: str,
    themes_by_participant: str,
    valence_by_participant: str,
    survey: list[str],
    qca: dict[str, Any],
    **tables: str,
) -> None:
    """Write the tables of the analysis.

    Args:
        survey: the tables responses and scale_scores, or nothing.
        qca: as in study.yml.
        tables: where each table goes, by its name.
    """
    design = Configurations.model_validate(qca)
    respondents = None
    if survey:
        responses, scores = (read_table(path) for path in survey)
        respondents = scores.merge(responses[["respondent_id", "group"]], on="respondent_id")
    raw = case_scores(
        design,
        read_table(participants, "participants"),
        read_table(sites, "sites")["site_id"],
        read_table(themes_by_participant, "themes_by_participant"),
        read_table(valence_by_participant, "valence_by_participant"),
        respondents,
    )
    for name, table in analyse(design, raw).items():
        write_table(table, tables[name])


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(analyse_configurations, globals()["snakemake"])
