"""Whether a theme goes with the site or the group: exact tests, exploratory by nature."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews.theme_tests import theme_tests as tests


def explore_differences(
    *, participants: str, codes: str, themes_by_participant: str, theme_tests: str, replicates: int, seed: int
) -> None:
    """Write a test for each theme across sites, and one across groups.

    Args:
        replicates, seed: how many random tables to draw where there are too many to enumerate, and their seed.
    """
    present = read_table(themes_by_participant, "themes_by_participant")
    people, book = read_table(participants, "participants"), read_table(codes, "codes")
    write_table(tests(present, people, book, replicates, seed), theme_tests)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(explore_differences, globals()["snakemake"])
