"""Interviews and survey side by side, factor by factor, and how far they agree on the order of the sites."""

from thongthin.contract.tables import read_table, write_table
from thongthin.synthesis.joint_display import joint_display as display_of
from thongthin.synthesis.joint_display import joint_ranking as ranking_of


def join_strands(
    *,
    sites: str,
    participants: str,
    codes: str,
    quotes: str,
    scale_statistics: str,
    group_statistics: str,
    themes_by_participant: str,
    valence_by_participant: str,
    joint_display: str,
    joint_ranking: str,
    groups: list[str],
    constructs: list[str],
    confidence: float,
) -> None:
    """Write the joint display, and the agreement of both rankings.

    Args:
        groups, constructs: ids, in the order of study.yml.
        confidence: level of the intervals of shares.
    """
    site_ids = list(read_table(sites, "sites")["site_id"])
    display = display_of(
        read_table(themes_by_participant, "themes_by_participant"),
        read_table(valence_by_participant, "valence_by_participant"),
        read_table(participants, "participants"),
        read_table(codes, "codes"),
        read_table(quotes, "quotes"),
        read_table(scale_statistics, "scale_statistics"),
        read_table(group_statistics, "group_statistics"),
        site_ids=site_ids,
        groups=groups,
        constructs=constructs,
        confidence=confidence,
    )
    write_table(display, joint_display)
    write_table(ranking_of(display, site_ids, confidence), joint_ranking)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(join_strands, globals()["snakemake"])
