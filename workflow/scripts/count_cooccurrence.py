"""Which themes occur together, in the same interviews and in the same turns."""

from thongthin.tables import read_table, write_table
from thongthin.themes import theme_cooccurrence as cooccurrence


def count_cooccurrence(
    *, codes: str, turns: str, codings: str, coverage: str, theme_cooccurrence: str, coders: str
) -> None:
    """Write the co-occurrence of each pair of themes; `coders` says whose coding counts."""
    table = cooccurrence(
        read_table(turns, "turns"),
        read_table(codings, "codings"),
        read_table(coverage, "coverage"),
        read_table(codes, "codes"),
        coders,
    )
    write_table(table, theme_cooccurrence)


if "snakemake" in globals():
    from thongthin.steps import run

    run(count_cooccurrence, globals()["snakemake"])
