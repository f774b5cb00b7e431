"""Which themes, and which codes, occur together: in interviews, in turns, in overlapping passages, nearby."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews import cooccurrence


def count_cooccurrence(
    *,
    codes: str,
    turns: str,
    codings: str,
    coverage: str,
    skipped: str,
    theme_cooccurrence: str,
    code_cooccurrence: str,
    coders: str,
    within: int,
) -> None:
    """Write the co-occurrence of each pair of themes, and of each pair of codes.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        within: passages are near each other if at most so many characters lie between them.
    """
    read = {"turns": turns, "codings": codings, "coverage": coverage, "codes": codes, "skipped": skipped}
    tables = {name: read_table(path, name) for name, path in read.items()}
    for made, path in (
        (cooccurrence.theme_cooccurrence, theme_cooccurrence),
        (cooccurrence.code_cooccurrence, code_cooccurrence),
    ):
        write_table(made(**tables, coders=coders, within=within), path)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(count_cooccurrence, globals()["snakemake"])
