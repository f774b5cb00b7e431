"""How themes compare: shared or distinct, who stands against the rest, and what each site says, with its evidence."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews import comparison


def compare_themes(
    *,
    participants: str,
    codes: str,
    codings: str,
    quotes: str,
    themes_by_participant: str,
    themes_by_site: str,
    themes_by_group: str,
    valence_by_participant: str,
    theme_spread: str,
    deviant_cases: str,
    framework_matrix: str,
    coders: str,
    deviant_share: float,
    deviant_members: int,
) -> None:
    """Write the spread of themes, the deviant cases and the framework matrix.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        deviant_share, deviant_members: who is a deviant case (see `theme_comparison.deviant_cases`).
    """
    book = read_table(codes, "codes")
    by_site = read_table(themes_by_site, "themes_by_site")
    present = read_table(themes_by_participant, "themes_by_participant")
    sides = read_table(valence_by_participant, "valence_by_participant")
    said: dict[str, Any] = {
        "participants": read_table(participants, "participants"),
        "codings": read_table(codings, "codings"),
        "quotes": read_table(quotes, "quotes"),
        "codes": book,
        "coders": coders,
    }
    spread = comparison.theme_spread(by_site, read_table(themes_by_group, "themes_by_group"), book)
    write_table(spread, theme_spread)
    cases = comparison.deviant_cases(present, sides, **said, share=deviant_share, members=deviant_members)
    write_table(cases, deviant_cases)
    write_table(comparison.framework_matrix(present, by_site, sides, **said), framework_matrix)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_themes, globals()["snakemake"])
