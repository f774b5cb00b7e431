"""Which participants speak of which theme, and how many of each site and group."""

from dataclasses import replace

from thongthin.contract.tables import read_table, write_table
from thongthin.contract.units import Unit
from thongthin.interviews import themes


def count_themes(
    *,
    sites: str,
    participants: str,
    codes: str,
    codings: str,
    coverage: str,
    themes_by_participant: str,
    themes_by_site: str,
    themes_by_group: str,
    themes_by_site_group: str,
    codes_by_group: str,
    coders: str,
    groups: list[str],
    confidence: float,
) -> None:
    """Write the four tables of themes, and that of codes.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        groups: ids of all groups, in the order of the study.
        confidence: level of the exact intervals of shares.
    """
    book = read_table(codes, "codes")
    people = read_table(participants, "participants")
    of_sites = Unit.sites(read_table(sites, "sites")["site_id"])
    of_groups = Unit.groups(groups, total=True)
    each = [replace(unit, total=False) for unit in (of_sites, of_groups)]
    given, read = read_table(codings, "codings"), read_table(coverage, "coverage")
    present = themes.themes_by_participant(given, read, book, coders)
    write_table(present, themes_by_participant)
    write_table(themes.themes_by(present, people, [of_sites], book, confidence), themes_by_site)
    write_table(themes.themes_by(present, people, [of_groups], book, confidence), themes_by_group)
    write_table(themes.themes_by(present, people, each, book, confidence), themes_by_site_group)
    by_code = themes.codes_by_participant(given, read, book, coders)
    write_table(themes.codes_by(by_code, people, [of_groups], book, confidence), codes_by_group)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(count_themes, globals()["snakemake"])
